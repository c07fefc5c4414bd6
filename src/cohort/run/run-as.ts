/** The run that a protocol gives on a snapshot, whether or not it was ever kept. Nothing is written. */
import type { StudyDatabase } from '../../workspace/index.ts';
import { candidates } from './candidates.ts';
import { type CohortRun, standingRun, storedRun, withoutRefused } from './cohort-run.ts';
import { type CohortSearch, runOf } from './identify.ts';

/** A run, and the source ids of those in it who have no number yet: they stand in it by that id. */
export interface RunAs {
  readonly run: CohortRun;
  readonly unnumbered: readonly { readonly personId: string; readonly person: string }[];
}

/** What a search found, as a run without those who refused since. */
export function runAs(database: StudyDatabase, search: CohortSearch): RunAs {
  const { id, gate, found } = search;
  const stored = storedRun(database, id);
  if (stored || !found) {
    return { run: withoutRefused(database, stored ?? standingRun(database), gate), unnumbered: [] };
  }
  const numbered = candidates(database);
  const known = new Set(numbered.map(({ personId }) => personId));
  const unnumbered = found.persons.filter(({ personId }) => !known.has(personId));
  const named = unnumbered.map(({ personId, person }) => ({ personId, subject: person }));
  return { run: runOf({ ...search, found }, [...numbered, ...named]), unnumbered };
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
