/** Tables in the format that somebody asks for. */
import type { Results, StatisticResults } from '../analysis/index.ts';
import { ChartproofError, nearest } from '../base/index.ts';
import type { PrintedTable } from './printed-table.ts';
import { printedTables } from './printed-tables.ts';
import { printedCsv } from './table-files.ts';
import { wordTablesFile } from './tables-docx.ts';
import { tablesPage } from './tables-html-page.ts';
import { tablesLatex } from './tables-latex.ts';
import { tableMarkdown } from './tables-markdown.ts';
import type { PageFacts } from './word-page.ts';

/** The formats of tables; `docx` is bytes, the others are text. */
export const TABLE_FORMATS = ['html', 'docx', 'csv', 'latex', 'markdown'] as const;

/** One of {@link TABLE_FORMATS}. */
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** What tables are printed from. */
export interface TableContent {
  readonly facts: PageFacts;
  readonly results: Results;
  readonly statistics: StatisticResults;
}

/**
 * All tables, or the one of this id. Errors: `publish.no-table`, naming the nearest; `publish.one-table`, where several are asked
 * for as CSV, which holds one.
 */
export async function tablesAs(content: TableContent, format: TableFormat, id?: string): Promise<string | Uint8Array> {
  const { facts, results, statistics } = content;
  const all = printedTables(results, statistics);
  const tables = id === undefined ? all : [tableOf(all, id)];
  switch (format) {
    case 'html':
      return tablesPage(facts.title, tables);
    case 'docx':
      return wordTablesFile(facts, tables);
    case 'latex':
      return tablesLatex(facts.title, tables);
    case 'markdown':
      return tables.map(tableMarkdown).join('\n');
    case 'csv':
      return printedCsv(theOne(tables), results);
  }
}

function tableOf(tables: readonly PrintedTable[], id: string): PrintedTable {
  const found = tables.find((table) => table.id === id);
  if (found) return found;
  const ids = tables.map((table) => table.id);
  const near = nearest(id, ids);
  throw new ChartproofError('publish.no-table', `The results have no table \`${id}\`.`, {
    tip: near ? `Did you mean \`${near}\`?` : `There is: ${ids.join(', ')}.`,
  });
}

function theOne(tables: readonly PrintedTable[]): PrintedTable {
  const [table, ...others] = tables;
  if (table && others.length === 0) return table;
  throw new ChartproofError('publish.one-table', 'A CSV file holds one table.', {
    tip: `Name it with --table: ${tables.map(({ id }) => id).join(', ')}.`,
  });
}
