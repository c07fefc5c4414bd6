/**
 * The data set as a release holds it, read back: what can be worked out of it can be counted by anybody who has the release.
 * Derived values are taken as they stand in the files; what was withheld is not there. Rule R47 of the room `publish`.
 */
import { parse } from 'csv-parse/sync';
import { ChartproofError, parsePartialDate } from '../base/index.ts';
import type { Field, FieldValue, Instrument, MissingKind, Protocol } from '../protocol/index.ts';
import { missingKinds } from '../protocol/index.ts';
import { type SettledRecord, type SettledSubject, type SettledValue, settledFocus } from '../review/index.ts';
import { type DataSet, type KeptAnswers, type SubjectData, studyEnvironment } from './data-set.ts';
import { adverseEventsOf, eventFocus } from './subject-events.ts';
import { WorkedOut } from './worked-out.ts';

type Row = Readonly<Record<string, string>>;

/**
 * Reads `data/subjects.csv` and the files of repeating instruments; `textOf` gives a file's text. `answers` stand for the
 * expressions that the files do not decide. Error: `analysis.no-data-file`.
 */
export function readDataSet(
  protocol: Protocol,
  textOf: (name: string) => string | undefined,
  answers?: KeptAnswers,
): DataSet {
  const rowsOf = (name: string): readonly Row[] => {
    const text = textOf(name);
    if (text !== undefined) return parse(text, { columns: true });
    throw new ChartproofError('analysis.no-data-file', `There is no ${name}.`, {
      tip: 'A release has a file for the subjects and one for each instrument that repeats.',
    });
  };
  const repeated = protocol.instruments
    .filter((instrument) => instrument.repeats)
    .map((one) => [one, Map.groupBy(rowsOf(`data/${one.id}.csv`), (row) => row.subject)] as const);
  const rows = rowsOf('data/subjects.csv');
  const included = rows.map((row) => {
    const once = protocol.instruments.filter((instrument) => !instrument.repeats);
    const records = Object.fromEntries([
      ...once.map((one) => [one.id, [recordOf(one, row, `${one.id}.`, '')]] as const),
      ...repeated.map(([one, bySubject]) => {
        const own = bySubject.get(row.subject) ?? [];
        return [one.id, own.map((each) => recordOf(one, each, '', each[one.repeats?.key ?? ''] ?? ''))] as const;
      }),
    ]);
    return subjectOf(protocol, row, records);
  });
  const subjects = protocol.analysed ? included.filter((_, at) => rows[at]?.analysed === 'true') : included;
  return { protocol, exposures: {}, subjects, included, ...(answers ? { answers } : {}) };
}

function subjectOf(protocol: Protocol, row: Row, records: SettledSubject['records']): SubjectData {
  const subject = row.subject ?? '';
  const sex = row['person.sex'] || null;
  const person = { subject, personId: '', person: subject, sex, birthDate: null };
  const focus: Record<string, unknown> = { id: subject, person: sex === null ? {} : { sex } };
  for (const instrument of protocol.instruments) {
    const own = (records[instrument.id] ?? []).map((record) => settledFocus(instrument, record));
    focus[instrument.id] = instrument.repeats ? own : (own[0] ?? {});
  }
  const settled = { person, records, open: [] };
  const response = responseOf(protocol, row);
  if (response) {
    const { category, responder, monthsToResponse } = response;
    focus.response = { category, responder, ...(monthsToResponse === undefined ? {} : { monthsToResponse }) };
  }
  const adverseEvents = adverseEventsOf(protocol, settled, focus, studyEnvironment(protocol));
  if (protocol.adverseEvents) focus.adverseEvents = adverseEvents.map(eventFocus);
  const variables: Record<string, unknown> = {};
  for (const { id } of protocol.variables) {
    const value = plainOf(row[id]);
    if (value !== undefined) focus[id] = variables[id] = value;
  }
  const workedOut = new WorkedOut(focus, settled);
  return { subject, settled, response, treatments: [], adverseEvents, variables, focus, workedOut };
}

function responseOf(protocol: Protocol, row: Row): SubjectData['response'] {
  if (!protocol.response) return undefined;
  const months = plainOf(row['response.months']);
  return {
    category: row['response.category'] ?? '',
    responder: row['response.responder'] === 'true',
    lesions: [],
    assessments: [],
    unconfirmed: false,
    undecided: false,
    ...(typeof months === 'number' ? { monthsToResponse: months } : {}),
    explanation: '',
  };
}

function recordOf(instrument: Instrument, row: Row, prefix: string, key: string): SettledRecord {
  const values: Record<string, SettledValue> = {};
  const computed: Record<string, string | number | boolean> = {};
  for (const field of instrument.fields) {
    const cell = row[`${prefix}${field.id}`] ?? '';
    if (field.type === 'computed') {
      const value = plainOf(cell);
      if (value !== undefined) computed[field.id] = value;
      continue;
    }
    const answer = answerOf(field, cell, row[`${prefix}${field.id}_missing`] ?? '');
    if (answer) values[field.id] = { answer, evidence: [], by: 'agreement', reviewers: [] };
  }
  return { row: key, values, computed };
}

/** What a cell says, where it can be said of such a field; a value that was withheld or made coarse in words is none. */
function answerOf(field: Field, cell: string, missing: string): FieldValue | undefined {
  const kind = missingKinds.find((one): one is MissingKind => one === missing);
  if (kind) return { missing: kind };
  if (cell === '') return undefined;
  switch (field.type) {
    case 'yesno':
      return { value: cell === 'true' };
    case 'integer':
    case 'decimal':
      return Number.isFinite(Number(cell)) ? { value: Number(cell) } : undefined;
    case 'date':
      return parsePartialDate(cell) ? { value: cell } : undefined;
    case 'choices':
      return { value: cell.split('; ') };
    default:
      return { value: cell };
  }
}

/** A derived value, whose kind the cell tells. */
function plainOf(cell: string | undefined): string | number | boolean | undefined {
  if (cell === undefined || cell === '') return undefined;
  if (cell === 'true' || cell === 'false') return cell === 'true';
  return Number.isFinite(Number(cell)) ? Number(cell) : cell;
}
