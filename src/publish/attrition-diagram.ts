/**
 * The flow of persons through a study as an SVG, after the STROBE flow diagram: the arms on top, then one column of boxes
 * for those who stay, to its right a box for those who leave. Text is wrapped by measured widths and every box is as high
 * as its text, so that no label is cut and no two boxes touch.
 */
import type { AttritionStep } from '../cohort/index.ts';
import { arrow, type Box, bottomOf, drawBox, line, middleOf, placeBox, svgDrawing } from './svg-drawing.ts';

const BOX_WIDTH = 300;
const SIDE_WIDTH = 340;
const GAP_ACROSS = 48;
const GAP_DOWN = 28;
const MARGIN = 16;
const MIDDLE = MARGIN + BOX_WIDTH / 2;
const SIDE = MARGIN + BOX_WIDTH + GAP_ACROSS;
const WIDTH = SIDE + SIDE_WIDTH + MARGIN;
/** More arms than these stand below one another: side by side their labels would be columns of single words. */
const ARMS_ACROSS = 3;

/** The arms with how many each found before the gate, and the account that begins with those whom any of them found. */
export interface AttritionFlow {
  readonly arms: readonly { readonly label: string; readonly found: number }[];
  readonly steps: readonly AttritionStep[];
}

/** Persons who stay in, and (beside the arrow to the next box) those who leave on the way. */
interface Station {
  readonly lines: readonly string[];
  readonly leaving: readonly AttritionStep[];
}

/** A part of the drawing and the height at which the next one may begin. */
interface Part {
  readonly drawn: readonly string[];
  readonly below: number;
}

const NOT_AUTHORIZED = 'Use of the record for research not authorized';

/** The diagram as SVG text. Steps that remove nobody stay in it: a reader looks for the zero. One arm has no box of its own. */
export function attritionDiagram({ arms, steps }: AttritionFlow, title: string): string {
  const top: Part = arms.length > 1 ? armsPart(arms, identifiedOf(steps)) : { drawn: [], below: MARGIN };
  const column = columnPart(stations(steps.filter(({ kind }) => kind !== 'found')), top.below);
  return svgDrawing(WIDTH, column.below - GAP_DOWN + MARGIN, title, [...top.drawn, ...column.drawn]);
}

function identifiedOf(steps: readonly AttritionStep[]): number {
  return steps.find(({ kind }) => kind === 'identified')?.n ?? 0;
}

/** The arms, the lines that join them, and beside the arrow down who was found more than once. */
function armsPart(arms: AttritionFlow['arms'], identified: number): Part {
  const boxes = arms.length > ARMS_ACROSS ? armsDown(arms) : armsAcross(arms);
  const bottom = Math.max(...boxes.map((box) => bottomOf(box).y));
  const joined = bottom + GAP_DOWN / 2;
  const lines = arms.length > ARMS_ACROSS ? joinedDown(boxes, joined) : joinedAcross(boxes, joined);
  const again = arms.reduce((sum, { found }) => sum + found, 0) - identified;
  const label = arms.length === 2 ? 'Found by both arms' : 'Found again by another arm';
  const side = placeBox([`${label} (${counted(again)})`], { x: SIDE, y: joined + GAP_DOWN / 2 }, SIDE_WIDTH);
  const below = bottomOf(side).y + GAP_DOWN;
  const arrows = [across(side), arrow({ x: MIDDLE, y: joined }, { x: MIDDLE, y: below })];
  return { drawn: [...lines, ...arrows, ...[...boxes, side].map(drawBox)], below };
}

/** Two arms stand above the two columns, three share the width. */
function armsAcross(arms: AttritionFlow['arms']): Box[] {
  const third = (WIDTH - MARGIN * 2 - GAP_DOWN * 2) / 3;
  return arms.map((arm, at) => {
    if (arms.length === 3) return placeBox(armLines(arm), { x: MARGIN + at * (third + GAP_DOWN), y: MARGIN }, third);
    return placeBox(armLines(arm), { x: at === 0 ? MARGIN : SIDE, y: MARGIN }, at === 0 ? BOX_WIDTH : SIDE_WIDTH);
  });
}

function armsDown(arms: AttritionFlow['arms']): Box[] {
  const boxes: Box[] = [];
  let y = MARGIN;
  for (const arm of arms) {
    const box = placeBox(armLines(arm), { x: MARGIN, y }, BOX_WIDTH);
    boxes.push(box);
    y = bottomOf(box).y + GAP_DOWN / 2;
  }
  return boxes;
}

