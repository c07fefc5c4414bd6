/** The tables of a release as files of their own: `tables/ID.csv`, `.tex`, `.md`. */
import type { ProportionResult, Results, TextFile } from '../analysis/index.ts';
import { type PrintedTable, printedTables } from './printed-table.ts';
import { proportionsCsv, tableCsv } from './tables-csv.ts';
import { tableLatex } from './tables-latex.ts';
import { tableMarkdown } from './tables-markdown.ts';

/** Three files a table. */
export function tableFiles(results: Results, proportions: readonly ProportionResult[]): TextFile[] {
  return printedTables(results, proportions).flatMap((table) => [
    { name: `tables/${table.id}.csv`, text: printedCsv(table, results, proportions) },
    { name: `tables/${table.id}.tex`, text: tableLatex(table) },
    { name: `tables/${table.id}.md`, text: tableMarkdown(table) },
  ]);
}

/** The CSV of a table by what it was printed from. */
export function printedCsv(
  { id }: Pick<PrintedTable, 'id'>,
  results: Results,
  proportions: readonly ProportionResult[],
): string {
  const table = results.tables.find((one) => one.id === id);
  return table ? tableCsv(table) : proportionsCsv(proportions);
}
