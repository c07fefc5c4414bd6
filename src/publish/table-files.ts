/** The tables of a release as files of their own: `tables/ID.csv`, `.tex`, `.md`. */
import type { Results, StatisticResults, TextFile } from '../analysis/index.ts';
import type { PrintedTable } from './printed-table.ts';
import { printedTables } from './printed-tables.ts';
import { statisticCsv, tableCsv } from './tables-csv.ts';
import { tableLatex } from './tables-latex.ts';
import { tableMarkdown } from './tables-markdown.ts';

/** Three files a table. */
export function tableFiles(results: Results, statistics: StatisticResults): TextFile[] {
  return printedTables(results, statistics).flatMap((table) => [
    { name: `tables/${table.id}.csv`, text: printedCsv(table, results) },
    { name: `tables/${table.id}.tex`, text: tableLatex(table) },
    { name: `tables/${table.id}.md`, text: tableMarkdown(table) },
  ]);
}

/** The CSV of a table: of the results, or of what R computed. */
export function printedCsv(table: PrintedTable, { tables }: Results): string {
  const counted = tables.find(({ id }) => id === table.id);
  return counted ? tableCsv(counted) : statisticCsv(table);
}
