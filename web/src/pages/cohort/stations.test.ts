import { expect, test } from 'vitest';
import type { AccountStep } from '../../../../src/server/contract/index.ts';
import { isListed, stationsOf } from './stations.ts';

const step = (id: string, kind: AccountStep['kind'], n: number, removed: number): AccountStep => ({
  id,
  label: id,
  kind,
  n,
  removed,
  allFailing: null,
  events: null,
});

const steps = [
  step('found', 'found', 30, 0),
  step('identified', 'identified', 25, 5),
  step('authorized', 'authorized', 20, 5),
  step('minor', 'exclusion', 20, 0),
  step('no-gout', 'exclusion', 12, 8),
  step('open', 'open', 10, 2),
  step('screened', 'screened', 10, 0),
  step('included', 'included', 10, 0),
];

test('states are boxes, and who leaves stands between them', () => {
  expect(stationsOf(steps).map(({ step: { id }, leaving }) => [id, leaving.map((one) => one.id)])).toEqual([
    ['identified', ['authorized']],
    ['authorized', ['minor', 'no-gout', 'open']],
    ['screened', []],
    ['included', []],
  ]);
});

test('every step but the sum of the arms is in one box, and who leaves adds up', () => {
  const stations = stationsOf(steps);
  for (const [at, { step: box, leaving }] of stations.entries()) {
    const next = stations[at + 1]?.step;
    const left = leaving.reduce((sum, { removed }) => sum + removed, 0);
    if (next) expect(box.n - left).toBe(next.n);
  }
  expect(steps.filter((one) => !isListed(one)).map(({ id }) => id)).toEqual(['found', 'identified']);
});
