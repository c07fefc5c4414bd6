/** Cuts a text at the edges of what is marked in it. Pure; offsets count UTF-16 units, as everywhere. */

/** A part of a text that is marked. */
export interface HighlightRange {
  readonly start: number;
  readonly end: number;
  /** Which colour: the place of its term set in the study's list, from 0. */
  readonly set: number;
  /** The name of the term set, for those who do not see the colour. */
  readonly name?: string;
  /** What negates it, as it stands in the text; it is then struck through. */
  readonly negatedBy?: string;
  /** Absent: a word of a term set. A stretch that was copied is grey and has no colour; nor have the others that of a set. */
  readonly kind?: 'copied' | 'found' | 'evidence';
  /** To be found again, such as by the field whose evidence it is. */
  readonly id?: string;
}

/** A piece of the text in which the same ranges hold; none: plain text. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly ranges: readonly HighlightRange[];
}

/**
 * The text of `length` in pieces, from first to last without gap or overlap. Ranges may overlap, in any order; what lies outside
 * the text is cut off. Of several in one piece the shortest comes first, since it says most.
 */
export function segmentsOf(length: number, ranges: readonly HighlightRange[]): readonly Segment[] {
  const within = ranges
    .map((range) => ({ range, start: Math.max(0, range.start), end: Math.min(length, range.end) }))
    .filter(({ start, end }) => start < end);
  const edges = [...new Set([0, length, ...within.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  const byStart = within.toSorted((a, b) => a.start - b.start);
  const segments: Segment[] = [];
  let open: typeof within = [];
  let next = 0;
  for (let at = 0; at + 1 < edges.length; at += 1) {
    const start = edges[at] ?? 0;
    const end = edges[at + 1] ?? length;
    open = open.filter((one) => one.end > start);
    for (; (byStart[next]?.start ?? Number.POSITIVE_INFINITY) <= start; next += 1)
      open.push(...byStart.slice(next, next + 1));
    const here = open.toSorted((a, b) => a.end - a.start - (b.end - b.start)).map(({ range }) => range);
    segments.push({ start, end, ranges: here });
  }
  return segments;
}
