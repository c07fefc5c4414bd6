/** How well abstractors agreed before anybody adjudicated. Rules R11 and R12 of SPEC.md. */
import type { Field, Instrument, Protocol } from '../protocol/index.ts';
import type { Answer } from './entry.ts';
import { cohenKappa, type Pair, percentAgreement } from './kappa.ts';
import type { Review } from './open-review.ts';
import { newestRevisions, type Revision } from './revisions.ts';
import { answerKey } from './same-answer.ts';

/** One field. `agreed` and `kappa` are shares, not percentages; `kappa` is null for numbers, dates and text. */
export interface FieldAgreement {
  readonly instrument: string;
  readonly field: string;
  readonly label: string;
  /** Pairs of answers. */
  readonly n: number;
  readonly differing: number;
  readonly agreed: number;
  readonly kappa: number | null;
}

/** The pairs of answers of one field, each as `answerKey` writes it: `value:severe`, `missing:conflicting`, empty. */
export interface FieldPairs {
  readonly instrument: Instrument;
  readonly field: Field;
  readonly pairs: readonly Pair[];
}

/** Every field that two people answered, in the order of the protocol. Charts of those who have refused since are left out. */
export function agreement(review: Review): FieldAgreement[] {
  return agreementPairs(review).map(summary);
}

/** What {@link agreement} is counted from. */
export function agreementPairs(review: Review): FieldPairs[] {
  return pairsOf(
    review.protocol,
    newestRevisions(review.database).filter((one) => review.persons.has(one.subject)),
  );
}

/** {@link agreement} of revisions. Pure. */
export function agreementOf(protocol: Protocol, revisions: readonly Revision[]): FieldAgreement[] {
  return pairsOf(protocol, revisions).map(summary);
}

function pairsOf(protocol: Protocol, revisions: readonly Revision[]): FieldPairs[] {
  const said = revisions.filter((one) => one.role === 'abstraction');
  // In a repeating instrument a person who abstracted the chart and has no such row says that there is none.
  const abstracted = said.filter((one) => one.instrument !== protocol.review.screening);
  const byInstrument = Map.groupBy(said, (one) => one.instrument);
  return protocol.instruments.flatMap((instrument) =>
    instrumentPairs(instrument, byInstrument.get(instrument.id) ?? [], abstracted),
  );
}

function instrumentPairs(
  instrument: Instrument,
  words: readonly Revision[],
  abstracted: readonly Revision[],
): FieldPairs[] {
  const abstractors = Map.groupBy(instrument.repeats ? abstracted : words, (one) => one.subject);
  const records = [...Map.groupBy(words, (one) => `${one.subject}\n${one.row}`).values()].map((record) => {
    const pool = abstractors.get(record[0]?.subject ?? '') ?? [];
    return { record, reviewers: [...new Set(pool.map((one) => one.reviewer))].sort() };
  });
  return instrument.fields.flatMap((field) => {
    if (field.type === 'computed' || field.id === instrument.repeats?.key) return [];
    const pairs = records.flatMap(({ record, reviewers }) => fieldPairs(field, record, reviewers));
    return pairs.length === 0 ? [] : [{ instrument, field, pairs }];
  });
}

function fieldPairs(field: Field, record: readonly Revision[], reviewers: readonly string[]): Pair[] {
  const answers = new Map(record.filter((one) => one.field === field.id).map((one) => [one.reviewer, one.answer]));
  if (answers.size === 0) return [];
  return reviewers.flatMap((first, at) => reviewers.slice(at + 1).map((second) => pairOf(answers, first, second)));
}

function pairOf(answers: ReadonlyMap<string, Answer>, first: string, second: string): Pair {
  return [answerKey(answers.get(first)), answerKey(answers.get(second))];
}

const CATEGORICAL: ReadonlySet<Field['type']> = new Set(['choice', 'choices', 'yesno']);

function summary({ instrument, field, pairs }: FieldPairs): FieldAgreement {
  const kappa = CATEGORICAL.has(field.type) ? cohenKappa(pairs) : undefined;
  return {
    instrument: instrument.id,
    field: field.id,
    label: field.label,
    n: pairs.length,
    differing: pairs.filter(([a, b]) => a !== b).length,
    agreed: percentAgreement(pairs) ?? 0,
    kappa: kappa ?? null,
  };
}
