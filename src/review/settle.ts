/** From what several people said of one subject to what holds. Pure. Rules R5 and R7 to R10 of SPEC.md. */
import { sha256 } from '../base/index.ts';
import {
  type Environment,
  evaluateRecord,
  type Instrument,
  type Protocol,
  type RecordValues,
  recordFocus,
  type Scalar,
} from '../protocol/index.ts';
import { environmentOf, type ReviewPerson } from './open-review.ts';
import type { Revision } from './revisions.ts';
import { type SettledValue, settleField } from './settle-field.ts';

/** One row of an instrument. */
export interface SettledRecord {
  /** Empty where the instrument does not repeat. */
  readonly row: string;
  readonly values: Readonly<Record<string, SettledValue>>;
  readonly computed: Readonly<Record<string, Scalar>>;
}

/** A settled record as expressions see it, its computed fields among the others. */
export function settledFocus(instrument: Instrument, { values, computed }: SettledRecord): Record<string, unknown> {
  return { ...recordFocus(instrument, plainValues(values)), ...computed };
}

/** What is not settled yet. */
export interface OpenItem {
  readonly subject: string;
  readonly instrument: string;
  readonly row: string;
  /** Empty where the whole record is meant. */
  readonly field: string;
  readonly why: 'not-abstracted' | 'too-few-abstractors' | 'difference' | 'unanswered' | 'invalid' | 'no-rows';
}

/** A subject's records, rows in the order of their keys, and what is open in them. */
export interface SettledSubject {
  readonly person: ReviewPerson;
  readonly records: Readonly<Record<string, readonly SettledRecord[]>>;
  readonly open: readonly OpenItem[];
}

/** Whether several people abstract this subject's chart: by chance, the same at every asking. */
export function isDouble(protocol: Pick<Protocol, 'id' | 'review'>, subject: string): boolean {
  const draw = Number.parseInt(sha256(`${protocol.id}/${subject}`).slice(0, 8), 16) / 0x1_0000_0000;
  return draw < protocol.review.doubleShare;
}

/**
 * Settles one subject for the instruments of one stage: the screening, or the abstraction. `before` are records that
 * are settled already and that expressions may name.
 */
export function settleSubject(
  protocol: Protocol,
  person: ReviewPerson,
  revisions: readonly Revision[],
  instruments: readonly Instrument[],
  before: SettledSubject['records'] = {},
): SettledSubject {
  const ids = new Set(instruments.map((instrument) => instrument.id));
  const own = revisions.filter((one) => one.subject === person.subject && ids.has(one.instrument));
  const said = own.filter((one) => one.role === 'abstraction');
  const reviewers = [...new Set(said.map((one) => one.reviewer))].sort();
  const wanted = isDouble(protocol, person.subject) ? protocol.review.abstractors : 1;
  const records: Record<string, SettledRecord[]> = {};
  const open: OpenItem[] = [];
  for (const instrument of instruments) {
    const of = { subject: person.subject, instrument: instrument.id };
    const here = own.filter((one) => one.instrument === instrument.id);
    const rows = instrument.repeats ? [...new Set(here.map((one) => one.row))].sort() : [''];
    if (reviewers.length < wanted) {
      const why = reviewers.length === 0 ? 'not-abstracted' : 'too-few-abstractors';
      open.push({ ...of, row: '', field: '', why });
    }
    records[instrument.id] = rows.flatMap((row) => {
      const inRow = here.filter((one) => one.row === row);
      const settled = settleRow(protocol, person, instrument, row, inRow, reviewers, { ...before, ...records });
      if (!settled) return [];
      open.push(...settled.open.map((item) => ({ ...of, row, ...item })));
      return [settled.record];
    });
  }
  return { person, records, open };
}

interface SettledRow {
  readonly record: SettledRecord;
  readonly open: readonly Pick<OpenItem, 'field' | 'why'>[];
}

/** Undefined where an adjudicator removed the row. */
function settleRow(
  protocol: Protocol,
  person: ReviewPerson,
  instrument: Instrument,
  row: string,
  inRow: readonly Revision[],
  reviewers: readonly string[],
  before: Readonly<Record<string, readonly SettledRecord[]>>,
): SettledRow | undefined {
  const key = instrument.repeats?.key;
  const values: Record<string, SettledValue> = {};
  const differing = new Set<string>();
  for (const { id } of instrument.fields) {
    const here = inRow.filter((one) => one.field === id);
    const settled = settleField(here, reviewers);
    if (settled === 'difference') differing.add(id);
    else if (settled) values[id] = settled;
  }
  const keyValue = key === undefined ? undefined : values[key];
  if (keyValue && 'missing' in keyValue.answer) return undefined;
  if (reviewers.length === 0) return { record: { row, values: {}, computed: {} }, open: [] };
  const verdict = dropUnasked(instrument, values, environment(protocol, person, before));
  const differences = [...differing].filter((id) => verdict.visible.has(id));
  const unanswered = verdict.unanswered.filter((id) => !differing.has(id));
  return {
    record: { row, values, computed: verdict.computed },
    open: [
      ...differences.map((field) => ({ field, why: 'difference' as const })),
      ...unanswered.map((field) => ({ field, why: 'unanswered' as const })),
      ...verdict.problems.map(({ field }) => ({ field, why: 'invalid' as const })),
    ],
  };
}

/** Takes out, again and again, what the record does not ask: leaving out one value can hide the next question. */
function dropUnasked(instrument: Instrument, values: Record<string, SettledValue>, environment: Environment) {
  for (;;) {
    const verdict = evaluateRecord(instrument, plainValues(values), environment);
    const unasked = Object.keys(values).filter((id) => !verdict.visible.has(id));
    if (unasked.length === 0) return verdict;
    for (const id of unasked) delete values[id];
  }
}

/** The values of a record as the protocol's expressions see them. */
export function plainValues(values: Readonly<Record<string, SettledValue>>): RecordValues {
  return Object.fromEntries(Object.entries(values).map(([id, { answer }]) => [id, answer]));
}

function environment(
  protocol: Protocol,
  person: ReviewPerson,
  records: Readonly<Record<string, readonly SettledRecord[]>>,
): Environment {
  const plain = Object.entries(records).map(([id, rows]) => [id, rows.map((row) => plainValues(row.values))] as const);
  return environmentOf({ protocol }, person, Object.fromEntries(plain));
}
