/** Text of the figures: small, anchored at either end or the middle, measured before it is placed. */
import { escapeXml, textBlock, textWidth } from '../svg-text.ts';
import { INK } from './palette.ts';
import { rounded } from './sheet.ts';

/** Of labels, in user units (96 an inch): 7.5 points in print. */
export const SIZE = 10;
/** Of numbers in bars and on axes: 6.75 points; journals want 6 at least. */
export const SMALL = 9;
/** What {@link textWidth} measures. */
const MEASURED = 13;

/** Where a line of text stands: `y` is its baseline. */
export interface Lettering {
  readonly x: number;
  readonly y: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size?: number;
  readonly fill?: string;
}

/** One line of text. */
export function lettering(text: string, { x, y, anchor = 'start', size = SIZE, fill = INK }: Lettering): string {
  return `<text x="${rounded(x)}" y="${rounded(y)}" font-size="${size}" text-anchor="${anchor}" fill="${fill}">${escapeXml(text)}</text>`;
}

/** Width in user units, on the wide side. */
export function widthOf(text: string, size = SIZE): number {
  return (textWidth(text) * size) / MEASURED;
}

/** The widest of some texts; 0 of none. */
export function widest(texts: readonly string[], size = SIZE): number {
  return texts.reduce((most, text) => Math.max(most, widthOf(text, size)), 0);
}

/** From one baseline to the next. */
export function lineHeight(size = SIZE): number {
  return size * 1.31;
}

/** A label on as many lines as it takes. */
export interface Label {
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** Wraps a label to a width; one that takes more lines than allowed ends in an ellipsis. */
export function labelOf(text: string, width: number, size = SIZE, most = 4): Label {
  const { wrapped } = textBlock([text], (width * MEASURED) / size);
  const lines =
    wrapped.length > most ? [...wrapped.slice(0, most - 1), cut(wrapped[most - 1] ?? '', width, size)] : wrapped;
  return { lines, width: widest(lines, size), height: lines.length * lineHeight(size) };
}

function cut(line: string, width: number, size: number): string {
  const letters = [...line];
  while (letters.length > 0 && widthOf(`${letters.join('')}\u2026`, size) > width) letters.pop();
  return `${letters.join('').trimEnd()}\u2026`;
}

/** The lines of a label, from a height down: `y` is its upper edge. */
export function drawLabel({ lines }: Label, place: Lettering): string[] {
  const { size = SIZE } = place;
  return lines.map((line, at) => lettering(line, { ...place, y: place.y + size + at * lineHeight(size) }));
}
