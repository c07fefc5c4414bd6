import { describe, expect, test } from 'vitest';
import { GOUT, goutMistakes, mistakesOf } from './gout.test-support.ts';

const LAST = '  - { id: response, label: Response, proportion: response.responder, of: baseline.tophi = true }\n';
const told = (...statistics: string[]): string[] =>
  goutMistakes([LAST, statistics.map((one) => `  - { ${one} }\n`).join('')]).map((one) => one.replace(/^\S+ /, ''));

const COMPARED = 'id: x, label: X, compare: response.responder, by: baseline.tophi';

describe('statistics', () => {
  test('of every kind are read', () => {
    expect(GOUT).toContain(LAST);
    expect(mistakesOf(GOUT)).toEqual([]);
    expect(
      told(
        'id: p, label: P, proportion: response.responder, method: wilson, subgroups: baseline.tophi',
        'id: f, label: F, compare: response.responder, by: baseline.tophi, test: fisher, adjust: { family: all }',
        'id: m, label: M, compare: response.responder, by: baseline.tophi, test: mantel-haenszel, stratify: person.sex',
        'id: r, label: R, compare: response.responder, by: baseline.tophi, groups: [true, false], estimate: ratio',
        'id: w, label: W, number: response.monthsToResponse, by: baseline.tophi, test: wilcoxon',
        'id: q, label: Q, paired: [response.responder, baseline.tophi], test: mcnemar',
        'id: t, label: T, time: response.monthsToResponse, event: response.responder, unit: months, at: [6, 12]',
      ),
    ).toEqual([]);
  });

  test.each([
    [
      [COMPARED],
      'protocol.statistic A comparison has either a `test` or an `estimate`. For both, write two statistics.',
    ],
    [
      [`${COMPARED}, test: fisher, estimate: ratio`],
      'protocol.statistic A comparison has either a `test` or an `estimate`. For both, write two statistics.',
    ],
    [
      [`${COMPARED}, test: mantel-haenszel`],
      'protocol.statistic Mantel-Haenszel needs strata. Add `stratify`, or take another test.',
    ],
    [
      [`${COMPARED}, test: fisher, stratify: person.sex`],
      'protocol.statistic Only Mantel-Haenszel has strata. Take `test: mantel-haenszel`, or leave `stratify` out.',
    ],
    [
      [`${COMPARED}, estimate: ratio, groups: [a, b, c]`],
      'protocol.statistic This compares two groups; there are 3. Name the two to compare, the reference first.',
    ],
    [
      ['id: x, label: X, number: response.monthsToResponse, by: person.sex, test: welch, groups: [a, b, c]'],
      'protocol.statistic This compares two groups; there are 3. Name the two to compare, the reference first.',
    ],
    [[`${COMPARED}, test: fisher, groups: [a, a]`], 'protocol.statistic A group is named twice. Name each once.'],
    [
      ['id: x, label: X, time: response.monthsToResponse, event: response.responder, unit: months, groups: [a, b]'],
      'protocol.statistic Groups need `by`. Say by what subjects are grouped.',
    ],
    [
      [
        `${COMPARED}, test: fisher, adjust: { family: main }`,
        'id: y, label: Y, compare: response.responder, by: person.sex, test: fisher, adjust: { family: main, method: BH }',
      ],
      'protocol.statistic The family `main` is adjusted by holm above, and by BH here. One family has one method.',
    ],
    [
      [`${COMPARED}, test: fischer`],
      'protocol.not-allowed `statistics.0.test` is not one of those allowed. Did you mean `fisher`? Allowed: `fisher`, `chi-squared`, `mantel-haenszel`.',
    ],
    [
      ['id: x, label: X, paired: [response.responder, baseline.tofi], test: mcnemar'],
      'protocol.unknown-name There is no name `tofi` in `baseline`. Did you mean `tophi`?',
    ],
  ])('that cannot be computed are refused: %s', (statistics, message) => {
    expect(told(...statistics)).toEqual([message]);
  });
});
