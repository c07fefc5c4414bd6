/** A forest of proportions: a square at the estimate, a line over its interval, the numbers at the right. */
import { type ForestData, type ForestRow, fixed } from '../../analysis/index.ts';
import { type Axis, axisOf, drawAcross, TICK_HEIGHT } from './axes.ts';
import { labelColumn, placeRows } from './labelled-rows.ts';
import { lettering, lineHeight, SIZE, SMALL, widest } from './lettering.ts';
import { type Palette, PLAIN, SOFT } from './palette.ts';
import { MARGIN, rect, segment, sheet, unitsOf } from './sheet.ts';

const GAP = 8;
const LABEL_SHARE = { 'one-column': 0.32, 'two-columns': 0.4 } as const;
const SQUARE = { least: 4, most: 9 };
/** An axis in percent. */
const PERCENT = [0, 100] as const;

/** The figure as SVG text. */
export function forestFigure(data: ForestData, palette: Palette): string {
  const width = unitsOf(data.width);
  const inner = width - 2 * MARGIN;
  const all = data.rows.filter((row) => 'x' in row);
  const columns = [
    { head: 'n/N', cells: all.map(({ x, n }) => `${x}/${n}`) },
    { head: intervalHead(all), cells: all.map((row) => intervalText(row, isMixed(all))) },
  ].map(({ head, cells }) => ({ head, cells, width: widest([head, ...cells], SMALL) }));
  const right = width - MARGIN;
  const ends = [right - (columns[1]?.width ?? 0) - GAP, right];
  const column = labelColumn(data.rows, inner, LABEL_SHARE[data.width]);
  const span = { from: MARGIN + column + GAP, to: right - columns.reduce((sum, one) => sum + one.width + GAP, 0) - 2 };
  const axis = axisOf(PERCENT, span, false);
  const head = MARGIN + lineHeight(SMALL) + 2;
  const rows = placeRows<ForestRow>(data.rows, { left: MARGIN, top: head, column, whole: inner });
  const bottom = rows.bottom + 2;
  const most = Math.max(1, ...all.map(({ n }) => n));
  const parts = [
    ...columns.map((one, at) =>
      lettering(one.head, { x: ends[at] ?? right, y: head - 4, anchor: 'end', size: SMALL, fill: SOFT }),
    ),
    ...rows.drawn,
    ...rows.rows.flatMap(({ row, middle, height: high }, index) => [
      ...referenceAt(data, axis, middle, high),
      ...markOf(row, middle, axis.at, most, PLAIN[palette]),
      ...columns.map(({ cells }, at) =>
        lettering(cells[index] ?? '', { x: ends[at] ?? right, y: middle + SMALL * 0.36, anchor: 'end', size: SMALL }),
      ),
    ]),
    ...drawAcross(axis, bottom, span),
    lettering('%', { x: (span.from + span.to) / 2, y: bottom + TICK_HEIGHT + SIZE + 2, anchor: 'middle' }),
  ];
  const height = bottom + TICK_HEIGHT + lineHeight() + MARGIN + 2;
  return sheet({ of: data, height, description: described(all) }, parts);
}

/** Drawn row by row, so that it does not go through a heading. */
function referenceAt({ reference }: ForestData, { at }: Axis, middle: number, high: number): string[] {
  if (reference === undefined) return [];
  const x = at(reference * 100);
  return [
    segment(x, middle - high / 2 - 1, x, middle + high / 2 + 2, { stroke: SOFT, dashes: ' stroke-dasharray="4 3"' }),
  ];
}

/** The area of the square tells how many subjects stand behind it. */
function markOf(
  { estimate, low, high, n }: ForestRow,
  y: number,
  at: (percent: number) => number,
  most: number,
  fill: string,
): string[] {
  if (estimate === null) return [];
  const side = SQUARE.least + (SQUARE.most - SQUARE.least) * Math.sqrt(n / most);
  const x = at(estimate * 100);
  const interval =
    low === null || high === null
      ? []
      : [
          segment(at(low * 100), y, at(high * 100), y, { width: 1.2 }),
          ...[low, high].map((end) => segment(at(end * 100), y - 3, at(end * 100), y + 3, { width: 1.2 })),
        ];
  return [...interval, rect(x - side / 2, y - side / 2, side, side, { fill, stroke: '#fff' })];
}

function isMixed(rows: readonly ForestRow[]): boolean {
  return new Set(rows.map(({ level }) => level)).size > 1;
}

function intervalHead(rows: readonly ForestRow[]): string {
  return isMixed(rows) || !rows[0] ? '% (CI)' : `% (${levelText(rows[0])} CI)`;
}

/** `68 (48 to 84)`; with its level where the rows have different ones. */
function intervalText(row: ForestRow, withLevel: boolean): string {
  const { estimate, low, high } = row;
  if (estimate === null) return '\u2013';
  const level = withLevel ? `${levelText(row)} CI ` : '';
  const interval = low === null || high === null ? '' : ` (${level}${whole(low)} to ${whole(high)})`;
  return `${whole(estimate)}${interval}`;
}

function levelText({ level }: ForestRow): string {
  return `${Number((level * 100).toFixed(1))}%`;
}

function whole(share: number): string {
  return fixed(share * 100, 0);
}

function described(rows: readonly ForestRow[]): string {
  const said = rows.map((row) => `${row.label}: ${row.x} of ${row.n}, ${intervalText(row, true)} percent.`);
  return ['Proportions with exact confidence intervals.', ...said].join(' ');
}