function armLines({ label, found }: AttritionFlow['arms'][number]): string[] {
  return [label, counted(found)];
}

/** From below each box down to one line across. */
function joinedAcross(boxes: readonly Box[], y: number): string[] {
  const middles = boxes.map((box) => bottomOf(box).x);
  const ends = [...middles, MIDDLE];
  const bus = line({ x: Math.min(...ends), y }, { x: Math.max(...ends), y });
  return [...boxes.map((box) => line(bottomOf(box), { x: bottomOf(box).x, y })), bus];
}

/** From the right of each box to one line down, and from its foot back to the middle of the column. */
function joinedDown(boxes: readonly Box[], y: number): string[] {
  const x = MARGIN + BOX_WIDTH + GAP_ACROSS / 2;
  const heights = boxes.map(middleOf);
  const out = boxes.map((box) => line({ x: box.x + box.width, y: middleOf(box) }, { x, y: middleOf(box) }));
  return [...out, line({ x, y: Math.min(...heights) }, { x, y }), line({ x, y }, { x: MIDDLE, y })];
}

function columnPart(all: readonly Station[], top: number): Part {
  const boxes: Box[] = [];
  const arrows: string[] = [];
  let y = top;
  let previous: Box | undefined;
  for (const station of all) {
    const main = placeBox(station.lines, { x: MARGIN, y }, BOX_WIDTH);
    if (previous) arrows.push(arrow(bottomOf(previous), { x: MIDDLE, y: main.y }));
    boxes.push(main);
    y = bottomOf(main).y + GAP_DOWN;
    if (station.leaving.length > 0) {
      const side = placeBox(leavingLines(station.leaving), { x: SIDE, y }, SIDE_WIDTH);
      arrows.push(across(side));
      boxes.push(side);
      y = bottomOf(side).y + GAP_DOWN;
    }
    previous = main;
  }
  return { drawn: [...arrows, ...boxes.map(drawBox)], below: y };
}

/** A state has a box of its own; who left on the way to it, by exclusions in a row or at the gate, stands in one side box. */
function stations(steps: readonly AttritionStep[]): Station[] {
  const result: { lines: string[]; leaving: AttritionStep[] }[] = [];
  for (const [at, step] of steps.entries()) {
    const { events: _, ...persons } = step; // before the gate only persons are counted
    const leaving = step.kind === 'authorized' ? { ...persons, label: NOT_AUTHORIZED } : step;
    if (step.removed > 0 || !isKept(steps, at)) result.at(-1)?.leaving.push(leaving);
    if (isKept(steps, at)) result.push({ lines: [step.label, counted(step.n, step.events?.n)], leaving: [] });
  }
  return result;
}

/** The first and last step, and each whose name is a state rather than a reason to leave. */
function isKept(steps: readonly AttritionStep[], at: number): boolean {
  const kind = steps[at]?.kind;
  return at === 0 || (kind !== 'exclusion' && kind !== 'open' && kind !== 'not-analysed');
}

function leavingLines(steps: readonly AttritionStep[]): string[] {
  if (steps.length === 1) return steps.map((step) => `${step.label} (${leftAt(step)})`);
  const total = (of: (step: AttritionStep) => number): number => steps.reduce((sum, step) => sum + of(step), 0);
  const events = steps.some((step) => step.events) ? total((step) => step.events?.removed ?? 0) : undefined;
  const heading = steps.some(({ kind }) => kind === 'open') ? 'Not included' : 'Excluded';
  return [
    `${heading} (${counted(
      total(({ removed }) => removed),
      events,
    )})`,
    ...steps.map((step) => `\u2022 ${step.label} (${leftAt(step)})`),
  ];
}

/** Who left, and how many the reason holds for, where it holds for others too. */
function leftAt({ removed, events, allFailing = removed }: AttritionStep): string {
  const left = counted(removed, events?.removed);
  return allFailing === removed ? left : `${left}; holds\u00a0for\u00a0${allFailing}`;
}

/** `n = 3`, which no line may break; with events, `n = 3, 5 events`. */
function counted(n: number, events?: number): string {
  return `n\u00a0=\u00a0${n}${events === undefined ? '' : `, ${events}\u00a0events`}`;
}

/** From the column's arrow to a box beside it. */
function across(side: Box): string {
  return arrow({ x: MIDDLE, y: middleOf(side) }, { x: side.x, y: middleOf(side) });
}
