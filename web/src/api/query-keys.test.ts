import { expect, test } from 'vitest';
import { contract } from '../../../src/server/contract/index.ts';
import { isTouched, queryKeyOf, scopeOf } from './query-keys.ts';

const overview = queryKeyOf(contract.study, { params: { study: 'one' } });

test('answers to other questions are kept apart', () => {
  expect(queryKeyOf(contract.study, { params: { study: 'two' } })).not.toEqual(overview);
  expect(queryKeyOf(contract.studies, {})).not.toEqual(queryKeyOf(contract.session, {}));
  expect(queryKeyOf(contract.studies, { query: { limit: 1 } })).not.toEqual(queryKeyOf(contract.studies));
});

test('a change of a study touches what is known of that study, and of no other', () => {
  expect(isTouched(overview, scopeOf({ study: 'one', subject: 'S001' }), undefined)).toBe(true);
  expect(isTouched(overview, scopeOf({ study: 'two' }), undefined)).toBe(false);
  expect(isTouched(overview, scopeOf(undefined), undefined)).toBe(false);
});

test('a change that names what it touches touches that alone', () => {
  expect(isTouched(overview, scopeOf({ study: 'one' }), ['studies'])).toBe(false);
  expect(isTouched(overview, 'workspace', ['study'])).toBe(true);
});
