/** The sheet a figure is drawn on: its width in print, the SVG around the parts, and the few shapes that all share. */
import type { FigureHead } from '../../analysis/index.ts';
import { escapeXml } from '../svg-text.ts';
import { HATCH, INK, UNKNOWN_FILL } from './palette.ts';

const MM_PER_INCH = 25.4;
const UNITS_PER_INCH = 96;
/** Columns of most journals. */
const MILLIMETRES = { 'one-column': 85, 'two-columns': 174 } as const;
/** Around everything. */
export const MARGIN = 6;
/** A page of a journal is not higher: 225 mm. */
export const MOST_HEIGHT = (225 / MM_PER_INCH) * UNITS_PER_INCH;

/** The width of a figure in user units (96 an inch). */
export function unitsOf(width: FigureHead['width']): number {
  return (MILLIMETRES[width] / MM_PER_INCH) * UNITS_PER_INCH;
}

/** What stands around the parts of a drawing. */
export interface Sheet {
  readonly of: Pick<FigureHead, 'id' | 'title' | 'width'>;
  /** In user units. */
  readonly height: number;
  /** What the figure shows, in words and numbers, for those who cannot see it. */
  readonly description: string;
}

/** The whole SVG, at the size at which it is to be printed. */
export function sheet({ of: { id, title, width }, height, description }: Sheet, parts: readonly string[]): string {
  const hatch = `url(#${id}-hatch)`; // several drawings may stand on one page
  const [across, down] = [rounded(unitsOf(width)), rounded(height)];
  const millimetres = rounded((down / UNITS_PER_INCH) * MM_PER_INCH);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${across} ${down}" width="${MILLIMETRES[width]}mm" height="${millimetres}mm" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc" font-family="Helvetica, Arial, sans-serif">`,
    `<title id="${id}-title">${escapeXml(title)}</title>`,
    `<desc id="${id}-desc">${escapeXml(description)}</desc>`,
    ...(parts.some((part) => part.includes(UNKNOWN_FILL))
      ? [`<defs>${HATCH.replace('"hatch"', `"${id}-hatch"`)}</defs>`]
      : []),
    `<path d="M0 0H${across}V${down}H0z" fill="#fff"/>`,
    ...parts.map((part) => part.replaceAll(UNKNOWN_FILL, hatch)),
    '</svg>',
    '',
  ].join('\n');
}

/** To a hundredth, so that the same figure has the same text on every machine. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100 || 0;
}

/** What is not a default of a shape. */
export interface Ink {
  readonly fill?: string;
  readonly stroke?: string;
  readonly width?: number;
  readonly dashes?: string;
}

export function rect(
  x: number,
  y: number,
  width: number,
  height: number,
  { fill = 'none', stroke, width: pen = 0.6 }: Ink,
): string {
  const edge = stroke === undefined ? '' : ` stroke="${stroke}" stroke-width="${pen}"`;
  return `<rect x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}" fill="${fill}"${edge}/>`;
}

export function segment(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  { stroke = INK, width = 0.8, dashes = '' }: Ink = {},
): string {
  return `<line x1="${rounded(x1)}" y1="${rounded(y1)}" x2="${rounded(x2)}" y2="${rounded(y2)}" stroke="${stroke}" stroke-width="${width}"${dashes}/>`;
}

/** A line through points, or the area that they go around. */
export function path(
  points: readonly (readonly [number, number])[],
  { fill = 'none', stroke, width = 1.2, dashes = '' }: Ink,
): string {
  const edge = stroke === undefined ? '' : ` stroke="${stroke}" stroke-width="${width}"${dashes}`;
  const d = points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${rounded(x)} ${rounded(y)}`).join('');
  return `<path d="${d}" fill="${fill}"${edge}/>`;
}
