/** The run that a protocol gives on a snapshot, whether or not it was ever kept. Nothing is written. */
import type { StudyDatabase } from '../workspace/index.ts';
import { candidates } from './candidates.ts';
import { type CohortRun, standingRun, storedRun, withoutRefused } from './cohort-run.ts';
import type { CohortSearch } from './identify.ts';

/** A run, and the source ids of those in it who have no number yet: they stand in it by that id. */
export interface RunAs {
  readonly run: CohortRun;
  readonly unnumbered: readonly { readonly personId: string; readonly person: string }[];
}

/** What a search found, as a run without those who refused since. */
export function runAs(database: StudyDatabase, { id, study, gate, found }: CohortSearch): RunAs {
  const stored = storedRun(database, id);
  if (stored || !found) {
    return { run: withoutRefused(database, stored ?? standingRun(database), gate), unnumbered: [] };
  }
  const { identified, arms, persons } = found;
  const subjects = new Map(candidates(database).map(({ subject, personId }) => [personId, subject]));
  const named = persons.map(({ personId, person, arms: by, rules, events }) => ({
    subject: subjects.get(personId) ?? person,
    arms: by,
    rules,
    ...(events ? { events } : {}),
  }));
  const termSets = gate.sharedTermSets();
  const shared = Object.keys(termSets).length === 0 ? {} : { termSets };
  return {
    run: { id, protocol: study.sha256, snapshot: gate.snapshot, ...shared, identified, arms, candidates: named },
    unnumbered: persons.filter(({ personId }) => !subjects.has(personId)),
  };
}

/** The run that stood before the one that stands; `undefined` where there was none. */
export function runBefore(database: StudyDatabase): CohortRun | undefined {
  const { id } = standingRun(database);
  const rows = database.all(
    database.db
      .selectFrom('audit')
      .select('detail')
      .where('action', 'in', ['cohort.identify', 'study.move'])
      .orderBy('seq', 'desc'),
  );
  const before = rows
    .map(({ detail }) => (JSON.parse(detail) as { readonly run: string }).run)
    .find((run) => run !== id);
  return before === undefined ? undefined : storedRun(database, before);
}
