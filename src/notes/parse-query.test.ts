import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChartproofError } from '../base/index.ts';
import { parseQuery } from './parse-query.ts';
import { printQuery } from './print-query.ts';
import { assertionFunctions, levels, type Query, valueFilters } from './query.ts';
import { query } from './random-queries.test-support.ts';

describe('[R34] how a query is read', () => {
  test.each([
    ['a b OR c d', 'a AND b OR c AND d'],
    ['a (b OR c)', 'a AND (b OR c)'],
    ['NOT a b', 'NOT a AND b'],
    ['NOT (a b)', 'NOT (a AND b)'],
    ['(a b) c', 'a AND b AND c'],
    ['Ménière', 'meniere'],
    ['night-sweats', '"night sweats"'],
    ['"calcif* cutis"', '"calcif* cutis"'],
    ['"knee pain"~3', '"knee pain"~3'],
    ['affirmed(@psoriasis)', 'affirmed(@psoriasis)'],
    ['section:family-history', 'section:"family history"'],
    ['date:2012', 'date:[2012 TO 2012]'],
    ['date:[* TO 2015-06]', 'date:[* TO 2015-06]'],
    ['or and', 'or AND and'],
    ['c?lc*F?ed', 'c?lc*f?ed'],
    ['a**', 'a*'],
    ['"pre?ent sign*"', '"pre?ent sign*"'],
    ['Fever~1', 'fever~1'],
    ['=CREST', '=CREST'],
    ['="CREST  syndrome"', '="CREST syndrome"'],
    ['=COVID-19', '="COVID 19"'],
    ['=Me\u0301nie\u0300re', '=M\u00e9ni\u00e8re'],
    ['NOT@x', 'NOT @x'],
    ['sentence(a b)', 'sentence(a AND b)'],
    ['a WITHIN 2 weeks OF b', 'a WITHIN 14 days OF b'],
    ['a WITHIN 1 day OF b c', 'a WITHIN 1 day OF b AND c'],
    ['NOT a WITHIN 3 days OF b', 'NOT a WITHIN 3 days OF b'],
    ['(NOT a) WITHIN 3 days OF (b OR c)', '(NOT a) WITHIN 3 days OF (b OR c)'],
    ['(a WITHIN 3 days OF b) WITHIN 0 days OF (c)', '(a WITHIN 3 days OF b) WITHIN 0 days OF c'],
    ['within of', 'within AND of'],
    ['age:40', 'age:[40 TO 40]'],
    ['age:[* TO 017]', 'age:[* TO 17]'],
    ['sex:F', 'sex:female'],
    ['sex:unknown', 'sex:unknown'],
    ['sex:o', 'sex:other'],
    ['author:Practitioner/1', 'author:"practitioner 1"'],
  ])('[R34] %s', (text, printed) => {
    expect(printQuery(parseQuery(text))).toBe(printed);
  });
});

test('[R34] a printed query is read back as the same query', () => {
  fc.assert(
    fc.property(query, (one) => {
      expect(withoutColumns(parseQuery(printQuery(one)))).toEqual(withoutColumns(one));
    }),
    { numRuns: 1000 },
  );
});

