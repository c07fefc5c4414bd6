/**
 * Saving one change of one field. It is stored, with its row of the audit trail, before it is acknowledged; the same change
 * sent again is the same change; a change of what another tab changed in the meantime is not stored. Rules R60 to R65 of SPEC.md.
 */
import { ChartproofError, canonicalJson, sha256 } from '../../base/index.ts';
import { fieldOf, type Instrument, instrumentOf } from '../../protocol/index.ts';
import { appendAudit, commitTogether } from '../../workspace/index.ts';
import { unknownField } from '../check-entry.ts';
import { type CitedRecords, citationProblems } from '../check-evidence.ts';
import { personsOfRecords } from '../cited-records.ts';
import type { Answer } from '../entry.ts';
import type { Review, ReviewPerson } from '../open-review.ts';
import { requireHold } from './claims.ts';
import { stageOf } from './stages.ts';
import { UNSAID, type Word, wordsOf } from './words.ts';

/** A change of one field by whoever reads the chart. */
export interface Change {
  readonly changeId: string;
  readonly subject: string;
  readonly instrument: string;
  readonly row: string;
  readonly field: string;
  readonly reviewer: string;
  /** null withdraws what was said. */
  readonly answer: Answer | null;
  /** The revision of the field that the reader saw. */
  readonly seen: string;
}

/** What became of it; a conflict stored nothing. */
export type Saved =
  | { readonly kind: 'saved'; readonly revision: string; readonly at: string }
  | { readonly kind: 'conflict'; readonly current: Word | undefined };

/**
 * Saves a change. Errors: `review.closed-chart`, `review.not-taken`, `review.change-reused`, `review.unknown-field` and what
 * else is wrong with the place, `review.invalid` where the answer cites what is not there.
 */
export async function saveDraft(review: Review, change: Change, at: string): Promise<Saved> {
  const person = personOf(review, change.subject);
  const instrument = requirePlace(review, change);
  const cited = await personsOfRecords(review.gate, change.answer ? [change.answer] : []);
  return commitTogether(review.database, () => {
    const known = sameChange(review, change);
    if (known) return { kind: 'saved', revision: String(known.id), at: known.at };
    const { subject, reviewer } = change;
    const words = wordsOf(review.database, subject, reviewer);
    const current = words.find((one) => isPlace(one, change));
    if ((current?.revision ?? UNSAID) !== change.seen) return { kind: 'conflict', current };
    requireCitations(review, person, instrument, change, cited);
    const stage = stageOf(review.protocol, change.instrument);
    requireHold(review.database, review.protocol, { subject, stage, reviewer }, { actor: reviewer, at });
    return { kind: 'saved', revision: String(appendDraft(review, change, at)), at };
  });
}

/** A row and the revision of each of its fields, as the reader saw them. */
export interface RowRemoval extends Omit<Change, 'field' | 'answer' | 'seen'> {
  readonly seen: Readonly<Record<string, string>>;
}

/** Withdraws a row with all that was said in it. Errors as of {@link saveDraft}; `review.no-row`. */
export function removeRow(review: Review, removal: RowRemoval, at: string): Saved {
  const { subject, reviewer, instrument, row, seen } = removal;
  personOf(review, subject);
  if (!instrumentOf(review.protocol, instrument).repeats) throw noRow();
  return review.database.transaction(() => {
    const known = savedChange(review, removal.changeId);
    if (known && isSameRow(known, removal)) return { kind: 'saved', revision: String(known.id), at: known.at };
    if (known) throw reused();
    const words = wordsOf(review.database, subject, reviewer).filter(
      (one) => one.instrument === instrument && one.row === row,
    );
    if (words.length === 0) throw noRow();
    const left = words.filter((one) => one.answer !== null);
    const moved = left.find((one) => seen[one.field] !== one.revision);
    if (moved) return { kind: 'conflict', current: moved };
    const stage = stageOf(review.protocol, instrument);
    requireHold(review.database, review.protocol, { subject, stage, reviewer }, { actor: reviewer, at });
    for (const { field, revision } of left)
      appendDraft(review, { ...removal, field, answer: null, seen: revision }, at);
    return { kind: 'saved', revision: UNSAID, at };
  });
}

