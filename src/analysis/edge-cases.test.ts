import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { fieldPairs, NOBODY, PROPORTION, runComputations } from './computations.test-support.ts';
import type { Computation } from './computations.ts';
import { RSession } from './r-session.ts';
import { readAgreement, readCurves, readEstimates, readProportions } from './read-statistics.ts';
import type { ValueRow } from './value-row.ts';

const TESTS: readonly string[] = [
  'fisher',
  'chi-squared',
  'mantel-haenszel',
  'difference',
  'ratio',
  'odds-ratio',
  'odds-ratio-woolf',
  'wilcoxon',
  'kruskal-wallis',
  'welch',
  'mcnemar',
  'mcnemar-chi-squared',
  'signed-rank',
];
const OF_NUMBERS: readonly string[] = ['wilcoxon', 'kruskal-wallis', 'welch', 'signed-rank'];

const test1 = (method: string, rows: readonly ValueRow[], id: string): Computation => ({
  ...PROPORTION,
  id,
  kind: 'test',
  method,
  rows,
});
const curve = (rows: readonly ValueRow[], id: string): Computation => ({
  ...PROPORTION,
  id,
  kind: 'survival',
  method: 'survival',
  interval: 'log-log',
  at: [1, 50],
  unit: 'days',
  rows,
});

const row = (value: string, group: string, more: Partial<ValueRow> = {}): ValueRow => ({
  ...NOBODY,
  value,
  group,
  groupLabel: group,
  second: 'true',
  stratum: 'one',
  ...more,
});

const session = new RSession();
afterAll(() => session.close());

const note = async (computation: Computation): Promise<string | undefined> => {
  const [, estimates] = await runComputations([computation], [], session);
  return estimates && readEstimates(estimates)[0]?.note;
};

