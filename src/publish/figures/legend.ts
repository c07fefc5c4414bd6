/** What colours and signs mean: swatches with their labels, as many in a line as fit. */
import { drawLabel, type Label, labelOf, lineHeight, SIZE } from './lettering.ts';

/** One meaning; the sign is drawn around the middle of a field of {@link SIGN} by {@link SIGN}. */
export interface LegendItem {
  readonly label: string;
  sign(x: number, y: number): string;
}

export const SIGN = 14;
const GAP = 5;
const BETWEEN = 14;

export interface Legend {
  readonly height: number;
  draw(x: number, y: number): string[];
}

/** The legend in a width; without items it takes no room. */
export function legendOf(items: readonly LegendItem[], width: number): Legend {
  const placed: { item: LegendItem; label: Label; x: number; y: number }[] = [];
  let [x, y, high] = [0, 0, 0];
  for (const item of items) {
    const label = labelOf(item.label, width - SIGN - GAP);
    const needed = SIGN + GAP + label.width;
    if (x > 0 && x + needed > width) [x, y, high] = [0, y + high, 0];
    placed.push({ item, label, x, y });
    x += needed + BETWEEN;
    high = Math.max(high, Math.max(label.height, SIGN) + 2);
  }
  return {
    height: items.length === 0 ? 0 : y + high + 6,
    draw: (left, top) =>
      placed.flatMap(({ item, label, ...at }) => [
        item.sign(left + at.x + SIGN / 2, top + at.y + lineHeight(SIZE) / 2 + 1),
        ...drawLabel(label, { x: left + at.x + SIGN + GAP, y: top + at.y }),
      ]),
  };
}
