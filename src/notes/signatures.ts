/**
 * A paragraph in 16 bytes, from which is told how much of its wording another has (R97 of SPEC.md).
 *
 * What is compared are the sets of all three words in a row, by the Jaccard index: what both have over what either has. One
 * hash of each three words falls into one of 32 bins; a bin keeps the least (one-permutation MinHash: Li, Owen, Zhang, NIPS
 * 2012), and of that four bits (b-bit MinHash: Li, König, WWW 2010): 0 for an empty bin, else 1 to 15. Bins empty on both
 * sides are left out of the estimate, which so has no bias and, for a short paragraph, next to no error.
 */
import type { Paragraph } from './paragraphs.ts';

/** 32-bit words of a signature, eight bins in each. */
export const SIGNATURE_WORDS = 4;
const BINS_IN_WORD = 8;
/** A power of two. */
export const BINS = SIGNATURE_WORDS * BINS_IN_WORD;
const BIN_SHIFT = Math.clz32(BINS - 1);
const REST = 2 ** BIN_SHIFT - 1;
const EMPTY = 0x7fffffff;
/** Values of a bin that is not empty; two different hashes agree in one of so many. */
const VALUES = 15;

/** The hash of a folded word, 32 bits: FNV-1a and the finalizer of MurmurHash3. */
export function hashOfWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * The signatures of paragraphs, one after the other, `SIGNATURE_WORDS` each.
 * @param hashes `hashOfWord` of every word of the note, in order
 */
export function signaturesOf(paragraphs: readonly Paragraph[], hashes: Uint32Array): Uint32Array {
  const signatures = new Uint32Array(paragraphs.length * SIGNATURE_WORDS);
  for (let at = 0; at < paragraphs.length; at++) {
    const { first, end } = paragraphs[at] as Paragraph;
    takeLeast(hashes, first, end);
    for (let word = 0; word < SIGNATURE_WORDS; word++)
      signatures[at * SIGNATURE_WORDS + word] = pack(word * BINS_IN_WORD);
  }
  return signatures;
}

/** The bins of the paragraph at hand, kept from call to call. */
const least = new Int32Array(BINS);

/** Runs over every word of a hospital: no branch that could be guessed wrong, three nanoseconds a word and a hundred a paragraph. */
function takeLeast(hashes: Uint32Array, first: number, end: number): void {
  least.fill(EMPTY);
  let before = (hashes[first] ?? 0) | 0;
  let last = (hashes[first + 1] ?? 0) | 0;
  for (let at = first + 2; at < end; at++) {
    const next = (hashes[at] ?? 0) | 0;
    let three = (Math.imul(((before << 1) | (before >>> 31)) ^ last, 0x9e3779b1) + next) | 0;
    three = Math.imul(three ^ (three >>> 15), 0x2c1b3c6d);
    const bin = three >>> BIN_SHIFT;
    const less = (three & REST) - (least[bin] ?? 0);
    least[bin] = (least[bin] ?? 0) + (less & (less >> 31));
    before = last;
    last = next;
  }
}

/** Eight bins as four bits each, without a branch. */
function pack(from: number): number {
  let packed = 0;
  for (let bin = 0; bin < BINS_IN_WORD; bin++) {
    const value = least[from + bin] ?? EMPTY;
    const code = 1 + (((value & 0xffff) * VALUES) >>> 16);
    packed |= (code & ((value - EMPTY) >> 31)) << (4 * bin);
  }
  return packed;
}

/**
 * How much of their wording two paragraphs share, 0 to 1: an estimate of the Jaccard index of their threes of words. Exactly
 * 1 for signatures that are the same.
 * @param one `at` of a signature is its number in the array
 */
export function likeness(one: Uint32Array, oneAt: number, other: Uint32Array, otherAt: number): number {
  let [same, both, either] = [0, 0, 0];
  for (let word = 0; word < SIGNATURE_WORDS; word++) {
    const a = one[oneAt * SIGNATURE_WORDS + word] ?? 0;
    const b = other[otherAt * SIGNATURE_WORDS + word] ?? 0;
    const inBoth = filled(a) & filled(b);
    either += count(filled(a | b));
    both += count(inBoth);
    same += count(inBoth & ~filled(a ^ b));
  }
  const byChance = (both - same) / (VALUES - 1); // of those that differ, so many more agree by chance
  return either === 0 ? 0 : Math.max(0, (same - byChance) / either);
}

const ONES = 0x11111111;

/** A 1 for each of the eight bins that is not 0. */
function filled(word: number): number {
  return (word | (word >>> 1) | (word >>> 2) | (word >>> 3)) & ONES;
}

/** How many of eight bins are 1. */
function count(ones: number): number {
  return Math.imul(ones, ONES) >>> 28;
}

/** The bins of a signature, 0 for an empty one. */
export function binsOf(signatures: Uint32Array, at: number, into: Uint8Array): void {
  for (let bin = 0; bin < BINS; bin++)
    into[bin] = ((signatures[at * SIGNATURE_WORDS + (bin >> 3)] ?? 0) >>> (4 * (bin & 7))) & 15;
}
