/** What was said and is stored: read and written, never changed. */
import { canonicalJson } from '../base/index.ts';
import type { FieldValue, RecordValues } from '../protocol/index.ts';
import type { StudyDatabase } from '../workspace/index.ts';
import type { Answer, Evidence } from './entry.ts';

/** The newest word of one reviewer on one field. */
export interface Revision {
  readonly id: number;
  readonly subject: string;
  readonly instrument: string;
  readonly row: string;
  readonly field: string;
  readonly role: 'abstraction' | 'adjudication';
  readonly reviewer: string;
  readonly answer: Answer;
  readonly reason: string | null;
  /** When it was said. */
  readonly at: string;
}

/** Which field of which record. `row` is empty where the instrument does not repeat. */
export interface FieldAddress {
  readonly subject: string;
  readonly instrument: string;
  readonly row: string;
  readonly field: string;
}

const WITHDRAWN = 'null';

/** The newest revisions, without those withdrawn; of one subject where it is named. */
export function newestRevisions(database: StudyDatabase, subject?: string): Revision[] {
  const newest = database.db
    .selectFrom('revision')
    .select((row) => row.fn.max('id').as('id'))
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject ?? ''))
    .groupBy(['subject', 'instrument', 'row_key', 'field', 'role', 'reviewer']);
  const rows = database.all(
    database.db
      .selectFrom('revision')
      .selectAll()
      .where('id', 'in', newest)
      .where('answer', '!=', WITHDRAWN)
      .orderBy('id'),
  );
  return rows.map((row) => ({
    id: row.id,
    subject: row.subject,
    instrument: row.instrument,
    row: row.row_key,
    field: row.field,
    role: row.role,
    reviewer: row.reviewer,
    answer: JSON.parse(row.answer) as Answer,
    reason: row.reason,
    at: row.at,
  }));
}

/**
 * Whether an entry of this hash was ever taken, by what the audit trail says: it knows also of those that said what their
 * reviewer had said already and left no revision.
 */
export function isTaken(database: StudyDatabase, entryHash: string): boolean {
  const told = database.sql.prepare(
    "SELECT 1 FROM audit WHERE CASE WHEN json_valid(detail) THEN detail ->> 'entry' END = ? LIMIT 1", // as the index has it
  );
  return told.get(entryHash) !== undefined;
}

/** A word to store; `answer` null withdraws it. */
export interface NewRevision extends FieldAddress {
  readonly role: Revision['role'];
  readonly reviewer: string;
  readonly answer: Answer | null;
  readonly reason: string | null;
  readonly at: string;
  readonly entryHash: string;
}

/** Stores a word and its evidence, unless it is the reviewer's newest already. Whether it was stored. */
export function addRevision(database: StudyDatabase, word: NewRevision, newest: Revision | undefined): boolean {
  const answer = word.answer === null ? WITHDRAWN : canonicalJson(word.answer);
  const before = newest ? canonicalJson(newest.answer) : WITHDRAWN;
  if (answer === before && word.reason === (newest?.reason ?? null)) return false;
  const { lastId } = database.run(
    database.db.insertInto('revision').values({
      subject: word.subject,
      instrument: word.instrument,
      row_key: word.row,
      field: word.field,
      role: word.role,
      reviewer: word.reviewer,
      answer,
      reason: word.reason,
      at: word.at,
      entry_hash: word.entryHash,
    }),
  );
  for (const [ordinal, evidence] of (word.answer?.evidence ?? []).entries())
    database.run(database.db.insertInto('evidence').values({ revision_id: lastId, ordinal, ...evidenceRow(evidence) }));
  return true;
}

function evidenceRow(evidence: Evidence) {
  return 'note' in evidence
    ? { kind: 'note' as const, source: evidence.note, start: evidence.start, end: evidence.end, quote: evidence.quote }
    : { kind: 'record' as const, source: evidence.record, start: null, end: null, quote: null };
}

/** An answer without what it rests on. */
export function fieldValueOf(answer: Answer): FieldValue {
  return 'value' in answer ? { value: answer.value } : { missing: answer.missing };
}

/** One reviewer's records of a subject, as values by instrument. */
export function recordsOf(
  revisions: readonly Revision[],
  reviewer: string,
): Readonly<Record<string, readonly RecordValues[]>> {
  const own = revisions.filter((one) => one.reviewer === reviewer && one.role === 'abstraction');
  const byInstrument = Map.groupBy(own, (one) => one.instrument);
  return Object.fromEntries(
    [...byInstrument].map(([instrument, list]) => {
      const rows = Map.groupBy(list, (one) => one.row);
      return [
        instrument,
        [...rows.values()].map((row) => Object.fromEntries(row.map((one) => [one.field, fieldValueOf(one.answer)]))),
      ];
    }),
  );
}
