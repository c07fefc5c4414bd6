/** Boxes with text, the lines between them, and the SVG around it all. */
import { escapeXml, type TextBlock, textBlock } from './svg-text.ts';

const PADDING = 10;
const INK = '#222';

/** A place on the drawing, in user units (96 an inch). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box that is as high as its text. */
export interface Box extends TextBlock, Point {
  readonly width: number;
  readonly boxHeight: number;
}

/** The box whose top left corner is at a point, with its text wrapped to its width. */
export function placeBox(lines: readonly string[], { x, y }: Point, width: number): Box {
  const block = textBlock(lines, width - PADDING * 2);
  return { ...block, x, y, width, boxHeight: block.height + PADDING * 2 };
}

export function drawBox(box: Box): string {
  const rect = `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.boxHeight}" fill="#fff" stroke="${INK}"/>`;
  return rect + box.draw(box.x + PADDING, box.y + PADDING);
}

/** Where an arrow from above leaves the box. */
export function bottomOf(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.boxHeight };
}

/** The height at which an arrow from the side meets the box. */
export function middleOf(box: Box): number {
  return box.y + box.boxHeight / 2;
}

export function arrow(from: Point, to: Point): string {
  return line(from, to, ' marker-end="url(#arrow)"');
}

export function line(from: Point, to: Point, ending = ''): string {
  return `<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" stroke="${INK}"${ending}/>`;
}

/** A whole drawing on white, with a title for those who cannot see it. */
export function svgDrawing(width: number, height: number, title: string, parts: readonly string[]): string {
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
