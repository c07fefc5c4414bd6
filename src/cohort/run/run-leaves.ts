/**
 * The leaves of a run: which code, drug name or note query found whom. They are no part of the account, and to count them takes
 * as long as half of it: so they are counted when somebody first asks for them, and kept with the run. Rules R138 and R153.
 */
import { type Progress, silent } from '../../base/index.ts';
import type { StudyProtocol } from '../../protocol/index.ts';
import type { StudyDatabase } from '../../workspace/index.ts';
import type { Gate } from '../gate/gate.ts';
import { termSetsOf } from '../gate/term-sets.ts';
import { candidates } from './candidates.ts';
import { type CohortRun, storedRun, storeLeaves, withoutRefused } from './cohort-run.ts';
import { type FoundLeaf, findLeaves, onPersons } from './find-leaves.ts';

/** A study whose gate is open on the snapshot of the run. */
export interface LeavesIn {
  readonly database: StudyDatabase;
  readonly study: StudyProtocol;
  readonly gate: Gate;
}

/**
 * A stored run with its leaves, without those who refused since. They are counted anew where somebody of it is authorized who
 * was not when they were counted. Errors as `compileCriterion`.
 */
export async function withLeaves(
  { database, study, gate }: LeavesIn,
  { id }: Pick<CohortRun, 'id'>,
  progress: Progress = silent,
): Promise<CohortRun> {
  const stored = storedRun(database, id);
  if (!stored) throw new Error('A run that is not stored');
  if (stored.protocol !== study.sha256 || stored.snapshot !== gate.snapshot) throw new Error('The gate of another run');
  const run = withoutRefused(database, stored, gate);
  const asked = new Set(run.candidates.map(({ subject }) => subject));
  if (run.leaves && !stored.withoutLeaves?.some((subject) => asked.has(subject))) return run;
  const leaves = await leavesOf(database, gate, run, progress);
  const withoutLeaves = stored.candidates.map(({ subject }) => subject).filter((subject) => !asked.has(subject));
  storeLeaves(database, stored, { leaves, withoutLeaves });
  return withoutRefused(database, storedRun(database, id) ?? stored, gate);
}

async function leavesOf(
  database: StudyDatabase,
  gate: Gate,
  run: CohortRun,
  progress: Progress,
): Promise<readonly FoundLeaf[]> {
  const named = new Map(candidates(database).map((one) => [one.subject, one]));
  const persons = run.candidates.flatMap(({ subject, arms, rules }) => {
    const one = named.get(subject);
    return one ? [{ personId: one.personId, person: one.person, subject, arms, rules }] : [];
  });
  const subjects = new Map(persons.map(({ personId, subject }) => [personId, subject]));
  const leaves = await findLeaves(gateAsThen(gate, run), persons, progress);
  return onPersons(leaves, (list) => list.map((personId) => subjects.get(personId) ?? ''));
}

/** The gate that asks notes with the shared term sets that the run was made with, whatever became of their files. */
function gateAsThen(gate: Gate, { termSets = {} }: CohortRun): Gate {
  const then = { ...termSets, ...termSetsOf(gate.protocol) };
  return { ...gate, noteTable: (query) => gate.noteTable(query, then) };
}
