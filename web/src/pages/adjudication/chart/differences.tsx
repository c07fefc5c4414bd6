import { Badge, ScrollArea, Stack, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { contract } from '../../../../../src/server/contract/index.ts';
import { useRoute } from '../../../api/index.ts';
import { EmptyState, ErrorState, Loading, useKeys } from '../../../parts/index.ts';
import type { ChartBeside } from '../../reading/chart-beside.ts';
import styles from './adjudication.module.css';
import { Decision } from './decision.tsx';
import { type AdjudicationItem, itemKey, nextItem, stepItem } from './ruling.ts';

const WHY: Readonly<Record<AdjudicationItem['why'], string>> = {
  difference: 'Differs',
  unanswered: 'Not answered',
  invalid: 'Breaks a rule',
  'no-rows': 'No rows',
  settled: 'Decided',
};

/** The differences of a chart, and the one that is decided. */
export function Differences({ chart }: { readonly chart: ChartBeside }) {
  const params = { study: chart.study, subject: chart.subject };
  const { data, error, refetch } = useRoute(contract.adjudication, { params }, { staleTime: Number.POSITIVE_INFINITY });
  const form = useRoute(contract.reviewForm, { params: { study: chart.study } });
  const [chosen, setChosen] = useState<string>();
  const items = data?.items ?? [];
  const current = items.find((one) => itemKey(one) === chosen) ?? nextItem(items, undefined);
  const currentKey = current && itemKey(current);
  const go = (to: AdjudicationItem | undefined) => to && setChosen(itemKey(to));
  useKeys('Differences', [
    { keys: ['f'], label: 'Next difference', do: () => go(stepItem(items, currentKey, 1)) },
    { keys: ['Shift+f'], label: 'Difference before', do: () => go(stepItem(items, currentKey, -1)) },
  ]);
  if (!data || !form.data) {
    const failed = error ?? form.error;
    return failed ? (
      <ErrorState error={failed} onRetry={() => void refetch()} />
    ) : (
      <Loading what="Loading the differences" />
    );
  }
  if (!current) {
    return (
      <EmptyState title="Nothing to decide">
        Those who read this chart entered the same, or not all of them are done.
      </EmptyState>
    );
  }
  const instrument = form.data.instruments.find((one) => one.instrument === current.instrument);
  return (
    <Stack gap="xs" h="100%" pl="sm">
      <Text size="sm" role="status">
        {data.open === 0 ? 'All is decided.' : `${data.open} of ${items.length} to decide`}
      </Text>
      <ScrollArea.Autosize mah={150} type="auto" className={styles.list}>
        <ol className={styles.items} aria-label="Differences">
          {items.map((item) => (
            <li key={itemKey(item)}>
              <UnstyledButton
                className={styles.item}
                aria-current={item === current || undefined}
                onClick={() => go(item)}
              >
                <Text size="sm" span truncate>
                  {labelOf(item, form.data.instruments)}
                </Text>
                <Badge size="sm" variant="light" tt="none" color={item.why === 'settled' ? 'green' : 'gray'}>
                  {WHY[item.why]}
                </Badge>
              </UnstyledButton>
            </li>
          ))}
        </ol>
      </ScrollArea.Autosize>
      <ScrollArea flex={1} mih={0} type="auto" offsetScrollbars="y">
        <Decision
          key={currentKey}
          chart={chart}
          item={current}
          title={labelOf(current, form.data.instruments)}
          form={instrument?.fields.find(({ field }) => field === current.field)}
          isKey={instrument?.key === current.field}
          onDecided={(view) => go(nextItem(view.items, currentKey))}
        />
      </ScrollArea>
    </Stack>
  );
}

function labelOf(
  { instrument, row, label }: AdjudicationItem,
  forms: readonly { readonly instrument: string; readonly label: string }[],
): string {
  const of = forms.find((one) => one.instrument === instrument)?.label ?? instrument;
  return [of === label ? '' : of, row, label].filter((part) => part !== '').join(' · ');
}
