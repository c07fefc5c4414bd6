/** A piece of an export becomes files of rows, a quarantine and counts, on whatever core. */
import { hash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type DecodedLine, decodeLine, decodeResource } from './fhir/decode-line.ts';
import { idOf } from './fhir/references.ts';
import { type PieceRecord, recordsOf } from './piece-records.ts';
import type { Piece } from './pieces.ts';
import { Quarantine } from './quarantine.ts';
import { cells, RowFile, type WrittenRows } from './row-file.ts';
import { type ImportTable, ownColumnsOf } from './rows.ts';
import { type Tallied, Tally } from './tally.ts';

/** Changed whenever the same line would become other rows: then what was imported before can be imported again. */
export const MAPPING_VERSION = 2;

/** Stands for no time of a version (no `meta.lastUpdated`): before every time. */
export const NEVER = -(2 ** 52);

/** What to decode, into a folder of its own. */
export interface PieceWork {
  readonly piece: Piece;
  readonly folder: string;
  /** These very bytes were imported before: they change nothing, but are accounted for. */
  readonly isKnown: boolean;
}

/** What became of a piece. */
export interface PieceReport {
  readonly lines: number;
  readonly tallied: Tallied;
  readonly rows: Readonly<Partial<Record<ImportTable, WrittenRows>>>;
  /** The file of its quarantine; absent where nothing is in it. */
  readonly quarantine?: string;
}

/** Decodes a piece. Throws only where a file cannot be read at all. */
export async function decodePiece({ piece, folder, isKnown }: PieceWork): Promise<PieceReport> {
  mkdirSync(folder, { recursive: true });
  const output = new PieceOutput(piece, folder, isKnown);
  const origin = { folder: dirname(piece.path) };
  for await (const records of recordsOf(piece)) {
    for (const record of records) {
      const decoded = 'text' in record ? decodeLine(record.text, origin) : decodeResource(record.resource, origin);
      output.take(record, decoded instanceof Promise ? await decoded : decoded);
    }
  }
  return output.close();
}

class PieceOutput {
  readonly #piece: Piece;
  readonly #folder: string;
  readonly #isKnown: boolean;
  readonly #tally = new Tally();
  readonly #quarantine: Quarantine;
  readonly #files = new Map<ImportTable, RowFile>();
  #lines = 0;

  constructor(piece: Piece, folder: string, isKnown: boolean) {
    this.#piece = piece;
    this.#folder = folder;
    this.#isKnown = isKnown;
    this.#quarantine = new Quarantine(join(folder, 'quarantine.ndjson'));
  }

  take({ bytes, line, offset }: PieceRecord, decoded: DecodedLine): void {
    this.#lines += 1;
    const { type } = decoded;
    if (decoded.kind === 'unmapped') {
      this.#tally.unmapped(type);
      return;
    }
    if (decoded.kind === 'refused') {
      const { id, reason, element } = decoded;
      this.#tally.quarantined(type, reason);
      this.#quarantine.add({ file: this.#piece.file, line, type, id, reason, element });
      return;
    }
    this.#tally.decoded(type);
    if (this.#isKnown) return;
    const { name, updated, updatedMs, rows } = decoded;
    const version = this.#piece.firstVersion + offset;
    const provenance = cells(this.#piece.file, line, name, updated);
    const resource = {
      resource_id: idOf(name),
      resource_type: type,
      updated_ms: updatedMs ?? NEVER,
      content: contentOf(bytes),
    };
    this.#rowsOf('resource').append(version, resource, provenance);
    for (const { table, values } of rows) this.#rowsOf(table).append(version, values, provenance);
  }

  close(): PieceReport {
    const rows = Object.fromEntries([...this.#files].map(([table, file]) => [table, file.close()]));
    const quarantine = this.#quarantine.close();
    return {
      lines: this.#lines,
      tallied: this.#tally.all(),
      rows,
      ...(quarantine === undefined ? {} : { quarantine }),
    };
  }

  #rowsOf(table: ImportTable): RowFile {
    const open = this.#files.get(table);
    if (open) return open;
    const file = new RowFile(join(this.#folder, `${table}.csv`), ownColumnsOf(table));
    this.#files.set(table, file);
    return file;
  }
}

const CONTENT_DIGITS = 16;

/** What a line says, as a hash; another mapping makes other rows of it. */
export function contentOf(bytes: Uint8Array | string): string {
  return `${MAPPING_VERSION}-${hash('sha256', bytes, 'hex').slice(0, CONTENT_DIGITS)}`;
}
