import { describe, expect, test } from 'vitest';
import type { LiveValue } from '../manuscript/live-value.ts';
import { movedNumbers } from './moved-numbers.ts';

const value = (kind: LiveValue['kind'], name: string, of: LiveValue['value']): LiveValue => ({
  kind,
  name,
  label: 'A number',
  value: of,
  digits: 0,
});

describe('which numbers move', () => {
  test('is told as they are printed: what rounds to the same does not', () => {
    const [was, is] = [66.4, 66.6].map((percent) => [value('statistic', 'better.percent', percent)]);
    expect(movedNumbers(was ?? [], [value('statistic', 'better.percent', 66.1)])).toEqual([]);
    expect(movedNumbers(was ?? [], is ?? [])).toEqual([
      { kind: 'statistic', name: 'better.percent', label: 'A number', was: '66', is: '67' },
    ]);
  });

  test('is told of numbers that come and go; of a cell once, and nothing of what the results are made from', () => {
    const before = [
      value('account', 'men.n', 3),
      value('table', 't.row.total.n', 1),
      value('table', 't.row.total.text', '1'),
    ];
    const after = [
      value('facts', 'facts.lock', 'draft'),
      value('table', 't.row.total.n', 2),
      value('table', 't.row.total.text', '2'),
    ];
    expect(movedNumbers(before, after)).toMatchObject([
      { name: 't.row.total.text', was: '1', is: '2' },
      { name: 'men.n', was: '3', is: null },
    ]);
  });
});