const page = readFileSync(new URL('../../docs/search.md', import.meta.url), 'utf8');
const cells = [...page.matchAll(/^\| (`.*?) \|/gm)].map((match) => match[1] ?? '');
const documented = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''));

test.each(documented)('[R34] docs/search.md: %s', (text) => {
  expect(columnOf(text)).toBeUndefined();
});

test('[R34] docs/search.md has an example of every part of the language', () => {
  const seen = new Set<unknown>();
  const see = (_: string, value: unknown) => {
    if (typeof value === 'string') seen.add(value);
    return value;
  };
  for (const text of documented) JSON.stringify(parseQuery(text), see);
  const kinds = ['text', 'terms', 'and', 'or', 'not', 'assertion', 'within', 'filter', 'date', 'age', 'sex', ...levels];
  const forms = ['word', 'prefix', 'wild', 'fuzzy', 'exact'];
  const parts = [...kinds, ...forms, ...assertionFunctions, ...valueFilters];
  expect(parts.filter((part) => !seen.has(part))).toEqual([]);
});

const signs = ['a', 'é', '1', '2012', '"', '(', ')', ' ', '*', '?', '~', '~1', '@', '@x', '=', ':', '[', ']'];
const operators = ['OR', 'AND', 'NOT', ' WITHIN ', '3 days', ' OF ', ' TO ', 'sentence(', 'date:[', 'age:', 'sex:f'];
const anyText = fc.oneof(
  fc.array(fc.constantFrom(...signs, ...operators), { maxLength: 14 }).map((pieces) => pieces.join('')),
  fc
    .array(fc.oneof(fc.constantFrom(...signs), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 8 })
    .map((pieces) => pieces.join('')),
  fc.string({ unit: 'grapheme' }),
);

test('[R34] any text is read or refused with a column of it', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const column = columnOf(text);
      if (column !== undefined) expect(column >= 1 && column <= text.length + 1).toBe(true);
    }),
    { numRuns: 10_000 },
  );
});

test('[R34] whatever text is read, it is read the same when it is printed', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      if (columnOf(text) !== undefined) return;
      const one = parseQuery(text);
      expect(withoutColumns(parseQuery(printQuery(one)))).toEqual(withoutColumns(one));
    }),
    { numRuns: 10_000 },
  );
});

test('[R34] levels of brackets are bounded, the length of a query is not', () => {
  expect(columnOf(`${'('.repeat(99)}a${')'.repeat(99)}`)).toBeUndefined();
  expect(columnOf('('.repeat(100_000))).toBe(101);
  expect(columnOf('NOT '.repeat(100_000))).toBe(401);
  expect(columnOf('a WITHIN 1 day OF ('.repeat(1000))).toBe(1901);
  expect(columnOf('a OR b '.repeat(20_000))).toBeUndefined();
});

describe('[R34] where a query is wrong', () => {
  test.each([
    ['', 1],
    ['a AND', 6],
    ['a OR OR b', 6],
    ['(a', 1],
    ['a )', 3],
    ['a "b', 3],
    ['a frob(b)', 3],
    ['a frob:b', 3],
    ['"a * b"', 4],
    ['"a b"~', 6],
    ['"a"~2', 1],
    ['a @', 3],
    ['date:[2013 TO 2012]', 6],
    ['date:2012-13', 6],
    ['type:', 6],
    ['type:=Note', 6],
    ['type:(a)', 6],
    ['*', 1],
    ['a ?', 3],
    ['fever~', 6],
    ['fever~3', 6],
    ['a feve*~1', 3],
    ['night-sweats~1', 1],
    ['"a b*"~3', 1],
    ['"a b"~99999', 6],
    ['= a', 1],
    ['=', 1],
    ['=CREST*', 7],
    ['="a b*"', 6],
    ['=a~1', 3],
    ['="a b"~2', 7],
    ['WITHIN 3 days OF a', 1],
    ['a WITHIN b', 10],
    ['a WITHIN 3 OF b', 12],
    ['a WITHIN 3 months OF b', 12],
    ['a WITHIN 3 days b', 17],
    ['a WITHIN 3 days OF', 19],
    ['a WITHIN 3 days OF NOT b', 20],
    ['a WITHIN 3 days OF b WITHIN 3 days OF c', 22],
    ['a WITHIN 99999 days OF b', 10],
    ['age:', 5],
    ['age:*', 5],
    ['age:x', 5],
    ['age:[1 TO 151]', 11],
    ['age:[40 TO 18]', 5],
    ['age:[40 18]', 9],
    ['age:[40 TO 50', 5],
    ['sex:x', 5],
    ['sex:', 5],
  ])('[R34] %s', (text, column) => {
    expect(columnOf(text)).toBe(column);
  });
});

function columnOf(text: string): number | undefined {
  try {
    parseQuery(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof ChartproofError)) throw error;
    expect(error.code).toBe('notes.query');
    return error.place?.column ?? -1;
  }
}

function withoutColumns(one: Query): unknown {
  return JSON.parse(JSON.stringify(one, (key, value: unknown) => (key === 'column' ? undefined : value)));
}
