import { describe, expect, test } from 'vitest';
import { categoryFills, dashes, fills, inkOn, linearRgb, relativeLuminance, strokes, UNKNOWN_FILL } from './palette.ts';

/** What an eye without one kind of cone makes of linear RGB. (Machado, Oliveira and Fernandes 2009, severity 1.0) */
const BLINDNESS: Readonly<Record<string, readonly (readonly number[])[]>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

describe('[R82] categories stay apart', () => {
  // A difference of 2.3 is just noticed (CIE 1976); areas that are to be told apart want some ten.
  test.each(Object.entries(BLINDNESS))('with %s', (_, matrix) => {
    const seen = (colour: string) => lab(matrix.map((row) => clamped(dot(row, linearRgb(colour)))));
    for (const count of [2, 3, 4, 5, 6])
      expect(leastDifference(fills(count, 'colour').map(seen)), `${count}`).toBeGreaterThan(10);
  });

  test.each(['colour', 'grey'] as const)('in grey print, of the palette %s', (palette) => {
    for (const count of [2, 3, 4, 5, 6]) {
      const lightness = fills(count, palette).map((colour) => lightnessOf(relativeLuminance(colour)));
      expect(lightness).toEqual(lightness.toSorted((a, b) => a - b));
      expect(leastStep(lightness), `${count}`).toBeGreaterThan(8);
    }
  });

  test('lines have a contrast of 2 on white at least, and no two that follow each other the same dashes', () => {
    for (const palette of ['colour', 'grey'] as const)
      for (const colour of strokes(5, palette)) expect(1.05 / (relativeLuminance(colour) + 0.05)).toBeGreaterThan(2);
    expect(new Set([0, 1, 2, 3, 4, 5].map(dashes)).size).toBe(6);
  });

  test('numbers on a fill have the contrast of text', () => {
    for (const palette of ['colour', 'grey'] as const)
      for (const colour of fills(11, palette)) {
        const [one, other] = [relativeLuminance(colour), inkOn(colour) === '#fff' ? 1 : relativeLuminance('#111111')];
        expect((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05), colour).toBeGreaterThan(3.9);
      }
  });

  test('who cannot be judged is hatched, wherever the category stands', () => {
    const categories = [
      { code: 'open', label: 'Open', unknown: true },
      { code: 'better', label: 'Better', unknown: false },
      { code: 'worse', label: 'Worse', unknown: false },
    ];
    const [better, worse] = fills(2, 'colour');
    expect([...categoryFills(categories, 'colour')]).toEqual([
      ['open', UNKNOWN_FILL],
      ['better', better],
      ['worse', worse],
    ]);
  });
});

test('[R82] the simulation makes red and green alike, which differ for others', () => {
  const deuteranopia = BLINDNESS.deuteranopia ?? [];
  const seen = (colour: string) => lab(deuteranopia.map((row) => clamped(dot(row, linearRgb(colour)))));
  const [red, green] = ['#b3763c', '#7f8a3a'];
  expect(difference(lab(linearRgb(red)), lab(linearRgb(green)))).toBeGreaterThan(25);
  expect(difference(seen(red), seen(green))).toBeLessThan(15);
});

function dot(row: readonly number[], values: readonly number[]): number {
  return row.reduce((sum, factor, at) => sum + factor * (values[at] ?? 0), 0);
}

function clamped(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** CIE 1976 lightness of a luminance from 0 to 1. */
function lightnessOf(luminance: number): number {
  return 116 * root(luminance) - 16;
}

function root(value: number): number {
  return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116;
}

/** Linear RGB in CIE L*a*b*, white D65. */
function lab([red = 0, green = 0, blue = 0]: readonly number[]): readonly number[] {
  const x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505;
  const y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089;
  return [116 * root(y) - 16, 500 * (root(x) - root(y)), 200 * (root(y) - root(z))];
}

function difference(one: readonly number[], other: readonly number[]): number {
  return Math.hypot(...one.map((value, at) => value - (other[at] ?? 0)));
}

function leastDifference(colours: readonly (readonly number[])[]): number {
  return Math.min(...colours.slice(1).map((colour, at) => difference(colour, colours[at] ?? [])));
}

function leastStep(values: readonly number[]): number {
  return Math.min(...values.slice(1).map((value, at) => value - (values[at] ?? 0)));
}
