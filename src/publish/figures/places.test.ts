import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hardLabel } from '../hard-labels.test-support.ts';
import { asPlace, expectApart, holds, lines, rects, texts, viewBox } from '../svg-places.test-support.ts';
import { drawFigure } from './draw-figure.ts';
import { kinds, sampleFigure } from './samples.test-support.ts';

const UNITS_PER_MM = 96 / 25.4;
const POINTS_PER_UNIT = 72 / 96;
const LONG = (own: string) => `${own}, among those who took part in the extension and were assessed \u2265 3 times`;
const widths = ['one-column', 'two-columns'] as const;

describe.each(kinds)('%s', (kind) => {
  test('[R81] of 0, 1, 28 and 300 subjects, without an event, with long labels', () => {
    for (const width of widths) {
      for (const subjects of [0, 1, 2, 28, 300]) expectSound(drawFigure(sampleFigure(kind, { subjects, width })));
      expectSound(drawFigure(sampleFigure(kind, { subjects: 28, width, noEvents: true })));
      expectSound(drawFigure(sampleFigure(kind, { subjects: 28, width, label: LONG })));
    }
  });

  test('[R81] whatever the labels', () => {
    fc.assert(
      fc.property(hardLabel, fc.nat({ max: 40 }), fc.constantFrom(...widths), (label, subjects, width) => {
        expectSound(drawFigure(sampleFigure(kind, { subjects, width, label: (own) => `${label}${own.slice(0, 2)}` })));
      }),
      { numRuns: 40 },
    );
  });

  test('[R80] as wide as a journal wants, no type too small, told in words', () => {
    for (const [width, millimetres] of [
      ['one-column', 85],
      ['two-columns', 174],
    ] as const) {
      const svg = drawFigure(sampleFigure(kind, { subjects: 28, width }));
      expect(svg).toContain(` width="${millimetres}mm" `);
      expect(viewBox(svg).width).toBeCloseTo(millimetres * UNITS_PER_MM, 1);
      expect(Math.min(...texts(svg).map(({ size }) => size * POINTS_PER_UNIT))).toBeGreaterThanOrEqual(6);
      for (const subjects of [28, 2000])
        expect(viewBox(drawFigure(sampleFigure(kind, { subjects, width }))).height / UNITS_PER_MM).toBeLessThan(230);
      expect(svg).toContain(`role="img" aria-labelledby="${kind}-title" aria-describedby="${kind}-desc"`);
      expect(svg).toContain(`<title id="${kind}-title">A figure of kind ${kind}</title>`);
      expect(/<desc id="[^"]+">([^<]*)<\/desc>/.exec(svg)?.[1]).toMatch(/\d/);
    }
  });

  test('[R88] the same data give the same text', async () => {
    const data = sampleFigure(kind, { subjects: 12 });
    expect(drawFigure(data)).toBe(drawFigure(structuredClone(data)));
    await expect(drawFigure(data)).toMatchFileSnapshot(`../snapshots/figure-${kind}.svg`);
  });
});

/** Texts apart and within the sheet, shapes within it, no number that is none. */
function expectSound(svg: string): void {
  const sheet = viewBox(svg);
  const shown = texts(svg).filter(({ text }) => text.trim() !== '');
  expectApart(shown);
  const outside = [...shown, ...rects(svg), ...lines(svg).map(asPlace)].filter((one) => !holds(sheet, one));
  expect(outside).toEqual([]);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
}
