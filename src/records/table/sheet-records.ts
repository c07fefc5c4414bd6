/**
 * The rows of a sheet of an XLSX file. A formula has the value that was stored with it; a date is the day that it is, a
 * number what the sheet holds and not what its format shows, an error (`#N/A`) its own text. The sheet is read into
 * memory as a whole: a file is a ZIP archive of XML, which must not be larger than a limit when it is unpacked.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import { ChartproofError } from '../../base/index.ts';
import { columnName, type SheetExtent, sheetExtent } from './sheet-extent.ts';
import type { CellKind, TableRecord } from './table-record.ts';

/** Bytes of the unpacked XML: some 200,000 rows of eight columns. Half of that was measured to take 670 MB of memory. */
const LARGEST = 100_000_000;

/** The library makes every cell between those that are filled: one in the last corner would be 17 thousand million. */
const MOST_CELLS = 5_000_000;

/** Errors: `records.damaged-file`, `records.too-large`, `mapping.unknown-sheet`. */
export async function* sheetRecords(
  path: string,
  sheet: string | undefined,
  largest = LARGEST,
): AsyncGenerator<TableRecord> {
  const rows = await rowsOf(path, sheet, largest);
  const bytesRead = statSync(path).size;
  let width: number | undefined;
  for (const [at, row] of rows.entries()) {
    const cells = row.map(textOf);
    if (cells.every((cell) => cell === '')) continue;
    // The sheet is as wide as its widest row: what is empty beyond the header is no cell of the table.
    width ??= lengthOf(cells);
    yield {
      line: at + 1,
      bytesRead,
      cells: cells.slice(0, Math.max(width, lengthOf(cells))),
      kinds: row.map(kindOf),
    };
  }
}

/** A cell as the library gives it. A number is its text in the file, so that none is rounded unseen. */
type Cell = string | boolean | Date | StoredNumber | null;

interface StoredNumber {
  readonly stored: string;
}

async function rowsOf(path: string, sheet: string | undefined, largest: number): Promise<readonly (readonly Cell[])[]> {
  try {
    const { file, tooWide } = unpacked(path, largest);
    const parseNumber = (stored: string): StoredNumber => ({ stored });
    // The library's types say `typeof Date` where a Date is meant.
    const rows = sheet === undefined ? readSheet(file, { parseNumber }) : readSheet(file, sheet, { parseNumber });
    const read = (await rows) as unknown as readonly (readonly Cell[])[];
    const extent = tooWide.get(String(read[0]?.[0]));
    if (extent) throw reachesTooFar(path, extent);
    return read;
  } catch (cause) {
    if (cause instanceof ChartproofError) throw cause;
    if (cause instanceof Error && cause.name === 'SheetNotFoundError') throw unknownSheet(path, cause);
    throw damaged(path, cause);
  }
}

/** The file as the library can read it. A sheet that reaches too far has a single cell instead, a key of `tooWide`. */
interface Unpacked {
  readonly file: Buffer;
  readonly tooWide: ReadonlyMap<string, SheetExtent>;
}

/** Only the library knows which sheet is asked for; the others may reach as far as they like. */
function unpacked(path: string, largest: number): Unpacked {
  const parts = partsOf(path, largest);
  const tooWide = new Map<string, SheetExtent>();
  for (const [name, bytes] of Object.entries(parts)) {
    if (!/^xl\/worksheets\/[^/]+\.xml$/.test(name)) continue;
    const xml = strFromU8(bytes);
    const extent = sheetExtent(xml);
    if (extent.rows * Math.max(extent.columns, 1) <= MOST_CELLS) {
      parts[name] = strToU8(withErrorsAsText(xml));
      continue;
    }
    const mark = randomUUID();
    tooWide.set(mark, extent);
    parts[name] = strToU8(
      `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>${mark}</v></c></row></sheetData></worksheet>`,
    );
  }
  return { file: Buffer.from(zipSync(parts, { level: 0 })), tooWide };
}

function partsOf(path: string, largest: number): Record<string, Uint8Array> {
  let size = 0;
  return unzipSync(readFileSync(path), {
    filter: ({ name, originalSize }) => {
      if (!/\.(?:xml|rels)$/.test(name)) return false;
      size += originalSize;
      if (size > largest) throw tooLarge(path, largest);
      return true;
    },
  });
}

/**
 * The library takes a cell that holds an error for an empty one. Nothing may vanish so: it is made the text that is
 * shown, which the reading of rows refuses.
 */
function withErrorsAsText(xml: string): string {
  return xml.replace(/(<(?:\w+:)?c\b[^>]*\st=)(?:"e"|'e')/g, '$1"str"');
}

function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return Number.isNaN(cell.valueOf()) ? '' : dateText(cell);
  if (typeof cell === 'object') return numberText(cell.stored);
  return String(cell).trim();
}

function kindOf(cell: Cell): CellKind {
  if (cell instanceof Date) return isDay(cell) ? 'date' : undefined;
  return cell !== null && typeof cell === 'object' ? 'number' : undefined;
}

/** Spreadsheets count days from the end of 1899: a time of day alone is a day of that year. */
function isDay(date: Date): boolean {
  return date.getUTCFullYear() >= 1900;
}

/** `2014-03-05`, with its time where it has one; a time of day alone is `09:30:00`. */
function dateText(date: Date): string {
  const [day = '', time = ''] = date.toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length).split('T');
  if (!isDay(date)) return time;
  return time === '00:00:00' ? day : `${day}T${time}`;
}

/** Spreadsheets write 17 digits of a fraction, `709.29999999999995` for 709.3: the shortest text of the same number is meant. */
function numberText(stored: string): string {
  if (/^-?\d+$/.test(stored)) return stored;
  const number = Number(stored);
  if (Number.isNaN(number)) return stored;
  const text = String(number);
  if (!text.includes('e')) return text;
  return Number.isInteger(number) ? BigInt(number).toString() : number.toFixed(20).replace(/0+$/, '');
}

/** The number of cells up to the last that says something. */
function lengthOf(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell !== '') + 1;
}

function unknownSheet(path: string, cause: Error): ChartproofError {
  const sheets = 'sheets' in cause && Array.isArray(cause.sheets) ? cause.sheets.map((name) => `\`${name}\``) : [];
  return new ChartproofError('mapping.unknown-sheet', 'The spreadsheet has no sheet of this name.', {
    tip: `Its sheets: ${sheets.join(', ')}.`,
    place: { file: path },
    cause,
  });
}

function tooLarge(path: string, largest: number): ChartproofError {
  return new ChartproofError('records.too-large', `The spreadsheet has more than ${largest / 1e6} MB when unpacked.`, {
    tip: 'Save the sheet as "CSV UTF-8", which can be of any size.',
    place: { file: path },
  });
}

function reachesTooFar(path: string, { rows, columns }: SheetExtent): ChartproofError {
  const message = `The sheet reaches to column ${columnName(columns)} and row ${rows}, which is too far to be read.`;
  return new ChartproofError('records.too-large', message, {
    tip: 'Delete the rows and columns beyond the table, where a stray cell stands, or save the sheet as "CSV UTF-8".',
    place: { file: path, line: rows },
  });
}

function damaged(path: string, cause: unknown): ChartproofError {
  return new ChartproofError('records.damaged-file', 'The spreadsheet cannot be read; nothing was imported.', {
    tip: 'Open it in the spreadsheet program and save it anew, as .xlsx without a password or as "CSV UTF-8".',
    place: { file: path },
    cause,
  });
}
