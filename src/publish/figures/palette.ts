/**
 * Colours of the drawings. Those of categories are viridis (van der Walt and Smith, CC0), whose lightness rises from step to
 * step, so that neighbours stay apart for the colour-blind and in grey print. Who cannot be judged is hatched on white.
 */
import type { Category } from '../../analysis/index.ts';

export type Palette = 'colour' | 'grey';

/** viridis(11), dark to light. */
const VIRIDIS = [
  '#440154',
  '#482576',
  '#414487',
  '#35608d',
  '#2a788e',
  '#21908c',
  '#22a884',
  '#43bf71',
  '#7ad151',
  '#bbdf27',
  '#fde725',
] as const;
/** The lightest that is still seen as a thin line on white. */
const LIGHTEST_LINE = 6;
/** CIE lightness of the greys, dark to light: white is left to the hatch. */
const GREYS = { dark: 20, light: 92, lightLine: 65 };

export const INK = '#111';
export const SOFT = '#6b6b6b';
export const RULE = '#d4d4d4';
/** Where there are no categories. */
export const PLAIN: Readonly<Record<Palette, string>> = { colour: '#2a788e', grey: '#777777' };
/** Of whom nothing can be judged; the id is defined by {@link HATCH}. */
export const UNKNOWN_FILL = 'url(#hatch)';
export const HATCH =
  '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0H5V5H0z" fill="#fff"/><path d="M0 0V5" stroke="#555" stroke-width="1.6"/></pattern>';

/** The edge of a bar: a thin one has none, but where it is hatched it would be lost without. */
export function edgeOf(fill: string, isThin: boolean): { readonly stroke?: string; readonly width?: number } {
  return isThin && fill !== UNKNOWN_FILL ? {} : { stroke: '#333', width: 0.4 };
}

/** Fills for ordered things, dark to light, as `#rrggbb`. */
export function fills(count: number, palette: Palette): string[] {
  return ramp(count, palette, VIRIDIS.length - 1, GREYS.light);
}

/** Colours of lines on white; beyond some five, dashes have to help. */
export function strokes(count: number, palette: Palette): string[] {
  return ramp(count, palette, LIGHTEST_LINE, GREYS.lightLine);
}

function ramp(count: number, palette: Palette, lastStop: number, light: number): string[] {
  const at = (index: number) => (count < 2 ? 0 : index / (count - 1));
  const all = Array.from({ length: count }, (_, index) => at(index));
  if (palette === 'grey') return all.map((share) => greyOf(GREYS.dark + share * (light - GREYS.dark)));
  return all.map((share) => VIRIDIS[Math.round(share * lastStop)] ?? VIRIDIS[0]);
}

/** The grey of a CIE lightness (0 to 100). */
function greyOf(lightness: number): string {
  const luminance = lightness > 8 ? ((lightness + 16) / 116) ** 3 : lightness / 903.3;
  const signal = luminance <= 0.0031308 ? luminance * 12.92 : 1.055 * luminance ** (1 / 2.4) - 0.055;
  const hex = Math.round(signal * 255)
    .toString(16)
    .padStart(2, '0');
  return `#${hex}${hex}${hex}`;
}

/** Black or white, whichever is read better on a fill. (WCAG 2.2, contrast ratio) */
export function inkOn(fill: string): string {
  if (!fill.startsWith('#')) return INK;
  const luminance = relativeLuminance(fill);
  return 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 ? '#fff' : INK;
}

/** Relative luminance of `#rrggbb`, 0 to 1. (WCAG 2.2) */
export function relativeLuminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = linearRgb(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Red, green and blue of `#rrggbb` as amounts of light, 0 to 1. (IEC 61966-2-1) */
export function linearRgb(colour: string): number[] {
  return [1, 3, 5].map((at) => {
    const signal = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return signal <= 0.04045 ? signal / 12.92 : ((signal + 0.055) / 1.055) ** 2.4;
  });
}

/** The fill of each response category, by code. */
export function categoryFills(categories: readonly Category[], palette: Palette): ReadonlyMap<string, string> {
  return byCode(categories, fills(categories.filter(({ unknown }) => !unknown).length, palette), UNKNOWN_FILL);
}

/** The colour of lines of each response category, by code. */
export function categoryStrokes(categories: readonly Category[], palette: Palette): ReadonlyMap<string, string> {
  return byCode(categories, strokes(categories.filter(({ unknown }) => !unknown).length, palette), '#999999');
}

function byCode(categories: readonly Category[], known: readonly string[], unknown: string): Map<string, string> {
  let at = 0;
  return new Map(categories.map((one) => [one.code, one.unknown ? unknown : (known[at++] ?? unknown)]));
}

const DASHES = ['', '6 2.5', '2 2', '8 2 1.5 2', '4 2', '10 3'] as const;

/** The dashes of the line at a place: with the colour, and without it, lines stay apart. */
export function dashes(at: number): string {
  const dash = DASHES[at % DASHES.length];
  return dash ? ` stroke-dasharray="${dash}"` : '';
}
