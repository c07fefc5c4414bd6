import { Button, Card, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { contract, type RouteOutput, type SnapshotComparison } from '../../../../src/server/contract/index.ts';
import { useJob } from '../../api/index.ts';
import { dateTimeOf, ErrorState } from '../../parts/index.ts';
import { JobProgress } from '../../parts/job-progress.tsx';
import { Changes } from './changes.tsx';

type Snapshot = RouteOutput<typeof contract.snapshots>['items'][number];

/** Counts what differs between any two snapshots. */
export function CompareSnapshots({ snapshots }: { readonly snapshots: readonly Snapshot[] }) {
  const work = useJob<typeof contract.compareSnapshots, SnapshotComparison>(contract.compareSnapshots);
  const [from, setFrom] = useState(snapshots[1]?.snapshot ?? '');
  const [to, setTo] = useState(snapshots[0]?.snapshot ?? '');
  const choices = snapshots.map(({ snapshot, at }) => ({
    value: snapshot,
    label: at === null ? snapshot : `${snapshot}, ${dateTimeOf(at)}`,
  }));
  return (
    <Card withBorder component="section" aria-labelledby="compare-snapshots">
      <Stack>
        <Title order={2} id="compare-snapshots">
          What differs
        </Title>
        <Group align="flex-end">
          <NativeSelect
            label="From"
            data={choices}
            value={from}
            onChange={({ currentTarget }) => setFrom(currentTarget.value)}
          />
          <NativeSelect
            label="To"
            data={choices}
            value={to}
            onChange={({ currentTarget }) => setTo(currentTarget.value)}
          />
          <Button disabled={from === to} loading={work.isRunning} onClick={() => work.begin({ body: { from, to } })}>
            Compare
          </Button>
        </Group>
        {work.isRunning && <JobProgress job={work.job} what="Comparing" />}
        {work.error && <ErrorState error={work.error} />}
        {work.result && (
          <>
            <Text>
              From {work.result.from} to {work.result.to}: persons added {work.result.persons.added}, removed{' '}
              {work.result.persons.removed}
            </Text>
            <Changes label="What differs between the snapshots" changes={work.result.tables} />
          </>
        )}
      </Stack>
    </Card>
  );
}
