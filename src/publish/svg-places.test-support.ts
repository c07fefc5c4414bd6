/** Where things lie on one of our drawings, read back from the SVG. */
import { expect } from 'vitest';
import { textWidth } from './svg-text.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedText extends Place {
  readonly text: string;
  /** Of the type, in user units. */
  readonly size: number;
}

export interface PlacedLine {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly isArrow: boolean;
}

/** The size that `textWidth` measures. */
const MEASURED = 13;
/** Which part of a text lies to the left of its x. */
const ANCHORS: Readonly<Record<string, number>> = { start: 0, middle: 0.5, end: 1 };
/** Rounding of sums of thirds. */
const SLACK = 0.01;

/** Every rect but the white ground, whose attributes hold a text. */
export function rects(svg: string, attributes = ''): Place[] {
  return [...svg.matchAll(/<rect x="([-\d.]+)" y="([-\d.]+)" width="([-\d.]+)" height="([-\d.]+)"([^>]*)>/g)]
    .filter((match) => match[5]?.includes(attributes))
    .map((match) => place(match.slice(1, 5).map(Number)));
}

/** Every text with its measured width; from the top of its letters to below their tails. */
export function texts(svg: string): PlacedText[] {
  return [...svg.matchAll(/<text x="([-\d.]+)" y="([-\d.]+)"([^>]*)>([^<]*)<\/text>/g)].map((match) => {
    const text = unescaped(match[4] ?? '');
    const size = Number(/font-size="([\d.]+)"/.exec(match[3] ?? '')?.[1] ?? MEASURED);
    const anchor = /text-anchor="(\w+)"/.exec(match[3] ?? '')?.[1] ?? 'start';
    const width = (textWidth(text) * size) / MEASURED;
    const left = Number(match[1]) - (ANCHORS[anchor] ?? 0) * width;
    return { ...place([left, Number(match[2]) - size, width, (size * 17) / MEASURED]), text, size };
  });
}

export function lines(svg: string): PlacedLine[] {
  return [...svg.matchAll(/<line x1="([-\d.]+)" y1="([-\d.]+)" x2="([-\d.]+)" y2="([-\d.]+)"([^>]*)>/g)].map(
    (match) => {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = match.slice(1, 5).map(Number);
      return { x1, y1, x2, y2, isArrow: match[5]?.includes('marker-end') ?? false };
    },
  );
}

export function viewBox(svg: string): Place {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  return place([0, 0, Number(width), Number(height)]);
}

export function overlap(a: Place, b: Place): boolean {
  return (
    a.x + SLACK < b.x + b.width &&
    b.x + SLACK < a.x + a.width &&
    a.y + SLACK < b.y + b.height &&
    b.y + SLACK < a.y + a.height
  );
}

export function holds(outer: Place, inner: Place): boolean {
  return (
    inner.x >= outer.x - SLACK &&
    inner.y >= outer.y - SLACK &&
    inner.x + inner.width <= outer.x + outer.width + SLACK &&
    inner.y + inner.height <= outer.y + outer.height + SLACK
  );
}

/** A line, which is always across or down, as a place without width or height. */
export function asPlace({ x1, y1, x2, y2 }: PlacedLine): Place {
  return place([Math.min(x1, x2), Math.min(y1, y2), Math.abs(x1 - x2), Math.abs(y1 - y2)]);
}

/** Whether the line goes through the inside of a box; to touch its edge is not to cross it. */
export function crosses(line: PlacedLine, box: Place): boolean {
  const { x, y, width, height } = asPlace(line);
  const inside = box.x + SLACK < x + width && x < box.x + box.width - SLACK;
  return inside && box.y + SLACK < y + height && y < box.y + box.height - SLACK;
}

/** No two of these overlap. */
export function expectApart(places: readonly Place[]): void {
  expect(places.flatMap((a, at) => places.slice(at + 1).filter((b) => overlap(a, b)))).toEqual([]);
}

function place([x = 0, y = 0, width = 0, height = 0]: readonly number[]): Place {
  return { x, y, width, height };
}

function unescaped(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
