/** Kaplan-Meier curves with censored times, band, median, and the numbers at risk below the same ticks. */
import { type CurvesData, fixed, type SurvivalCurve } from '../../analysis/index.ts';
import { type Axis, axisOf, drawAcross, drawUp, type Span, TICK_HEIGHT, widthLeftOf } from './axes.ts';
import { atRiskAt, type Corner, cornersOf, runsOf } from './curve-steps.ts';
import { legendOf } from './legend.ts';
import { drawLabel, type Label, labelOf, lettering, lineHeight, SIZE, SMALL, widest } from './lettering.ts';
import { dashes, type Palette, SOFT, strokes } from './palette.ts';
import { MARGIN, path, segment, sheet, unitsOf } from './sheet.ts';

const PLOT_HEIGHT = { 'one-column': 190, 'two-columns': 270 } as const;
const RIGHT = 12;
const LABEL_SHARE = 0.3;
const HALF = ' stroke-dasharray="3 3"';

/** The figure as SVG text. */
export function kaplanMeierFigure(data: CurvesData, palette: Palette): string {
  const { curves } = data;
  const width = unitsOf(data.width);
  const inner = width - 2 * MARGIN;
  const colours = strokes(curves.length, palette);
  const legend = legendOf(
    curves.map((curve, at) => ({
      label: legendText(curve),
      sign: (x, y) => segment(x - 7, y, x + 7, y, { stroke: colours[at] ?? SOFT, width: 1.8, dashes: dashes(at) }),
    })),
    inner,
  );
  const title = labelOf(data.y, inner);
  const top = MARGIN + legend.height + title.height + 6;
  const up = { from: top + PLOT_HEIGHT[data.width], to: top };
  const vertical = axisOf([0, 100], up, false);
  const names = curves.map((curve) => labelOf(nameOf(curve), inner * LABEL_SHARE, SMALL, 3));
  const counts =
    widest(
      curves.map(({ n }) => String(n)),
      SMALL,
    ) / 2;
  const column = Math.max(widthLeftOf(vertical), ...names.map((name) => name.width + 8 + counts));
  const across = { from: MARGIN + column, to: width - MARGIN - Math.max(RIGHT, counts) };
  const horizontal = axisOf([0, Math.max(0, ...curves.map(lastTime))], across);
  const y = (share: number) => vertical.at(100 * (data.as === 'survival' ? share : 1 - share));
  const below = labelOf(data.x, across.to - across.from);
  const table = up.from + TICK_HEIGHT + below.height + 8;
  const risks = riskTable(curves, names, horizontal, table, across);
  const parts = [
    ...legend.draw(MARGIN, MARGIN),
    ...drawLabel(title, { x: MARGIN, y: MARGIN + legend.height }),
    ...drawUp(vertical, across.from, up, across.to),
    ...(data.band ? curves.flatMap((curve, at) => bandOf(curve, horizontal, y, colours[at] ?? SOFT)) : []),
    ...curves.flatMap((curve, at) => curveOf(curve, horizontal, y, colours[at] ?? SOFT, dashes(at))),
    ...curves.flatMap((curve) => medianOf(curve, horizontal, y(0.5), up)),
    ...(curves.length === 0
      ? [lettering('Nobody to show', { x: across.from + 8, y: top + SIZE + 8, fill: SOFT })]
      : []),
    ...drawAcross(horizontal, up.from, across),
    ...drawLabel(below, { x: (across.from + across.to) / 2, y: up.from + TICK_HEIGHT, anchor: 'middle' }),
    ...risks.drawn,
  ];
  const head = { of: data, height: risks.bottom + MARGIN, description: described(data) };
  return sheet(head, parts);
}

function nameOf({ group, label }: SurvivalCurve): string {
  return group === '' ? label : group;
}

function lastTime({ steps }: SurvivalCurve): number {
  return steps.at(-1)?.time ?? 0;
}

/** `Tacrolimus: 12 of 20, median 2.5 (1 to 4) months`. */
function legendText(curve: SurvivalCurve): string {
  const { n, events, median, medianLow, medianHigh, unit } = curve;
  const bound = (value: number | null) => (value === null ? 'not reached' : short(value));
  const limits = medianLow === null && medianHigh === null ? '' : ` (${bound(medianLow)} to ${bound(medianHigh)})`;
  const middle = median === null ? 'median not reached' : `median ${short(median)}${limits} ${unit}`;
  return `${nameOf(curve)}: ${events} of ${n}, ${middle}`;
}

function short(value: number): string {
  return String(Number(fixed(value, 1)));
}

function curveOf(curve: SurvivalCurve, x: Axis, y: (share: number) => number, stroke: string, dash: string): string[] {
  if (curve.n === 0) return [];
  const corners = cornersOf(curve.steps, ({ survival }) => survival, 1);
  const places = corners.map(({ time, share }) => [x.at(time), y(share)] as const);
  const censored = curve.steps.filter((step) => step.censored > 0);
  return [
    path(places, { stroke, width: 1.6, dashes: dash }),
    ...censored.map(({ time, survival }) => {
      const [left, middle] = [x.at(time), y(survival)];
      return segment(left, middle - 3.5, left, middle + 3.5, { stroke, width: 1.1 });
    }),
  ];
}

/** Where a limit is unknown (nobody is left without the event) there is no band. */
function bandOf({ steps, n }: SurvivalCurve, x: Axis, y: (share: number) => number, fill: string): string[] {
  if (n === 0) return [];
  const place = ({ time, share }: Corner) => [x.at(time), y(share)] as const;
  return runsOf(steps).map(({ lows, highs }) => {
    const around = [...highs.map(place), ...lows.map(place).reverse()];
    return path(around, { fill }).replace('/>', ' fill-opacity="0.16"/>');
  });
}

/** From half down to the axis, where the curve comes to half. */
function medianOf({ median }: SurvivalCurve, x: Axis, half: number, up: Span): string[] {
  if (median === null) return [];
  const at = x.at(median);
  const ink = { stroke: SOFT, width: 0.8, dashes: HALF };
  return [segment(x.at(0), half, at, half, ink), segment(at, half, at, up.from, ink)];
}

interface RiskTable {
  readonly drawn: readonly string[];
  readonly bottom: number;
}

function riskTable(
  curves: readonly SurvivalCurve[],
  names: readonly Label[],
  x: Axis,
  top: number,
  { from }: Span,
): RiskTable {
  if (curves.length === 0) return { drawn: [], bottom: top };
  const drawn = [lettering('At risk', { x: MARGIN, y: top + SMALL, size: SMALL, fill: SOFT })];
  let y = top + lineHeight(SMALL);
  for (const [at, curve] of curves.entries()) {
    const name = names[at];
    if (name) drawn.push(...drawLabel(name, { x: MARGIN, y, size: SMALL }));
    for (const tick of x.ticks.filter((one) => one.at >= from - 0.01))
      drawn.push(
        lettering(String(atRiskAt(curve, tick.value)), { x: tick.at, y: y + SMALL, anchor: 'middle', size: SMALL }),
      );
    y += Math.max(name?.height ?? 0, lineHeight(SMALL)) + 2;
  }
  return { drawn, bottom: y };
}

function described({ curves, as }: CurvesData): string {
  const what = as === 'survival' ? 'Kaplan-Meier curves' : 'Curves of one minus Kaplan-Meier';
  return [`${what}: ${curves.length}.`, ...curves.map((curve) => `${legendText(curve)}.`)].join(' ');
}
