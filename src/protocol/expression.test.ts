import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChartproofError, isBefore, type PartialDate } from '../base/index.ts';
import { compileExpression, evaluateBoolean, evaluateSingle } from './expression.ts';

const answer = (text: string, focus: unknown = {}, environment = {}): unknown[] =>
  compileExpression(text).evaluate(focus, environment);

function failureOf(work: () => unknown): ChartproofError {
  try {
    work();
  } catch (error) {
    if (error instanceof ChartproofError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('syntax', () => {
  test.each([
    ['tophi = ', 'at character 9, something is missing.', undefined],
    ['tophi == true', 'at character 8, `=` does not fit here.', 'FHIRPath compares with a single `=`.'],
    ['tophi <> true', 'at character 8, `>` does not fit here.', 'Unlike is `!=`.'],
    ['a && b', 'at character 4, `&` does not fit here.', 'Write `and` and `or`.'],
    [
      'a AND b',
      'at character 3, `AND` does not fit here.',
      'Words of FHIRPath are in small letters: `and`, `or`, `in`.',
    ],
    ['!a', 'at character 1, `!a` is no sign of FHIRPath.', 'Not is written behind: `(a = 1).not()`.'],
    ['a = "toe"', 'at character 5, `"` is no sign of FHIRPath.', "Put text in single quotes: 'resolved'."],
    ["a = 'toe", 'at character 5, a quotation is not closed.', undefined],
    ['(a or b', "at character 8, missing ')' at the end.", undefined],
    ['a =\n  = b', 'at line 2, character 3, `=` does not fit here.', undefined],
    [
      'days > 28',
      'at character 1, `days` does not fit here.',
      '`days` is a unit of time; as a name it stands in backquotes.',
    ],
    ['', 'at character 1, something is missing.', undefined],
  ])('[R9] %j', (text, message, tip) => {
    expect(failureOf(() => compileExpression(text))).toMatchObject({
      code: 'protocol.expression-syntax',
      message: `Not FHIRPath: ${message}`,
      tip,
    });
  });

  test('[R9] whatever the text, it compiles or fails with one plain sentence', () => {
    const piece = fc.constantFrom(
      'a',
      '.',
      'where(',
      ')',
      "'",
      '`',
      '%',
      '@2012',
      ' and ',
      '=',
      '1',
      '"',
      '\n',
      ' ',
      '{',
      '//',
      '$this',
      'days',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece).map((parts) => parts.join('')),
          fc.string(),
        ),
        (text) => {
          try {
            compileExpression(text);
          } catch (error) {
            expect(error).toBeInstanceOf(ChartproofError);
            expect((error as ChartproofError).message).toMatch(
              /^Not FHIRPath: at (?:line \d+, )?character \d+, [^\n]+\.$/,
            );
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('[R16] an expression that fails says so without the values of the chart', () => {
    const error = failureOf(() => answer("a > 'x'", { a: 8151 }));
    expect(error).toMatchObject({ code: 'protocol.expression-failed' });
    expect(JSON.stringify([error.message, error.tip, String(error.cause)])).not.toContain('8151');
    expect(failureOf(() => answer('%nobody.a')).tip).toContain('nobody');
  });
});

const day = fc
  .integer({ min: 0, max: 900 })
  .map((at) => new Date(Date.UTC(2011, 5, 1 + at)).toISOString().slice(0, 10));
const partial = fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([iso, digits]) => iso.slice(0, digits));

describe('dates', () => {
  test('[R13] a comparison that the days leave open is unknown', () => {
    expect(answer('onset < started', { onset: '2012', started: '2012-05' })).toEqual([]);
    expect(answer('onset < started', { onset: '2011', started: '2012-05' })).toEqual([true]);
    expect(answer('onset = started', { onset: '2012-03', started: '2012-03-05' })).toEqual([]);
    expect(answer('onset < @2014-03', { onset: '2014' })).toEqual([]);
    expect(answer('onset < @2014-03', {})).toEqual([]);
    expect(answer('onset >= %study.start', { onset: '2010-01-01' }, { study: { start: '2010-01-01' } })).toEqual([
      true,
    ]);
    expect(
      answer('visit.where(seen < @2012-06).count()', { visit: [{ seen: '2012' }, { seen: '2012-05-31' }] }),
    ).toEqual([1]);
  });

  test('[R13] what is told for sure is what the days say, and dates of the same precision are always told', () => {
    fc.assert(
      fc.property(partial, partial, (a, b) => {
        const told = evaluateBoolean(compileExpression('a < b'), { a, b });
        const surely = isBefore(a as PartialDate, b as PartialDate);
        if (told !== undefined && a.length !== b.length) expect(told).toBe(surely);
        if (surely === true) expect(told).toBe(true);
        if (a.length === b.length) expect(told).toBe(a < b);
      }),
      { numRuns: 500 },
    );
  });

  test('[R14] days and months need full days, years need one answer', () => {
    const months = 366 / 30.4375;
    expect(answer('a.daysTo(b)', { a: '2012-01-01', b: '2013-01-01' })).toEqual([366]);
    expect(answer('a.monthsTo(b)', { a: '2012-01-01', b: '2013-01-01' })).toEqual([expect.closeTo(months, 9)]);
    expect(answer('a.daysTo(b)', { a: '2013-01-01', b: '2012-01-01' })).toEqual([-366]);
    expect(answer('a.monthsTo(b)', { a: '2012-01', b: '2013-01-01' })).toEqual([]);
    expect(answer('a.daysTo(@2012-01-31)', { a: '2012-01-01' })).toEqual([30]);
    expect(answer('%person.birthDate.yearsTo(b)', { b: '2012-05' }, { person: { birthDate: '1950-03' } })).toEqual([
      62,
    ]);
    expect(answer('a.yearsTo(b)', { a: '1950', b: '2012-05' })).toEqual([]);
    expect(answer('a.yearsTo(b)', { a: '1950', b: '2012-12-31' })).toEqual([62]);
    expect(answer('a.yearsTo(b)', { a: '1950-03-05' })).toEqual([]);
    expect(answer('a.yearsTo(b)', { a: 'long ago', b: '2012' })).toEqual([]);
    expect(answer('a.daysTo(b)', { a: ['2012-01-01', '2012-01-02'], b: '2013-01-01' })).toEqual([]);
    expect(
      answer('visit.where(a.daysTo(b) > 3).count()', {
        visit: [
          { a: '2012-01-01', b: '2012-01-09' },
          { a: '2012-01-01', b: '2012-01-02' },
        ],
      }),
    ).toEqual([1]);
  });

  test('[R14] are the days of the calendar', () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        const days = (Date.parse(b) - Date.parse(a)) / 86_400_000;
        expect(answer('a.daysTo(b)', { a, b })).toEqual([days]);
        expect(answer('a.monthsTo(b)', { a, b })).toEqual([expect.closeTo((days * 12) / 365.25, 8)]);
      }),
    );
  });

  test('[R13] a date comes back as the text that it was', () => {
    for (const text of ['2012', '2012-03', '2012-03-05', '2012-03-05T10:00:00Z']) {
      expect(answer('seen', { seen: text })).toEqual([text]);
    }
    expect(answer('visit.seen', { visit: [{ seen: '2012' }, { seen: '2013-01' }] })).toEqual(['2012', '2013-01']);
  });
});

describe('answers', () => {
  test('[R9] true or false only where there is just that', () => {
    const told = (text: string, focus: unknown) => evaluateBoolean(compileExpression(text), focus);
    expect(told("'toe' in sites", { sites: ['toe', 'ear'] })).toBe(true);
    expect(told("'toe' in sites", {})).toBe(false);
    expect(told("site != 'toe'", {})).toBeUndefined();
    expect(told('urate', { urate: 7 })).toBeUndefined();
    expect(told('tophi', { tophi: [true, true] })).toBeUndefined();
    expect(evaluateSingle(compileExpression('urate * 2'), { urate: 7.5 })).toBe(15);
    expect(evaluateSingle(compileExpression('sites'), { sites: ['toe', 'ear'] })).toBeUndefined();
  });
});
