/** From the protocol's arms and rules to the candidates of a study. What was found is kept with what it was found in. */
import { ChartproofError, canonicalJson, type Progress, type SnapshotId, sha256 } from '../base/index.ts';
import type { StudyProtocol } from '../protocol/index.ts';
import { appendAudit, type StudyDatabase } from '../workspace/index.ts';
import { addCandidates, candidates } from './candidates.ts';
import { type ArmFound, type Found, findCandidates } from './find-candidates.ts';
import type { Gate } from './gate.ts';

/** One candidate of a run: the arms that found it and the exclusions by rule that hold. */
export interface RunCandidate {
  readonly subject: string;
  readonly arms: readonly string[];
  readonly rules: readonly string[];
}

/** What one protocol found in one snapshot. `identified` counts persons before the gate, `found` of an arm likewise. */
export interface CohortRun {
  readonly id: string;
  readonly protocol: string;
  readonly snapshot: SnapshotId;
  readonly identified: number;
  readonly arms: readonly ArmFound[];
  /** By subject. */
  readonly candidates: readonly RunCandidate[];
}

/** Who does it, and when (ISO 8601). */
export interface Actor {
  readonly actor: string;
  readonly at: string;
}

/**
 * Finds the candidates, keeps the run and makes it the one that stands. The same protocol on the same snapshot is not
 * searched again; where its run stands already, nothing is written. Errors: `cohort.unknown-concept`, `notes.query`.
 */
export async function identify(
  database: StudyDatabase,
  study: StudyProtocol,
  gate: Gate,
  { actor, at, progress }: Actor & { readonly progress: Progress },
): Promise<CohortRun> {
  const id = sha256(canonicalJson({ protocol: study.sha256, snapshot: gate.snapshot })).slice(0, 16);
  const known = storedRun(database, id);
  if (known) {
    letStand(database, known, { actor, at });
    return known;
  }
  const found = await findCandidates(gate, progress);
  return database.transaction(() => {
    // Asked again: another process may have kept the same run while this one searched.
    const run = storedRun(database, id) ?? keepRun(database, { id, study, gate, at }, found);
    letStand(database, run, { actor, at });
    return run;
  });
}

/** The run that stands; `cohort.none` while there is none. */
export function currentRun(database: StudyDatabase): CohortRun {
  const run = findCurrent(database);
  if (run) return run;
  throw new ChartproofError('cohort.none', 'The candidates of this study have not been identified.', {
    tip: 'Identify them: chartproof cohort run STUDY',
  });
}

/** The snapshot in which the candidates were identified; `undefined` while they are not. */
export function storedSnapshot(database: StudyDatabase): SnapshotId | undefined {
  return findCurrent(database)?.snapshot;
}

function findCurrent(database: StudyDatabase): CohortRun | undefined {
  const [current] = database.all(database.db.selectFrom('study').select('value').where('key', '=', 'cohort'));
  return current && storedRun(database, current.value);
}

function storedRun(database: StudyDatabase, id: string): CohortRun | undefined {
  const [row] = database.all(database.db.selectFrom('cohort_run').select('ledger').where('id', '=', id));
  return row && (JSON.parse(row.ledger) as CohortRun);
}

interface RunFacts {
  readonly id: string;
  readonly study: StudyProtocol;
  readonly gate: Gate;
  readonly at: string;
}

/** Numbers the persons who are new and stores the run. Call it in a transaction. */
function keepRun(
  database: StudyDatabase,
  { id, study, gate: { snapshot }, at }: RunFacts,
  { identified, arms, persons }: Found,
): CohortRun {
  addCandidates(database, persons, snapshot);
  const byPerson = new Map(persons.map((person) => [person.personId, person]));
  const run: CohortRun = {
    id,
    protocol: study.sha256,
    snapshot,
    identified,
    arms,
    candidates: candidates(database).flatMap(({ subject, personId }) => {
      const person = byPerson.get(personId);
      return person ? [{ subject, arms: person.arms, rules: person.rules }] : [];
    }),
  };
  const row = { id, protocol: study.sha256, snapshot, at, ledger: canonicalJson(run) };
  database.run(database.db.insertInto('cohort_run').values(row));
  return run;
}

/** Makes a run the one that stands, and says so in the audit trail; nothing where it stands already. */
function letStand(database: StudyDatabase, run: CohortRun, { actor, at }: Actor): void {
  database.transaction(() => {
    if (findCurrent(database)?.id === run.id) return;
    const current = { key: 'cohort', value: run.id };
    database.run(
      database.db
        .insertInto('study')
        .values(current)
        .onConflict((row) => row.column('key').doUpdateSet({ value: run.id })),
    );
    const { id, snapshot, identified } = run;
    const detail = { run: id, snapshot, identified, candidates: run.candidates.length };
    appendAudit(database, { at, actor, action: 'cohort.identify', detail });
  });
}
