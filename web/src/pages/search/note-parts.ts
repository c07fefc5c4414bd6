import type { HighlightRange } from '../../parts/highlight-segments.ts';

/** A part of a note that is copied from an earlier one, or is not; its ranges count from where it begins. */
export interface NotePart {
  readonly start: number;
  readonly text: string;
  readonly isCopied: boolean;
  readonly ranges: readonly HighlightRange[];
}

/** Cuts a note at the edges of what is copied in it. Pure; a range that reaches over an edge is in both parts. */
export function notePartsOf(
  text: string,
  ranges: readonly HighlightRange[],
  copied: readonly { readonly start: number; readonly end: number }[],
): NotePart[] {
  const edges = [...new Set([0, ...copied.flatMap(({ start, end }) => [start, end]), text.length])]
    .filter((edge) => edge >= 0 && edge <= text.length)
    .sort((a, b) => a - b);
  return edges.slice(0, -1).map((start, at) => {
    const end = edges[at + 1] ?? text.length;
    return {
      start,
      text: text.slice(start, end),
      isCopied: copied.some((one) => one.start <= start && end <= one.end),
      ranges: ranges
        .filter((one) => one.start < end && one.end > start)
        .map((one) => ({ ...one, start: one.start - start, end: one.end - start })),
    };
  });
}
