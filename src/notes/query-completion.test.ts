import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languageWords, tokenAt } from './query-completion.ts';

const at = (query: string) => tokenAt(query, query.length);
const words = (query: string) => languageWords(at(query)).map(({ text }) => text);

describe('what is being written', () => {
  test.each([
    ['psor', 0, 'psor', 'word', false],
    ['a AND (calc', 7, 'calc', 'word', false],
    ['=CRE', 1, 'CRE', 'word', false],
    ['@', 0, '', 'terms', false],
    ['not_negated(@pso', 12, 'pso', 'terms', false],
    ['"night sw', 7, 'sw', 'word', true],
    ['"night sweats" ', 15, '', 'nothing', false],
    ['type:cons', 5, 'cons', 'type', false],
    ['specialty:"internal me', 10, 'internal me', 'specialty', false],
    ['a sex:', 6, '', 'sex', false],
  ])('%s', (query, from, beginning, of, isQuoted) => {
    expect(at(query)).toEqual({ from, beginning, of, isQuoted });
  });

  test('is what stands before the place, whatever the query', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(30), (query, place) => {
        const { from, beginning } = tokenAt(query, place);
        const told = query.slice(from, place).replace(/^[@"]/, '');
        expect(told === beginning || beginning === '').toBe(true);
      }),
    );
  });
});

test('operators come in capitals alone, and neither they nor functions within quotation marks', () => {
  expect(words('fever A')).toEqual(['AND']);
  expect(words('fever a')).toEqual(['affirmed(', 'author:', 'age:']);
  expect(words('"fever a')).toEqual([]);
  expect(words('@a')).toEqual([]);
  expect(words('sex:F')).toEqual(['female']);
  expect(words('')).toContain('sentence(');
});
