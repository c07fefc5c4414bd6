/**
 * A posting: where one word stands, in all notes of a segment. Three streams of varints, with the lengths of the first two
 * in front:
 *
 *     notes    for each note that has the word: steps from the note before, then 2 x mentions, + 1 where something is
 *              said of one of them
 *     said     for each note where something is said: the verdict of each of its mentions (verdicts.ts)
 *     places   for each note: for each mention the steps from the mention before, in words
 *
 * Most questions read the first stream alone. The posting of a zone (a section, the beginnings of sentences) has no
 * `said`, and in `places` the steps to its first word, then how many words it has.
 */
import { ByteReader, ByteWriter } from './bytes.ts';

/** Makes postings, note after note. */
export class PostingWriter {
  private readonly notes = new ByteWriter();
  private readonly said = new ByteWriter();
  private readonly places = new ByteWriter();
  private last = 0;

  /**
   * The mentions of the next note: [from, to) of the places, ascending, with their verdicts beside them. `lengths`
   * where they are zones.
   */
  add(
    note: number,
    places: ArrayLike<number>,
    from: number,
    to: number,
    more: { readonly verdicts?: ArrayLike<number>; readonly lengths?: ArrayLike<number> } = {},
  ): void {
    const { verdicts, lengths } = more;
    const mixed = verdicts !== undefined && saysSomething(verdicts, from, to);
    this.notes.varint(note - this.last);
    this.notes.varint((to - from) * 2 + (mixed ? 1 : 0));
    this.last = note;
    let before = 0;
    for (let i = from; i < to; i++) {
      const place = places[i] as number;
      this.places.varint(place - before);
      before = place;
      if (lengths) this.places.varint(lengths[i] as number);
      if (mixed) this.said.varint(verdicts[i] as number);
    }
  }

  /** Writes the posting and begins the next. */
  writeTo(out: ByteWriter): void {
    const { notes, said, places } = this;
    out.varint(notes.length);
    out.varint(said.length);
    out.appendAll(notes);
    out.appendAll(said);
    out.appendAll(places);
    notes.clear();
    said.clear();
    places.clear();
    this.last = 0;
  }
}

function saysSomething(verdicts: ArrayLike<number>, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (verdicts[i] !== 0) return true;
  return false;
}

type Parts = readonly Uint8Array[];

function writePosting(out: ByteWriter, notes: Parts, said: Parts, places: Parts): void {
  out.varint(lengthOf(notes));
  out.varint(lengthOf(said));
  for (const part of [...notes, ...said, ...places]) out.append(part);
}

function lengthOf(parts: Parts): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

/** The streams of a posting. */
export interface Streams {
  readonly notes: Uint8Array;
  readonly said: Uint8Array;
  readonly places: Uint8Array;
}

export function streamsOf(posting: Uint8Array): Streams {
  const reader = new ByteReader(posting);
  const [notes, said] = [reader.varint(), reader.varint()];
  const { at } = reader;
  return {
    notes: posting.subarray(at, at + notes),
    said: posting.subarray(at + notes, at + notes + said),
    places: posting.subarray(at + notes + said),
  };
}

/** The posting of one run. */
export interface PostingPart {
  readonly posting: Uint8Array;
  /** The first note of the run. */
  readonly first: number;
  /** The last note of the posting, from the first of the run. */
  readonly last: number;
}

/** Postings of one word, one run after the other, as one; `from` is the first note of the segment. */
export function joinPostings(parts: readonly PostingPart[], from: number, out: ByteWriter): void {
  const [only] = parts;
  if (parts.length === 1 && only?.first === from) {
    out.append(only.posting);
    return;
  }
  const notes: Uint8Array[] = [];
  const said: Uint8Array[] = [];
  const places: Uint8Array[] = [];
  let before = 0;
  for (const { posting, first, last } of parts) {
    const streams = streamsOf(posting);
    const reader = new ByteReader(streams.notes);
    const begin = new ByteWriter(8);
    begin.varint(first - from + reader.varint() - before);
    notes.push(begin.view(), streams.notes.subarray(reader.at));
    said.push(streams.said);
    places.push(streams.places);
    before = first - from + last;
  }
  writePosting(out, notes, said, places);
}
