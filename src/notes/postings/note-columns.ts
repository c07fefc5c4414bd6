/**
 * What is asked of many notes at once, a number a note, in parallel arrays: the person, the days that the date may mean, the
 * age on these days, the sex. Stored with each segment as it stands in memory, one column after the other.
 */
import { dayNumber } from '../../base/index.ts';
import { sexes } from '../query.ts';

/** Columns of notes; index 0 is the first note of the index. */
export interface NoteColumns {
  readonly count: number;
  /** Place of the person in the list of persons. */
  readonly person: Int32Array;
  /** Days since 1970-01-01; {@link UNDATED} where the note has no date. */
  readonly firstDay: Int32Array;
  readonly lastDay: Int32Array;
  /** Completed years; {@link NO_AGE} where not known. */
  readonly youngest: Int16Array;
  readonly oldest: Int16Array;
  /** Index into `sexes` of query.ts; the length of that where none is recorded. */
  readonly sex: Uint8Array;
}

export const UNDATED = 2 ** 31 - 1;
export const NO_AGE = -(2 ** 15);

/** A note as its columns are made from. */
export interface ColumnRow {
  readonly person: number;
  readonly first_day: string | null;
  readonly last_day: string | null;
  readonly youngest: number | null;
  readonly oldest: number | null;
  readonly sex: string | null;
}

const BYTES = 17;

export function emptyColumns(count: number): NoteColumns {
  return {
    count,
    person: new Int32Array(count),
    firstDay: new Int32Array(count),
    lastDay: new Int32Array(count),
    youngest: new Int16Array(count),
    oldest: new Int16Array(count),
    sex: new Uint8Array(count),
  };
}

export function setColumns(columns: NoteColumns, at: number, row: ColumnRow): void {
  columns.person[at] = row.person;
  columns.firstDay[at] = row.first_day === null ? UNDATED : dayNumber(row.first_day);
  columns.lastDay[at] = row.last_day === null ? UNDATED : dayNumber(row.last_day);
  columns.youngest[at] = row.youngest ?? NO_AGE;
  columns.oldest[at] = row.oldest ?? NO_AGE;
  const sex = (sexes as readonly string[]).indexOf(row.sex ?? '');
  columns.sex[at] = sex < 0 ? sexes.length : sex;
}

export function encodeColumns(columns: NoteColumns): Uint8Array {
  const bytes = new Uint8Array(columns.count * BYTES);
  let at = 0;
  for (const column of listOf(columns)) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += column.byteLength;
  }
  return bytes;
}

/** The columns of segments, one after the other. */
export function decodeColumns(
  segments: readonly { readonly notes: number; readonly columns: Uint8Array }[],
): NoteColumns {
  const all = emptyColumns(segments.reduce((sum, { notes }) => sum + notes, 0));
  let first = 0;
  for (const { notes, columns } of segments) {
    let at = 0;
    for (const column of listOf(all)) {
      const size = notes * column.BYTES_PER_ELEMENT;
      const into = new Uint8Array(column.buffer, first * column.BYTES_PER_ELEMENT, size);
      into.set(columns.subarray(at, at + size));
      at += size;
    }
    first += notes;
  }
  return all;
}

function listOf({ person, firstDay, lastDay, youngest, oldest, sex }: NoteColumns) {
  return [person, firstDay, lastDay, youngest, oldest, sex] as const;
}
