import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChartproofError } from '../base/index.ts';
import { parseQuery } from './parse-query.ts';
import { printQuery } from './print-query.ts';
import type { Query } from './query.ts';
import { query } from './random-notes.test-support.ts';

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

test('[R34] every query of docs/search.md is read', () => {
  const page = readFileSync(new URL('../../docs/search.md', import.meta.url), 'utf8');
  const cells = [...page.matchAll(/^\| (`.*?) \|/gm)].map((match) => match[1] ?? '');
  const queries = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''));
  expect(queries.length).toBeGreaterThan(25);
  for (const text of queries) expect(columnOf(text), text).toBeUndefined();
});

test('[R34] any text is read or refused with a column of it', () => {
  const piece = fc.constantFrom(
    'a',
    '"',
    '(',
    ')',
    ' ',
    'OR',
    'AND',
    'NOT',
    '*',
    '~',
    '@',
    ':',
    'date:',
    '[',
    ']',
    'é',
    '2012',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const column = columnOf(text);
      if (column !== undefined) expect(column >= 1 && column <= text.length + 1).toBe(true);
    }),
    { numRuns: 2000 },
  );
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
    ['a*b', 3],
    ['"a b"~', 6],
    ['"a"~2', 1],
    ['a @', 3],
    ['date:[2013 TO 2012]', 6],
    ['date:2012-13', 6],
    ['type:', 6],
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
