/** A piece of an export becomes files of rows, a quarantine and counts, on whatever core. */
import { createHash, hash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { type DecodedLine, decodeLine, decodeResource } from './fhir/decode-line.ts';
import { idOf } from './fhir/references.ts';
import { type PieceRecord, recordsOf } from './piece-records.ts';
import type { Piece } from './pieces.ts';
import { Quarantine } from './quarantine.ts';
import { NEVER, ResourceRows } from './resource-rows.ts';
import type { WrittenRows } from './row-file.ts';
import type { ImportTable } from './rows.ts';
import { type Tallied, Tally } from './tally.ts';

/** Changed whenever the same line would become other rows: then what was imported before can be imported again. */
export const MAPPING_VERSION = 2;

/** What to decode, into a folder of its own. */
export interface PieceWork {
  readonly piece: Piece;
  readonly folder: string;
  /** These very bytes, and all that they say, were imported before: they change nothing, but are accounted for. */
  readonly isKnown: boolean;
}

/** What became of a piece. */
export interface PieceReport {
  readonly lines: number;
  readonly tallied: Tallied;
  readonly rows: Readonly<Partial<Record<ImportTable, WrittenRows>>>;
  /** SHA-256 of what documents said that had to be read; absent where none had. */
  readonly documents?: string;
  /** The file of its quarantine; absent where nothing is in it. */
  readonly quarantine?: string;
}

/** Decodes a piece. Throws only where a file cannot be read at all. */
export async function decodePiece(work: PieceWork): Promise<PieceReport> {
  const { piece } = work;
  const output = new PieceOutput(work);
  const origin = { folder: dirname(piece.path) };
  for await (const records of recordsOf(piece)) {
    for (const record of records) {
      const decoded = 'text' in record ? decodeLine(record.text, origin) : decodeResource(record.resource, origin);
      if (decoded instanceof Promise) output.takeRead(record, await decoded);
      else output.take(record, decoded, record.bytes);
    }
  }
  return output.close();
}

class PieceOutput {
  readonly #piece: Piece;
  readonly #isKnown: boolean;
  readonly #tally = new Tally();
  readonly #quarantine: Quarantine;
  readonly #rows: ResourceRows;
  readonly #documents = createHash('sha256');
  #hasDocuments = false;
  #lines = 0;

  constructor({ piece, folder, isKnown }: PieceWork) {
    this.#piece = piece;
    this.#isKnown = isKnown;
    this.#rows = new ResourceRows(folder);
    this.#quarantine = new Quarantine(join(folder, 'quarantine.ndjson'));
  }

  /** Takes a line whose document had to be read: it says what the document says, which may be another one next time. */
  takeRead(record: PieceRecord, decoded: DecodedLine): void {
    const said = `${hash('sha256', record.bytes, 'hex')} ${JSON.stringify(decoded)}`;
    this.#documents.update(said);
    this.#hasDocuments = true;
    this.take(record, decoded, said);
  }

  /** Takes a line that says `said`. */
  take({ line, offset }: PieceRecord, decoded: DecodedLine, said: Uint8Array | string): void {
    this.#lines += 1;
    const { type } = decoded;
    const { file, firstVersion } = this.#piece;
    if (decoded.kind === 'unmapped') {
      this.#tally.unmapped(type);
    } else if (decoded.kind === 'refused') {
      const { id, reason, element } = decoded;
      this.#tally.quarantined(type, reason);
      this.#quarantine.add({ file, line, type, id, reason, element });
    } else {
      this.#tally.decoded(type);
      if (this.#isKnown) return;
      const { name, updated, updatedMs = NEVER, rows } = decoded;
      const [version, content, id] = [firstVersion + offset, contentOf(said), idOf(name)];
      this.#rows.add({ version, name, id, type, updated, updatedMs, content, file, line }, rows);
    }
  }

  close(): PieceReport {
    const quarantine = this.#quarantine.close();
    return {
      lines: this.#lines,
      tallied: this.#tally.all(),
      rows: this.#rows.close(),
      ...(this.#hasDocuments ? { documents: this.#documents.digest('hex') } : {}),
      ...(quarantine === undefined ? {} : { quarantine }),
    };
  }
}

const CONTENT_DIGITS = 16;

/** What a line says, as a hash; another mapping makes other rows of it. */
export function contentOf(bytes: Uint8Array | string): string {
  return `${MAPPING_VERSION}-${hash('sha256', bytes, 'hex').slice(0, CONTENT_DIGITS)}`;
}
