import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { contract, type QualityView } from '../../../../src/server/contract/index.ts';
import { useJob } from '../../api/index.ts';
import { type Column, DataTable, EmptyState, ErrorState } from '../../parts/index.ts';
import { JobProgress } from '../../parts/job-progress.tsx';
import { countText } from './size-text.ts';

type Check = QualityView['checks'][number];

const OUTCOMES: Readonly<Record<Check['outcome'], string>> = {
  pass: 'pass',
  fail: 'FAIL',
  'not-applicable': 'nothing to judge',
  off: 'switched off',
};

const columns: readonly Column<Check>[] = [
  { id: 'outcome', header: 'Outcome', value: ({ outcome }) => OUTCOMES[outcome], width: '120px' },
  { id: 'group', header: 'Group', value: ({ group }) => group, width: '120px' },
  { id: 'table', header: 'Table', value: ({ table }) => table, width: '170px' },
  {
    id: 'label',
    header: 'What would be at fault',
    value: ({ label, reason }) => (reason === null ? label : `${label} (off: ${reason})`),
  },
  {
    id: 'atFault',
    header: 'At fault',
    value: ({ atFault }) => atFault,
    cell: (one) => countText(one.atFault),
    align: 'right',
    width: '100px',
  },
  {
    id: 'share',
    header: 'Share',
    value: ({ atFault, rows }) => (rows === 0 ? null : atFault / rows),
    cell: ({ share }) => share,
    align: 'right',
    width: '90px',
  },
  {
    id: 'allowed',
    header: 'Allowed',
    value: ({ allowed }) => allowed,
    align: 'right',
    isSortable: false,
    width: '90px',
  },
];

/** Checks of the records: do they have the right form, are they complete, can they be true. */
export function Quality() {
  const work = useJob<typeof contract.checkQuality, QualityView>(contract.checkQuality);
  const [isAll, setIsAll] = useState(false);
  const checks = work.result?.checks;
  const shown = useMemo(() => (checks ?? []).filter(({ outcome }) => isAll || outcome === 'fail'), [checks, isAll]);
  return (
    <Stack>
      <Group>
        <Button loading={work.isRunning} onClick={() => work.begin({ body: {} })}>
          Check the records
        </Button>
        {checks && (
          <Checkbox
            label="Also checks that passed"
            checked={isAll}
            onChange={({ currentTarget }) => setIsAll(currentTarget.checked)}
          />
        )}
      </Group>
      {work.isRunning && <JobProgress job={work.job} what="Checking the records" />}
      {work.error && <ErrorState error={work.error} />}
      {!work.result && !work.isRunning && !work.error && (
        <EmptyState title="Not checked yet">
          The checks count rows that have a wrong form, are missing or cannot be true, and hold them against thresholds.
        </EmptyState>
      )}
      {work.result && checks && (
        <>
          <Text>
            Snapshot {work.result.snapshot}, as of {work.result.asOf}: {countOf(checks, 'fail')} of {checks.length}{' '}
            checks failed, {countOf(checks, 'pass')} passed, {countOf(checks, 'not-applicable')} had nothing to judge.
          </Text>
          {shown.length === 0 && <EmptyState title="No check failed" />}
          {shown.length > 0 && (
            <DataTable
              label="Checks of the records"
              rows={shown}
              columns={columns}
              rowId={({ id }) => id}
              initialSort={{ id: 'outcome', desc: false }}
              maxHeight="calc(100dvh - 300px)"
            />
          )}
        </>
      )}
    </Stack>
  );
}

function countOf(checks: readonly Check[], outcome: Check['outcome']): number {
  return checks.filter((check) => check.outcome === outcome).length;
}
