/** Copy-forward: which paragraphs of a person's notes repeat one of an earlier note (R98 to R100 of SPEC.md). */
import type { Paragraph } from './paragraphs.ts';
import { BINS, binsOf, likeness, SIGNATURE_WORDS } from './signatures.ts';

/** The paragraphs of a note and, one after the other, their signatures. */
export interface NoteParagraphs {
  readonly paragraphs: readonly Paragraph[];
  readonly signatures: Uint32Array;
}

/** What a paragraph repeats. */
export interface Copy {
  /** Place of the earlier note in the list, and of the paragraph in that note. */
  readonly note: number;
  readonly paragraph: number;
  /** The estimated likeness, `COPY` to 1. */
  readonly likeness: number;
}

/** From this likeness on a paragraph is a copy. */
export const COPY = 0.75;

/**
 * For each paragraph of each note the one that it repeats, `undefined` where it is new. What is told is never itself a copy:
 * of several, the most like, and of equals the first. Time grows with the number of paragraphs, not with its square.
 * @param notes of one person, in the order of time
 */
export function markCopies(notes: readonly NoteParagraphs[]): (Copy | undefined)[][] {
  const originals = new Originals();
  return notes.map(({ paragraphs, signatures }, note) => {
    const copies = paragraphs.map((_, at) => originals.nearest(signatures, at));
    for (const [at, copy] of copies.entries()) if (!copy) originals.add(note, at, signatures);
    return copies;
  });
}

/**
 * Two paragraphs are compared where a row of this many bins agrees, empty ones passed over. A row begins at every fourth bin,
 * or at the next one that is not empty (locality-sensitive hashing: Indyk, Motwani, STOC 1998; the next one for an empty
 * one: Shrivastava, Li, ICML 2014).
 */
const ROW = 3;
const ROW_STEP = 4;

/** So many paragraphs with the same row are looked at: beyond, the row is a phrase that everybody uses. */
const MOST_IN_ROW = 64;

interface Place {
  readonly note: number;
  readonly paragraph: number;
  readonly signatures: Uint32Array;
}

/** The paragraphs that are no copies, in order, found by their whole signature or by any of its rows. */
class Originals {
  private readonly bySignature = new Map<string, Place>();
  private readonly byRow = new Map<number, Place[]>();
  private readonly bins = new Uint8Array(BINS);

  add(note: number, paragraph: number, signatures: Uint32Array): void {
    const whole = keyOf(signatures, paragraph);
    if (this.bySignature.has(whole)) return; // twice in this note
    const place = { note, paragraph, signatures };
    this.bySignature.set(whole, place);
    for (const row of this.rows(signatures, paragraph)) {
      const there = this.byRow.get(row);
      if (!there) this.byRow.set(row, [place]);
      else if (there.length < MOST_IN_ROW) there.push(place);
    }
  }

  nearest(signatures: Uint32Array, at: number): Copy | undefined {
    if (this.bySignature.size === 0) return undefined;
    const same = this.bySignature.get(keyOf(signatures, at));
    if (same) return { note: same.note, paragraph: same.paragraph, likeness: 1 };
    let best: Copy | undefined;
    for (const row of this.rows(signatures, at)) {
      for (const { note, paragraph, signatures: other } of this.byRow.get(row) ?? []) {
        const found = likeness(signatures, at, other, paragraph);
        if (
          found < COPY ||
          (best && (found < best.likeness || (found === best.likeness && !isBefore(note, paragraph, best))))
        )
          continue;
        best = { note, paragraph, likeness: found };
      }
    }
    return best;
  }

  /** The rows of a signature, each as a number. */
  private rows(signatures: Uint32Array, at: number): number[] {
    binsOf(signatures, at, this.bins);
    const rows: number[] = [];
    let last = -1;
    for (let start = 0; start < BINS; start += ROW_STEP) {
      const first = this.nextFilled(start);
      if (first === last) continue;
      last = first;
      rows.push(this.row(first));
    }
    return rows;
  }

  private row(first: number): number {
    let key = 0;
    let bin = first;
    for (let step = 0; step < ROW; step++) {
      key = Math.imul(key ^ ((bin << 4) | (this.bins[bin] ?? 0)), 0x9e3779b1);
      key ^= key >>> 15;
      bin = this.nextFilled((bin + 1) % BINS);
    }
    return key;
  }

  /** The bin itself or the next that is not empty, around the end. */
  private nextFilled(from: number): number {
    for (let step = 0; step < BINS; step++) {
      const bin = (from + step) % BINS;
      if (this.bins[bin] !== 0) return bin;
    }
    return from;
  }
}

function keyOf(signatures: Uint32Array, at: number): string {
  return signatures.subarray(at * SIGNATURE_WORDS, (at + 1) * SIGNATURE_WORDS).join();
}

function isBefore(note: number, paragraph: number, other: Copy): boolean {
  return note < other.note || (note === other.note && paragraph < other.paragraph);
}
