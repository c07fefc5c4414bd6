/** The treatments of a subject: what the records say and what reviewers stated, one list. Rules R30 to R49 of SPEC.md of `response`. */
import { dayRange, type PartialDate, parsePartialDate } from '../base/index.ts';
import {
  compileExpression,
  type Environment,
  evaluateBoolean,
  evaluateSingle,
  fieldOf,
  type Instrument,
  instrumentOf,
  type Protocol,
  type TreatmentRules,
} from '../protocol/index.ts';
import { type Exposure, type Treatment, treatmentFocus, treatmentOf } from '../response/index.ts';
import { type SettledRecord, type SettledSubject, settledFocus, type TreatmentExposures } from '../review/index.ts';

type Statements = NonNullable<TreatmentRules['statements']>;

/** Works out the treatments of the protocol and puts them into the focus one by one, so that each may be told relative to those above. */
export function addTreatments(
  protocol: Protocol,
  settled: SettledSubject,
  exposures: TreatmentExposures,
  focus: Record<string, unknown>,
  environment: Environment,
): Treatment[] {
  const all = Object.entries(protocol.treatments);
  if (all.length === 0) return [];
  const end = dayRange(protocol.period.end).latest;
  const seen: Record<string, unknown> = {};
  focus.treatments = seen;
  return all.map(([id, rules]) => {
    const uses = [
      ...(exposures[id]?.get(settled.person.personId) ?? []),
      ...(rules.statements ? stated(protocol, rules.statements, settled) : []),
    ];
    const { relativeTo } = rules;
    const dateBy = (text: string | undefined): PartialDate | undefined =>
      text === undefined ? undefined : dateOf(evaluateSingle(compileExpression(text), focus, environment));
    const dates = relativeTo && { start: dateBy(relativeTo.start), stop: dateBy(relativeTo.stop) };
    const treatment = treatmentOf(id, rules, uses, end, dates);
    seen[id] = treatmentFocus(treatment);
    return treatment;
  });
}

/** The uses that the settled records of an instrument state. */
function stated(protocol: Protocol, statements: Statements, settled: SettledSubject): Exposure[] {
  const instrument = instrumentOf(protocol, statements.instrument);
  const { when } = statements;
  return (settled.records[instrument.id] ?? [])
    .filter(
      (record) =>
        when === undefined || evaluateBoolean(compileExpression(when), settledFocus(instrument, record)) === true,
    )
    .flatMap((record) => exposureOf(instrument, statements, record) ?? []);
}

/** A record that says nothing of a start, or that there was none, states no use; one that does not know when states one without a date. */
function exposureOf(instrument: Instrument, statements: Statements, record: SettledRecord): Exposure | undefined {
  const answer = (field: string | undefined) => (field === undefined ? undefined : record.values[field]?.answer);
  const begun = answer(statements.start);
  if (begun === undefined || ('missing' in begun && NEVER.has(begun.missing))) return undefined;
  const given = (field: string | undefined): unknown => {
    const said = answer(field);
    return said && 'value' in said ? said.value : undefined;
  };
  const stopped = answer(statements.stop);
  const frequency = given(statements.frequency);
  return {
    source: record.row === '' ? instrument.id : `${instrument.id}[${record.row}]`,
    kind: 'abstracted',
    text: null,
    start: dateOf(given(statements.start)) ?? null,
    stop: dateOf(given(statements.stop)) ?? null,
    ...(stopped && 'missing' in stopped && NEVER.has(stopped.missing) ? { ongoing: true } : {}),
    daysSupply: null,
    dose: numberOf(given(statements.dose)),
    doseUnit: unitOf(instrument, statements.dose),
    timesPerDay: numberOf(frequency) ?? statements.timesPerDay?.[String(frequency)] ?? null,
    frequency: typeof frequency === 'string' ? labelOf(instrument, statements.frequency, frequency) : null,
    amount: numberOf(given(statements.amount)),
    amountUnit: unitOf(instrument, statements.amount),
    refills: numberOf(given(statements.refills)),
  };
}

/** Kinds of missing values that say that there is none. */
const NEVER: ReadonlySet<string> = new Set(['documented-absent', 'not-applicable']);

function labelOf(instrument: Instrument, id: string | undefined, code: string): string {
  const field = id === undefined ? undefined : fieldOf(instrument, id);
  if (field?.type !== 'choice') return code;
  return field.choices.find((choice) => choice.code === code)?.label ?? code;
}

function unitOf(instrument: Instrument, id: string | undefined): string | null {
  const field = id === undefined ? undefined : fieldOf(instrument, id);
  return field && 'unit' in field ? (field.unit ?? null) : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function dateOf(value: unknown): PartialDate | undefined {
  return typeof value === 'string' ? parsePartialDate(value) : undefined;
}
