/** Scales and their ticks, of which so many are drawn that no two numbers touch. */
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { lettering, lineHeight, SMALL, widest } from './lettering.ts';
import { RULE, SOFT } from './palette.ts';
import { segment } from './sheet.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A scale with the numbers that are printed at it. */
export interface Axis {
  readonly at: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly text: string; readonly at: number }[];
}

/** Below an axis from left to right. */
export const TICK_HEIGHT = 4 + lineHeight(SMALL);
const MOST_TICKS = 10;
const BETWEEN = 8;

/** An axis over a range of values, on a span of the drawing; `least` is the room that a number needs, beside its own width. */
export function axisOf([low, high]: readonly [number, number], span: Span, nice = true): Axis {
  const scale = scaleLinear()
    .domain(low === high ? [low, low + 1] : [low, high])
    .range([span.from, span.to]);
  if (nice) scale.nice(5);
  const isDown = span.from > span.to;
  const room = Math.abs(span.to - span.from);
  for (let count = low === high ? 1 : MOST_TICKS; count > 1; count--) {
    const ticks = ticksOf(scale, count);
    const each = isDown
      ? lineHeight(SMALL) * 1.6
      : widest(
          ticks.map(({ text }) => text),
          SMALL,
        ) + BETWEEN;
    const gap = Math.min(...ticks.slice(1).map(({ at }, index) => Math.abs(at - (ticks[index]?.at ?? at))));
    if (each <= gap && room > 0) return { at: scale, ticks };
  }
  return { at: scale, ticks: ticksOf(scale, 1).slice(0, 2) };
}

function ticksOf(scale: ScaleLinear<number, number>, count: number): Axis['ticks'] {
  const format = scale.tickFormat(count);
  return scale.ticks(count).map((value) => ({ value, text: format(value), at: scale(value) }));
}

/** An axis from left to right at a height, its numbers below. */
export function drawAcross({ ticks }: Axis, y: number, { from, to }: Span): string[] {
  return [
    segment(from, y, to, y),
    ...ticks.flatMap(({ text, at }) => [
      segment(at, y, at, y + 3),
      lettering(text, { x: at, y: y + 4 + SMALL, anchor: 'middle', size: SMALL }),
    ]),
  ];
}

/** An axis from the bottom up at the left, its numbers to the left of it, and thin lines to the right end. */
export function drawUp({ ticks }: Axis, x: number, { from, to }: Span, right?: number): string[] {
  return [
    ...(right === undefined ? [] : ticks.map(({ at }) => segment(x, at, right, at, { stroke: RULE, width: 0.5 }))),
    segment(x, from, x, to),
    ...ticks.flatMap(({ text, at }) => [
      segment(x - 3, at, x, at),
      lettering(text, { x: x - 5, y: at + SMALL * 0.36, anchor: 'end', size: SMALL }),
    ]),
  ];
}

/** The room to the left of an axis that goes up. */
export function widthLeftOf({ ticks }: Axis): number {
  return (
    widest(
      ticks.map(({ text }) => text),
      SMALL,
    ) + 6
  );
}

/** Values at which a dashed line is drawn, those that lie on the axis. */
export function drawLimits(
  limits: readonly number[],
  { at }: Axis,
  { from, to }: Span,
  [left, right]: readonly [number, number],
): string[] {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  return limits
    .map(at)
    .filter((y) => y >= low && y <= high)
    .map((y) => segment(left, y, right, y, { stroke: SOFT, width: 0.8, dashes: ' stroke-dasharray="4 3"' }));
}
