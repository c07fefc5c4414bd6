/** From drafts to entries: what was typed so far becomes what a reader says. Rule R64 of SPEC.md. */
import { ChartproofError, type Problem, silent } from '../../base/index.ts';
import { personsOfRecords } from '../cited-records.ts';
import type { AbstractionEntry, Answer } from '../entry.ts';
import type { FieldVerdict } from '../entry-verdict.ts';
import { storeCited } from '../load-entries.ts';
import type { Review, ReviewPerson } from '../open-review.ts';
import { appendClaim, holdOf, notTaken } from './claims.ts';
import { entryTime } from './entry-time.ts';
import { type LiveRecord, liveRecords } from './record-views.ts';
import { noRow, personOf } from './save-draft.ts';
import type { FormStage } from './stages.ts';
import { wordsOf } from './words.ts';

/** What is to be completed: one record, or all of a stage, which is then done. */
export interface Completion {
  readonly subject: string;
  readonly reviewer: string;
  readonly stage: FormStage;
  readonly record?: { readonly instrument: string; readonly row: string };
}

/**
 * Makes entries of the drafts, all or none; records that stand as they were completed are passed over, so that to do it again changes nothing.
 * Errors: `review.incomplete` with each problem, `review.invalid`, `review.not-taken`, `review.no-row`.
 */
export async function completeRecords(review: Review, completion: Completion, at: string): Promise<void> {
  const { subject, reviewer, stage } = completion;
  const { database, protocol } = review;
  const person = personOf(review, subject);
  for (;;) {
    const before = wordsOf(database, subject, reviewer);
    const answers = before.flatMap(({ answer }): readonly Answer[] => (answer ? [answer] : []));
    const cited = await personsOfRecords(review.gate, answers);
    const isDone = database.transaction(() => {
      const words = wordsOf(database, subject, reviewer);
      // What was saved while we looked up the citations is not passed over: look them up again.
      if (words.some((word, index) => word.revision !== before[index]?.revision)) return false;
      const by = { actor: reviewer, at };
      const hold = holdOf(database, protocol, { subject, stage, reviewer });
      if (hold === undefined) throw notTaken();
      const all = liveRecords(review, person, words, stage);
      const chosen = chosenRecords(all, completion);
      const problems = chosen.flatMap(recordProblems);
      if (!completion.record) problems.push(...chartProblems(review, stage, all));
      if (problems.length > 0) throw incomplete(problems);
      const entries = chosen.flatMap((one) =>
        one.state === 'draft' || one.state === 'changed' ? [{ entry: entryOf(review, person, one, reviewer, at) }] : [],
      );
      storeCited(review, entries, cited, { ...by, progress: silent });
      const isFinished = !completion.record && (hold === 'reading' || entries.length > 0);
      if (isFinished) appendClaim(database, { subject, stage, reviewer, kind: 'done' }, by);
      return true;
    });
    if (isDone) return;
  }
}

/** What the chart as a whole lacks: a response cannot be told without an assessment. Rule R10 of SPEC.md. */
export function chartProblems({ protocol }: Review, stage: FormStage, records: readonly LiveRecord[]): FieldVerdict[] {
  const id = protocol.response?.assessments.instrument;
  if (stage !== 'abstraction' || id === undefined) return [];
  if (records.some((one) => one.instrument.id === id && Object.keys(one.answers).length > 0)) return [];
  const label = protocol.instruments.find((one) => one.id === id)?.label ?? id;
  const message = `No record of “${label}” was entered: the response cannot be told.`;
  return [{ field: '', code: 'review.no-rows', message, tip: 'Add one at least.' }];
}

function chosenRecords(all: readonly LiveRecord[], { record }: Completion): readonly LiveRecord[] {
  if (!record) return all;
  const chosen = all.filter((one) => one.instrument.id === record.instrument && one.row === record.row);
  if (chosen.length === 0) throw noRow();
  return chosen;
}

function recordProblems({ instrument, problems, unanswered }: LiveRecord): Problem[] {
  const lacking = unanswered.map((field) => ({
    code: 'review.unanswered',
    message: `${instrument.id}: ${field} has no answer.`,
    tip: 'Give a value, or say why there is none.',
  }));
  return [...problems, ...lacking];
}

function incomplete(problems: readonly Problem[]): ChartproofError {
  return new ChartproofError('review.incomplete', 'The record is not complete; what you entered stays saved.', {
    problems: problems.slice(0, 20),
    tip: 'Mend what is listed, then complete it again.',
  });
}

function entryOf(
  { database }: Review,
  person: ReviewPerson,
  record: LiveRecord,
  reviewer: string,
  at: string,
): AbstractionEntry {
  const { subject } = person;
  const of = { subject, instrument: record.instrument.id, row_key: record.row, role: 'abstraction' as const, reviewer };
  return {
    kind: 'abstraction',
    person: person.person,
    instrument: record.instrument.id,
    ...(record.instrument.repeats ? { row: record.row } : {}),
    at: entryTime(database, of, at),
    reviewer,
    values: { ...record.answers },
  };
}
