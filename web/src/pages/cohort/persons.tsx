import { Text, Title } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { type AccountStep, type CohortPerson, contract } from '../../../../src/server/contract/index.ts';
import { usePages } from '../../api/index.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table-columns.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import type { Chosen } from './chosen.ts';
import { Why } from './why.tsx';

interface PersonsProps {
  readonly study: string;
  readonly chosen: Chosen;
  readonly steps: readonly AccountStep[];
  readonly maxHeight: string;
}

/** Those behind a number; each opens with why. */
export function Persons({ study, chosen, steps, maxHeight }: PersonsProps) {
  const [subject, setSubject] = useState<string>();
  const { title, ...body } = chosen;
  const { items, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = usePages(
    contract.cohortPersons,
    { params: { study }, body: 'arms' in body ? { arms: [...body.arms] } : body },
  );
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const columns = useMemo(() => columnsOf(steps), [steps]);
  return (
    <section aria-label={title}>
      <Title order={2}>{title}</Title>
      <Text size="sm" c="dimmed" mb="xs">
        Open a person to read why: arrows go from row to row, Enter opens.
      </Text>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading what="Looking up the persons" />}
      {!isPending && !error && items.length === 0 && <EmptyState title="Nobody" />}
      {items.length > 0 && (
        <DataTable
          label={title}
          rows={items}
          columns={columns}
          rowId={(one) => one.subject}
          openId={subject}
          onOpen={(one) => setSubject(one.subject)}
          maxHeight={maxHeight}
          onEnd={more}
        />
      )}
      {subject !== undefined && (
        <Why key={subject} study={study} subject={subject} onClose={() => setSubject(undefined)} />
      )}
    </section>
  );
}

function columnsOf(steps: readonly AccountStep[]): readonly Column<CohortPerson>[] {
  const labels = new Map(steps.map(({ id, label }) => [id, label]));
  return [
    { id: 'subject', header: 'Subject', value: ({ subject }) => subject, width: '88px' },
    { id: 'arms', header: 'Found by', value: ({ arms }) => arms?.join(', ') ?? 'blinded', width: '32%' },
    {
      id: 'left',
      header: 'Left at',
      value: ({ left }) => (left === null ? 'in to the end' : (labels.get(left) ?? left)),
    },
  ];
}
