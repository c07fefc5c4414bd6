import { parse } from 'csv-parse/sync';
import { ChartproofError } from '../../base/index.ts';
import type { CdmFile } from './cdm-files.ts';
import { csvBlocks } from './csv-blocks.ts';

/** How a CSV file is written. */
export interface CsvDialect {
  readonly delimiter: ',' | '\t';
  /** Whether quotes enclose cells; else they are letters like others. */
  readonly hasQuotes: boolean;
}

/** Tables that OHDSI hands out separated by tabs, with quotes that enclose nothing and never close. */
const WITHOUT_QUOTES: ReadonlySet<string> = new Set([
  'concept',
  'concept_ancestor',
  'concept_class',
  'concept_relationship',
  'concept_synonym',
  'domain',
  'drug_strength',
  'relationship',
  'vocabulary',
]);

/** The columns of a file as the CDM calls them; none where it is empty. Errors: `records.no-header`, `base.damaged-file`. */
export async function csvHeader({ path }: CdmFile): Promise<readonly string[]> {
  const line = await firstLine(path);
  return line === '' ? [] : columnNames(cellsOf(line, path));
}

/** How a file is written, told by its first line: what has a tab is separated by tabs. Error: `base.damaged-file`. */
export async function csvDialect({ path, table }: CdmFile): Promise<CsvDialect> {
  const delimiter = (await firstLine(path)).includes('\t') ? '\t' : ',';
  return { delimiter, hasQuotes: delimiter === ',' || !WITHOUT_QUOTES.has(table) };
}

/**
 * Columns as the CDM calls them, also where a database has written `date(note_date,'unixepoch')` in their place. A name
 * that comes again gets a number.
 */
export function columnNames(cells: readonly string[]): readonly string[] {
  const names = cells.map((cell) => {
    const plain = cell.trim().toLowerCase();
    return /^\w+\((\w+)\b/.exec(plain)?.[1] ?? plain;
  });
  return names.map((name, at) => (names.indexOf(name) === at ? name : `${name} ${at + 1}`));
}

async function firstLine(path: string): Promise<string> {
  for await (const { bytes } of csvBlocks(path)) {
    return (
      bytes
        .toString('utf8')
        .replace(/^\uFEFF?\s*/, '')
        .split('\n', 1)[0]
        ?.trimEnd() ?? ''
    );
  }
  return '';
}

function cellsOf(line: string, path: string): readonly string[] {
  try {
    return parse(line, { delimiter: line.includes('\t') ? '\t' : ',' })[0] ?? [];
  } catch {
    throw new ChartproofError('records.no-header', 'The first line of the table does not name its columns.', {
      tip: 'The first line is no CSV.',
      place: { file: path, line: 1 },
    });
  }
}
