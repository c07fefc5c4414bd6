/** A waterfall: a bar a subject, from the largest increase to the largest decrease, coloured by response. */
import type { WaterfallData } from '../../analysis/index.ts';
import { axisOf, drawLimits, drawUp, widthLeftOf } from './axes.ts';
import { fillItems, occurring } from './category-legend.ts';
import { legendOf } from './legend.ts';
import { drawLabel, labelOf, lettering, lineHeight, SIZE, SMALL } from './lettering.ts';
import { categoryFills, edgeOf, type Palette, PLAIN, SOFT } from './palette.ts';
import { MARGIN, rect, segment, sheet, unitsOf } from './sheet.ts';

const PLOT_HEIGHT = { 'one-column': 190, 'two-columns': 260 } as const;
const WIDEST_BAR = 28;
/** The smallest bar that is seen: no change is a change that was measured. */
const LEAST = 1;

/** The figure as SVG text. */
export function waterfallFigure(data: WaterfallData, palette: Palette): string {
  const { bars, limits } = data;
  const width = unitsOf(data.width);
  const inner = width - 2 * MARGIN;
  const fills = categoryFills(data.categories, palette);
  const legend = legendOf(fillItems(occurring(data.categories, bars), fills), inner);
  const title = labelOf(data.y, inner);
  const top = MARGIN + legend.height + title.height + 6;
  const up = { from: top + PLOT_HEIGHT[data.width], to: top };
  const values = [0, ...limits, ...bars.map(({ value }) => value)];
  const axis = axisOf([Math.min(...values), Math.max(...values)], up);
  const left = MARGIN + widthLeftOf(axis);
  const right = width - MARGIN;
  const pitch = Math.min(WIDEST_BAR, (right - left - 4) / Math.max(1, bars.length));
  const thick = pitch > 4 ? pitch - 1.5 : pitch * 0.9;
  const zero = axis.at(0);
  const parts = [
    ...legend.draw(MARGIN, MARGIN),
    ...drawLabel(title, { x: MARGIN, y: MARGIN + legend.height }),
    ...drawUp(axis, left, up, right),
    ...bars.map(({ value, category }, at) => {
      const end = axis.at(value);
      const fill = fills.get(category ?? '') ?? PLAIN[palette];
      const [y, high] =
        Math.abs(end - zero) < LEAST ? [zero - LEAST / 2, LEAST] : [Math.min(end, zero), Math.abs(end - zero)];
      return rect(left + 3 + at * pitch, y, thick, high, {
        fill,
        ...edgeOf(fill, pitch <= 4),
      });
    }),
    ...drawLimits(limits, axis, up, [left, right]),
    segment(left, zero, right, zero),
    ...(bars.length === 0 ? [lettering('Nobody to show', { x: left + 8, y: zero - 5, fill: SOFT })] : []),
    lettering(`Each bar is one subject (n = ${bars.length})`, {
      x: (left + right) / 2,
      y: up.from + SIZE + 6,
      anchor: 'middle',
      size: SMALL,
      fill: SOFT,
    }),
  ];
  const height = up.from + lineHeight() + 6 + MARGIN;
  return sheet({ of: data, height, description: described(data) }, parts);
}

function described({ bars, y }: WaterfallData): string {
  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last) return `Waterfall plot without a subject. ${y}.`;
  const fallen = bars.filter(({ value }) => value < 0).length;
  return `Waterfall plot of ${bars.length} subjects. ${y}: from ${round(first.value)} to ${round(last.value)}; ${fallen} below 0.`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10 || 0;
}
