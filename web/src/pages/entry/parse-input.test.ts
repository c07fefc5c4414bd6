import { expect, test } from 'vitest';
import { parseDateInput, parseNumber } from './parse-input.ts';

test.each([
  ['2012', '2012'],
  ['2012-3', '2012-03'],
  [' 2012-03-05 ', '2012-03-05'],
  ['3/2012', '2012-03'],
  ['03.2012', '2012-03'],
  ['Mar 2012', '2012-03'],
  ['5 March 2012', '2012-03-05'],
  ['2012-02-29', '2012-02-29'],
])('a date that can mean one thing is taken: %s', (text, value) => {
  expect(parseDateInput(text)).toEqual({ value });
});

test.each([
  ['3/5/2012', 'Day or month first? Write it as 2012-03-05'],
  ['05.03.12', 'Day or month first? Write it as 2012-03-05'],
  ['2011-02-29', 'There is no such day'],
  ['2012-13', 'There is no such month'],
  ['13/2012', 'There is no such month'],
  ['last spring', 'Write 2012, 2012-03 or 2012-03-05'],
  ['12', 'Write 2012, 2012-03 or 2012-03-05'],
])('one that can mean more is asked about, and one that is none is refused: %s', (text, problem) => {
  expect(parseDateInput(text)).toEqual({ problem });
});

test('a number is taken as it is written, and a comma is asked about', () => {
  expect(parseNumber(' 1.5 ', 'decimal')).toEqual({ value: 1.5 });
  expect(parseNumber('-3', 'integer')).toEqual({ value: -3 });
  expect(parseNumber('', 'integer')).toEqual({ empty: true });
  expect(parseNumber('1,5', 'decimal')).toEqual({ problem: 'Write 1.5, if that is meant' });
  expect(parseNumber('1.5', 'integer')).toEqual({ problem: 'Write a whole number' });
  expect(parseNumber('9007199254740993', 'integer')).toEqual({ problem: 'Write a whole number' });
  expect(parseNumber('1e3', 'decimal')).toEqual({ problem: 'Write a number, such as 1.5' });
  expect(parseNumber('0x10', 'decimal')).toEqual({ problem: 'Write a number, such as 1.5' });
});
