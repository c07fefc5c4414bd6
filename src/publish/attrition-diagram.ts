/**
 * The flow of persons through a study as an SVG, after the STROBE flow diagram: one column of boxes for those who stay,
 * to its right a box for those who leave. Text is wrapped by measured widths and every box is as high as its text, so
 * that no label is cut and no two boxes touch.
 */
import type { AttritionStep } from '../cohort/index.ts';
import { type TextBlock, textBlock } from './svg-text.ts';

const BOX_WIDTH = 300;
const SIDE_WIDTH = 340;
const GAP_ACROSS = 48;
const GAP_DOWN = 28;
const MARGIN = 16;
const PADDING = 10;

interface Box extends TextBlock {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly boxHeight: number;
}

/** Persons who stay in, and (beside the arrow to the next box) those who leave on the way. */
interface Station {
  readonly lines: readonly string[];
  readonly leaving: readonly AttritionStep[];
}

const NOT_AUTHORIZED = 'Use of the record for research not authorized';

/** The diagram as SVG text. Steps that remove nobody stay in it: a reader looks for the zero. */
export function attritionDiagram(steps: readonly AttritionStep[], title: string): string {
  const boxes: Box[] = [];
  const arrows: string[] = [];
  let y = MARGIN;
  let previous: Box | undefined;
  for (const station of stations(steps)) {
    const main = place(station.lines, MARGIN, y, BOX_WIDTH);
    if (previous) arrows.push(down(previous, main));
    boxes.push(main);
    y = main.y + main.boxHeight + GAP_DOWN;
    if (station.leaving.length > 0) {
      const side = place(leavingLines(station.leaving), MARGIN + BOX_WIDTH + GAP_ACROSS, y, SIDE_WIDTH);
      arrows.push(across(main, side));
      boxes.push(side);
      y = side.y + side.boxHeight + GAP_DOWN;
    }
    previous = main;
  }
  const width = MARGIN * 2 + BOX_WIDTH + GAP_ACROSS + SIDE_WIDTH;
  return svg(width, y - GAP_DOWN + MARGIN, title, [...arrows, ...boxes.map(draw)]);
}

/** A state has a box of its own; who left on the way to it, by exclusions in a row or at the gate, stands in one side box. */
function stations(steps: readonly AttritionStep[]): Station[] {
  const result: { lines: string[]; leaving: AttritionStep[] }[] = [];
  for (const [at, step] of steps.entries()) {
    const leaving = step.kind === 'authorized' ? { ...step, label: NOT_AUTHORIZED } : step;
    if (step.removed > 0 || !isKept(steps, at)) result.at(-1)?.leaving.push(leaving);
    if (isKept(steps, at)) result.push({ lines: [step.label, counted(step.n)], leaving: [] });
  }
  return result;
}

/** The first and last step, and each whose name is a state rather than a reason to leave. */
function isKept(steps: readonly AttritionStep[], at: number): boolean {
  return steps[at]?.kind !== 'exclusion' || at === 0;
}

function leavingLines(steps: readonly AttritionStep[]): string[] {
  const total = steps.reduce((sum, step) => sum + step.removed, 0);
  if (steps.length === 1) return steps.map((step) => `${step.label} (${counted(step.removed)})`);
  return [`Excluded (${counted(total)})`, ...steps.map((step) => `\u2022 ${step.label} (${counted(step.removed)})`)];
}

/** `n = 3`, which no line may break. */
function counted(n: number): string {
  return `n\u00a0=\u00a0${n}`;
}

function place(lines: readonly string[], x: number, y: number, width: number): Box {
  const block = textBlock(lines, width - PADDING * 2);
  return { ...block, x, y, width, boxHeight: block.height + PADDING * 2 };
}

function draw(box: Box): string {
  const rect = `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.boxHeight}" fill="#fff" stroke="#222"/>`;
  return rect + box.draw(box.x + PADDING, box.y + PADDING);
}

function down(from: Box, to: Box): string {
  const x = from.x + from.width / 2;
  return line(x, from.y + from.boxHeight, x, to.y);
}

function across(from: Box, side: Box): string {
  const y = side.y + side.boxHeight / 2;
  return line(from.x + from.width / 2, y, side.x, y);
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#222" marker-end="url(#arrow)"/>`;
}

function svg(width: number, height: number, title: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<title>${escapeXml(title)}</title>`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#222"/></marker></defs>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

/** Text as it may stand in XML content and attributes. */
function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
