/** The protocol's tables, counted on the data set. Rules R1 to R6 and R40 to R49 of SPEC.md. */
import { type CountRow, expandTableRows, type SummaryRow, type TableSpec } from '../protocol/index.ts';
import { buildAdverseEventTable } from './adverse-event-tables.ts';
import { askedOf, type Counted, countRow, denominatorOf, type TableFrame } from './count-row.ts';
import { type DataSet, holds } from './data-set.ts';
import { footnotesOf } from './footnotes.ts';
import { countsOf, lacking, unknown } from './lacking.ts';
import { missingRow, type PlacedRow, withMissingRows } from './missing-rows.ts';
import { printRules } from './print-rules.ts';
import type { Results, ResultTable, TableRow } from './results.ts';
import { sensitivityTables } from './sensitivity-table.ts';
import { summaryRow } from './summary-row.ts';
import { columnSelectors } from './table-columns.ts';
import { tableNotes } from './table-notes.ts';

/** Counts all tables. */
export function buildTables(data: DataSet): Results {
  const declared = data.protocol.tables.map((table) =>
    table.kind === 'adverse-events' ? buildAdverseEventTable(data, table) : buildTable(data, table),
  );
  return { tables: [...declared, ...sensitivityTables(data)] };
}

type Row = CountRow | SummaryRow;

function buildTable(data: DataSet, table: TableSpec): ResultTable {
  const frame = frameOf(data, table);
  const all = expandTableRows(data.protocol, table);
  const asked = remembered((row: Row) => askedOf(frame, row));
  const unknowns = remembered((row: Row) => unknown(data, row, asked(row)));
  const lacks = remembered((row: Row) => (tellsUnknown(table, row) ? unknowns(row) : lacking(data, row, asked(row))));
  const among = remembered((row: CountRow) => denominatorOf(frame, row, () => unknowns(row)));
  const counted = new Map(
    all.map((row) => [row.id, row.kind === 'count' ? countRow(frame, row, among(row)) : summaryRow(frame, row)]),
  );
  const rows = table.hideEmpty ? all.filter((row) => row.kind === 'summary' || isAnybodyIn(counted.get(row.id))) : all;
  const placed: readonly PlacedRow[] =
    table.missing === 'row' ? withMissingRows(rows, unknowns) : rows.map((spec) => ({ spec }));
  const printed = placed.map((row) => {
    const own = 'kind' in row ? missingRow(frame, row, unknowns(row.spec), asked(row.spec)) : counted.get(row.spec.id);
    return { row, own };
  });
  const { letters, groupLetters, footnotes } = footnotesOf(
    table,
    rows,
    tableNotes({
      table,
      frame,
      rows,
      cells: new Map(printed.flatMap(({ own }) => (own ? [[own.id, own] as const] : []))),
      lacking: lacks,
      among,
      leftOut: rows.length < all.length,
    }),
  );
  return {
    id: table.id,
    title: table.title,
    columns: frame.selectors.map(({ id, label, members }) => ({ id, label, n: members.length })),
    rows: printed.flatMap(({ row, own }): TableRow[] => {
      if (!own) return [];
      if ('kind' in row) return [{ ...own, notes: [], groupNotes: [], missing: {} }];
      const { spec } = row;
      return [{ ...own, notes: letters(spec.id), groupNotes: groupLetters(spec.id), missing: countsOf(lacks(spec)) }];
    }),
    footnotes,
  };
}

function frameOf(data: DataSet, table: TableSpec): TableFrame {
  const { population, percentOf } = table;
  const subjects =
    population === undefined ? data.subjects : data.subjects.filter((one) => holds(data, population, one));
  return { data, subjects, selectors: columnSelectors(data, table, subjects), rules: printRules(table), percentOf };
}

/** Whether those who are not known, and not only those called missing, are told: they and the known are all. */
function tellsUnknown(table: TableSpec, row: Row): boolean {
  return table.missing === 'row' || (row.kind === 'count' && row.denominator === 'known');
}

function isAnybodyIn(row: Counted | undefined): boolean {
  return row?.cells.some((cell) => cell.n > 0) ?? false;
}

function remembered<Key, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = work(key);
    known.set(key, value);
    return value;
  };
}
