import { expect, test } from 'vitest';
import { addressOf } from './address.ts';

const route = { path: '/studies/{study}/charts/{subject}' };

test('parameters stand in their places, encoded', () => {
  expect(addressOf(route, { study: 'a-study', subject: 'S001' })).toBe('/api/v1/studies/a-study/charts/S001');
  expect(addressOf(route, { study: 'a/b?c', subject: '..' })).toBe('/api/v1/studies/a%2Fb%3Fc/charts/..');
});

test('a parameter that is missing is a fault of the caller', () => {
  expect(() => addressOf(route, { study: 'a-study' })).toThrow('needs subject');
});

test('the query has what is given, encoded, and nothing else', () => {
  expect(addressOf({ path: '/list' }, {}, { limit: 5, open: false, cursor: undefined, at: null, of: 'a&b' })).toBe(
    '/api/v1/list?limit=5&open=false&of=a%26b',
  );
});
