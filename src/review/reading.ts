/**
 * What a reviewer has read of a chart: the notes that were open, and what was searched for. It is the source of a coverage
 * record, which says why a field has no value. It is kept before anything is shown. Append-only; the audit trail has each without its words. Rules R24 and R25.
 */
import { sha256 } from '../base/index.ts';
import type { Actor } from '../cohort/index.ts';
import { appendAudit, commitTogether, type StudyDatabase } from '../workspace/index.ts';

/** A note that a reviewer had open. */
export interface ReadMark {
  /** `DocumentReference/1` */
  readonly note: string;
  /** When it was last opened (ISO 8601). */
  readonly at: string;
}

/** Keeps that somebody opens a note of a subject. */
export function keepRead(database: StudyDatabase, subject: string, note: string, { actor, at }: Actor): Promise<void> {
  return commitTogether(database, () => {
    database.run(database.db.insertInto('note_read').values({ subject, reviewer: actor, note, at }));
    appendAudit(database, { at, actor, action: 'note.view', subject, detail: { note } });
  });
}

/** The notes of a subject that a reviewer had open, each once. */
export function readMarks(database: StudyDatabase, subject: string, reviewer: string): readonly ReadMark[] {
  return database.all(
    database.db
      .selectFrom('note_read')
      .select(({ fn }) => ['note', fn.max('at').as('at')])
      .where('subject', '=', subject)
      .where('reviewer', '=', reviewer)
      .groupBy('note')
      .orderBy('note'),
  );
}

/** A search of one chart, and what it came to. */
export interface ChartSearch {
  /** In the one form that the search language prints. */
  readonly query: string;
  readonly mentions: number;
  readonly notes: number;
}

/** Keeps what somebody searched a chart for. The audit trail gets the hash of the query. */
export function keepChartSearch(
  database: StudyDatabase,
  subject: string,
  { query, mentions, notes }: ChartSearch,
  { actor, at }: Actor,
): Promise<void> {
  return commitTogether(database, () => {
    database.run(
      database.db.insertInto('chart_search').values({ subject, reviewer: actor, query, mentions, notes, at }),
    );
    const detail = { asked: sha256(query), mentions, notes };
    appendAudit(database, { at, actor, action: 'chart.find', subject, detail });
  });
}

/** What a reviewer searched the chart of a subject for, each query once, with what it last came to. */
export function chartSearches(database: StudyDatabase, subject: string, reviewer: string): readonly ChartSearch[] {
  const rows = database.all(
    database.db
      .selectFrom('chart_search')
      .select(['query', 'mentions', 'notes'])
      .where('subject', '=', subject)
      .where('reviewer', '=', reviewer)
      .orderBy('id'),
  );
  return [...new Map(rows.map((row) => [row.query, row])).values()];
}

/** An opening of a chart lasts as long as a session can. */
const OPENING_HOURS = 12;

/** Says in the audit trail that somebody opens a chart. */
export function keepOpened(database: StudyDatabase, subject: string, by: Actor): Promise<void> {
  return commitTogether(database, () => appendOpening(database, subject, by));
}

/** Says so where somebody reads on in a chart whose opening the audit trail does not have: nobody looks unseen. */
export async function keepOpenedOnce(database: StudyDatabase, subject: string, by: Actor): Promise<void> {
  if (hasOpening(database, subject, by)) return;
  await commitTogether(database, () => {
    if (!hasOpening(database, subject, by)) appendOpening(database, subject, by);
  });
}

function appendOpening(database: StudyDatabase, subject: string, { actor, at }: Actor): void {
  appendAudit(database, { at, actor, action: 'chart.view', subject });
}

function hasOpening({ all, db }: StudyDatabase, subject: string, { actor, at }: Actor): boolean {
  const since = new Date(Date.parse(at) - OPENING_HOURS * 3_600_000).toISOString();
  const opened = db
    .selectFrom('audit')
    .select('seq')
    .where('subject', '=', subject)
    .where('action', '=', 'chart.view')
    .where('actor', '=', actor)
    .where('at', '>=', since)
    .limit(1);
  return all(opened).length > 0;
}
