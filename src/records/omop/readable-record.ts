/** Records as DuckDB reads them: what it would take for the end of a line, or cannot keep, is written otherwise. */

const [RETURN, QUOTE, NUL] = [13, 34, 0];

/**
 * The record, its cells the same. A cell without quotes around it, in which is a carriage return, or a quote after
 * spaces, gets quotes; where quotes are letters, the carriage return becomes a space. NUL cannot be kept in a text
 * (rule R5).
 */
export function readable(record: Buffer, delimiter: number, hasQuotes: boolean): Buffer {
  const text = record.includes(NUL) ? Buffer.from(record.toString('utf8').replaceAll('\0', '\uFFFD')) : record;
  const hasReturn = text.includes(RETURN);
  if (!hasReturn && !(hasQuotes && text.includes(' "'))) return text;
  if (!hasQuotes) return Buffer.from(text.toString('utf8').replaceAll('\r', ' '));
  const parts: Uint8Array[] = [];
  for (let at = 0; ; at += 1) {
    const start = at;
    const isQuoted = text[at] === QUOTE;
    const found = isQuoted ? closingQuote(text, at + 1) + 1 : text.indexOf(delimiter, at);
    at = found < 0 ? text.length : found;
    const cell = text.subarray(start, at);
    parts.push(!isQuoted && (cell.includes(RETURN) || cell.includes(' "')) ? quoted(cell) : cell);
    if (at >= text.length) return Buffer.concat(parts);
    parts.push(text.subarray(at, at + 1));
  }
}

/** Where a cell that begins before `from` closes: a quote that no other follows, since two stand for one. */
export function closingQuote(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(QUOTE, from);
  while (at >= 0 && bytes[at + 1] === QUOTE) at = bytes.indexOf(QUOTE, at + 2);
  return at;
}

function quoted(cell: Buffer): Buffer {
  return Buffer.from(`"${cell.toString('utf8').replaceAll('"', '""')}"`);
}
