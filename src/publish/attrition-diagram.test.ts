import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attritionDiagram } from './attrition-diagram.ts';

const steps = [
  { id: 'identified', label: 'Found by the search or the pharmacy', n: 120, removed: 0, kind: 'identified' },
  { id: 'authorized', label: 'Use of the record for research authorized', n: 110, removed: 10, kind: 'authorized' },
  { id: 'no-vitiligo', label: 'No vitiligo on examination', n: 104, removed: 6, kind: 'exclusion' },
  { id: 'too-short', label: 'Less than three months of treatment', n: 104, removed: 0, kind: 'exclusion' },
  { id: 'included', label: 'Included', n: 104, removed: 0, kind: 'included' },
] as const;

test('the diagram of a study', async () => {
  await expect(attritionDiagram(steps, 'Flow of persons')).toMatchFileSnapshot('snapshots/attrition.svg');
});

test('no box touches another, no text leaves the drawing', () => {
  const label = fc.string({ minLength: 1, maxLength: 160, unit: 'grapheme' });
  const exclusions = fc.array(label, { maxLength: 20 });
  fc.assert(
    fc.property(exclusions, (labels) => {
      const middle = labels.map((text, at) => ({
        id: `x${at}`,
        label: text,
        n: 9,
        removed: 1,
        kind: 'exclusion' as const,
      }));
      const [first, second, last] = [steps[0], steps[1], steps[4]];
      const svg = attritionDiagram([first, second, ...middle, last], 'Flow');
      const boxes = [
        ...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" fill="#fff" stroke/g),
      ].map((match) => match.slice(1).map(Number) as [number, number, number, number]);
      const touching = boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) => overlap(a, b)));
      expect(touching).toEqual([]);
      const height = Number(/viewBox="0 0 \d+ ([\d.]+)"/.exec(svg)?.[1]);
      const baselines = [...svg.matchAll(/<text x="[\d.]+" y="([\d.]+)"/g)].map((match) => Number(match[1]));
      expect(Math.max(...baselines)).toBeLessThan(height);
    }),
    { numRuns: 60 },
  );
});

type Rect = readonly [x: number, y: number, width: number, height: number];

function overlap([ax, ay, aw, ah]: Rect, [bx, by, bw, bh]: Rect): boolean {
  return ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah;
}
