/** A study and how far it is, for whoever asks. Rule R49 of SPEC.md. */
import { type Chart, type OpenStudy, queueOf, reviewersWork, runOf, type Stage } from '../../review/index.ts';
import type { StudyDatabase } from '../../workspace/index.ts';
import type { SignedIn } from '../accounts/signed-in.ts';
import { isBlindedTo } from '../blinding.ts';
import type { StudyPermission } from '../contract/index.ts';
import { studyPermissionsOf } from '../permissions.ts';

/** What the overview tells of a study whose candidates are identified. */
export function studyProgress(open: OpenStudy, who: SignedIn) {
  const isBlinded = isBlindedTo(open, who);
  const { database, review } = open;
  return {
    cohort: cohortOf(open),
    stages: {
      screening: stageProgress(open, 'screening', who, 'review.screen'),
      abstraction: stageProgress(open, 'abstraction', who, 'review.abstract'),
      adjudication: isBlinded ? null : stageProgress(open, 'adjudication', who, 'review.adjudicate'),
    },
    people: isBlinded ? [] : reviewersWork(review).map(({ reviewer: name, ...work }) => ({ name, ...work })),
    lastRelease: lastRelease(database),
    isBlinded,
  };
}

function cohortOf({ database, review, study }: OpenStudy) {
  const { id, snapshot, protocol } = runOf(review);
  const [run] = database.all(database.db.selectFrom('cohort_run').select('at').where('id', '=', id));
  return {
    identifiedAt: run?.at ?? '',
    snapshot,
    candidates: review.persons.size,
    isStale: protocol !== study.sha256,
  };
}

/**
 * Charts of the stage; what waits for whoever asks is what they may read and hold or can take. Who is blinded is told of these
 * alone: a count that grows when they are done with a chart says that the other was done, too, or entered the same.
 */
function stageProgress(open: OpenStudy, stage: Stage, who: SignedIn, needed: StudyPermission) {
  const { person, roles } = who;
  const charts = queueOf(open.review, stage, person.login);
  const mayRead = studyPermissionsOf(roles, open.study.study).has(needed);
  const isMine = ({ readers }: Chart): boolean => readers.some(({ reviewer }) => reviewer === person.login);
  const count = (wanted: (chart: Chart) => boolean): number => charts.filter(wanted).length;
  const mine = {
    done: count((chart) => chart.state === 'done' && isMine(chart)),
    open: mayRead ? count(({ state }) => state === 'mine' || state === 'waiting') : 0,
  };
  if (isBlindedTo(open, who)) return { ...mine, mine };
  return {
    done: count(({ standing }) => standing === 'finished'),
    open: count(({ standing }) => standing === 'open'),
    mine,
  };
}

function lastRelease(database: StudyDatabase): { id: string; at: string } | null {
  const newest = database.db.selectFrom('release_lock').select(['id', 'at']).orderBy('at', 'desc').limit(1);
  return database.all(newest)[0] ?? null;
}
