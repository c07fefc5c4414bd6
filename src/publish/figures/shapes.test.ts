/** What the shapes of each figure stand for, read back from the SVG. */
import { describe, expect, test } from 'vitest';
import type { CurvesData, ForestData, ResponseBarsData, SwimmerData, WaterfallData } from '../../analysis/index.ts';
import { lines, rects, texts } from '../svg-places.test-support.ts';
import { atRiskAt, cornersOf, runsOf } from './curve-steps.ts';
import { drawFigure } from './draw-figure.ts';
import { sampleCurve, sampleFigure } from './samples.test-support.ts';

const CATEGORIES = [
  { code: 'good', label: 'Good', unknown: false },
  { code: 'bad', label: 'Bad', unknown: false },
  { code: 'open', label: 'Open', unknown: true },
];
const HEAD = { id: 'x', number: 1, title: 'X', notes: [], width: 'two-columns', palette: 'colour' } as const;
const words = (svg: string) => texts(svg).map(({ text }) => text);

describe('bars of responses', () => {
  const data: ResponseBarsData = {
    ...HEAD,
    kind: 'response-by-subgroup',
    scale: 'percent',
    categories: CATEGORIES,
    rows: [
      { id: 'some', label: 'Some', n: 4, parts: [part('good', 1), part('bad', 3), part('open', 0)] },
      { id: 'nobody', label: 'Nobody', n: 0, parts: [part('good', 0), part('bad', 0), part('open', 0)] },
      { id: 'many', label: 'Many', n: 1000, parts: [part('good', 1), part('bad', 0), part('open', 999)] },
    ],
  };

  test('[R83] parts are as long as they have subjects; numbers stand where they fit, and n', () => {
    const svg = drawFigure(data);
    const [good, bad] = rects(svg, 'stroke="#333"');
    expect((bad?.width ?? 0) / (good?.width ?? 1)).toBeCloseTo(3, 2);
    expect(bad?.x).toBeCloseTo((good?.x ?? 0) + (good?.width ?? 0), 2);
    const numbers = words(svg).filter((text) => /^\d+$/.test(text) || text === 'nobody');
    expect(numbers.slice(0, 7)).toEqual(['1', '3', '4', 'nobody', '0', '999', '1000']);
  });

  test('[R83] by subjects, a bar is as long as its subgroup', () => {
    const rows = [2, 6].map((n) => ({ id: `${n}`, label: `${n}`, n, parts: [part('good', n)] }));
    const [two, six] = rects(drawFigure({ ...data, scale: 'subjects', rows }), 'stroke="#333"');
    expect((six?.width ?? 0) / (two?.width ?? 1)).toBeCloseTo(3, 2);
  });
});

describe('Kaplan-Meier curves', () => {
  const curve = sampleCurve(
    [
      { time: 1, event: true },
      { time: 2, event: false },
      { time: 2, event: true },
      { time: 4, event: false },
      { time: 6, event: true },
    ],
    'All',
  );
  const data: CurvesData = {
    ...HEAD,
    kind: 'kaplan-meier',
    as: 'survival',
    x: 'Months',
    y: '%',
    band: true,
    curves: [curve],
  };
  const ticksAt = (svg: string) => lines(svg).filter(({ x1, x2, y1, y2 }) => x1 === x2 && Math.abs(y2 - y1 - 7) < 0.02);

  test('[R84] a curve begins at 1, holds, and falls at events', () => {
    expect(
      cornersOf(curve.steps, ({ survival }) => survival, 1).map(({ time, share }) => [time, Number(share.toFixed(3))]),
    ).toEqual([
      [0, 1],
      [1, 1],
      [1, 0.8],
      [2, 0.8],
      [2, 0.6],
      [4, 0.6],
      [6, 0.6],
      [6, 0],
    ]);
  });

  test('[R84] at risk are those who were seen and had no event just before', () => {
    expect([0, 1, 1.5, 2, 3, 4, 5, 6, 7].map((time) => atRiskAt(curve, time))).toEqual([5, 5, 4, 4, 2, 2, 1, 1, 0]);
    expect(atRiskAt(sampleCurve([], 'Nobody'), 3)).toBe(0);
  });

  test('[R84] a tick at each censored time, a median where the curve comes to half', () => {
    const svg = drawFigure(data);
    expect(ticksAt(svg)).toHaveLength(2);
    expect(svg.match(/stroke-dasharray="3 3"/g)).toHaveLength(2);
    const unreached = { ...curve, median: null, medianLow: null };
    expect(drawFigure({ ...data, curves: [unreached] })).not.toContain('stroke-dasharray="3 3"');
    expect(words(drawFigure({ ...data, curves: [unreached] }))).toContain('All: 3 of 5, median not reached');
  });

  test('[R84] incidence is the curve upside down, and falls together at half', () => {
    const heights = (svg: string) => {
      const places = (/<path d="M([^"]*)" fill="none"/.exec(svg)?.[1] ?? '')
        .split('L')
        .map((place) => Number(place.split(' ')[1]));
      return places.map((y) => y - (places[0] ?? 0));
    };
    const [down, up] = [heights(drawFigure(data)), heights(drawFigure({ ...data, as: 'incidence' }))];
    expect(down.at(-1)).toBeGreaterThan(100);
    for (const [at, y] of up.entries()) expect(y).toBeCloseTo(-(down[at] ?? 0), 1);
  });

  test('[R84] the band is where both limits are known', () => {
    const runs = runsOf(curve.steps);
    expect(runs).toHaveLength(1);
    expect(runs[0]?.highs.map(({ time }) => time)).toEqual([0, 1, 1, 2, 2, 4, 4, 6]);
    expect(runsOf([])).toEqual([]);
    expect(drawFigure({ ...data, band: false })).not.toContain('fill-opacity');
  });
});

