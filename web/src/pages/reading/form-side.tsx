import { Button, Group, Text } from '@mantine/core';
import { contract, type FormStage } from '../../../../src/server/contract/index.ts';
import { useChange, useRoute } from '../../api/index.ts';
import { EmptyState, ErrorState, Loading } from '../../parts/index.ts';
import { useMay } from '../../session/session.ts';
import { EntryPane } from '../entry/entry-pane.tsx';
import type { ChartBeside } from './chart-beside.ts';

interface Props {
  readonly chart: ChartBeside;
  readonly stage: FormStage;
}

const RELEASE = { screening: contract.releaseScreening, abstraction: contract.releaseAbstraction } as const;
const CLAIM = { screening: contract.claimScreening, abstraction: contract.claimAbstraction } as const;

/** The form beside a chart, for whoever has taken it; for others, the way to take it, or why they cannot. */
export function FormSide(props: Props) {
  const { study } = props.chart;
  const may = useMay();
  if (may.inStudy(study, CLAIM[props.stage].access.study)) return <ReaderSide {...props} />;
  return (
    <EmptyState title="You look on">
      Your roles let you read the chart; what is entered in it you do not see here, and enter nothing.
    </EmptyState>
  );
}

const EMPTY = 'You have this chart. Nothing is entered yet.';
const BEGUN = 'You have this chart. It counts once it is completed.';
const DONE = 'Done. A change takes the chart again, until it is completed anew.';

function ReaderSide({ chart, stage }: Props) {
  const { study, subject, takeNext } = chart;
  const params = { study, subject, stage };
  const records = useRoute(contract.chartRecords, { params }, { staleTime: Number.POSITIVE_INFINITY });
  const claim = useChange(CLAIM[stage] as typeof contract.claimScreening);
  const release = useChange(RELEASE[stage] as typeof contract.releaseScreening);
  if (!records.data) {
    return records.error ? (
      <ErrorState error={records.error} onRetry={() => void records.refetch()} />
    ) : (
      <Loading what="Loading the form" />
    );
  }
  const { state } = records.data;
  const isEmpty = state === 'mine' && records.data.records.every((one) => one.state === 'empty');
  switch (state) {
    case 'waiting':
      return (
        <>
          {claim.error && <ErrorState error={claim.error} />}
          <EmptyState
            title="Nobody has taken this chart for you yet"
            action={
              <Button loading={claim.isPending} onClick={() => claim.mutate({ params: { study, subject } })}>
                Take this chart
              </Button>
            }
          >
            Take it to enter something.
          </EmptyState>
        </>
      );
    case 'closed':
    case 'in-progress':
      return (
        <EmptyState title="Not yours to read at this stage">
          Others read it, or it is not its turn. Take the next chart.
        </EmptyState>
      );
    case 'mine':
    case 'done':
      return (
        <EntryPane chart={chart} stage={stage} onDone={() => void takeNext()}>
          {/* As high whatever it says: what is below must not move while somebody clicks on it. */}
          <Group justify="space-between" wrap="nowrap" mih={26}>
            <Text size="sm" c="dimmed" truncate>
              {state === 'done' ? DONE : isEmpty ? EMPTY : BEGUN}
            </Text>
            {isEmpty && (
              <Button
                size="compact-xs"
                variant="subtle"
                loading={release.isPending}
                onClick={() => release.mutate({ params: { study, subject } })}
              >
                Give it back
              </Button>
            )}
          </Group>
          {release.error && <ErrorState error={release.error} />}
        </EntryPane>
      );
  }
}