describe('[R23] what cannot be computed', () => {
  test('is empty, with why', async () => {
    const same = [row('true', 'a'), row('true', 'a'), row('true', 'b')];
    expect(await note(test1('difference', [row('true', 'a')], 'x'))).toBe('needs two groups');
    expect(await note(test1('odds-ratio', same, 'x'))).toBe('b (1 of 1) against a (2 of 2); all have the same outcome');
    expect(await note(test1('ratio', [row('false', 'a'), row('true', 'b')], 'x'))).toMatch(
      /^b \(1 of 1\) against a \(0 of 1\); nobody of the reference/,
    );
    expect(await note(test1('fisher', [], 'x'))).toBe('nobody to compute from');
    expect(await note({ ...test1('mcnemar', [row('true', '')], 'x'), leftOut: 2 })).toBe(
      'no pair differs; 2 left out: not known',
    );
    expect(await note(curve([row('5', 'a', { second: 'false' }), row('6', 'b', { second: 'false' })], 'x'))).toBe(
      'no events',
    );
  });

  test('[R26] an effect says what is held against what, with the counts of each', async () => {
    const counts = [row('true', 'a'), row('false', 'a'), row('true', 'b'), row('false', 'b'), row('false', 'b')];
    const named = counts.map((one) => ({ ...one, groupLabel: one.group === 'a' ? 'None' : 'Biologic' }));
    expect(await note(test1('difference', named, 'x'))).toBe('Biologic (1 of 3) minus None (1 of 2)');
    expect(await note(test1('ratio', named, 'x'))).toBe('Biologic (1 of 3) against None (1 of 2)');
    expect(await note(test1('mantel-haenszel', named, 'x'))).toBe('Biologic against None, 1 stratum');
    const numbers = named.map((one, at) => ({ ...one, value: String(at) }));
    expect(await note(test1('welch', numbers, 'x'))).toBe('Biologic (n = 3) minus None (n = 2)');
  });

  test('[R26] a test of heterogeneity says what it added, and whom it left out', async () => {
    const of = (group: string, stratum: string) => [true, false].map((it) => row(String(it), group, { stratum }));
    const whole = ['one', 'two'].flatMap((stratum) => [...of('a', stratum), ...of('b', stratum)]);
    const heterogeneity = (rows: readonly ValueRow[]) =>
      note({ ...test1('odds-ratio', rows, 'x'), kind: 'heterogeneity' });
    expect(await heterogeneity(whole)).toBeUndefined();
    expect(await heterogeneity([...whole, ...of('a', 'three')])).toBe('1 subgroup without both groups left out');
    const zero = [row('true', 'a', { stratum: 'three' }), row('true', 'b', { stratum: 'three' })];
    expect(await heterogeneity([...whole, ...zero])).toBe('1/2 added to every cell, since one is zero');
  });

  test('[R8] of whom it is not known is told, beside the share that counts them as no', async () => {
    const share = { ...PROPORTION, rows: [row('true', ''), row('false', '')], leftOut: 1 };
    const [proportions] = await runComputations([share], [], session);
    expect(proportions && readProportions(proportions)).toMatchObject([
      { x: 1, n: 2, note: '1 not known, counted as no' },
    ]);
  });

  test('has no adjusted p value, nor has a family of nothing else', async () => {
    const alone = { ...test1('fisher', [row('true', 'a')], 'x'), family: 'main', adjust: 'holm' };
    const [, estimates] = await runComputations([alone], [], session);
    expect(estimates && readEstimates(estimates)).toMatchObject([{ p: null, pAdjusted: null }]);
  });

  test('is no interval that feigns certainty', async () => {
    const noted = async (method: string, rows: readonly ValueRow[]) => {
      const [, estimates] = await runComputations([test1(method, rows, 'x')], [], session);
      const [{ estimate, low, high, note: why } = {}] = estimates ? readEstimates(estimates) : [];
      return [estimate, low, high, why];
    };
    const all = [row('true', 'a'), row('true', 'a'), row('true', 'b')];
    expect(await noted('ratio', all)).toEqual([
      1,
      null,
      null,
      'b (1 of 1) against a (2 of 2); all have the outcome: no interval',
    ]);
    // 1 / choose(7, 3) and 1 / 2 ** 5 are above 0.025; the next larger samples have an interval.
    const ranks = (n: number) => Array.from({ length: n }, (_, at) => row(String(at ** 2), at < 3 ? 'a' : 'b'));
    const tooFew = 'too few values for an interval of 95%';
    expect((await noted('wilcoxon', ranks(7))).slice(1)).toEqual([null, null, `b (n = 4) minus a (n = 3); ${tooFew}`]);
    expect((await noted('wilcoxon', ranks(8))).slice(1)).toEqual([5, 49, 'b (n = 5) minus a (n = 3)']);
    const pairs = (n: number) => Array.from({ length: n }, (_, at) => row('0', '', { second: String((at + 1) ** 2) }));
    expect((await noted('signed-rank', pairs(5))).slice(1)).toEqual([null, null, tooFew]);
    expect((await noted('signed-rank', pairs(6))).slice(1)).toEqual([1, 36, undefined]);
    expect(await noted('mcnemar', [row('false', '')])).toEqual([
      null,
      expect.closeTo(0.025 / 0.975, 10),
      null,
      '1 gained, 0 lost: the odds ratio and its upper limit are infinite',
    ]);
  });

  test('an exact test of a table that is too large has a note', async () => {
    const large = Array.from({ length: 300 }, (_, at) => row(String(at % 6), String((at * at + (at % 7)) % 5)));
    expect(await note(test1('fisher', large, 'x'))).toMatch(/^the table is too large/);
  });

  test('full agreement has no interval', async () => {
    const field = { id: 'yes', type: 'yesno' };
    const pairs = ['value:true', 'value:true', 'value:false'].map((one) => [one, one] as const);
    const [, , , file] = await runComputations([], [fieldPairs(field, pairs)], session);
    expect(file && readAgreement(file)[0]).toMatchObject({
      kappa: { estimate: 1, low: null, high: null },
      ac1: { estimate: 1, low: null, high: null },
      note: 'all pairs agree: no interval',
    });
    const numbers = [
      fieldPairs(
        { id: 'dose', type: 'integer' },
        [4, 7].map((n) => [`value:${n}`, `value:${n}`]),
      ),
    ];
    const [, , , other] = await runComputations([], numbers, session);
    expect(other && readAgreement(other)[0]).toMatchObject({
      icc: { estimate: 1, low: null, high: null },
      note: 'all numbers agree: no interval',
    });
  });

  test('is never a false number nor a crash, whatever the data', async () => {
    const value = fc.record({
      yes: fc.boolean(),
      number: fc.integer({ min: 0, max: 4 }),
      other: fc.integer({ min: 0, max: 4 }),
      event: fc.boolean(),
      group: fc.constantFrom('a', 'b', 'c'),
      stratum: fc.constantFrom('one', 'two'),
    });
    const samples = fc.sample(fc.array(value, { maxLength: 9 }), { numRuns: 25, seed: 8 });
    const computations = samples.flatMap((sample, at): Computation[] => {
      const two = sample.filter(({ group }) => group !== 'c');
      const rows = (method: string) =>
        (method === 'kruskal-wallis' || method === 'fisher' ? sample : two).map((one) => {
          const numbers = OF_NUMBERS.includes(method);
          const second = numbers ? String(one.other) : String(one.event);
          return row(numbers ? String(one.number) : String(one.yes), one.group, { second, stratum: one.stratum });
        });
      const times = sample.map((one) => row(String(one.number), one.group, { second: String(one.event) }));
      return [
        ...TESTS.map((method) => test1(method, rows(method), `${method}-${at}`)),
        ...['difference', 'ratio', 'odds-ratio'].map((method): Computation => {
          return { ...test1(method, rows(method), `across-${method}-${at}`), kind: 'heterogeneity' };
        }),
        curve(times, `curve-${at}`),
        { ...PROPORTION, id: `wilson-${at}`, method: 'wilson', rows: rows('ratio') },
      ];
    });
    const text = ['value:a', 'value:b', 'missing:conflicting'];
    const pairs = samples.flatMap((sample, at) => {
      const answers = sample.map((one) => [text[one.number % 3] ?? '', text[one.other % 3] ?? ''] as const);
      const numbers = sample.map((one) => [`value:${one.number}`, `value:${one.other}`] as const);
      if (sample.length === 0) return [];
      const choices = [{ code: 'a' }, { code: 'b' }];
      return [
        fieldPairs({ id: `choice_${at}`, type: 'choice', choices, ordered: true }, answers),
        fieldPairs({ id: `number_${at}`, type: 'integer' }, numbers),
        fieldPairs({ id: `text_${at}`, type: 'text' }, answers),
      ];
    });
    const files = await runComputations(computations, pairs, session);
    for (const { text: written } of files) expect(written).not.toMatch(/NaN|Inf|,NA\b/);
    const [first, second, third, fourth] = files;
    if (!first || !second || !third || !fourth) throw new Error('four files');
    for (const one of readProportions(first)) expectInside(one, 0, 1);
    for (const one of readEstimates(second)) {
      if (one.p !== null) expect(one.p).toBeLessThanOrEqual(1);
      expectInside(one, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
      // A test without p, or an effect without interval, says why.
      if (one.p === null && one.low === null) expect(one.note, `${one.id} ${one.method}`).toBeDefined();
    }
    for (const { steps } of readCurves(third, computations)) for (const step of steps) expectInside(step, 0, 1);
    for (const { kappa, weightedKappa, ac1, icc } of readAgreement(fourth))
      for (const one of [kappa, weightedKappa, ac1, icc]) if (one) expectInside(one, Number.NEGATIVE_INFINITY, 1);
  });
});

/** The limits enclose the estimate and keep to the range. */
function expectInside(
  one: { readonly low: number | null; readonly high: number | null; estimate?: number | null; survival?: number },
  least: number,
  most: number,
): void {
  const middle = one.estimate ?? one.survival ?? null;
  const told = JSON.stringify(one);
  if (one.low !== null && middle !== null) expect(one.low, told).toBeLessThanOrEqual(middle + 1e-9);
  if (one.high !== null && middle !== null) expect(one.high, told).toBeGreaterThanOrEqual(middle - 1e-9);
  if (one.low !== null) expect(one.low).toBeGreaterThanOrEqual(least);
  if (one.high !== null) expect(one.high).toBeLessThanOrEqual(most);
}
