/** Searches that are kept at hand under a name. A search has the name that it was given last. Rule R161 of SPEC.md. */
import { appendAudit, type StudyDatabase } from '../../workspace/index.ts';
import type { Actor } from '../run/cohort-run.ts';
import { keptSearch } from './search-log.ts';

/** Gives a search a name, in place of the one it had; `null` takes it away. Error: `cohort.no-search`. */
export function nameSearch(database: StudyDatabase, id: number, name: string | null, { actor, at }: Actor): void {
  database.transaction(() => {
    keptSearch(database, id);
    database.run(database.db.insertInto('search_name').values({ search_id: id, name: name ?? '', actor, at }));
    appendAudit(database, { at, actor, action: 'search.name', detail: { search: id, isNamed: name !== null } });
  });
}

/** The names of the searches that have one, by number. */
export function searchNames(database: StudyDatabase): ReadonlyMap<number, string> {
  const rows = database.all(database.db.selectFrom('search_name').select(['search_id', 'name']).orderBy('id'));
  const last = new Map(rows.map(({ search_id, name }) => [search_id, name]));
  return new Map([...last].filter(([, name]) => name !== ''));
}
