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
  const [from, setFrom] = useState(NOTHING);
  const [to, setTo] = useState(NOTHING);
  const comparison = useJob<typeof contract.compareCohort, CohortComparison>(contract.compareCohort);
  const { result } = comparison;
  const compare = () => comparison.begin({ params: { study }, body: { from: wanted(from), to: wanted(to) } });
  return (
    <Stack>
      <Group align="flex-end">
        <SideInputs name="From" side={from} otherwise="the run before" onChange={setFrom} />
        <SideInputs name="To" side={to} otherwise="the one that stands" onChange={setTo} />
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

interface Side {
  readonly version: string;
  readonly snapshot: string;
}

const NOTHING: Side = { version: '', snapshot: '' };

/** What a side is asked with; of nothing said it is what the server takes. */
function wanted(side: Side) {
  const said = Object.entries(side).flatMap(([key, text]) => (text.trim() === '' ? [] : [[key, text.trim()]]));
  return said.length === 0 ? undefined : (Object.fromEntries(said) as Partial<Side>);
}

interface SideInputsProps {
  readonly name: 'From' | 'To';
  readonly side: Side;
  readonly otherwise: string;
  readonly onChange: (side: Side) => void;
}

function SideInputs({ name, side, otherwise, onChange }: SideInputsProps) {
  return (
    <>
      <TextInput
        label={`${name} version`}
        placeholder={otherwise}
        value={side.version}
        onChange={(event) => onChange({ ...side, version: event.currentTarget.value })}
      />
      <TextInput
        label={`${name} snapshot`}
        placeholder="that of the study"
        value={side.snapshot}
        onChange={(event) => onChange({ ...side, snapshot: event.currentTarget.value })}
      />
    </>
  );
}
