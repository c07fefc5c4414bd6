import { INK } from './palette.ts';
import { rounded } from './sheet.ts';

type Shape = (x: number, y: number, r: number) => string;

const circle: Shape = (x, y, r) => `M${points([x - r, y])}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
const triangle: Shape = (x, y, r) => `M${points([x, y - r], [x + r, y + r * 0.8], [x - r, y + r * 0.8])}z`;
const square: Shape = (x, y, r) => `M${points([x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r])}z`;
const diamond: Shape = (x, y, r) =>
  `M${points([x, y - r * 1.2], [x + r * 1.2, y], [x, y + r * 1.2], [x - r * 1.2, y])}z`;
const cross: Shape = (x, y, r) =>
  `M${points([x - r, y - r], [x + r, y + r])}M${points([x - r, y + r], [x + r, y - r])}`;
const plus: Shape = (x, y, r) => `M${points([x - r, y], [x + r, y])}M${points([x, y - r], [x, y + r])}`;

/** In the order of the events of a figure, as many as it may have. */
const SHAPES: readonly Shape[] = [circle, triangle, square, diamond, cross, plus];
/** The open ones are drawn twice, so that they stand out on dark. */
const FIRST_OPEN = 4;

/** The sign of an event, white with a dark edge, so that it is seen on any colour; `r` is half its size. */
export function marker(event: number, x: number, y: number, r: number): string {
  const at = event % SHAPES.length;
  const d = SHAPES[at]?.(x, y, rounded(r)) ?? '';
  if (at < FIRST_OPEN) return `<path d="${d}" fill="#fff" stroke="${INK}" stroke-width="0.9"/>`;
  return `<path d="${d}" fill="none" stroke="#fff" stroke-width="3"/><path d="${d}" fill="none" stroke="${INK}" stroke-width="1.2"/>`;
}

/** The arrow of a line that goes on; its base is at x. */
export function arrowhead(x: number, y: number, size: number): string {
  return `<path d="M${points([x, y - size / 2], [x + size * 0.9, y], [x, y + size / 2])}z" fill="${INK}"/>`;
}

function points(...all: readonly (readonly [number, number])[]): string {
  return all.map(([x, y]) => `${rounded(x)} ${rounded(y)}`).join('L');
}
