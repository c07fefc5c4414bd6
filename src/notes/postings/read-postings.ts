/** Reads the streams of a posting (posting.ts). */
import { ByteReader } from './bytes.ts';
import type { Streams } from './posting.ts';
import type { Accepts } from './verdicts.ts';
import { verdictOf } from './verdicts.ts';

/** The mentions of a word: for each note how many, and for each mention its place and what is said of it, or its length. */
export interface Mentions {
  readonly notes: Int32Array;
  readonly counts: Int32Array;
  readonly places: Int32Array;
  /** Verdicts of words, lengths of zones. */
  readonly marks: Int32Array;
}

/** A posting in one segment. */
export interface Part extends Streams {
  /** The first note of the segment; notes are numbered from 0. */
  readonly first: number;
  readonly count: number;
  readonly mentions: number;
}

/** Counts that are put together. */
export interface Counts {
  readonly notes: Int32Array;
  readonly counts: Int32Array;
  size: number;
}

export function countAll(part: Part, out: Counts): void {
  const { notes, counts } = out;
  const reader = new ByteReader(part.notes);
  let note = part.first;
  let { size } = out;
  for (let i = 0; i < part.count; i++) {
    note += reader.varint();
    notes[size] = note;
    counts[size++] = reader.varint() >> 1;
  }
  out.size = size;
}

export function countSome(part: Part, accepts: Accepts, out: Counts): void {
  const { notes, counts } = out;
  const reader = new ByteReader(part.notes);
  const said = new ByteReader(part.said);
  const plain = accepts[0] as number;
  let note = part.first;
  let { size } = out;
  for (let i = 0; i < part.count; i++) {
    note += reader.varint();
    const head = reader.varint();
    let count = (head >> 1) * plain;
    if ((head & 1) === 1) {
      count = 0;
      for (let left = head >> 1; left > 0; left--) {
        const verdict = said.varint();
        count += accepts[verdictOf(verdict, verdict)] as number;
      }
    }
    if (count === 0) continue;
    notes[size] = note;
    counts[size++] = count;
  }
  out.size = size;
}

/** The three streams of a part, read together. */
class PartReader {
  private readonly notes: ByteReader;
  private readonly said: ByteReader;
  private readonly places: ByteReader;
  private readonly zone: boolean;
  private left: number;
  private head = 0;
  note: number;

  constructor(part: Part, zone: boolean) {
    this.notes = new ByteReader(part.notes);
    this.said = new ByteReader(part.said);
    this.places = new ByteReader(part.places);
    this.zone = zone;
    this.left = part.count;
    this.note = part.first;
  }

  next(): boolean {
    if (this.left-- === 0) return false;
    this.note += this.notes.varint();
    this.head = this.notes.varint();
    return true;
  }

  skip(): void {
    const count = this.head >> 1;
    this.places.skip(this.zone ? 2 * count : count);
    if ((this.head & 1) === 1) this.said.skip(count);
  }

  take(out: MentionsBuilder): void {
    const { places, said, zone, head } = this;
    const count = head >> 1;
    let place = 0;
    for (let k = 0; k < count; k++) {
      place += places.varint();
      out.mention(place, zone ? places.varint() : (head & 1) === 1 ? said.varint() : 0);
    }
    out.close(this.note, count);
  }
}

export function readAll(part: Part, visible: Uint8Array | undefined, zone: boolean, out: MentionsBuilder): void {
  const reader = new PartReader(part, zone);
  while (reader.next()) {
    if (visible === undefined || visible[reader.note] === 1) reader.take(out);
    else reader.skip();
  }
}

export function readAmong(part: Part, among: Int32Array, zone: boolean, out: MentionsBuilder): void {
  const reader = new PartReader(part, zone);
  let at = 0;
  while (at < among.length && reader.next()) {
    while (at < among.length && (among[at] as number) < reader.note) at++;
    if (among[at] === reader.note) reader.take(out);
    else reader.skip();
  }
}

/** Puts mentions together, note after note. */
export class MentionsBuilder {
  private readonly notes: Int32Array;
  private readonly counts: Int32Array;
  private readonly places: Int32Array;
  private readonly marks: Int32Array;
  private size = 0;
  private filled = 0;

  constructor(notes: number, mentions: number) {
    this.notes = new Int32Array(notes);
    this.counts = new Int32Array(notes);
    this.places = new Int32Array(mentions);
    this.marks = new Int32Array(mentions);
  }

  mention(place: number, mark: number): void {
    this.places[this.filled] = place;
    this.marks[this.filled++] = mark;
  }

  close(note: number, count: number): void {
    this.notes[this.size] = note;
    this.counts[this.size++] = count;
  }

  done(): Mentions {
    const { size, filled } = this;
    return {
      notes: this.notes.subarray(0, size),
      counts: this.counts.subarray(0, size),
      places: this.places.subarray(0, filled),
      marks: this.marks.subarray(0, filled),
    };
  }
}
