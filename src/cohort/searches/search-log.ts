/**
 * The search log of a study: every search of its notes with what it was asked with and what it came to, so that the
 * methods of a paper can name each one (RECORD 6.1) and anybody can ask it again. A row is written before the answer is
 * shown and never changes; what a search was for may be said later. Rules R57 to R59.
 */
import { ChartproofError, canonicalJson, type Day, type SnapshotId, sha256 } from '../../base/index.ts';
import { type NoteTotals, parseQuery, printQuery, type TermSets } from '../../notes/index.ts';
import { appendAudit, type StudyDatabase } from '../../workspace/index.ts';
import type { Gate } from '../gate/gate.ts';
import type { Actor } from '../run/cohort-run.ts';

/** A search as it was asked, and what it came to then. */
export interface KeptSearch extends NoteTotals {
  readonly id: number;
  /** ISO 8601. */
  readonly at: string;
  readonly actor: string;
  /** As it was written; `canonical` is the same in the one form that the search language prints. */
  readonly query: string;
  readonly canonical: string;
  /** The texts of the term sets that it names, as they were. */
  readonly termSets: TermSets;
  readonly notesVersion: string;
  /** SHA-256 of the protocol that was in force. */
  readonly protocol: string;
  readonly snapshot: SnapshotId;
  /** The search that this one asked again. */
  readonly rerunOf: number | null;
  /** What was said last of what it was for, or else of what the same query was for. */
  readonly why: string | null;
}

/** A search to be kept. `termSets` are those that it was asked with. */
export interface AskedSearch {
  readonly query: string;
  readonly termSets: TermSets;
  readonly totals: NoteTotals;
  /** SHA-256 of the protocol in force. */
  readonly protocol: string;
  readonly why?: string | undefined;
  readonly rerunOf?: number | undefined;
}

/** Keeps a search and says so in the audit trail: with its number and counts, without its words. */
export function keepAsked(
  database: StudyDatabase,
  { snapshot, notesVersion }: Pick<Gate, 'snapshot' | 'notesVersion'>,
  { query, termSets, totals, protocol, why, rerunOf }: AskedSearch,
  { actor, at }: Actor,
): KeptSearch {
  const { mentions, notes, persons, first, last } = totals;
  const canonical = printQuery(parseQuery(query));
  const counts = { mentions, notes, persons };
  return database.transaction(() => {
    const { lastId } = database.run(
      database.db.insertInto('search').values({
        at,
        actor,
        query,
        canonical,
        term_sets: canonicalJson(termSets),
        notes_version: notesVersion,
        protocol,
        snapshot,
        ...counts,
        first,
        last,
        rerun_of: rerunOf ?? null,
      }),
    );
    const asked = sha256(canonicalJson({ canonical, termSets }));
    const detail = { search: lastId, asked, snapshot, ...counts, ...(rerunOf === undefined ? {} : { rerunOf }) };
    appendAudit(database, { at, actor, action: rerunOf === undefined ? 'search.ask' : 'search.rerun', detail });
    if (why !== undefined) addReason(database, lastId, why, { actor, at });
    return keptSearch(database, lastId);
  });
}

/** Says what a search was for. Errors: `cohort.no-search`, `cohort.no-reason`. */
export function explainSearch(database: StudyDatabase, id: number, why: string, { actor, at }: Actor): KeptSearch {
  return database.transaction(() => {
    keptSearch(database, id);
    addReason(database, id, why, { actor, at });
    appendAudit(database, { at, actor, action: 'search.explain', detail: { search: id } });
    return keptSearch(database, id);
  });
}

/** All searches in the order in which they were asked. */
export function keptSearches(database: StudyDatabase): KeptSearch[] {
  const rows = database.all(database.db.selectFrom('search').selectAll().orderBy('id'));
  const reasons = reasonsOf(database);
  return rows.map(({ term_sets, notes_version, snapshot, first, last, rerun_of, ...row }) => ({
    ...row,
    why: reasons.get(row.id) ?? reasons.get(row.canonical) ?? null,
    termSets: JSON.parse(term_sets) as TermSets,
    notesVersion: notes_version,
    snapshot: snapshot as SnapshotId,
    first: first as Day | null,
    last: last as Day | null,
    rerunOf: rerun_of,
  }));
}

/** What was said last of each search, and of each query in its canonical form. */
function reasonsOf(database: StudyDatabase): ReadonlyMap<number | string, string> {
  const said = database.all(
    database.db
      .selectFrom('search_reason')
      .innerJoin('search', 'search.id', 'search_reason.search_id')
      .select(['search.id', 'search.canonical', 'search_reason.why'])
      .orderBy('search_reason.id'),
  );
  return new Map<number | string, string>(
    said.flatMap(({ id, canonical, why }) => [
      [id, why],
      [canonical, why],
    ]),
  );
}

/** The search of this number; `cohort.no-search`. */
export function keptSearch(database: StudyDatabase, id: number): KeptSearch {
  const found = keptSearches(database).find((search) => search.id === id);
  if (found) return found;
  throw new ChartproofError('cohort.no-search', 'The log of this study has no such search.', {
    tip: 'List them: chartproof searches list --study STUDY',
  });
}

function addReason(database: StudyDatabase, id: number, why: string, { actor, at }: Actor): void {
  if (!/\S/.test(why)) {
    throw new ChartproofError('cohort.no-reason', 'The reason is empty.', {
      tip: 'Say in a few words what the search is for: --why "text arm, first draft"',
    });
  }
  database.run(database.db.insertInto('search_reason').values({ search_id: id, why: why.trim(), actor, at }));
}
