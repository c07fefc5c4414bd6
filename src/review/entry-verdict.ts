/** What a record that a reviewer fills in asks, computes and lacks: one truth for drafts and for entries. Rules R1 and R2 of SPEC.md. */
import type { Problem } from '../base/index.ts';
import {
  type Environment,
  evaluateRecord,
  fieldOf,
  type Instrument,
  type RecordValues,
  type Scalar,
} from '../protocol/index.ts';
import { restProblems } from './check-evidence.ts';
import type { Answer } from './entry.ts';
import { fieldValueOf } from './revisions.ts';

export type Answers = Readonly<Record<string, Answer>>;

/** Something wrong with a field of a record. */
export interface FieldVerdict extends Problem {
  readonly field: string;
}

/** A record held against its instrument. */
export interface EntryVerdict {
  readonly visible: ReadonlySet<string>;
  readonly computed: Readonly<Record<string, Scalar>>;
  /** Of values; what they rest on is in {@link restVerdict}. */
  readonly problems: readonly FieldVerdict[];
  /** Required, asked, and without an answer. */
  readonly unanswered: readonly string[];
}

/** Holds the answers of one record against the instrument. `environment` is what its expressions see of others. */
export function entryVerdict(instrument: Instrument, answers: Answers, environment: Environment): EntryVerdict {
  const values = valuesOf(answers);
  // Expressions can be worked out on values of the right type only: those are looked at first, alone.
  const typed = evaluateRecord(withoutExpressions(instrument), values).problems;
  const { visible, computed, problems, unanswered } = evaluateRecord(instrument, values, environment);
  const found = typed.length > 0 ? typed : problems;
  return {
    visible,
    computed,
    problems: found.map(({ field, code, message }) => ({ field, code: `review.${code}`, message })),
    unanswered,
  };
}

/** Values that lack their evidence and missing values that lack their coverage. */
export function restVerdict(instrument: Instrument, answers: Answers): FieldVerdict[] {
  return Object.entries(answers).flatMap(([id, answer]) =>
    restProblems(fieldOf(instrument, id), answer).map((problem) => ({ field: id, ...problem })),
  );
}

/** The answers that count: leaving out one that is not asked can hide the next question. */
export function askedAnswers(instrument: Instrument, answers: Answers, environment: Environment): Answers {
  const { visible } = evaluateRecord(instrument, valuesOf(answers), environment);
  const asked = Object.entries(answers).filter(([id]) => visible.has(id));
  if (asked.length === Object.keys(answers).length) return answers;
  return askedAnswers(instrument, Object.fromEntries(asked), environment);
}

/** Answers without what they rest on. */
export function valuesOf(answers: Answers): RecordValues {
  return Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, fieldValueOf(answer)]));
}

function withoutExpressions(instrument: Instrument): Instrument {
  const fields = instrument.fields.filter((field) => field.type !== 'computed');
  return { ...instrument, fields: fields.map((field) => ({ ...field, visible: undefined, validate: [] })) };
}
