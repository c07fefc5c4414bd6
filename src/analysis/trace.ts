/** From a printed number back to the sentences of the charts. Rule R9 of SPEC.md. */
import { ChartproofError, nearest } from '../base/index.ts';
import { fieldOf, instrumentOf, type Protocol, underAlternative } from '../protocol/index.ts';
import { treatmentSentence, useText, windowLines } from '../response/index.ts';
import type { SettledSubject, SettledValue } from '../review/index.ts';
import type { DataSet, SubjectData } from './data-set.ts';
import { having } from './event-frame.ts';
import type { FieldSource } from './expression-mentions.ts';
import type { Results, ResultTable, TableCell, TableColumn, TableRow } from './results.ts';
import { dataUnder } from './sensitivity.ts';
import { SENSITIVITY } from './sensitivity-table.ts';
import { columnSelectors } from './table-columns.ts';
import { fieldsBehind, sourcesOf } from './value-sources.ts';

/** One value of one subject, with who said it and what it rests on. */
export interface TracedValue {
  readonly instrument: string;
  /** Empty where the instrument does not repeat. */
  readonly row: string;
  readonly field: string;
  readonly label: string;
  readonly settled: SettledValue;
}

/** A subject of the cell. `response` is the engine's sentence, where the cell asks for the response. */
export interface TracedSubject {
  readonly subject: string;
  readonly values: readonly TracedValue[];
  readonly response?: string;
  /** The treatments that the cell asks for. */
  readonly treatments?: readonly TracedTreatment[];
}

/** A treatment in a sentence, the answers to the protocol's questions, and the rows of the records and records of forms that it is made of. */
export interface TracedTreatment {
  readonly id: string;
  readonly sentence: string;
  readonly answers: readonly string[];
  readonly rows: readonly string[];
}

/** A cell, what decides it, and everybody in it. */
export interface Trace {
  readonly table: Pick<ResultTable, 'id' | 'title'>;
  readonly row: Pick<TableRow, 'id' | 'group' | 'label'>;
  readonly column: Pick<TableColumn, 'id' | 'label'>;
  readonly cell: TableCell;
  /** The expressions of row, column and table. */
  readonly decidedBy: readonly string[];
  readonly subjects: readonly TracedSubject[];
}

/** Traces `TABLE/ROW/COLUMN`. Error: `analysis.no-cell`, naming the nearest. */
export function traceCell(declared: DataSet, results: Results, address: string): Trace {
  const [tableId = '', rowId = '', ...rest] = address.split('/');
  const data = tableId === SENSITIVITY ? dataOfRow(declared, rowId) : declared;
  const columnId = rest.join('/'); // ids of tables and rows have no slash, those of columns may
  const table = named('table', tableId, results.tables);
  const row = named('row', rowId, table.rows);
  const column = named('column', columnId, table.columns);
  const cell = row.cells.find((one) => one.column === column.id);
  if (!cell) throw noCell('column', columnId, []);
  const decidedBy = expressionsOf(data, tableId, row, column);
  return {
    table: { id: table.id, title: table.title },
    row: { id: row.id, group: row.group, label: row.label },
    column: { id: column.id, label: column.label },
    cell,
    decidedBy,
    subjects: traceSubjects(data, cell.subjects, decidedBy, cell.events),
  };
}

/**
 * Included subjects with what was said of them that expressions rest on. With `events`, of adverse events only those rows, as
 * `SUBJECT/ROW`.
 */
export function traceSubjects(
  data: DataSet,
  subjects: readonly string[],
  decidedBy: readonly string[],
  events?: readonly string[],
): TracedSubject[] {
  const sources = decidedBy.flatMap((expression) => fieldsBehind(data.protocol, expression));
  const distinct = [...new Map(sources.map((one) => [`${one.instrument}.${one.field}`, one])).values()];
  const asksResponse = decidedBy.some((expression) => sourcesOf(data.protocol, expression).response);
  const dayZero = asksResponse && data.protocol.response ? [data.protocol.response.start] : [];
  const treatments = new Set(
    [...decidedBy, ...dayZero].flatMap((expression) => sourcesOf(data.protocol, expression).treatments),
  );
  const members = new Set(subjects);
  return data.included
    .filter((one) => members.has(one.subject))
    .map((one) => ({
      subject: one.subject,
      values: valuesOf(data.protocol, one.settled, distinct).filter(isOf(events, data.protocol, one.subject)),
      ...(asksResponse && one.response ? { response: one.response.explanation } : {}),
      ...(treatments.size > 0 ? { treatments: tracedTreatments(data.protocol, one, treatments) } : {}),
    }));
}

