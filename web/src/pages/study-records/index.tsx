import { Button, Group, Text } from '@mantine/core';
import { useParams } from 'react-router';
import { contract, type MoveView } from '../../../../src/server/contract/index.ts';
import { useJob, useRoute } from '../../api/index.ts';
import { EmptyState, ErrorState, Loading, PageTitle } from '../../parts/index.ts';
import { MoveStudy } from '../data/move-study.tsx';

/** The records that the study stands on, and moving it to newer ones. */
export function Page() {
  const { study = '' } = useParams();
  const params = { study };
  const { data, error, refetch } = useRoute(contract.studyRecords, { params });
  const plan = useJob<typeof contract.moveStudy, MoveView>(contract.moveStudy);
  const move = useJob<typeof contract.moveStudy, MoveView>(contract.moveStudy, { isChange: true });
  if (!data)
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading what="Loading the records" />;
  const { snapshot, current } = data;
  return (
    <>
      <PageTitle title="Records of the study">
        A study stays on the records that it was identified on, whatever is imported, until it is moved
      </PageTitle>
      {snapshot === null ? (
        <EmptyState title="The candidates are not identified yet">
          The study stands on the current records once they are.
        </EmptyState>
      ) : (
        <Group justify="space-between">
          <Text>
            {snapshot === current
              ? `The study stands on the current records, snapshot ${snapshot}.`
              : `The study stands on snapshot ${snapshot}; the current records are snapshot ${current}.`}
          </Text>
          {snapshot !== current && (
            <Button
              variant="default"
              loading={plan.isRunning}
              onClick={() => plan.begin({ params, body: { dryRun: true } })}
            >
              What would a move change?
            </Button>
          )}
        </Group>
      )}
      <MoveStudy plan={plan} move={move} onMove={() => move.begin({ params, body: { dryRun: false } })} />
    </>
  );
}
