/** Whether persons of a sample are cases, as reviewers say it, with evidence. Rules R21 and R22 of SPEC.md. */
import { ChartproofError, canonicalJson, sha256 } from '../base/index.ts';
import { type Actor, type Sample, sampledPerson } from '../cohort/index.ts';
import { appendAudit, type StudyDatabase } from '../workspace/index.ts';
import { evidenceProblems } from './check-evidence.ts';
import { personsOfRecords } from './cited-records.ts';
import type { Answer, Evidence } from './entry.ts';
import type { Review } from './open-review.ts';

/** A word on a person of a sample. */
export interface SampleVerdict {
  readonly subject: string;
  readonly reviewer: string;
  readonly isCase: boolean;
  readonly evidence: readonly Evidence[];
  readonly at: string;
}

/** A sentence as a reviewer cites it: the note by its source id, and the words. */
export interface Quotation {
  readonly note: string;
  readonly quote: string;
}

/**
 * Keeps a verdict. Errors: `cohort.not-in-sample`, `review.quote-differs` (no such words in the note), `review.invalid` with
 * what is wrong with the evidence.
 */
export async function saySampleVerdict(
  review: Review,
  said: {
    readonly subject: string;
    readonly isCase: boolean;
    readonly quotations: readonly Quotation[];
    readonly records: readonly string[];
  },
  { actor, at }: Actor,
): Promise<SampleVerdict> {
  const { database, gate } = review;
  const person = sampledPerson(database, gate, said.subject);
  const quoted = said.quotations.map((one) => placed(review, person.personId, one));
  const evidence: Evidence[] = [...quoted, ...said.records.map((record) => ({ record }))];
  const answer: Answer = { value: said.isCase, evidence };
  const field = { id: 'case', evidence: said.isCase ? ('required' as const) : ('optional' as const) };
  const problems = evidenceProblems(review, person, field, answer, await personsOfRecords(gate, [answer]));
  if (problems.length > 0) {
    throw new ChartproofError('review.invalid', 'The evidence does not hold; nothing was stored.', { problems });
  }
  const row = { subject: said.subject, reviewer: actor, answer: canonicalJson(answer), at };
  database.transaction(() => {
    const { lastId } = database.run(database.db.insertInto('sample_verdict').values(row));
    const detail = { verdict: lastId, answer: sha256(row.answer) };
    appendAudit(database, { at, actor, action: 'sample.verdict', subject: said.subject, detail });
  });
  return { subject: said.subject, reviewer: actor, isCase: said.isCase, evidence, at };
}

/** Where the words stand in the note: the first place. */
function placed({ gate }: Review, personId: string, { note, quote }: Quotation): Evidence {
  const stored = gate.note(note);
  const start = stored?.personId === personId ? stored.text.indexOf(quote) : 0;
  if (start < 0 || quote === '') {
    throw new ChartproofError('review.quote-differs', 'The note does not have these words.', {
      tip: 'Copy them from the note: chartproof review chart STUDY N001 --note NOTE',
    });
  }
  return { note, start, end: start + quote.length, quote };
}

/** Every word on the persons of a sample who may be used, the newest of each last. */
export function sampleVerdicts(database: StudyDatabase, { persons }: Pick<Sample, 'persons'>): SampleVerdict[] {
  const own = new Set(persons.map(({ subject }) => subject));
  return database
    .all(database.db.selectFrom('sample_verdict').selectAll().orderBy('id'))
    .filter(({ subject }) => own.has(subject))
    .map(({ subject, reviewer, answer, at }) => {
      const { value, evidence } = JSON.parse(answer) as { value: boolean; evidence: Evidence[] };
      return { subject, reviewer, isCase: value, evidence, at };
    });
}

/** The word that counts of each person: the last. */
export function lastVerdicts(verdicts: readonly SampleVerdict[]): ReadonlyMap<string, SampleVerdict> {
  return new Map(verdicts.map((one) => [one.subject, one]));
}
