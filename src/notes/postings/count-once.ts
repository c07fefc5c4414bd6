/** Counts what was copied forward once (R75 and R76 of SPEC.md). */
import { markCopies, type NoteParagraphs } from '../copies.ts';
import { SIGNATURE_WORDS } from '../signatures.ts';
import { type Found, FoundBuilder } from './found.ts';

/** A note of what was found: its place there, and its mentions [from, to). */
interface FoundNote {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/**
 * What was found without the mentions in paragraphs that repeat one of an earlier note of the person which has a mention too.
 * A note of which all mentions are such is left out.
 * @param found with places
 * @param order places in it, by person, then by date
 */
export function withoutCopies(
  found: Found,
  order: Int32Array,
  person: Int32Array,
  paragraphsOf: (note: number) => NoteParagraphs,
): Found {
  const counts = found.counts.slice();
  const ends = endsOf(found.counts);
  for (let first = 0; first < order.length; ) {
    const of = person[found.notes[order[first] as number] as number];
    let end = first + 1;
    while (end < order.length && person[found.notes[order[end] as number] as number] === of) end++;
    const notes = Array.from(order.subarray(first, end), (at): FoundNote => {
      return { at, from: ends[at - 1] ?? 0, to: ends[at] as number };
    });
    if (notes.length > 1) takeCopies(found, notes, paragraphsOf, counts);
    first = end;
  }
  const out = new FoundBuilder(found.notes.length, 0, false);
  found.notes.forEach((note, at) => {
    if (found.counts[at] === 0 || (counts[at] as number) > 0) out.close(note, counts[at] as number);
  });
  return out.done();
}

function endsOf(counts: Int32Array): Int32Array {
  let sum = 0;
  return counts.map((count) => (sum += count));
}

function takeCopies(
  found: Found,
  notes: readonly FoundNote[],
  paragraphsOf: (note: number) => NoteParagraphs,
  counts: Int32Array,
): void {
  const firsts = found.places?.firsts ?? new Int32Array();
  const inParagraphs = notes.map(({ at, from, to }) =>
    mentioning(paragraphsOf(found.notes[at] as number), firsts.subarray(from, to)),
  );
  const copies = markCopies(inParagraphs);
  notes.forEach(({ at }, n) => {
    copies[n]?.forEach((copy, p) => {
      if (copy) counts[at] = (counts[at] as number) - (inParagraphs[n]?.mentions[p] ?? 0);
    });
  });
}

/** The paragraphs in which mentions begin, and how many in each; both ascend, so that each is looked at once. */
function mentioning(
  all: NoteParagraphs,
  firsts: Int32Array,
): NoteParagraphs & { readonly mentions: readonly number[] } {
  let at = 0;
  const upTo = (word: number): number => {
    while (at < firsts.length && (firsts[at] as number) < word) at++;
    return at;
  };
  const mentions = all.paragraphs.map(({ first, end }) => {
    const before = upTo(first);
    return upTo(end) - before;
  });
  const used = mentions.flatMap((count, p) => (count > 0 ? [p] : []));
  return {
    paragraphs: used.flatMap((p) => all.paragraphs[p] ?? []),
    signatures: Uint32Array.from(
      used.flatMap((p) => [...all.signatures.subarray(p * SIGNATURE_WORDS, (p + 1) * SIGNATURE_WORDS)]),
    ),
    mentions: used.map((p) => mentions[p] as number),
  };
}
