import { expect, test } from 'vitest';
import { exactShares } from './exact-shares.ts';

// R 4.2.2: binom.test(x, n)$conf.int
const known = [
  { id: 'some', x: 19, n: 28, low: 0.476483593290382, high: 0.841223962113846 },
  { id: 'nobody, "of" seven', x: 0, n: 7, low: 0, high: 0.409616397225003 },
  { id: 'all', x: 7, n: 7, low: 0.590383602774997, high: 1 },
];

test('[R8] shares have the exact interval of R; of nobody there is none', async () => {
  const { shares, files } = await exactShares([...known, { id: 'none', x: 0, n: 0 }]);
  for (const { id, x, n, low, high } of known) {
    const share = shares.get(id);
    expect(share?.estimate).toBeCloseTo(x / n, 12);
    expect(share?.low).toBeCloseTo(low, 10);
    expect(share?.high).toBeCloseTo(high, 10);
  }
  expect(shares.get('none')).toEqual({ estimate: null, low: null, high: null });
  expect(files.map(({ name }) => name)).toEqual(['arms.R', 'data/arm-counts.csv', 'arms-r.csv']);
});

test('[R8] without any, R gives none', async () => {
  expect((await exactShares([])).shares.size).toBe(0);
});
