import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttritionStep } from '../cohort/index.ts';
import { type AttritionFlow, attritionDiagram } from './attrition-diagram.ts';
import { hardLabel } from './hard-labels.test-support.ts';
import { crosses, expectApart, holds, lines, rects, texts, viewBox } from './svg-places.test-support.ts';

const steps = [
  { id: 'identified', label: 'Identified by any arm', n: 120, removed: 0, kind: 'identified' },
  { id: 'authorized', label: 'Authorized for research', n: 110, removed: 10, kind: 'authorized' },
  { id: 'no-vitiligo', label: 'No vitiligo on examination', n: 104, removed: 6, kind: 'exclusion' },
  { id: 'too-short', label: 'Less than three months of treatment', n: 104, removed: 0, kind: 'exclusion' },
  { id: 'included', label: 'Included', n: 104, removed: 0, kind: 'included' },
] as const;
const arms = [
  { label: 'Search of the notes', found: 90 },
  { label: 'Pharmacy', found: 66 },
];

test('the diagram of a study', async () => {
  await expect(attritionDiagram({ arms, steps }, 'Flow of persons')).toMatchFileSnapshot('snapshots/attrition.svg');
});

describe('the arms', () => {
  const drawn = (found: readonly number[]) =>
    texts(attritionDiagram({ arms: found.map((n, at) => ({ label: `Arm ${at}`, found: n })), steps }, 'Flow')).map(
      ({ text }) => text,
    );

  test('found twice is what the arms found less those identified', () => {
    expect(drawn([90, 66])).toContain('Found by both arms (n\u00a0=\u00a036)');
    expect(drawn([90, 66, 4])).toContain('Found again by another arm (n\u00a0=\u00a040)');
  });

  test('the step of what they found is their boxes', () => {
    const found = { id: 'found', label: 'Found by the arms', n: 156, removed: 0, kind: 'found' as const };
    expect(attritionDiagram({ arms, steps: [found, ...steps] }, 'Flow')).toBe(
      attritionDiagram({ arms, steps }, 'Flow'),
    );
  });

  test('one arm is those identified, and has no box', () => {
    expect(drawn([120])).toEqual(drawn([]));
  });
});

test('a reason tells how many it holds for where that is more, and the events beside the persons', () => {
  const exclusions = [
    { ...exclusion('a', 'Too short', 2), allFailing: 5, events: { n: 12, removed: 4 } },
    { ...exclusion('b', 'No vitiligo', 1), allFailing: 1, events: { n: 9, removed: 3 } },
  ];
  const included = { ...steps[4], events: { n: 9, removed: 0 } };
  const drawn = texts(attritionDiagram({ arms: [], steps: [steps[0], ...exclusions, included] }, 'Flow'));
  expect(drawn.map(({ text }) => text)).toEqual([
    'Identified by any arm',
    'n\u00a0=\u00a0120',
    'Excluded (n\u00a0=\u00a03, 7\u00a0events)',
    '\u2022 Too short (n\u00a0=\u00a02, 4\u00a0events; holds\u00a0for\u00a05)',
    '\u2022 No vitiligo (n\u00a0=\u00a01, 3\u00a0events)',
    'Included',
    'n\u00a0=\u00a0104, 9\u00a0events',
  ]);
});

describe('whatever the labels and however many the boxes', () => {
  const reason = fc.record({ label: hardLabel, removed: fc.nat({ max: 1_000_000 }), more: fc.nat({ max: 9 }) });
  const state = fc.record({ label: hardLabel, kind: fc.constantFrom('screened', 'included', 'analysed') });
  const middle = fc.array(fc.oneof({ arbitrary: reason, weight: 4 }, state), { maxLength: 20 });
  const flow = fc
    .record({
      found: fc.array(hardLabel, { maxLength: 12 }),
      first: hardLabel,
      middle,
      isOpen: fc.boolean(),
      ofEvents: fc.boolean(),
    })
    .map(({ found, first, middle, isOpen, ofEvents }): AttritionFlow => {
      const between = middle.map((one, at): AttritionStep => {
        if ('kind' in one) return { ...exclusion(`x${at}`, one.label, 0), kind: one.kind };
        return { ...exclusion(`x${at}`, one.label, one.removed), allFailing: one.removed + one.more };
      });
      const open = { ...exclusion('open', 'Screening not finished', 3), kind: 'open' as const };
      const late = { ...exclusion('late', first, 1), kind: 'not-analysed' as const };
      const flow = [{ ...steps[0], label: first }, steps[1], ...between, ...(isOpen ? [open] : []), steps[4], late];
      const events = ofEvents ? { events: { n: 1_234_567, removed: 123_456 } } : {};
      const end = { ...steps[4], kind: 'analysed' as const };
      return {
        arms: found.map((label) => ({ label, found: 120 })),
        steps: [...flow, end].map((step) => ({ ...step, ...events })),
      };
    });

  test('boxes lie apart, texts in their boxes, lines beside them, and everything in the drawing', () => {
    fc.assert(
      fc.property(flow, (any) => {
        const svg = attritionDiagram(any, 'Flow');
        const boxes = rects(svg);
        expectApart(boxes);
        expectApart(texts(svg));
        expect(texts(svg).filter((text) => !boxes.some((box) => holds(box, text)))).toEqual([]);
        expect(boxes.filter((box) => !holds(viewBox(svg), box))).toEqual([]);
        expect(lines(svg).filter((line) => boxes.some((box) => crosses(line, box)))).toEqual([]);
        expect(boxes.length).toBeGreaterThan(any.arms.length > 1 ? any.arms.length + 3 : 3);
      }),
      { numRuns: 100 },
    );
  });

  test('every arrow ends at the edge of a box', () => {
    fc.assert(
      fc.property(flow, (any) => {
        const svg = attritionDiagram(any, 'Flow');
        const arrows = lines(svg).filter((line) => line.isArrow);
        const boxes = rects(svg);
        const ends = arrows.filter(({ x2, y2 }) =>
          boxes.some(
            (box) =>
              (y2 === box.y && x2 > box.x && x2 < box.x + box.width) ||
              (x2 === box.x && y2 > box.y && y2 < box.y + box.height),
          ),
        );
        expect(ends).toEqual(arrows);
        expect(arrows.length).toBeGreaterThan(1);
      }),
      { numRuns: 60 },
    );
  });
});

function exclusion(id: string, label: string, removed: number): AttritionStep {
  return { id, label, n: 9, removed, kind: 'exclusion' };
}
