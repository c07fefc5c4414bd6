import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type CohortComparison, contract } from '../../../../src/server/contract/index.ts';
import { useJob } from '../../api/index.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table-columns.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { JobProgress } from '../../parts/job-progress.tsx';

type Moved = CohortComparison['moved'][number];

const columns: readonly Column<Moved>[] = [
  { id: 'name', header: 'Person', value: ({ name }) => name, width: '18%' },
  { id: 'from', header: 'From', value: ({ from }) => from, width: '20%' },
  { id: 'to', header: 'To', value: ({ to }) => to, width: '20%' },
  { id: 'because', header: 'What differs', value: ({ because }) => because.join('; ') },
];

/** Who moves between two ways of asking: the run before and the one that stands, or versions of the protocol. */
export function Changes({ study }: { readonly study: string }) {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const comparison = useJob<typeof contract.compareCohort, CohortComparison>(contract.compareCohort);
  const { result } = comparison;
  const side = (version: string) => (version.trim() === '' ? undefined : { version: version.trim() });
  const compare = () => comparison.begin({ params: { study }, body: { from: side(from), to: side(to) } });
  return (
    <Stack>
      <Group align="flex-end">
        <TextInput
          label="From version"
          placeholder="the run before"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          label="To version"
          placeholder="the one that stands"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button loading={comparison.isRunning} onClick={compare}>
          Compare
        </Button>
      </Group>
      {comparison.isRunning && <JobProgress job={comparison.job} what="Asking both" />}
      {comparison.error && <ErrorState error={comparison.error} />}
      {!result && !comparison.isRunning && !comparison.error && (
        <EmptyState title="Nothing was compared yet">
          It tells who moves, from which step to which, and whether the protocol, the records or a term set is the
          reason. Nothing of the study is changed.
        </EmptyState>
      )}
      {result && (
        <>
          <Text role="status">
            From protocol {result.from.version} on snapshot {result.from.snapshot} to protocol {result.to.version} on
            snapshot {result.to.snapshot}: <strong>{result.moved.length} move</strong>, {result.stayed} stay.
            {result.notAuthorized.in + result.notAuthorized.out > 0 &&
              ` Not authorized in one of the two, counted and not named: ${result.notAuthorized.in} in, ${result.notAuthorized.out} out.`}
          </Text>
          {result.moved.length > 0 && (
            <DataTable
              label="Who moves"
              rows={result.moved}
              columns={columns}
              rowId={({ name }) => name}
              maxHeight="calc(100dvh - 340px)"
            />
          )}
        </>
      )}
    </Stack>
  );
}