test('[R85] a bar as long as the months, signs at their months, an arrow where it goes on', () => {
  const data: SwimmerData = {
    ...HEAD,
    kind: 'swimmer',
    categories: CATEGORIES,
    events: ['Relapse'],
    lanes: [
      { subject: 'S002', months: 12, category: 'good', ongoing: true, events: [{ event: 0, months: 6 }] },
      { subject: 'S001', months: 3, category: 'open', ongoing: false, events: [] },
    ],
  };
  const svg = drawFigure(data);
  const [long, short] = rects(svg, 'stroke-width="0.4"');
  expect((long?.width ?? 0) / (short?.width ?? 1)).toBeCloseTo(4, 2);
  // The first sign is that of the legend; a circle begins at its left edge, 3.6 from its middle.
  const [, sign] = [...svg.matchAll(/<path d="M([\d.]+) [\d.]+a/g)].map((match) => Number(match[1]) + 3.6);
  expect(sign).toBeCloseTo((long?.x ?? 0) + (long?.width ?? 0) / 2, 1);
  expect(svg.match(/z" fill="#111"\/>/g)).toHaveLength(2); // in the legend and on the bar
  expect(words(svg)).toEqual(['Good', 'Open', 'Relapse', 'Ongoing', 'S002', 'S001', ...words(svg).slice(6)]);
});

test('[R86] bars end at their value, and no change is seen', () => {
  const data: WaterfallData = {
    ...HEAD,
    kind: 'waterfall',
    y: 'Change, %',
    limits: [-30, 400],
    categories: [],
    bars: [
      { subject: 'S001', value: 40 },
      { subject: 'S002', value: 0 },
      { subject: 'S003', value: -80 },
    ],
  };
  const [up, none, down] = rects(drawFigure(data), 'fill="#2a788e"');
  expect((down?.height ?? 0) / (up?.height ?? 1)).toBeCloseTo(2, 1);
  expect(down?.y).toBeCloseTo((up?.y ?? 0) + (up?.height ?? 0), 1);
  expect(none?.height).toBe(1);
  expect(drawFigure(data).match(/stroke-dasharray="4 3"/g)).toHaveLength(2);
});

describe('forests', () => {
  const row = {
    id: 'a',
    label: 'A',
    x: 19,
    n: 28,
    estimate: 19 / 28,
    low: 0.476,
    high: 0.841,
    level: 0.95,
    subjects: [],
    of: [],
  };
  const nobody = { ...row, id: 'b', label: 'B', x: 0, n: 0, estimate: null, low: null, high: null };
  const data: ForestData = { ...HEAD, kind: 'forest', rows: [row, nobody] };

  test('[R87] a square within its line, numbers beside it, nothing for nobody', () => {
    const svg = drawFigure(data);
    const [square, ...more] = rects(svg);
    expect(more).toEqual([]);
    const interval = lines(svg).find(({ x1, x2, y1, y2 }) => y1 === y2 && x1 !== x2);
    const middle = (square?.x ?? 0) + (square?.width ?? 0) / 2;
    const [from, to] = [interval?.x1 ?? 0, interval?.x2 ?? 0];
    expect((middle - from) / (to - from)).toBeCloseTo((19 / 28 - 0.476) / (0.841 - 0.476), 2);
    expect(words(svg)).toEqual(
      expect.arrayContaining(['n/N', '% (95% CI)', '19/28', '68 (48 to 84)', '0/0', '\u2013']),
    );
  });

  test('[R87] intervals of different levels say so, each its own', () => {
    const said = words(drawFigure({ ...data, rows: [row, { ...row, id: 'c', level: 0.9 }] }));
    expect(said).toEqual(expect.arrayContaining(['% (CI)', '68 (95% CI 48 to 84)', '68 (90% CI 48 to 84)']));
  });

  test('[R87] without a row it is empty', () => {
    expect(rects(drawFigure({ ...data, rows: [] }))).toEqual([]);
  });
});

test('[R81] nobody is told in every figure that shows subjects one by one', () => {
  for (const kind of ['swimmer', 'kaplan-meier', 'waterfall', 'spaghetti'] as const)
    expect(words(drawFigure(sampleFigure(kind, { subjects: 0 }))), kind).toContain('Nobody to show');
});

function part(category: string, count: number) {
  return { category, subjects: Array.from({ length: count }, (_, at) => `S${at}`) };
}
