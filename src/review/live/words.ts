/**
 * What a reviewer says of the fields of a chart at this moment: the newest draft, or the newest revision where that came
 * later and says something else (entries may come from files too). A word has a revision, which the next change must name:
 * the id of the draft, or `r` and the id of the revision. To complete a record changes no word. Rule R61 of SPEC.md.
 */
import { canonicalJson } from '../../base/index.ts';
import type { StudyDatabase } from '../../workspace/index.ts';
import type { Answer } from '../entry.ts';

export interface Word {
  readonly instrument: string;
  readonly row: string;
  readonly field: string;
  /** null: withdrawn. */
  readonly answer: Answer | null;
  readonly revision: string;
  readonly at: string;
  /** As the newest entry has it: null where that left it out, `undefined` where no entry ever had it. */
  readonly completed: Answer | null | undefined;
}

/** The revision of a field of which nothing was said. */
export const UNSAID = '0';
const WITHDRAWN = 'null';

interface Row {
  readonly instrument: string;
  readonly row_key: string;
  readonly field: string;
  readonly id: number;
  readonly answer: string;
  readonly at: string;
}
type DraftRow = Row & { readonly after_revision: number };

/** Every word of a reviewer on a subject, in the order in which the fields were first spoken of. */
export function wordsOf(database: StudyDatabase, subject: string, reviewer: string): Word[] {
  const drafts = new Map(newestDrafts(database, subject, reviewer).map((row) => [addressOf(row), row]));
  const revisions = new Map(newestRevisionRows(database, subject, reviewer).map((row) => [addressOf(row), row]));
  return [...new Set([...revisions.keys(), ...drafts.keys()])].flatMap((key) => {
    const word = currentWord(drafts.get(key), revisions.get(key));
    return word ? [word] : [];
  });
}

/** The word of one field. Pure. */
export function currentWord(draft: DraftRow | undefined, revision: Row | undefined): Word | undefined {
  const isOvertaken = draft && revision && revision.id > draft.after_revision && revision.answer !== draft.answer;
  const row = draft && !isOvertaken ? draft : revision;
  if (!row) return undefined;
  const parsed = (answer: string): Answer | null => (answer === WITHDRAWN ? null : (JSON.parse(answer) as Answer));
  return {
    instrument: row.instrument,
    row: row.row_key,
    field: row.field,
    answer: parsed(row.answer),
    revision: row === draft ? String(row.id) : `r${row.id}`,
    at: row.at,
    completed: revision && parsed(revision.answer),
  };
}

/** Whether the newest entry has a word so. `answer` is what it should have, where that is not the word's own. */
export function isCompleted({ completed, ...word }: Word, answer: Answer | null = word.answer): boolean {
  return canonicalJson(completed ?? null) === canonicalJson(answer);
}

function addressOf({ instrument, row_key, field }: Row): string {
  return JSON.stringify([instrument, row_key, field]);
}

function newestDrafts({ db, all }: StudyDatabase, subject: string, reviewer: string): DraftRow[] {
  const newest = db
    .selectFrom('draft')
    .select((of) => of.fn.max('id').as('id'))
    .where('subject', '=', subject)
    .where('reviewer', '=', reviewer)
    .groupBy(['instrument', 'row_key', 'field']);
  return all(db.selectFrom('draft').selectAll().where('id', 'in', newest).orderBy('id'));
}

function newestRevisionRows({ db, all }: StudyDatabase, subject: string, reviewer: string): Row[] {
  const newest = db
    .selectFrom('revision')
    .select((of) => of.fn.max('id').as('id'))
    .where('subject', '=', subject)
    .where('reviewer', '=', reviewer)
    .where('role', '=', 'abstraction')
    .groupBy(['instrument', 'row_key', 'field']);
  return all(db.selectFrom('revision').selectAll().where('id', 'in', newest).orderBy('id'));
}