/** The person of a subject; `review.closed-chart` where the chart may not be used, or never was of the study. */
export function personOf(review: Review, subject: string): ReviewPerson {
  const person = review.persons.get(subject);
  if (person) return person;
  throw new ChartproofError('review.closed-chart', 'The chart of this subject may not be used any more, or is none.', {
    tip: 'Go back to the queue.',
  });
}

export function noRow(): ChartproofError {
  return new ChartproofError('review.no-row', 'The chart has no such record.', { tip: 'Load the chart again.' });
}

function requirePlace({ protocol }: Review, { instrument: id, row, field }: Change): Instrument {
  const instrument = protocol.instruments.find((one) => one.id === id);
  if (!instrument) {
    throw new ChartproofError('review.unknown-instrument', 'The protocol has no such instrument.', {
      tip: 'Load the page again: the protocol may have changed.',
    });
  }
  if ((row !== '') !== (instrument.repeats !== undefined)) {
    const [code, tip] =
      row === '' ? ['review.row-missing', 'Give `row`.'] : ['review.row-unexpected', 'Leave out `row`.'];
    throw new ChartproofError(code ?? '', 'A record has a row where its instrument repeats, and only there.', {
      tip: tip ?? '',
    });
  }
  const [unknown] = unknownField(instrument, field);
  if (unknown) throw new ChartproofError(unknown.code, unknown.message, { tip: unknown.tip ?? '' });
  return instrument;
}

function requireCitations(
  review: Review,
  person: ReviewPerson,
  instrument: Instrument,
  { field, answer }: Change,
  cited: CitedRecords,
): void {
  const problems = answer ? citationProblems(review, person, fieldOf(instrument, field), answer, cited) : [];
  if (problems.length === 0) return;
  throw new ChartproofError('review.invalid', 'The answer cites what the chart does not have; it was not saved.', {
    problems,
    tip: 'Select the sentence again.',
  });
}

function isPlace(word: Word, { instrument, row, field }: Change): boolean {
  return word.instrument === instrument && word.row === row && word.field === field;
}

/** The draft that a change made when it came before. */
function sameChange(review: Review, change: Change): DraftRow | undefined {
  const known = savedChange(review, change.changeId);
  if (!known) return undefined;
  const isSame =
    isSameRow(known, change) && known.field === change.field && known.answer === canonicalJson(change.answer);
  if (isSame) return known;
  throw reused();
}

type DraftRow = NonNullable<ReturnType<typeof savedChange>>;

function savedChange({ database }: Review, changeId: string) {
  return database.all(
    database.db.selectFrom('draft').selectAll().where('change_id', '=', changeId).orderBy('id').limit(1),
  )[0];
}

function isSameRow(known: DraftRow, { subject, instrument, row, reviewer }: Omit<Change, 'field' | 'answer' | 'seen'>) {
  return (
    known.subject === subject && known.instrument === instrument && known.row_key === row && known.reviewer === reviewer
  );
}

function reused(): ChartproofError {
  return new ChartproofError('review.change-reused', 'Another change was saved under this id.', {
    tip: 'Give each change an id of its own.',
  });
}

function appendDraft({ database }: Review, change: Change, at: string): number {
  const { changeId, subject, instrument, row, field, reviewer } = change;
  const answer = canonicalJson(change.answer);
  const { lastId } = database.run(
    database.db.insertInto('draft').values((of) => ({
      change_id: changeId,
      subject,
      instrument,
      row_key: row,
      field,
      reviewer,
      answer,
      at,
      after_revision: of
        .selectFrom('revision')
        .select((one) => one.fn.coalesce(one.fn.max('id'), one.lit(0)).as('id'))
        .where('subject', '=', subject)
        .where('instrument', '=', instrument)
        .where('row_key', '=', row)
        .where('field', '=', field)
        .where('role', '=', 'abstraction')
        .where('reviewer', '=', reviewer),
    })),
  );
  // With the id of the change, which is random, the hash of a short answer cannot be guessed.
  const hash = sha256(canonicalJson({ changeId, answer }));
  appendAudit(database, {
    at,
    actor: reviewer,
    action: 'review.draft',
    subject,
    detail: { draft: lastId, instrument, row, field, change: hash },
  });
  return lastId;
}
