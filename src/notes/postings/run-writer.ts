/** Makes a run out of mentions: for each term its numbers and its posting. */
import { ByteWriter } from './bytes.ts';
import { PostingWriter } from './posting.ts';

/** The postings of consecutive notes; notes are numbered from 0. */
export interface Run {
  readonly terms: readonly string[];
  /** One a term: in how many notes it is, how often, the last of them, and where its posting ends in `bytes`. */
  readonly notes: readonly number[];
  readonly mentions: readonly number[];
  readonly lasts: readonly number[];
  readonly ends: readonly number[];
  readonly bytes: Uint8Array;
}

/** Mentions by note and place, in parallel arrays. */
export interface MentionRows {
  readonly notes: ArrayLike<number>;
  readonly places: ArrayLike<number>;
  readonly verdicts?: ArrayLike<number>;
  readonly lengths?: ArrayLike<number>;
}

/** The zones of one name, in all notes. */
export class Zones implements MentionRows {
  readonly notes: number[] = [];
  readonly places: number[] = [];
  readonly lengths: number[] = [];

  add(note: number, place: number, length: number): void {
    this.notes.push(note);
    this.places.push(place);
    this.lengths.push(length);
  }

  writeTo(term: string, out: RunWriter): void {
    out.write(term, this, 0, this.notes.length);
  }
}

/** Writes postings one after the other. */
export class RunWriter {
  private readonly bytes = new ByteWriter(1 << 20);
  private readonly posting = new PostingWriter();
  private readonly terms: string[] = [];
  private readonly notes: number[] = [];
  private readonly mentions: number[] = [];
  private readonly lasts: number[] = [];
  private readonly ends: number[] = [];

  write(term: string, all: MentionRows, from: number, to: number): void {
    let notes = 0;
    for (let start = from; start < to; notes++) {
      const note = all.notes[start] as number;
      let end = start + 1;
      while (end < to && all.notes[end] === note) end++;
      this.posting.add(note, all.places, start, end, all);
      start = end;
    }
    this.posting.writeTo(this.bytes);
    this.terms.push(term);
    this.notes.push(notes);
    this.mentions.push(to - from);
    this.lasts.push(all.notes[to - 1] as number);
    this.ends.push(this.bytes.length);
  }

  run(): Run {
    const { terms, notes, mentions, lasts, ends } = this;
    return { terms, notes, mentions, lasts, ends, bytes: this.bytes.view() };
  }
}
