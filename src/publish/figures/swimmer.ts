/** A swimmer plot: a bar a subject over the months of follow-up, coloured by response, with a sign at each event. */
import type { SwimmerData, SwimmerLane } from '../../analysis/index.ts';
import { type Axis, axisOf, drawAcross, TICK_HEIGHT } from './axes.ts';
import { fillItems, occurring } from './category-legend.ts';
import { type LegendItem, legendOf } from './legend.ts';
import { lettering, lineHeight, SIZE, SMALL, widest } from './lettering.ts';
import { arrowhead, marker } from './markers.ts';
import { categoryFills, edgeOf, type Palette, PLAIN, SOFT } from './palette.ts';
import { MARGIN, MOST_HEIGHT, rect, sheet, unitsOf } from './sheet.ts';

const WIDEST_PITCH = 16;
const ARROW = 9;
/** Half of the largest sign, which an arrow must not stand behind. */
const SIGN = 3.6;

/** The figure as SVG text. */
export function swimmerFigure(data: SwimmerData, palette: Palette): string {
  const { lanes } = data;
  const width = unitsOf(data.width);
  const fills = categoryFills(data.categories, palette);
  const legend = legendOf(legendItems(data, fills), width - 2 * MARGIN);
  const top = MARGIN + legend.height;
  const below = TICK_HEIGHT + lineHeight() + MARGIN + 2;
  // However many there are, they stand on one page.
  const pitch = Math.min(WIDEST_PITCH, (MOST_HEIGHT - top - below) / Math.max(1, lanes.length));
  const named = pitch >= lineHeight(SMALL);
  const column = named
    ? Math.min(
        widest(
          lanes.map(({ subject }) => subject),
          SMALL,
        ) + 5,
        width / 3,
      )
    : 2;
  const span = { from: MARGIN + column, to: width - MARGIN - ARROW - SIGN };
  const longest = Math.max(0, ...lanes.flatMap(({ months, events }) => [months, ...events.map((one) => one.months)]));
  const axis = axisOf([0, longest], span);
  const bottom = top + Math.max(1, lanes.length) * pitch + 4;
  const unnamed = lanes.length === 0 ? 'Nobody to show' : '';
  const parts = [
    ...legend.draw(MARGIN, MARGIN),
    ...(unnamed ? [lettering(unnamed, { x: span.from + 6, y: top + SIZE, fill: SOFT })] : []),
    ...lanes.flatMap((lane, at) => {
      const middle = top + (at + 0.5) * pitch;
      const name = { x: MARGIN + column - 5, y: middle + SMALL * 0.36, anchor: 'end', size: SMALL } as const;
      const fill = fills.get(lane.category ?? '') ?? PLAIN[palette];
      return [...(named ? [lettering(lane.subject, name)] : []), ...laneOf(lane, axis, middle, pitch, fill)];
    }),
    ...drawAcross(axis, bottom, span),
    lettering(named ? 'Months' : `Months (each line is one of ${lanes.length} subjects)`, {
      x: (span.from + span.to) / 2,
      y: bottom + TICK_HEIGHT + SIZE + 2,
      anchor: 'middle',
    }),
  ];
  return sheet({ of: data, height: bottom + below, description: described(data) }, parts);
}

function laneOf(lane: SwimmerLane, axis: Axis, y: number, pitch: number, fill: string): string[] {
  const thick = pitch * 0.66;
  const [from, to] = [axis.at(0), axis.at(lane.months)];
  const edge = edgeOf(fill, pitch <= 5);
  return [
    rect(from, y - thick / 2, Math.max(0.6, to - from), thick, { fill, ...edge }),
    ...(lane.ongoing
      ? [
          arrowhead(
            to + (lane.events.some((one) => Math.abs(axis.at(one.months) - to) < SIGN) ? SIGN + 1 : 0.5),
            y,
            Math.min(ARROW - 1, pitch * 0.8),
          ),
        ]
      : []),
    ...lane.events.map(({ event, months }) =>
      marker(event, axis.at(months), y, Math.max(1.2, Math.min(SIGN, pitch * 0.3))),
    ),
  ];
}

function legendItems(data: SwimmerData, fills: ReadonlyMap<string, string>): LegendItem[] {
  const ongoing = { label: 'Ongoing', sign: (x: number, y: number) => arrowhead(x - 4, y, ARROW) };
  return [
    ...fillItems(occurring(data.categories, data.lanes), fills),
    ...data.events.map((label, event) => ({ label, sign: (x: number, y: number) => marker(event, x, y, SIGN) })),
    ...(data.lanes.some((lane) => lane.ongoing) ? [ongoing] : []),
  ];
}

function described({ lanes, events }: SwimmerData): string {
  if (lanes.length === 0) return 'Swimmer plot without a subject.';
  const months = lanes.map((lane) => lane.months);
  const counts = events.map((label, event) => {
    const n = lanes.reduce((sum, lane) => sum + lane.events.filter((one) => one.event === event).length, 0);
    return `${label}: ${n}.`;
  });
  const range = `${Math.min(...months).toFixed(1)} to ${Math.max(...months).toFixed(1)} months`;
  const goOn = lanes.filter((lane) => lane.ongoing).length;
  return [`Swimmer plot of ${lanes.length} subjects over ${range}; ${goOn} ongoing.`, ...counts].join(' ');
}
