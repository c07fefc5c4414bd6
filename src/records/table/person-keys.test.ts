import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstNameKey, nameKey, recordNumberKey } from './person-keys.ts';

describe('keys of a person', () => {
  test('[R20] record numbers are compared without spaces around and zeros before them', () => {
    expect(['002000020', ' 2000020 ', '2000020'].map(recordNumberKey)).toEqual(['2000020', '2000020', '2000020']);
    expect(['000', ' ', null].map(recordNumberKey)).toEqual([null, null, null]);
    expect(recordNumberKey('20')).not.toBe(recordNumberKey('200'));
  });

  test.each([
    ["O'Brien", 'OBRIEN'],
    ['García-López', 'Garcia Lopez'],
    ['Müller', 'MULLER'],
    ['Weiß', 'WEISS'],
    ['Sørensen', 'Sorensen'],
    ['Nguyễn', 'nguyen'],
    ['van der Berg', 'Vanderberg'],
  ])('[R21] %s and %s are one name', (a, b) => {
    expect(nameKey(a)).toBe(nameKey(b));
  });

  test('[R21] folding twice folds no further, and nothing is no name', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => nameKey(nameKey(text) ?? '') === nameKey(text)));
    expect([nameKey(' - '), nameKey(null)]).toEqual([null, null]);
  });

  test('[R22] the first given name ends at a space', () => {
    expect(['Anna Maria', ' ANNA', 'Anna-Maria', null].map(firstNameKey)).toEqual(['anna', 'anna', 'annamaria', null]);
  });
});
