/** Small counts of a printed table, and those that can be worked out from it by taking away. Rules R50 to R52. */
import type { ResultTable, TableCell, TableRow } from '../../analysis/index.ts';
import type { DisclosureWarning } from './warning.ts';

/** The warnings of a table, row by row. `least` is the least count that is not small. */
export function tableWarnings(table: ResultTable, least: number): DisclosureWarning[] {
  const isSmall = (n: number): boolean => n > 0 && n < least;
  const inCells = table.rows.flatMap((row) => row.cells.flatMap((cell) => cellWarnings(table, row, cell, isSmall)));
  return [...inCells, ...restsOfGroups(table, isSmall), ...restsOfParents(table, isSmall)];
}

function cellWarnings(
  { id }: ResultTable,
  row: TableRow,
  { column, n, N, text }: TableCell,
  isSmall: (n: number) => boolean,
): DisclosureWarning[] {
  if (text === '') return [];
  const place = `${id}/${row.id}/${column}`;
  if (isSmall(n)) return [{ code: 'small-cell', place, text: `${n} of ${N}.` }];
  if (isSummary(row)) return [];
  if (isSmall(N - n) && n > 0) return [{ code: 'small-rest', place, text: `All but ${N - n} of ${N}.` }];
  return [];
}

function isSummary(row: TableRow): boolean {
  return row.mean !== undefined;
}

/** What is left of a column when the rows of a group, which do not overlap, are taken from it. */
function restsOfGroups(table: ResultTable, isSmall: (n: number) => boolean): DisclosureWarning[] {
  const top = table.rows.filter((row) => row.level === 0 && !isSummary(row));
  const groups = Map.groupBy(top, (row) => row.group);
  return [...groups].flatMap(([group, rows]) =>
    table.columns.flatMap(({ id, n }): DisclosureWarning[] => {
      const own = rows.flatMap((row) => row.cells.filter((cell) => cell.column === id && cell.text !== ''));
      const rest = restOf(own, n);
      if (own.length < 2 || rest === undefined || !isSmall(rest)) return [];
      const place = `${table.id}/${rows[0]?.id}/${id}/rest`;
      return [{ code: 'computable', place, text: `${rest} of ${n} are in no row of "${group}", by taking away.` }];
    }),
  );
}

/** What is left of a row when those "of which" are taken from it. */
function restsOfParents(table: ResultTable, isSmall: (n: number) => boolean): DisclosureWarning[] {
  return table.rows.flatMap((row, at) => {
    if (row.level !== 0 || isSummary(row)) return [];
    const next = table.rows.findIndex((one, place) => place > at && one.level === 0);
    const inner = table.rows.slice(at + 1, next < 0 ? undefined : next);
    return row.cells.flatMap((cell): DisclosureWarning[] => {
      const own = inner.flatMap((one) => one.cells.filter(({ column }) => column === cell.column));
      const rest = restOf(own, cell.n);
      if (own.length === 0 || rest === undefined || !isSmall(rest) || cell.text === '') return [];
      const place = `${table.id}/${row.id}/${cell.column}/rest`;
      return [
        { code: 'computable', place, text: `${rest} of ${cell.n} are in none of the rows below, by taking away.` },
      ];
    });
  });
}

/** How many are in none of the cells; undefined where somebody is in two, so that nothing can be taken away. */
function restOf(cells: readonly TableCell[], n: number): number | undefined {
  const all = cells.flatMap(({ subjects }) => subjects);
  return new Set(all).size === all.length ? n - all.length : undefined;
}
