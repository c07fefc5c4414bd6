import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cohenKappa, type Pair, percentAgreement } from './kappa.ts';

/** Pairs from a square table of counts: a row for each category of the first rater, a column for each of the second. */
function pairsOf(table: readonly (readonly number[])[]): Pair[] {
  return table.flatMap((row, first) => row.flatMap((n, second) => Array<Pair>(n).fill([`c${first}`, `c${second}`])));
}

describe('kappa', () => {
  test('[R12] of 200 patients and two psychiatrists is the published 0.492', () => {
    // Cohen, Psychol Bull 1968;70:213-20: shares .44 .07 .09 / .05 .20 .05 / .01 .03 .06 of 200; unweighted kappa .492.
    const pairs = pairsOf([
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ]);
    expect(percentAgreement(pairs)).toBeCloseTo(0.7, 12);
    expect(cohenKappa(pairs)?.toFixed(3)).toBe('0.492');
  });

  test('[R12] of two categories is worked out by hand', () => {
    // po = 35/50; pe = 25/50 * 30/50 + 25/50 * 20/50 = 0.5; (0.7 - 0.5) / (1 - 0.5)
    const pairs = pairsOf([
      [20, 5],
      [10, 15],
    ]);
    expect(cohenKappa(pairs)).toBeCloseTo(0.4, 12);
  });

  test('[R12] there is none without pairs, nor where everybody always says the same', () => {
    expect(cohenKappa([])).toBeUndefined();
    expect(percentAgreement([])).toBeUndefined();
    expect(
      cohenKappa([
        ['a', 'a'],
        ['a', 'a'],
      ]),
    ).toBeUndefined();
  });
});

const answer = fc.constantFrom('a', 'b', 'c', 'missing:conflicting');
const pairs = fc.array(fc.tuple(answer, answer), { minLength: 1, maxLength: 40 });
const close = (a: number | undefined, b: number | undefined): boolean =>
  a === undefined || b === undefined ? a === b : Math.abs(a - b) < 1e-9;

describe('whatever two raters say', () => {
  test('[R12] the names of the categories and the order of things do not matter', () => {
    const names = new Map([
      ['a', 'c'],
      ['b', 'missing:conflicting'],
      ['c', 'a'],
      ['missing:conflicting', 'b'],
    ]);
    const renamed = (one: string): string => names.get(one) ?? one;
    fc.assert(
      fc.property(pairs, (list) => {
        const other = list.map(([a, b]): Pair => [renamed(a), renamed(b)]).reverse();
        expect(close(cohenKappa(other), cohenKappa(list))).toBe(true);
      }),
    );
  });

  test('[R12] who is first does not matter', () => {
    fc.assert(fc.property(pairs, (list) => close(cohenKappa(list.map(([a, b]): Pair => [b, a])), cohenKappa(list))));
  });

  test('[R12] it lies between -1 and 1, and is 1 just where all agree', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const kappa = cohenKappa(list);
        if (kappa === undefined) return percentAgreement(list) === 1;
        return kappa >= -1 && kappa <= 1 && (kappa === 1) === list.every(([a, b]) => a === b);
      }),
    );
  });
});
