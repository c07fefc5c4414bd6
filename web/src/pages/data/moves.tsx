import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { contract, type MoveView } from '../../../../src/server/contract/index.ts';
import { useJob, useRoute } from '../../api/index.ts';
import { EmptyState, ErrorState, Loading } from '../../parts/index.ts';
import { useMay } from '../../session/session.ts';
import { MoveStudy } from './move-study.tsx';

/** The studies and the snapshots that they stand on, to be moved to the current one. */
export function Moves() {
  const { data, error, refetch } = useRoute(contract.snapshots);
  if (!data)
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading what="Loading the studies" />;
  const current = data.items.find(({ isCurrent }) => isCurrent)?.snapshot;
  const standing = data.items.flatMap(({ snapshot, studies }) => studies.map((study) => ({ study, snapshot })));
  if (standing.length === 0)
    return <EmptyState title="No study stands on records yet">One does once its candidates are identified.</EmptyState>;
  return (
    <Stack>
      {standing.map(({ study, snapshot }) => (
        <StudyCard key={study} study={study} snapshot={snapshot} isCurrent={snapshot === current} />
      ))}
    </Stack>
  );
}

interface StudyCardProps {
  readonly study: string;
  readonly snapshot: string;
  readonly isCurrent: boolean;
}

function StudyCard({ study, snapshot, isCurrent }: StudyCardProps) {
  const mayMove = useMay().inWorkspace('data.manage');
  const plan = useJob<typeof contract.moveStudyAsSteward, MoveView>(contract.moveStudyAsSteward);
  const move = useJob<typeof contract.moveStudyAsSteward, MoveView>(contract.moveStudyAsSteward, { isChange: true });
  return (
    <Card withBorder component="article" aria-label={study}>
      <Group justify="space-between">
        <div>
          <Title order={2}>{study}</Title>
          <Text c="dimmed">
            {isCurrent
              ? `stands on the current records, ${snapshot}`
              : `stands on ${snapshot}, which is not the newest`}
          </Text>
        </div>
        {mayMove && !isCurrent && (
          <Button
            variant="default"
            loading={plan.isRunning}
            onClick={() => plan.begin({ body: { study, dryRun: true } })}
          >
            What would a move change?
          </Button>
        )}
      </Group>
      <MoveStudy plan={plan} move={move} onMove={() => move.begin({ body: { study, dryRun: false } })} />
    </Card>
  );
}
