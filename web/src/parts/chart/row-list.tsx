import { NativeSelect, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import { type ChartRowView, chartTables, contract } from '../../../../src/server/contract/index.ts';
import { usePages } from '../../api/index.ts';
import { ErrorState } from '../error-state.tsx';
import { Loading } from '../loading.tsx';
import classes from './chart-pane.module.css';
import type { ChartParams } from './chart-pane.tsx';
import { laneNames } from './lane-names.ts';
import { VirtualListbox } from './virtual-listbox.tsx';

interface RowListProps {
  readonly params: ChartParams;
  readonly stretch: { readonly from: string; readonly to: string } | undefined;
  readonly openRow: string | undefined;
  readonly onOpen: (source: string) => void;
}

/** The rows of the records, by date; where the timeline is closer than the whole, those of its stretch. */
export function RowList({ params, stretch, openRow, onOpen }: RowListProps) {
  const [kind, setKind] = useState<string>('');
  const known = chartTables.find((one) => one === kind);
  const { items, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = usePages(
    contract.chartRows,
    {
      params,
      query: { ...(known && { kind: known }), ...stretch },
    },
  );
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const open = useCallback(({ source }: ChartRowView) => onOpen(source), [onOpen]);
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label="Kind of rows"
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value)}
        data={[{ value: '', label: 'All kinds' }, ...chartTables.map((one) => ({ value: one, label: laneNames[one] }))]}
      />
      {stretch && <Text size="xs" c="dimmed">{`${stretch.from} to ${stretch.to}, as in the timeline`}</Text>}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading what="Loading the rows" />}
      {!isPending && items.length === 0 && <Text c="dimmed">No such rows.</Text>}
      {items.length > 0 && (
        <VirtualListbox
          label="Rows of the records"
          items={items}
          idOf={keyOf}
          itemHeight={46}
          openId={items.map(keyOf).find((key) => key.endsWith(` ${openRow}`))}
          onOpen={open}
          onEnd={onEnd}
        >
          {(row) => (
            <>
              <div className={classes.optionHead}>
                <span>{row.date?.slice(0, 10) ?? 'no date'}</span>
                <span className={classes.quiet}>{laneNames[row.kind]}</span>
              </div>
              <div className={classes.optionText}>{row.text ?? row.source}</div>
            </>
          )}
        </VirtualListbox>
      )}
    </>
  );
}

function keyOf({ kind, source }: ChartRowView): string {
  return `${kind} ${source}`;
}
