/**
 * CSV (RFC 4180) record by record, in constant memory. A record may span lines where a quoted cell has line breaks. A
 * quote that is never closed would swallow all that follows: then only the line that opens it is unreadable, and the
 * lines after it are read as records of their own.
 */
import { parse } from 'csv-parse/sync';
import { type Line, type LineOptions, readLines } from '../../base/index.ts';
import type { TableRecord } from './table-record.ts';

/** A cell has not more lines than this; a quote that is open for longer was never meant as one. */
const MAX_LINES = 200;

/** The records of a file, its header first. Cells are trimmed; empty lines are left out. */
export async function* csvRecords(
  path: string,
  delimiter: string,
  options: LineOptions = {},
): AsyncGenerator<TableRecord> {
  let open: Line[] = [];
  for await (const line of readLines(path, options)) {
    open.push(line);
    for (let isMore = true; isMore; ) {
      const taken = take(open, delimiter, MAX_LINES);
      if (taken.record) yield taken.record;
      isMore = taken.rest.length < open.length && taken.rest.length > 0;
      open = taken.rest;
    }
  }
  while (open.length > 0) {
    const taken = take(open, delimiter, 0);
    if (taken.record) yield taken.record;
    open = taken.rest;
  }
}

/** The first record of the lines and the lines after it; all of the lines where the record is not at its end yet. */
function take(
  lines: readonly Line[],
  delimiter: string,
  maxLines: number,
): { readonly record?: TableRecord; readonly rest: Line[] } {
  const [first] = lines;
  if (!first) return { rest: [] };
  const whole = first.number === 1 ? { ...first, text: first.text.replace(/^\uFEFF/, '') } : first;
  const { number: line, bytesRead } = whole;
  if (whole.text.trim() === '') return { rest: lines.slice(1) };
  const length = lengthOfRecord(lines);
  if (length === undefined && lines.length < maxLines) return { rest: [...lines] };
  const text = [whole, ...lines.slice(1, length ?? 1)].map((each) => each.text).join('\n');
  const cells = length === undefined ? undefined : cellsOf(text, delimiter);
  if (cells === undefined) return { record: { line, bytesRead }, rest: lines.slice(1) };
  return {
    record: { line, bytesRead: lines[(length ?? 1) - 1]?.bytesRead ?? bytesRead, cells },
    rest: lines.slice(length),
  };
}

/** The number of lines until every quote is closed. */
function lengthOfRecord(lines: readonly Line[]): number | undefined {
  let quotes = 0;
  for (const [at, { text }] of lines.entries()) {
    for (let from = text.indexOf('"'); from >= 0; from = text.indexOf('"', from + 1)) quotes += 1;
    if (quotes % 2 === 0) return at + 1;
  }
  return undefined;
}

/** The cells of one record; `undefined` where it is not exactly one. */
function cellsOf(text: string, delimiter: string): readonly string[] | undefined {
  if (!text.includes('"')) return text.split(delimiter).map((cell) => cell.trim());
  try {
    const records = parse(text, { delimiter, trim: true, relax_column_count: true });
    return records.length === 1 ? records[0] : undefined;
  } catch {
    // What is wrong with it is not told: the message of the parser quotes the text.
    return undefined;
  }
}
