/** How far a sheet reaches, told from its XML before anything is made of it. */

/** The last row and the last column in which something stands. */
export interface SheetExtent {
  readonly rows: number;
  readonly columns: number;
}

/** Rows that a spreadsheet program can have. */
const MOST_ROWS = 1_048_576;

/**
 * Cells that are empty do not count, and a row without any counts only where no program could have it. Error: a plain
 * one at an address that is none.
 */
export function sheetExtent(xml: string): SheetExtent {
  let [rows, columns] = [0, 0];
  let [row, column] = [0, 0];
  for (const [, tag, attributes = '', end] of xml.matchAll(/<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)>(<\/)?/g)) {
    const address = /(?:^|\s)r\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1];
    if (tag === 'row') {
      [row, column] = [address === undefined ? row + 1 : numberOf(address), 0];
      if (row > MOST_ROWS) rows = Math.max(rows, row);
      continue;
    }
    if (address === undefined) column += 1;
    else [row, column] = positionOf(address);
    if (end !== undefined || attributes.endsWith('/')) continue;
    rows = Math.max(rows, row);
    columns = Math.max(columns, column);
  }
  return { rows, columns };
}

/** `XFD` for 16384. */
export function columnName(column: number): string {
  if (column <= 0) return '';
  return columnName(Math.floor((column - 1) / LETTERS)) + String.fromCharCode(A + ((column - 1) % LETTERS));
}

const LETTERS = 26;
const A = 65;

function positionOf(address: string): [row: number, column: number] {
  const [, letters = '', digits = ''] = /^([A-Za-z]{1,3})(\d+)$/.exec(address) ?? [];
  let column = 0;
  for (const letter of letters) column = column * LETTERS + letter.charCodeAt(0) - A + 1;
  return [numberOf(digits), column];
}

function numberOf(digits: string): number {
  if (!/^\d+$/.test(digits)) throw new Error('An address of the sheet is none.');
  return Number(digits);
}
