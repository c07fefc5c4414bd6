/**
 * How the arms overlap, as an UpSet plot (Lex et al., IEEE Trans Vis Comput Graph 2014;20:1983-92): a column for each
 * combination of arms with a bar above it, a row for each arm with its size to the left. A filled dot says that the arm is of
 * the combination, so that nothing is told by colour alone.
 */
import type { ArmOverlap } from '../cohort/index.ts';
import { line, svgDrawing } from './svg-drawing.ts';
import { type TextBlock, textBlock, textLine, textWidth } from './svg-text.ts';

const MARGIN = 16;
const GAP = 8;
const LINE = 17;
const LABEL_WIDTH = 230;
const SIZE_BAR = 110;
const BAR_HEIGHT = 150;
const LEAST_STEP = 28;
const LEAST_ROW = 30;
const DOT = 6;
const BLUE = '#0b5cad';
const GREY = '#767676';
/** More combinations than these are summed in one last bar. */
const MOST = 30;

/** The arms in the protocol's order with how many candidates each found, and how many just each combination found. */
export interface ArmSets {
  readonly arms: readonly { readonly id: string; readonly label: string; readonly authorized: number }[];
  /** The largest first, as `armOverlaps` gives them. */
  readonly overlaps: readonly ArmOverlap[];
}

/** A column of the plot; `arms` is absent for the last one that sums the others. */
interface Column {
  readonly arms?: readonly string[];
  readonly n: number;
}

interface Row {
  readonly id: string;
  readonly label: TextBlock;
  readonly size: number;
  readonly y: number;
  readonly height: number;
}

/** Where the parts of the plot lie, in user units. */
interface Layout {
  /** The foot of the bars of the arms' sizes, which grow to the left. */
  readonly foot: number;
  readonly step: number;
  readonly baseline: number;
  readonly bottom: number;
}

/** The plot as SVG text. */
export function armOverlapDiagram({ arms, overlaps }: ArmSets, title: string): string {
  const columns = columnsOf(overlaps);
  const widest = Math.max(0, ...columns.map(({ n }) => textWidth(String(n))));
  const step = Math.max(LEAST_STEP, widest + GAP);
  const sizes = Math.max(0, ...arms.map(({ authorized }) => textWidth(String(authorized))));
  const foot = MARGIN + LABEL_WIDTH + GAP + sizes + GAP / 2 + SIZE_BAR;
  const baseline = MARGIN + LINE + BAR_HEIGHT;
  const rows = rowsOf(arms, baseline + GAP);
  const bottom = rows.reduce((_, row) => row.y + row.height, baseline + GAP);
  const layout = { foot, step, baseline, bottom };
  const width = Math.ceil(foot + GAP * 2 + columns.length * step + MARGIN);
  const note = textBlock(notes(overlaps), width - MARGIN * 2);
  const parts = [
    textLine('Candidates found by just these arms (blue)', MARGIN, MARGIN),
    textLine('Candidates found by the arm at all (grey)', MARGIN, baseline - LINE),
    ...rows.flatMap((row, at) => rowPart(row, at, Math.max(1, ...rows.map(({ size }) => size)), layout, width)),
    ...columns.flatMap((column, at) => columnPart(column, at, rows, Math.max(1, ...columns.map(({ n }) => n)), layout)),
    note.draw(MARGIN, bottom + GAP),
  ];
  return svgDrawing(width, bottom + GAP + note.height + MARGIN, title, parts);
}

function columnsOf(overlaps: readonly ArmOverlap[]): Column[] {
  if (overlaps.length <= MOST) return [...overlaps];
  return [...overlaps.slice(0, MOST), { n: sum(overlaps.slice(MOST)) }];
}

function notes(overlaps: readonly ArmOverlap[]): string[] {
  if (overlaps.length === 0) return ['No candidates'];
  const others = overlaps.slice(MOST);
  if (others.length === 0) return [`All candidates: ${sum(overlaps)}`];
  const [largest] = others;
  const told = `Last bar: ${others.length} other combinations together, each at most n\u00a0=\u00a0${largest?.n}`;
  return [`All candidates: ${sum(overlaps)}`, told];
}

function sum(overlaps: readonly ArmOverlap[]): number {
  return overlaps.reduce((total, { n }) => total + n, 0);
}

function rowsOf(arms: ArmSets['arms'], top: number): Row[] {
  const rows: Row[] = [];
  let y = top;
  for (const { id, label, authorized } of arms) {
    const block = textBlock([label], LABEL_WIDTH);
    const row = { id, label: block, size: authorized, y, height: Math.max(LEAST_ROW, block.height + GAP) };
    rows.push(row);
    y += row.height;
  }
  return rows;
}

/** A stripe on every other row, the label, the size and its bar. */
function rowPart(row: Row, at: number, largest: number, { foot }: Layout, width: number): string[] {
  const middle = row.y + row.height / 2;
  const bar = (row.size / largest) * SIZE_BAR;
  const size = String(row.size);
  const stripe = `<rect x="${MARGIN / 2}" y="${row.y}" width="${width - MARGIN}" height="${row.height}" fill="#f1f1f1"/>`;
  return [
    ...(at % 2 === 0 ? [stripe] : []),
    row.label.draw(MARGIN, middle - row.label.height / 2),
    textLine(size, foot - bar - GAP / 2 - textWidth(size), middle - LINE / 2),
    `<rect x="${foot - bar}" y="${middle - GAP}" width="${bar}" height="${GAP * 2}" fill="${GREY}"/>`,
  ];
}

/** The bar with its number, and below it a dot in every row, those of the combination joined. The others together have none. */
function columnPart(column: Column, at: number, rows: readonly Row[], largest: number, layout: Layout): string[] {
  const { foot, step, baseline } = layout;
  const x = foot + GAP * 2 + (at + 0.5) * step;
  const height = (column.n / largest) * BAR_HEIGHT;
  const n = String(column.n);
  const bar = `<rect x="${x - DOT - 2}" y="${baseline - height}" width="${(DOT + 2) * 2}" height="${height}" fill="${column.arms ? BLUE : GREY}"/>`;
  const number = textLine(n, x - textWidth(n) / 2, baseline - height - LINE);
  return [bar, number, ...dots(x, column.arms, rows)];
}

function dots(x: number, arms: readonly string[] | undefined, rows: readonly Row[]): string[] {
  if (!arms) return [];
  const places = rows.map((row) => ({ y: row.y + row.height / 2, isIn: arms.includes(row.id) }));
  const inside = places.filter(({ isIn }) => isIn).map(({ y }) => y);
  const joined = inside.length > 1 ? [line({ x, y: Math.min(...inside) }, { x, y: Math.max(...inside) })] : [];
  return [...joined, ...places.map(({ y, isIn }) => dot(x, y, isIn))];
}

function dot(x: number, y: number, isIn: boolean): string {
  const look = isIn ? 'fill="#222" stroke="#222"' : `fill="#fff" stroke="${GREY}"`;
  return `<circle cx="${x}" cy="${y}" r="${DOT}" ${look}/>`;
}
