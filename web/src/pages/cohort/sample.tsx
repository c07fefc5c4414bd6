import { Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { contract } from '../../../../src/server/contract/index.ts';
import { useChange, useRoute } from '../../api/index.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table-columns.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { dateTimeOf } from '../../parts/written-time.ts';
import { useMay } from '../../session/session.ts';
import { type SampledPerson, Verdict } from './verdict.tsx';

const columns: readonly Column<SampledPerson>[] = [
  { id: 'subject', header: 'Id', value: ({ subject }) => subject, width: '90px' },
  { id: 'person', header: 'Person', value: ({ person }) => person },
  {
    id: 'verdict',
    header: 'Verdict',
    value: ({ isCase }) => (isCase === null ? 'not read' : isCase ? 'a case that was missed' : 'no case'),
    width: '220px',
  },
  { id: 'reviewer', header: 'By', value: ({ reviewer }) => reviewer, width: '160px' },
];

/** A random sample of those whom no arm found, to be read by hand: it tells how many cases the search misses. */
export function Sample({ study }: { readonly study: string }) {
  const mayJudge = useMay().inStudy(study, 'cohort.change');
  const [open, setOpen] = useState<SampledPerson>();
  const { data, error, refetch } = useRoute(contract.sample, { params: { study } }, { refetchOnWindowFocus: false });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="Looking up the sample" />;
  const { sample, named } = data;
  return (
    <Stack>
      {mayJudge && <DrawSample study={study} named={named} />}
      {sample ? (
        <>
          <Text>
            {sample.persons.length === 1 ? '1 person' : `${sample.persons.length} persons`}, drawn with seed{' '}
            {sample.seed} by {sample.actor} on {dateTimeOf(sample.at)}
            {sample.among !== null && `, who meet ${sample.among}`};{' '}
            {sample.persons.filter(({ isCase }) => isCase !== null).length} read.
            {sample.persons.length + sample.refused < sample.size &&
              ` There are no more than these; ${sample.size} were asked for.`}
            {sample.refused > 0 && ` ${sample.refused} refused since and are not listed.`}
            {mayJudge && ' Open a person to read the chart and to say whether it is a case that was missed.'}
          </Text>
          <DataTable
            label="Sample of those whom no arm found"
            rows={sample.persons}
            columns={columns}
            rowId={({ subject }) => subject}
            {...(mayJudge && { onOpen: setOpen, openId: open?.subject })}
            maxHeight="calc(100dvh - 380px)"
          />
          {open && <Verdict key={open.subject} study={study} person={open} onClose={() => setOpen(undefined)} />}
        </>
      ) : (
        <EmptyState title="No sample was drawn">
          A sample of those whom no arm found, read by hand, tells how many cases the search misses.
        </EmptyState>
      )}
    </Stack>
  );
}

function DrawSample({ study, named }: { readonly study: string; readonly named: readonly string[] }) {
  const [size, setSize] = useState(100);
  const [seed, setSeed] = useState('');
  const [among, setAmong] = useState<string | null>(null);
  const draw = useChange(contract.drawSample, { touches: ['sample'] });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const chosen = { ...(seed.trim() !== '' && { seed: seed.trim() }), ...(among !== null && { among }) };
    draw.mutate({ params: { study }, body: { size, ...chosen } });
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end">
        <NumberInput
          label="How many"
          w={110}
          min={1}
          max={100_000}
          allowDecimal={false}
          value={size}
          onChange={(value) => setSize(Number(value) || 1)}
        />
        <TextInput
          label="Seed"
          placeholder="as the last time, else by chance"
          value={seed}
          onChange={(event) => setSeed(event.currentTarget.value)}
        />
        {named.length > 0 && (
          <Select
            label="Only who meet"
            placeholder="anybody"
            clearable
            data={[...named]}
            value={among}
            onChange={setAmong}
          />
        )}
        <Button type="submit" variant="default" loading={draw.isPending}>
          Draw a sample
        </Button>
      </Group>
      {draw.error && <ErrorState error={draw.error} />}
    </form>
  );
}