function tracedTreatments(protocol: Protocol, of: SubjectData, asked: ReadonlySet<string>): TracedTreatment[] {
  return of.treatments
    .filter(({ id }) => asked.has(id))
    .map((one) => ({
      id: one.id,
      sentence: treatmentSentence(one),
      answers: windowLines(protocol.treatments[one.id] ?? {}, one),
      rows: [...one.uses.map(useText), ...one.undated.map(({ kind, source }) => `${kind} ${source}, without a date`)],
    }));
}

/** A row of the sensitivity table speaks of the response under its own definition. */
function dataOfRow(data: DataSet, row: string): DataSet {
  const isAlternative = data.protocol.response?.alternatives?.some((one) => one.id === row) ?? false;
  return isAlternative ? dataUnder(data, underAlternative(data.protocol, row)) : data;
}

function expressionsOf(data: DataSet, tableId: string, row: TableRow, column: TableColumn): string[] {
  const spec = data.protocol.tables.find((one) => one.id === tableId);
  if (!spec) return [row.by];
  if (spec.kind === 'adverse-events') {
    const asked = spec.events === undefined ? undefined : having(spec.events);
    return [row.by, column.by, asked, spec.population].filter((text) => text !== undefined);
  }
  const when = columnSelectors(data, spec, []).find((one) => one.id === column.id)?.when;
  return [row.by, row.of, when, spec.population].filter((text) => text !== undefined);
}

/** Of a cell of adverse events, only the rows of its events are told; of others every value is. */
function isOf(
  events: readonly string[] | undefined,
  { adverseEvents }: Protocol,
  subject: string,
): (value: TracedValue) => boolean {
  const keys = new Set(events);
  return ({ instrument, row }) =>
    events === undefined || instrument !== adverseEvents?.instrument || keys.has(`${subject}/${row}`);
}

/** What reviewers said of a subject that an exclusion by reviewer rests on. */
export function decisionBehind(
  protocol: Protocol,
  settled: SettledSubject,
  { instrument, when }: { readonly instrument: string; readonly when: string },
): TracedValue[] {
  return valuesOf(protocol, settled, sourcesOf(protocol, when, instrument).fields);
}

/** What reviewers said of a subject that an expression about it rests on. */
export function valuesBehind(protocol: Protocol, settled: SettledSubject, expression: string): TracedValue[] {
  return valuesOf(protocol, settled, fieldsBehind(protocol, expression));
}

function valuesOf(protocol: Protocol, settled: SettledSubject, sources: readonly FieldSource[]): TracedValue[] {
  const byInstrument = Map.groupBy(sources, (source) => source.instrument);
  return [...byInstrument].flatMap(([id, fields]) => {
    const instrument = instrumentOf(protocol, id);
    return (settled.records[id] ?? []).flatMap((record) =>
      fields.flatMap(({ field }): TracedValue[] => {
        const value = record.values[field];
        if (!value || field === instrument.repeats?.key) return [];
        return [{ instrument: id, row: record.row, field, label: fieldOf(instrument, field).label, settled: value }];
      }),
    );
  });
}

function named<Thing extends { readonly id: string }>(kind: string, id: string, things: readonly Thing[]): Thing {
  const found = things.find((thing) => thing.id === id);
  if (found) return found;
  throw noCell(
    kind,
    id,
    things.map((thing) => thing.id),
  );
}

function noCell(kind: string, id: string, known: readonly string[]): ChartproofError {
  const near = nearest(id, known);
  const tip =
    known.length === 0
      ? 'Name a cell as TABLE/ROW/COLUMN.'
      : near
        ? `Did you mean \`${near}\`?`
        : `There is: ${known.join(', ')}.`;
  return new ChartproofError('analysis.no-cell', `The results have no ${kind} \`${id}\`.`, { tip });
}
