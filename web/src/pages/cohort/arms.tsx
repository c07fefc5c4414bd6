import { Alert, Button, Grid, Group, Stack, Table, Text, Title } from '@mantine/core';
import { Fragment } from 'react';
import { type AccountStep, type ArmYields, type CohortView, contract } from '../../../../src/server/contract/index.ts';
import { useJob } from '../../api/index.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { JobProgress } from '../../parts/job-progress.tsx';
import { type Chosen, keyOf } from './chosen.ts';
import classes from './overlap.module.css';
import { Persons } from './persons.tsx';

interface ArmsProps {
  readonly study: string;
  readonly arms: NonNullable<CohortView['arms']>;
  readonly steps: readonly AccountStep[];
  readonly chosen: Chosen | undefined;
  readonly onChoose: (chosen: Chosen) => void;
}

/** How the arms found the candidates, how they overlap, and how much of what each found is eligible. */
export function Arms({ study, arms, steps, chosen, onChoose }: ArmsProps) {
  const yields = useJob<typeof contract.cohortYield, ArmYields>(contract.cohortYield);
  return (
    <Stack>
      <Grid gap="lg">
        <Grid.Col span={chosen ? 7 : 12}>
          <Overlap arms={arms} chosen={chosen} onChoose={onChoose} />
          {arms.missed.map(({ arm, others, missed, low, high }) => (
            <Text key={arm} size="sm" mt="xs">
              Missed by all, judging by {arm} and {others.join(' or ')}:{' '}
              {low === null || high === null
                ? 'no estimate, since one found all whom the other found'
                : `about ${Math.round(missed)} (95 % interval ${Math.round(low)} to ${Math.round(high)}), if they find independently`}
            </Text>
          ))}
        </Grid.Col>
        {chosen && (
          <Grid.Col span={5}>
            <Persons key={keyOf(chosen)} study={study} chosen={chosen} steps={steps} maxHeight="360px" />
          </Grid.Col>
        )}
      </Grid>
      <Group justify="space-between">
        <Title order={2}>Yield</Title>
        <Button variant="default" loading={yields.isRunning} onClick={() => yields.begin({ params: { study } })}>
          {yields.result ? 'Work out anew' : 'Work out the yield'}
        </Button>
      </Group>
      {yields.isRunning && <JobProgress job={yields.job} what="Counting, with intervals by R" />}
      {yields.error && <ErrorState error={yields.error} />}
      {yields.result ? (
        <Yields yields={yields.result} />
      ) : (
        !yields.isRunning && (
          <Text c="dimmed">
            What each arm, code, drug name and query found, and how much of it reviewers called eligible. It takes some
            seconds.
          </Text>
        )
      )}
    </Stack>
  );
}

/** An UpSet plot (Lex 2014): a bar for each combination of arms, filled dots for those of it. Nothing is told by colour alone. */
function Overlap({ arms, chosen, onChoose }: Pick<ArmsProps, 'arms' | 'chosen' | 'onChoose'>) {
  const { overlaps } = arms;
  const most = Math.max(1, ...overlaps.map(({ n }) => n));
  const labels = new Map(arms.arms.map(({ id, label }) => [id, label]));
  const columns = `minmax(200px, 340px) repeat(${overlaps.length}, minmax(44px, 64px))`;
  if (overlaps.length === 0) return <Text>Nobody is left to review.</Text>;
  return (
    <section className={classes.plot} aria-label="How the arms overlap" style={{ gridTemplateColumns: columns }}>
      <Text size="sm" c="dimmed" p="xs">
        Candidates found by just these arms; a bar opens them
      </Text>
      {overlaps.map((one) => {
        const own: Chosen = {
          title: `Found by just ${one.arms.map((id) => labels.get(id) ?? id).join(' and ')}`,
          arms: one.arms,
        };
        return (
          <button
            key={one.arms.join()}
            type="button"
            className={classes.bar}
            aria-label={`${own.title}: ${one.n}`}
            aria-pressed={chosen !== undefined && keyOf(chosen) === keyOf(own)}
            onClick={() => onChoose(own)}
          >
            <span>{one.n}</span>
            <span className={classes.fill} style={{ height: (130 * one.n) / most }} />
          </button>
        );
      })}
      {arms.arms.map(({ id, label, authorized }, at) => (
        <Fragment key={id}>
          <div className={classes.label} data-stripe={at % 2 === 0 || undefined}>
            <span>{label}</span>
            <strong>{authorized}</strong>
          </div>
          {overlaps.map((one) => (
            <div key={one.arms.join()} className={classes.dots} data-stripe={at % 2 === 0 || undefined} aria-hidden>
              <span className={classes.dot} data-in={one.arms.includes(id) || undefined} />
            </div>
          ))}
        </Fragment>
      ))}
    </section>
  );
}

function Yields({ yields: { any, arms, sample } }: { readonly yields: ArmYields }) {
  return (
    <>
      <Table.ScrollContainer minWidth={700}>
        <Table aria-label="Yield of the arms">
          <Table.Thead>
            <Table.Tr>
              {['', 'Found', 'Only here', 'Eligible', 'Not eligible', 'By rule', 'Open', 'Included'].map((head) => (
                <Table.Th key={head} ta={head === '' ? 'start' : 'end'}>
                  {head}
                </Table.Th>
              ))}
              <Table.Th ta="end">Eligible of those settled (95 %)</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {arms.map((arm) => (
              <Fragment key={arm.arm}>
                <YieldRow counts={arm} only={arm.only} isArm />
                {arm.leaves.map((leaf) => (
                  <YieldRow key={`${leaf.kind} ${leaf.label}`} counts={leaf} only={leaf.only} />
                ))}
              </Fragment>
            ))}
            <YieldRow counts={any} only={null} isArm />
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {sample && (
        <Alert color="gray" title="The sample of those whom no arm found">
          {sample.cases} of {sample.read} read are cases ({shareText(sample.share)}). Of {sample.population} persons
          whom no arm found that is about {numberText(sample.missed.estimate)} missed ({numberText(sample.missed.low)}{' '}
          to {numberText(sample.missed.high)}); the search found {shareText(sample.sensitivity)} of all cases.
        </Alert>
      )}
    </>
  );
}

interface YieldRowProps {
  readonly counts: ArmYields['any'];
  readonly only: number | null;
  readonly isArm?: boolean;
}

function YieldRow({ counts, only, isArm = false }: YieldRowProps) {
  const { label, found, eligible, notEligible, byRule, open, included, ppv } = counts;
  return (
    <Table.Tr fw={isArm ? 600 : 400}>
      <Table.Th scope="row" fw={isArm ? 600 : 400} pl={isArm ? 'xs' : 'xl'}>
        {label}
      </Table.Th>
      {[found, only, eligible, notEligible, byRule, open, included].map((n, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns are never reordered
        <Table.Td key={at} ta="end">
          {n}
        </Table.Td>
      ))}
      <Table.Td ta="end">{shareText(ppv)}</Table.Td>
    </Table.Tr>
  );
}

function shareText({ estimate, low, high }: ArmYields['any']['ppv']): string {
  if (estimate === null || low === null || high === null) return '—';
  const [share, from, to] = [estimate, low, high].map((part) => Math.round(part * 100));
  return `${share} % (${from} to ${to})`;
}

function numberText(n: number | null): string {
  return n === null ? '—' : String(Math.round(n));
}
