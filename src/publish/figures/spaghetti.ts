/** Spaghetti: a line a subject, or a lesion, over time, coloured and dashed by response. */
import type { SpaghettiData } from '../../analysis/index.ts';
import { axisOf, drawAcross, drawLimits, drawUp, TICK_HEIGHT, widthLeftOf } from './axes.ts';
import { occurring, strokeItems } from './category-legend.ts';
import { legendOf } from './legend.ts';
import { drawLabel, labelOf, lettering, lineHeight, SIZE } from './lettering.ts';
import { categoryStrokes, dashes, type Palette, PLAIN, SOFT } from './palette.ts';
import { MARGIN, path, rounded, segment, sheet, unitsOf } from './sheet.ts';

const PLOT_HEIGHT = { 'one-column': 190, 'two-columns': 280 } as const;
/** More lines than these are thin and have no dots. */
const MANY = 80;
/** Room at the right for the last number of the axis, which stands across its tick. */
const RIGHT = 12;

/** The figure as SVG text. */
export function spaghettiFigure(data: SpaghettiData, palette: Palette): string {
  const { lines, limits } = data;
  const width = unitsOf(data.width);
  const inner = width - 2 * MARGIN;
  const shown = occurring(data.categories, lines);
  const strokes = categoryStrokes(data.categories, palette);
  const legend = legendOf(strokeItems(shown, strokes), inner);
  const title = labelOf(data.y, inner);
  const top = MARGIN + legend.height + title.height + 6;
  const up = { from: top + PLOT_HEIGHT[data.width], to: top };
  const points = lines.flatMap((line) => line.points);
  const ys = [0, ...limits, ...points.map(({ y }) => y)];
  const xs = [0, ...points.map(({ x }) => x)];
  const vertical = axisOf([least(ys), most(ys)], up);
  const left = MARGIN + widthLeftOf(vertical);
  const across = { from: left, to: width - MARGIN - RIGHT };
  const below = labelOf(data.x, across.to - across.from);
  const horizontal = axisOf([least(xs), most(xs)], across);
  const isMany = lines.length > MANY;
  const parts = [
    ...legend.draw(MARGIN, MARGIN),
    ...drawLabel(title, { x: MARGIN, y: MARGIN + legend.height }),
    ...drawUp(vertical, left, up, across.to),
    ...lines.flatMap(({ category, points: own }) => {
      const stroke = strokes.get(category ?? '') ?? PLAIN[palette];
      const dash = dashes(
        Math.max(
          0,
          shown.findIndex(({ code }) => code === category),
        ),
      );
      const places = own.map(({ x, y }) => [horizontal.at(x), vertical.at(y)] as const);
      const dots = isMany && own.length > 1 ? [] : places.map((place) => dot(place, stroke));
      return [path(places, { stroke, width: isMany ? 0.6 : 1.2, dashes: dash }), ...dots];
    }),
    ...drawLimits(limits, vertical, up, [left, across.to]),
    segment(left, vertical.at(0), across.to, vertical.at(0), { width: 0.6 }),
    ...(lines.length === 0 ? [lettering('Nobody to show', { x: left + 8, y: top + SIZE, fill: SOFT })] : []),
    ...drawAcross(horizontal, up.from, across),
    ...drawLabel(below, { x: (across.from + across.to) / 2, y: up.from + TICK_HEIGHT, anchor: 'middle' }),
  ];
  const height = up.from + TICK_HEIGHT + below.height + lineHeight() * 0.3 + MARGIN;
  return sheet({ of: data, height, description: described(data) }, parts);
}

function dot([x, y]: readonly [number, number], fill: string): string {
  return `<circle cx="${rounded(x)}" cy="${rounded(y)}" r="1.8" fill="${fill}"/>`;
}

function least(values: readonly number[]): number {
  return values.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
}

function most(values: readonly number[]): number {
  return values.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
}

function described({ lines, x, y }: SpaghettiData): string {
  const subjects = new Set(lines.map(({ subject }) => subject)).size;
  return `Lines over time: ${lines.length} of ${subjects} subjects. ${y}, by ${x}.`;
}
