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

/** How often two people, or those of one month, gave the same answer. */
export interface GroupAgreement {
  readonly n: number;
  readonly differing: number;
  readonly agreed: number;
}

/** By pair of abstractors, by name; `charts` counts those that both abstracted. Rule R76 of SPEC.md. */
export function agreementByPair(
  review: Review,
): (GroupAgreement & { readonly first: string; readonly second: string; readonly charts: number })[] {
  const groups = Map.groupBy(attributedPairs(review), (one) => JSON.stringify([one.first, one.second]));
  return [...groups.values()].flatMap((pairs) => {
    const [one] = pairs;
    if (!one) return [];
    const charts = new Set(pairs.map(({ subject }) => subject)).size;
    return { first: one.first, second: one.second, charts, ...groupAgreement(pairs) };
  });
}

/** By the month (`2024-02`) in which the later of the two spoke, in the order of time. Rule R76 of SPEC.md. */
export function agreementByMonth(review: Review): (GroupAgreement & { readonly month: string })[] {
  const groups = Map.groupBy(attributedPairs(review), ({ at }) =>
    new Date(at).toISOString().slice(0, 'YYYY-MM'.length),
  );
  return [...groups.keys()].sort().map((month) => ({ month, ...groupAgreement(groups.get(month) ?? []) }));
}

function groupAgreement(pairs: readonly AttributedPair[]): GroupAgreement {
  const answers = pairs.map(({ pair }) => pair);
  return {
    n: pairs.length,
    differing: answers.filter(([a, b]) => a !== b).length,
    agreed: percentAgreement(answers) ?? 0,
  };
}

/** {@link agreement} of revisions. Pure. */
export function agreementOf(protocol: Protocol, revisions: readonly Revision[]): FieldAgreement[] {
  return pairsOf(protocol, revisions).map(summary);
}

/** A pair of answers, whose they are, and when the later of the two was said. */
interface AttributedPair {
  readonly instrument: Instrument;
  readonly field: Field;
  readonly subject: string;
  readonly first: string;
  readonly second: string;
  readonly at: string;
  readonly pair: Pair;
}

function attributedPairs(review: Review): AttributedPair[] {
  const revisions = newestRevisions(review.database).filter((one) => review.persons.has(one.subject));
  return everyPair(review.protocol, revisions);
}

function pairsOf(protocol: Protocol, revisions: readonly Revision[]): FieldPairs[] {
  const fields = Map.groupBy(everyPair(protocol, revisions), (one) => one.field);
  return [...fields.values()].flatMap((pairs) => {
    const [one] = pairs;
    return one ? [{ instrument: one.instrument, field: one.field, pairs: pairs.map(({ pair }) => pair) }] : [];
  });
}

/** By field in the order of the protocol, then by record. */
function everyPair(protocol: Protocol, revisions: readonly Revision[]): AttributedPair[] {
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
): AttributedPair[] {
  const abstractors = Map.groupBy(instrument.repeats ? abstracted : words, (one) => one.subject);
  const records = [...Map.groupBy(words, (one) => `${one.subject}\n${one.row}`).values()].map((record) => {
    const pool = abstractors.get(record[0]?.subject ?? '') ?? [];
    return { record, reviewers: [...new Set(pool.map((one) => one.reviewer))].sort() };
  });
  return instrument.fields.flatMap((field) => {
    if (field.type === 'computed' || field.id === instrument.repeats?.key) return [];
    return records.flatMap(({ record, reviewers }) => fieldPairs(instrument, field, record, reviewers));
  });
}

function fieldPairs(
  instrument: Instrument,
  field: Field,
  record: readonly Revision[],
  reviewers: readonly string[],
): AttributedPair[] {
  const here = record.filter((one) => one.field === field.id);
  const [one] = here;
  if (!one) return [];
  const answers = new Map(here.map(({ reviewer, answer }) => [reviewer, answer]));
  return reviewers.flatMap((first, index) =>
    reviewers.slice(index + 1).map((second) => {
      const own = here.filter(({ reviewer }) => reviewer === first || reviewer === second);
      const at = laterOf(own.length > 0 ? own : here);
      return { instrument, field, subject: one.subject, first, second, at, pair: pairOf(answers, first, second) };
    }),
  );
}

function laterOf(said: readonly Revision[]): string {
  return said.map(({ at }) => at).reduce((a, b) => (Date.parse(b) > Date.parse(a) ? b : a));
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
