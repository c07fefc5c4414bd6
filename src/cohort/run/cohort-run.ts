/**
 * The runs of a study: what one protocol found in one snapshot. A run is stored as it was found and never changed, but that
 * its leaves are added when they are first asked for (`run-leaves.ts`); the study stands on one of them, and so on its
 * snapshot (rule R50). Who refused since is left out when it is read (R52).
 */
import { ChartproofError, canonicalJson, type SnapshotId } from '../../base/index.ts';
import type { TermSets } from '../../notes/index.ts';
import { appendAudit, type StudyDatabase } from '../../workspace/index.ts';
import type { Gate } from '../gate/gate.ts';
import { type GateCounts, withLeft } from '../gate/gate-counts.ts';
import { candidates } from './candidates.ts';
import type { ArmFound } from './find-candidates.ts';
import { type FoundLeaf, onPersons } from './find-leaves.ts';
import type { CaseEvent } from './index-events.ts';

/** One candidate of a run: the arms that found it and the exclusions by rule that hold. */
export interface RunCandidate {
  readonly subject: string;
  readonly arms: readonly string[];
  readonly rules: readonly string[];
  /** Its index events, where the protocol has one (rule R106). */
  readonly events?: readonly CaseEvent[];
}

/** What one protocol found in one snapshot. `identified` counts persons before the gate, `found` of an arm likewise. */
export interface CohortRun {
  readonly id: string;
  readonly protocol: string;
  readonly snapshot: SnapshotId;
  /** The texts of the shared term sets that the protocol names, as they were; absent where it names none. */
  readonly termSets?: TermSets;
  readonly identified: number;
  /** How those identified stand at the gate; absent of a run made before this was counted. */
  readonly gate?: GateCounts;
  readonly arms: readonly ArmFound[];
  /** By subject. */
  readonly candidates: readonly RunCandidate[];
  /** The codes, drug names and queries of the arms, and whom each found; absent until they are asked for (`withLeaves`). */
  readonly leaves?: readonly FoundLeaf[];
  /** The candidates who had refused when the leaves were counted, and are in none. */
  readonly withoutLeaves?: readonly string[];
}

/** Who does it, and when (ISO 8601). */
export interface Actor {
  readonly actor: string;
  readonly at: string;
}

/** The run that stands, without those whom the gate does not let through; `cohort.none` while there is none. */
export function currentRun(database: StudyDatabase, gate: Pick<Gate, 'isAuthorized' | 'isSilent'>): CohortRun {
  return withoutRefused(database, standingRun(database), gate);
}

/** The run that stands, as it was found. Only for counting: it names candidates who may have refused since. */
export function standingRun(database: StudyDatabase): CohortRun {
  const run = findStanding(database);
  if (run) return run;
  throw new ChartproofError('cohort.none', 'The candidates of this study have not been identified.', {
    tip: 'Identify them: chartproof cohort run STUDY',
  });
}

/** Whether the candidates of the study are identified. */
export function isIdentified(database: StudyDatabase): boolean {
  return standingId(database) !== undefined;
}

/** The id of the run that stands; `undefined` while there is none. */
export function standingId({ all, db }: StudyDatabase): string | undefined {
  return all(db.selectFrom('study').select('value').where('key', '=', 'cohort'))[0]?.value;
}

/** The snapshot that the study stands on; `undefined` while its candidates are not identified. */
export function storedSnapshot(database: StudyDatabase): SnapshotId | undefined {
  return findStanding(database)?.snapshot;
}

/** The SHA-256 of the protocol by which the candidates were identified; `undefined` while they are not. */
export function storedProtocol(database: StudyDatabase): string | undefined {
  return findStanding(database)?.protocol;
}

/** The run as if those who refused since had refused before: at the gate. */
export function withoutRefused(
  database: StudyDatabase,
  stored: CohortRun,
  { isAuthorized, isSilent }: Pick<Gate, 'isAuthorized' | 'isSilent'>,
): CohortRun {
  const run = { ...stored };
  Reflect.deleteProperty(run, 'withoutLeaves'); // It names who refused.
  const persons = new Map(candidates(database).map(({ subject, personId }) => [subject, personId]));
  const personOf = ({ subject }: RunCandidate): string => persons.get(subject) ?? '';
  const left = run.candidates.filter((candidate) => isAuthorized(personOf(candidate)));
  if (left.length === run.candidates.length) return run;
  const silent = left.filter((candidate) => isSilent(personOf(candidate))).length;
  const arms = run.arms.map((arm) => ({
    ...arm,
    authorized: left.filter((candidate) => candidate.arms.includes(arm.id)).length,
  }));
  const stays = new Set(left.map(({ subject }) => subject));
  const leaves = run.leaves && onPersons(run.leaves, (subjects) => subjects.filter((one) => stays.has(one)));
  const gate = run.gate && withLeft(run.gate, left.length, silent);
  return {
    ...run,
    ...(gate ? { gate } : {}),
    arms,
    candidates: left,
    ...(leaves ? { leaves } : {}),
  };
}

/** The run of an id, as it was found. */
export function storedRun(database: StudyDatabase, id: string): CohortRun | undefined {
  const [row] = database.all(database.db.selectFrom('cohort_run').select('ledger').where('id', '=', id));
  return row && (JSON.parse(row.ledger) as CohortRun);
}

/** Adds its leaves to a run that is stored, in place of those it has. */
export function storeLeaves(
  database: StudyDatabase,
  run: CohortRun,
  { leaves, withoutLeaves }: Required<Pick<CohortRun, 'leaves' | 'withoutLeaves'>>,
): void {
  const ledger = canonicalJson({ ...run, leaves, withoutLeaves });
  database.run(database.db.updateTable('cohort_run').set({ ledger }).where('id', '=', run.id));
}

/** What the audit trail says of a run that comes to stand. */
export interface StandingEvent {
  readonly action: 'cohort.identify' | 'study.move';
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Makes a run the one that stands, and says so in the audit trail; nothing where it stands already. */
export function letStand(
  database: StudyDatabase,
  { id, snapshot, identified, candidates: found }: CohortRun,
  { actor, at }: Actor,
  { action, detail }: StandingEvent = { action: 'cohort.identify', detail: {} },
): void {
  database.transaction(() => {
    if (findStanding(database)?.id === id) return;
    const standing = { key: 'cohort', value: id };
    database.run(
      database.db
        .insertInto('study')
        .values(standing)
        .onConflict((row) => row.column('key').doUpdateSet({ value: id })),
    );
    const counts = { run: id, snapshot, identified, candidates: found.length };
    appendAudit(database, { at, actor, action, detail: { ...counts, ...detail } });
  });
}

function findStanding(database: StudyDatabase): CohortRun | undefined {
  const id = standingId(database);
  return id === undefined ? undefined : storedRun(database, id);
}
