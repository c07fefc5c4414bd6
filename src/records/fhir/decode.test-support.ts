/** Decoding single resources for the tests of this folder. */
import { type DecodedLine, decodeLine } from './decode-line.ts';

/** Where there are no files. */
export const nowhere = { folder: '/nowhere' } as const;

/** Decodes a resource, or a line as it stands, that needs no document to be read. */
export function decode(line: object | string): DecodedLine {
  const decoded = decodeLine(typeof line === 'string' ? line : JSON.stringify(line), nowhere);
  if (decoded instanceof Promise) throw new Error('this should need no document to be read');
  return decoded;
}

/** The columns of the rows of a table that the resource becomes; where it is refused, the reason. */
export function rowsOf(table: string, resource: object): readonly Readonly<Record<string, unknown>>[] | string {
  const decoded = decode(resource);
  if (decoded.kind === 'refused') return decoded.reason;
  if (decoded.kind === 'unmapped') return 'unmapped';
  return decoded.rows.filter((row) => row.table === table).map(({ values }) => values);
}
