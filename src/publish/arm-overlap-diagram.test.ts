import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { armOverlaps } from '../cohort/index.ts';
import { type ArmSets, armOverlapDiagram } from './arm-overlap-diagram.ts';
import { hardLabel } from './hard-labels.test-support.ts';
import { asPlace, expectApart, holds, lines, type Place, rects, texts, viewBox } from './svg-places.test-support.ts';

test('the plot of a study', async () => {
  const sets = setsOf(
    [
      ['a', 'Search of the notes'],
      ['b', 'Diagnosis codes'],
      ['c', 'Orders and dispenses of the compounding pharmacy'],
    ],
    [['a'], ['a'], ['a'], ['a', 'c'], ['a', 'c'], ['a', 'b', 'c'], ['c']],
  );
  await expect(armOverlapDiagram(sets, 'Overlap')).toMatchFileSnapshot('snapshots/arms.svg');
});

test('a study without candidates has a plot that says so', () => {
  expect(texts(armOverlapDiagram(setsOf([['a', 'A']], []), 'Overlap')).map(({ text }) => text)).toContain(
    'No candidates',
  );
});

test('combinations after the thirtieth are summed in a last bar, and told', () => {
  const ids = [...'abcdef'];
  const all = Array.from({ length: 63 }, (_, at) => ids.filter((_, bit) => ((at + 1) >> bit) % 2 === 1));
  const svg = armOverlapDiagram(
    setsOf(
      ids.map((id) => [id, id]),
      all,
    ),
    'Overlap',
  );
  expect(rects(svg, '#0b5cad').length).toBe(30);
  expect(texts(svg).map(({ text }) => text)).toContain('33');
  expect(svg).toContain('Last bar: 33 other combinations together, each at most n\u00a0=\u00a01');
});

describe('whatever the arms', () => {
  const sets = fc
    .record({
      labels: fc.array(hardLabel, { minLength: 1, maxLength: 8 }),
      seeds: fc.array(fc.nat(), { maxLength: 90 }),
    })
    .map(({ labels, seeds }) => {
      const ids = labels.map((_, at) => `arm${at}`);
      const found = seeds
        .map((seed) => ids.filter((_, at) => (seed >> at) % 2 === 1))
        .filter(({ length }) => length > 0);
      return setsOf(
        labels.map((label, at) => [`arm${at}`, label]),
        found,
      );
    });
  const large = fc.tuple(sets, fc.constantFrom(1, 1_000, 1_234_567)).map(
    ([{ arms, overlaps }, times]): ArmSets => ({
      arms: arms.map((arm) => ({ ...arm, authorized: arm.authorized * times })),
      overlaps: overlaps.map((one) => ({ ...one, n: one.n * times })),
    }),
  );

  test('bars, dots and texts lie apart and in the drawing', () => {
    fc.assert(
      fc.property(large, (any) => {
        const svg = armOverlapDiagram(any, 'Overlap');
        const bars = [...rects(svg, '#0b5cad'), ...rects(svg, '#767676')];
        const parts: Place[] = [...bars, ...circles(svg), ...texts(svg)];
        expectApart(parts);
        expect([...parts, ...lines(svg).map(asPlace)].filter((one) => !holds(viewBox(svg), one))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('each combination has its number, a bar as high as it is, and a filled dot for each of its arms', () => {
    fc.assert(
      fc.property(large, ({ arms, overlaps }) => {
        const svg = armOverlapDiagram({ arms, overlaps }, 'Overlap');
        const shown = overlaps.slice(0, 30);
        const bars = rects(svg, '#0b5cad');
        const most = shown[0]?.n ?? 1;
        expect(bars.length).toBe(shown.length);
        const dots = circles(svg);
        for (const [at, bar] of bars.entries()) {
          const combination = shown[at];
          const column = dots.filter((dot) => Math.abs(dot.x + dot.width / 2 - bar.x - bar.width / 2) < 1);
          expect(column.filter((dot) => dot.isFilled).length).toBe(combination?.arms.length);
          expect(column.length).toBe(arms.length);
          const tallest = bars[0]?.height ?? 0;
          if (overlaps.length <= 30) expect(bar.height / tallest).toBeCloseTo((combination?.n ?? 0) / most, 3);
          const above = texts(svg).filter((text) => Math.abs(text.y + text.height - bar.y) < 0.5);
          expect(above.map(({ text }) => text)).toContain(String(combination?.n));
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** Arms and candidates, each by the arms that found it. */
function setsOf(
  arms: readonly (readonly [id: string, label: string])[],
  found: readonly (readonly string[])[],
): ArmSets {
  return {
    arms: arms.map(([id, label]) => ({ id, label, authorized: found.filter((ids) => ids.includes(id)).length })),
    overlaps: armOverlaps(found.map((ids) => ({ arms: ids }))),
  };
}

function circles(svg: string): (Place & { readonly isFilled: boolean })[] {
  return [...svg.matchAll(/<circle cx="([-\d.]+)" cy="([-\d.]+)" r="(\d+)" fill="([^"]+)"/g)].map((match) => {
    const [x = 0, y = 0, r = 0] = match.slice(1, 4).map(Number);
    return { x: x - r, y: y - r, width: r * 2, height: r * 2, isFilled: match[4] === '#222' };
  });
}
