/** Responses by subgroup: a bar a subgroup, divided by category, the number in each part and n at the end. */
import type { ResponseBar, ResponseBarsData } from '../../analysis/index.ts';
import { axisOf, drawAcross, type Span, TICK_HEIGHT } from './axes.ts';
import { fillItems } from './category-legend.ts';
import { labelColumn, placeRows } from './labelled-rows.ts';
import { legendOf } from './legend.ts';
import { lettering, lineHeight, SIZE, SMALL, widest, widthOf } from './lettering.ts';
import { categoryFills, INK, inkOn, type Palette, SOFT, UNKNOWN_FILL } from './palette.ts';
import { MARGIN, rect, sheet, unitsOf } from './sheet.ts';

const THICK = 13;
const GAP = 7;
const LABEL_SHARE = 0.38;

/** The figure as SVG text. */
export function responseBarsFigure(data: ResponseBarsData, palette: Palette): string {
  const width = unitsOf(data.width);
  const inner = width - 2 * MARGIN;
  const bars = data.rows.filter((row) => 'parts' in row);
  const fills = categoryFills(data.categories, palette);
  const legend = legendOf(fillItems(data.categories, fills), inner);
  const column = labelColumn(data.rows, inner, LABEL_SHARE);
  const numbers = Math.max(
    widest(
      bars.map(({ n }) => String(n)),
      SMALL,
    ),
    widthOf('n', SMALL),
  );
  const span = { from: MARGIN + column + GAP, to: width - MARGIN - numbers - GAP };
  const most = data.scale === 'percent' ? 100 : Math.max(1, ...bars.map(({ n }) => n));
  const axis = axisOf([0, most], span, data.scale === 'subjects');
  const head = MARGIN + legend.height + lineHeight(SMALL);
  const rows = placeRows<ResponseBar>(data.rows, { left: MARGIN, top: head, column, whole: inner });
  const bottom = rows.bottom + 2;
  const height = bottom + TICK_HEIGHT + lineHeight() + MARGIN + 2;
  const right = width - MARGIN;
  const scale = (row: ResponseBar, count: number) => axis.at(data.scale === 'percent' ? (count / row.n) * 100 : count);
  const parts = [
    ...legend.draw(MARGIN, MARGIN),
    lettering('n', { x: right, y: head - 3, anchor: 'end', size: SMALL, fill: SOFT }),
    ...rows.drawn,
    ...rows.rows.flatMap(({ row, middle }) => [
      ...barOf(row, middle, (count) => scale(row, count), span, fills),
      lettering(String(row.n), { x: right, y: middle + SMALL * 0.36, anchor: 'end', size: SMALL }),
    ]),
    ...drawAcross(axis, bottom, span),
    lettering(data.scale === 'percent' ? 'Subjects, %' : 'Subjects', {
      x: (span.from + span.to) / 2,
      y: bottom + TICK_HEIGHT + SIZE + 2,
      anchor: 'middle',
    }),
  ];
  return sheet({ of: data, height, description: described(data, bars) }, parts);
}

function barOf(
  { n, parts }: ResponseBar,
  middle: number,
  at: (count: number) => number,
  span: Span,
  fills: ReadonlyMap<string, string>,
): string[] {
  if (n === 0) return [lettering('nobody', { x: span.from + 4, y: middle + SMALL * 0.36, size: SMALL, fill: SOFT })];
  let before = 0;
  return parts.flatMap(({ category, subjects }) => {
    const count = subjects.length;
    if (count === 0) return [];
    const [left, right] = [at(before), at(before + count)];
    before += count;
    const fill = fills.get(category) ?? UNKNOWN_FILL;
    const bar = rect(left, middle - THICK / 2, right - left, THICK, { fill, stroke: '#333', width: 0.5 });
    const wide = widthOf(String(count), SMALL) + 2;
    if (wide > right - left) return [bar];
    const center = (left + right) / 2;
    const ground = fill === UNKNOWN_FILL ? [rect(center - wide / 2, middle - 5, wide, 10, { fill: '#fff' })] : [];
    const ink = fill === UNKNOWN_FILL ? INK : inkOn(fill);
    return [
      bar,
      ...ground,
      lettering(String(count), { x: center, y: middle + SMALL * 0.36, anchor: 'middle', size: SMALL, fill: ink }),
    ];
  });
}

function described({ categories }: ResponseBarsData, bars: readonly ResponseBar[]): string {
  const labels = new Map(categories.map(({ code, label }) => [code, label]));
  const said = bars.map(({ label, n, parts }) => {
    const counts = parts.map(({ category, subjects }) => `${labels.get(category) ?? category} ${subjects.length}`);
    return `${label} (n = ${n}): ${counts.join(', ')}.`;
  });
  return ['Stacked bars of response by subgroup.', ...said].join(' ');
}
