import { Button, Group, Stack, Text } from '@mantine/core';
import type { MoveView } from '../../../../src/server/contract/index.ts';
import { ErrorState, useConfirm } from '../../parts/index.ts';
import { JobProgress } from '../../parts/job-progress.tsx';
import { Changes } from './changes.tsx';
import { Figures } from './figures.tsx';

/** A plan or a move, and how it stands. */
interface Work {
  readonly isRunning: boolean;
  readonly job: Parameters<typeof JobProgress>[0]['job'];
  readonly result: MoveView | undefined;
  readonly error: unknown;
}

interface MoveStudyProps {
  readonly plan: Work;
  readonly move: Work;
  readonly onMove: () => void;
}

/** What moving a study would change, then the move. */
export function MoveStudy({ plan, move, onMove }: MoveStudyProps) {
  const confirm = useConfirm();
  const ask = async () => {
    const question = {
      title: 'Move the study',
      text: 'Its candidates are identified anew on the current records. What reviewers entered stays.',
      action: 'Move',
    };
    if (await confirm(question)) onMove();
  };
  const shown = move.result ?? plan.result;
  if (!shown && !plan.isRunning && !plan.error) return null;
  return (
    <Stack mt="md">
      {plan.isRunning && <JobProgress job={plan.job} what="Comparing the records" />}
      {move.isRunning && <JobProgress job={move.job} what="Moving the study" />}
      {[plan.error, move.error].map((error) => Boolean(error) && <ErrorState key={String(error)} error={error} />)}
      {shown && <Moved result={shown} />}
      {plan.result && !move.result && plan.result.from !== plan.result.to && (
        <Group>
          <Button loading={move.isRunning} onClick={() => void ask()}>
            Move the study
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Moved({ result }: { readonly result: MoveView }) {
  const { moved, from, to, before, after, notFound, notAuthorized, changed, rows, citations } = result;
  const { changedSubjects, citingSubjects } = result;
  if (from === to) return <Text>The study stands on the current records already.</Text>;
  return (
    <>
      <Text role="status">
        {moved ? `The study now stands on ${to}.` : `From ${from} to ${to}; nothing is changed yet.`}
      </Text>
      <Figures
        label="What the move changes"
        heads={['Candidates', 'Number']}
        rows={[
          ['before', before],
          ['in: found now', result.in],
          ['out: not found any more', notFound],
          ['out: not authorized', notAuthorized],
          ['after', after],
          ['changed, of those who stay', changed.subjects],
          ['… found by other arms', changed.arms],
          ['… excluded by other rules', changed.rules],
          ['… with other records', changed.records],
        ]}
      />
      {changedSubjects && changedSubjects.length > 0 && <Text>Changed: {changedSubjects.join(' ')}</Text>}
      <Changes label="Rows of those who stay" changes={rows} />
      <Text>
        {citations.stood === 0
          ? 'Nothing is cited yet.'
          : `${citations.lost} of ${citations.stood} citations are not found any more.`}
        {citingSubjects && citingSubjects.length > 0 && ` Look again at ${citingSubjects.join(' ')}.`}
      </Text>
    </>
  );
}
