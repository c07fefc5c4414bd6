import { Alert, Button, Grid, Stack, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import { useParams } from 'react-router';
import { type CohortRunResult, type CohortView, contract } from '../../../../src/server/contract/index.ts';
import { useJob, useRoute } from '../../api/index.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { JobProgress } from '../../parts/job-progress.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { useShown } from '../../parts/use-shown.ts';
import { dateTimeOf } from '../../parts/written-time.ts';
import { useMay } from '../../session/session.ts';
import { Arms } from './arms.tsx';
import { Changes } from './changes.tsx';
import { type Chosen, keyOf } from './chosen.ts';
import { Criteria } from './criteria.tsx';
import { Flow } from './flow.tsx';
import { Persons } from './persons.tsx';
import { Sample } from './sample.tsx';

/** Who is in a study, who is out, and why. */
export function Page() {
  const { study = '' } = useParams();
  const may = useMay();
  const { data, error, refetch } = useRoute(contract.cohort, { params: { study } });
  const run = useJob<typeof contract.runCohort, CohortRunResult>(contract.runCohort, { isChange: true });
  const runButton = may.inStudy(study, 'cohort.change') && (
    <Button
      variant={data?.run && !data.isStale ? 'default' : 'filled'}
      loading={run.isRunning}
      onClick={() => run.begin({ params: { study } })}
    >
      {data?.run ? 'Identify again' : 'Identify the candidates'}
    </Button>
  );
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <PageTitle title="Cohort" actions={runButton}>
        {data?.run &&
          `Identified ${dateTimeOf(data.run.identifiedAt)} by protocol ${data.run.version ?? 'unknown'} in snapshot ${data.run.snapshot}`}
      </PageTitle>
      <Stack gap="sm">
        {run.isRunning && <JobProgress job={run.job} what="Finding candidates" />}
        {run.error && <ErrorState error={run.error} />}
        {run.result && <Done result={run.result} />}
        {data ? <Cohort study={study} cohort={data} /> : <Loading what="Counting" />}
      </Stack>
    </>
  );
}

function Done({ result }: { readonly result: CohortRunResult }) {
  const { candidates, identified, laterRefusals, asOf } = result;
  return (
    <Alert color="green" title={`${candidates} candidates of ${identified} identified`} role="status">
      {laterRefusals > 0 &&
        `${laterRefusals} of the candidates refused after ${asOf}, which the protocol leaves out: give it a new version with a later date.`}
    </Alert>
  );
}

function Cohort({ study, cohort }: { readonly study: string; readonly cohort: CohortView }) {
  const [chosen, setChosen] = useState<Chosen>();
  const [tab = 'flow', setTab] = useShown('show');
  const { run, isStale, newerSnapshot, account, arms, isBlinded } = cohort;
  const steps = account?.steps ?? [];
  return (
    <>
      {isStale && (
        <Alert color="yellow" title="The candidates are of another version of the protocol">
          The account is shown again when they are identified by the one in force.
        </Alert>
      )}
      {newerSnapshot !== null && (
        <Alert color="gray" title={`There are newer records (${newerSnapshot})`}>
          The study stays on its own until it is moved.
        </Alert>
      )}
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => {
          setChosen(undefined);
          setTab(next ?? undefined);
        }}
      >
        <Tabs.List>
          <Tabs.Tab value="flow">Flow</Tabs.Tab>
          {!isBlinded && <Tabs.Tab value="arms">Arms</Tabs.Tab>}
          <Tabs.Tab value="criteria">Criteria</Tabs.Tab>
          <Tabs.Tab value="changes">Changes</Tabs.Tab>
          <Tabs.Tab value="sample">Sample of the others</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="flow" pt="sm">
          {account ? (
            <Grid gap="lg">
              <Grid.Col span={7}>
                <Flow account={account} arms={arms} chosen={chosen} onChoose={setChosen} />
              </Grid.Col>
              <Grid.Col span={5}>
                {chosen ? (
                  <Persons
                    key={keyOf(chosen)}
                    study={study}
                    chosen={chosen}
                    steps={steps}
                    maxHeight="calc(100dvh - 260px)"
                  />
                ) : (
                  <Stack gap="xs">
                    <Text c="dimmed">
                      A number opens the persons behind it. Before the gate persons are counted, never listed.
                    </Text>
                    <Text>Looked at by reviewers: {account.screened}</Text>
                    {account.openItems > 0 && (
                      <Text>The review is not finished: {account.openItems} items are open.</Text>
                    )}
                    {isBlinded && <Text c="dimmed">The study is blinded to you: the arms are not shown.</Text>}
                  </Stack>
                )}
              </Grid.Col>
            </Grid>
          ) : (
            <EmptyState title={run ? 'No account of this version yet' : 'The candidates are not identified yet'}>
              The account begins when the arms and rules of the protocol have been run on the records.
            </EmptyState>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="arms" pt="sm">
          {arms && account ? (
            <Arms study={study} arms={arms} steps={steps} chosen={chosen} onChoose={setChosen} />
          ) : (
            <EmptyState title="No arms yet">They are told when the candidates are identified.</EmptyState>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="criteria" pt="sm">
          <Criteria study={study} />
        </Tabs.Panel>
        <Tabs.Panel value="changes" pt="sm">
          <Changes study={study} />
        </Tabs.Panel>
        <Tabs.Panel value="sample" pt="sm">
          <Sample study={study} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
