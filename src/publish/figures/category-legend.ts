import type { Category } from '../../analysis/index.ts';
import type { LegendItem } from './legend.ts';
import { dashes, INK } from './palette.ts';
import { rect, segment } from './sheet.ts';

/** Of filled shapes. */
export function fillItems(categories: readonly Category[], fills: ReadonlyMap<string, string>): LegendItem[] {
  return categories.map(({ code, label }) => ({
    label,
    sign: (x, y) => rect(x - 5, y - 5, 10, 10, { fill: fills.get(code) ?? 'none', stroke: INK }),
  }));
}

/** Of lines, dashed by their place in the list. */
export function strokeItems(categories: readonly Category[], strokes: ReadonlyMap<string, string>): LegendItem[] {
  return categories.map(({ code, label }, at) => ({
    label,
    sign: (x, y) => segment(x - 7, y, x + 7, y, { stroke: strokes.get(code) ?? INK, width: 1.8, dashes: dashes(at) }),
  }));
}

/** The categories that somebody has; their colours are those of the whole list. */
export function occurring(
  categories: readonly Category[],
  shown: readonly { readonly category?: string }[],
): readonly Category[] {
  const codes = new Set(shown.map(({ category }) => category));
  return categories.filter(({ code }) => codes.has(code));
}
