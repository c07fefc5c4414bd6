import { expect, test } from 'vitest';
import { parseProtocol } from '../protocol/index.ts';
import { environmentOf } from './open-review.ts';
import { psoriasisProtocol } from './psoriasis-protocol.test-support.ts';

test('an expression sees the other instruments with what is computed in them', () => {
  const protocol = parseProtocol(psoriasisProtocol, 'protocol.yaml');
  const baseline = {
    smoker: { value: true },
    pack_years: { value: 25 },
    severity: { missing: 'conflicting' as const },
  };
  const environment = environmentOf({ protocol }, { sex: 'female', birthDate: null }, { baseline: [baseline] });
  expect(environment).toMatchObject({
    person: { sex: 'female' },
    study: { start: '2014-01-01', end: '2018-12-31' },
    baseline: { smoker: true, pack_years: 25, severity_missing: 'conflicting', heavy: true },
    screening: {},
    visit: [],
  });
  expect(environment.person).not.toHaveProperty('birthDate');
});
