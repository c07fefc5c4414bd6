import type { Results, ResultTable, TableCell, TableRow } from '../../analysis/index.ts';
import { canonicalJson } from '../../base/index.ts';

/** Where two counts of the same tables differ: TABLE, TABLE/ROW or TABLE/ROW/COLUMN, the smallest place that holds it. */
export function differingPlaces(one: Results, other: Results): string[] {
  const tables = [...new Set([...one.tables, ...other.tables].map(({ id }) => id))];
  return tables.flatMap((id) => {
    const [a, b] = [one, other].map(({ tables: all }) => all.find((table) => table.id === id));
    return a && b ? inTable(a, b) : [id];
  });
}

function inTable(a: ResultTable, b: ResultTable): string[] {
  const [{ rows: left, ...rest }, { rows: right, ...others }] = [a, b];
  if (left.map(({ id }) => id).join('\n') !== right.map(({ id }) => id).join('\n')) return [a.id];
  const inRows = left.flatMap((row, at) => {
    const second = right[at];
    return second ? inRow(`${a.id}/${row.id}`, row, second) : [];
  });
  return [...(same(rest, others) ? [] : [a.id]), ...inRows];
}

function inRow(place: string, a: TableRow, b: TableRow): string[] {
  const [{ cells: left, ...rest }, { cells: right, ...others }] = [a, b];
  if (left.map(({ column }) => column).join('\n') !== right.map(({ column }) => column).join('\n')) return [place];
  const inCells = left.flatMap((cell, at) => {
    const other = right[at];
    return other && same(counted(cell), counted(other)) ? [] : [`${place}/${cell.column}`];
  });
  return [...(same(rest, others) ? [] : [place]), ...inCells];
}

/** A cell with the number of its events: their keys are numbered anew when they leave. */
function counted({ events, ...cell }: TableCell): object {
  return { ...cell, events: events?.length ?? null };
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
