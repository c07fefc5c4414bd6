/** The records of a piece: its lines, or the entries of its Bundles. */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { ChartproofError, damagedFile, fileBlocks, LONGEST_LINE, lineTooLong } from '../base/index.ts';
import { bundleEntries } from './fhir/bundle.ts';
import { type Fhir, isFhir } from './fhir/elements.ts';
import type { Piece } from './pieces.ts';

/**
 * A resource, or the text of a line that is none. `line` is the number of the line, or of the entry of a
 * Bundle that is a file. `offset` is unique in the piece and grows. `bytes` are what is said: their hash tells versions apart.
 */
export type PieceRecord = { readonly line: number; readonly offset: number; readonly bytes: Uint8Array | string } & (
  | { readonly text: string }
  | { readonly resource: unknown }
);

/** The records of a piece, some thousands at a time. Errors: `base.damaged-file`, `records.too-large`. */
export async function* recordsOf(piece: Piece): AsyncGenerator<Iterable<PieceRecord>> {
  if (piece.format === 'json' || piece.format === 'json.gz') {
    const value = parsed(textOf(piece));
    if (value !== undefined) {
      yield entryRecords(value);
      return;
    }
    // Not one JSON value: then it may have one a line, whatever its name says.
  }
  for await (const lines of linesOf(piece)) yield lineRecords(lines);
}

function* lineRecords(lines: readonly RecordLine[]): Generator<PieceRecord> {
  for (const { bytes, line, offset } of lines) {
    const all = bytes.toString('utf8');
    const text = line === 1 && all.startsWith('\uFEFF') ? all.slice(1) : all;
    if (text.trim() === '') continue;
    const resource = parsed(text);
    if (resource === undefined) yield { text, line, offset, bytes };
    else if (!isFhir(resource) || resource.resourceType !== 'Bundle') yield { resource, line, offset, bytes };
    else for (const [at, entry] of [...entryRecords(resource)].entries()) yield { ...entry, line, offset: offset + at };
  }
}

/** The entries of a Bundle, the items of a list, or the one resource that the value is. */
function* entryRecords(value: unknown): Generator<PieceRecord> {
  for (const [at, resource] of resourcesIn(value).entries()) {
    const bytes = textOfResource(resource);
    // What is nested more deeply than can be written down is no resource.
    yield { resource: bytes === undefined ? undefined : resource, line: at + 1, offset: at, bytes: bytes ?? '' };
  }
}

function textOfResource(resource: unknown): string | undefined {
  try {
    return JSON.stringify(resource);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function resourcesIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isFhir(value) || value.resourceType !== 'Bundle') return [value];
  const entries: readonly (Fhir | undefined)[] = bundleEntries(value);
  // A Bundle without entries is itself what is counted.
  return entries.length > 0 ? entries : [value];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One line as it stands. */
interface RecordLine {
  readonly bytes: Buffer;
  readonly line: number;
  readonly offset: number;
}

const NEWLINE = 10;
const BLOCK = 4 << 20;
/** JavaScript holds no text beyond this; a Bundle is parsed as a whole. */
const LARGEST_JSON = 500_000_000;

/** Lines without their line ends. */
async function* linesOf(piece: Piece): AsyncGenerator<readonly RecordLine[]> {
  let open: Buffer[] = [];
  let length = 0;
  let line = piece.firstLine;
  let offset = 0;
  for await (const block of blocksOf(piece)) {
    const lines: RecordLine[] = [];
    let start = 0;
    for (let end = block.indexOf(NEWLINE); end >= 0; end = block.indexOf(NEWLINE, start)) {
      const rest = block.subarray(start, end);
      const bytes = length === 0 ? rest : Buffer.concat([...open, rest]);
      lines.push({ bytes, line: line++, offset });
      offset += bytes.length + 1;
      [open, length, start] = [[], 0, end + 1];
    }
    open.push(block.subarray(start));
    length += block.length - start;
    if (length > LONGEST_LINE) throw lineTooLong(piece.path, line);
    yield lines;
  }
  if (length > 0) yield [{ bytes: Buffer.concat(open), line, offset }];
}

async function* blocksOf({ path, format, start, end }: Piece): AsyncGenerator<Buffer> {
  if (format.endsWith('.gz')) for await (const { bytes } of fileBlocks(path, { gzip: true })) yield bytes;
  else yield* plainBlocks(path, start, end);
}

/** Reads at once: waiting for the disk in turn costs more than it gains where every core decodes. */
function* plainBlocks(path: string, start: number, end: number): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    for (let at = start; at < end; ) {
      const block = Buffer.allocUnsafe(Math.min(BLOCK, end - at));
      const read = readSync(file, block, 0, block.length, at);
      if (read === 0) return;
      yield block.subarray(0, read);
      at += read;
    }
  } finally {
    closeSync(file);
  }
}

/** The text of a whole file. */
function textOf({ path, format }: Piece): string {
  if (statSync(path).size > LARGEST_JSON) throw tooLarge(path);
  const bytes = readFileSync(path);
  const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');
  if (format === 'json') return withoutMark(bytes.toString('utf8'));
  try {
    return withoutMark(gunzipSync(bytes, { maxOutputLength: LARGEST_JSON }).toString('utf8'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(path);
    throw damagedFile(path, cause);
  }
}

function tooLarge(path: string): ChartproofError {
  return new ChartproofError('records.too-large', 'The JSON file is larger than 500 MB.', {
    tip: 'Export as NDJSON, one resource a line, which can be of any size.',
    place: { file: path },
  });
}
