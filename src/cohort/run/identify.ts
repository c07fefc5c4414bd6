/** From the protocol's arms and rules to the candidates of a study. What was found is kept with what it was found in. */
import { canonicalJson, type Progress, sha256 } from '../../base/index.ts';
import type { StudyProtocol } from '../../protocol/index.ts';
import type { StudyDatabase } from '../../workspace/index.ts';
import type { Gate } from '../gate/gate.ts';
import { addCandidates, type Candidate, candidates } from './candidates.ts';
import { type Actor, type CohortRun, letStand, storedRun, withoutRefused } from './cohort-run.ts';
import { type Found, findCandidates } from './find-candidates.ts';

/**
 * Finds the candidates, keeps the run and makes it the one that stands. The same protocol on the same snapshot is not
 * searched again; where its run stands already, nothing is written. Gives the run without those who refused since.
 * Errors: `cohort.unknown-concept`, `notes.query`.
 */
export async function identify(
  database: StudyDatabase,
  study: StudyProtocol,
  gate: Gate,
  { actor, at, progress }: Actor & { readonly progress: Progress },
): Promise<CohortRun> {
  const search = await searchOnce(database, study, gate, progress);
  return database.transaction(() => {
    const run = withoutRefused(database, keepSearch(database, search, at), gate);
    letStand(database, run, { actor, at });
    return run;
  });
}

/** What a protocol finds in a snapshot: the run that is stored already, or what was found just now and is not stored. */
export interface CohortSearch {
  readonly id: string;
  readonly study: StudyProtocol;
  readonly gate: Gate;
  readonly found: Found | undefined;
}

/** Searches, unless the run is stored. Writes nothing. */
export async function searchOnce(
  database: StudyDatabase,
  study: StudyProtocol,
  gate: Gate,
  progress: Progress,
): Promise<CohortSearch> {
  const id = runId(study, gate);
  if (storedRun(database, id)) return { id, study, gate, found: undefined };
  return { id, study, gate, found: await findCandidates(gate, progress) };
}

/** Another protocol, other records or other words of a shared term set: another run. Rule R65. */
function runId({ sha256: protocol }: Pick<StudyProtocol, 'sha256'>, gate: Gate): string {
  const { snapshot } = gate;
  const termSets = gate.sharedTermSets();
  const shared = Object.keys(termSets).length === 0 ? {} : { termSets };
  return sha256(canonicalJson({ protocol, snapshot, ...shared })).slice(0, 16);
}

/** The run of a search; it is stored where it is new. Call it in a transaction. */
export function keepSearch(database: StudyDatabase, { id, study, gate, found }: CohortSearch, at: string): CohortRun {
  // Asked again: another process may have kept the same run while this one searched.
  const known = storedRun(database, id);
  if (known) return known;
  if (!found) throw new Error('A run that was stored is gone');
  addCandidates(database, found.persons, gate.snapshot);
  const run = runOf({ id, study, gate, found }, candidates(database));
  const row = { id, protocol: study.sha256, snapshot: gate.snapshot, at, ledger: canonicalJson(run) };
  database.run(database.db.insertInto('cohort_run').values(row));
  return run;
}

/** What was found, as a run; `named` says in which order its persons stand there, and by which name. */
export function runOf(
  { id, study, gate, found }: CohortSearch & { readonly found: NonNullable<CohortSearch['found']> },
  named: readonly Pick<Candidate, 'subject' | 'personId'>[],
): CohortRun {
  const termSets = gate.sharedTermSets();
  const byPerson = new Map(found.persons.map((person) => [person.personId, person]));
  return {
    id,
    protocol: study.sha256,
    snapshot: gate.snapshot,
    ...(Object.keys(termSets).length === 0 ? {} : { termSets }),
    identified: found.identified,
    gate: found.gate,
    arms: found.arms,
    candidates: named.flatMap(({ subject, personId }) => {
      const person = byPerson.get(personId);
      if (!person) return [];
      const { arms, rules, events } = person;
      return [{ subject, arms, rules, ...(events ? { events } : {}) }];
    }),
  };
}
