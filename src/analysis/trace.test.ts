import { describe, expect, test } from 'vitest';
import { buildTables } from './build-tables.ts';
import { psoriasisData } from './psoriasis-data.test-support.ts';
import { traceCell } from './trace.ts';

const data = psoriasisData();
const results = buildTables(data);
const trace = (address: string) => traceCell(data, results, address);
const valuesOf = (address: string) =>
  Object.fromEntries(
    trace(address).subjects.map(({ subject, values }) => [
      subject,
      values.map(({ instrument, row, field, settled }) => {
        const said = 'value' in settled.answer ? settled.answer.value : settled.answer.missing;
        return `${instrument}${row === '' ? '' : `[${row}]`}.${field} = ${said}`;
      }),
    ]),
  );

describe('the trace of a cell', () => {
  test('[R9] gives its subjects with the values that row and column ask for, down to the quotation', () => {
    const found = trace('outcome/severity-mild/cleared');
    expect(found.decidedBy).toEqual(["'mild' in baseline.severity", "response.category = 'cleared'"]);
    expect(found.subjects).toHaveLength(1);
    expect(found.subjects[0]).toMatchObject({
      subject: 'S006',
      response: 'cleared: arm is cleared (resolved on 2015-06-01).',
      values: expect.arrayContaining([
        expect.objectContaining({
          instrument: 'baseline',
          field: 'severity',
          label: 'Severity',
          settled: expect.objectContaining({
            by: 'agreement',
            reviewers: ['anna', 'ben'],
            evidence: [{ note: 'DocumentReference/1', start: 0, end: 8, quote: 'severity' }],
          }),
        }),
      ]),
    });
    expect(valuesOf('outcome/severity-mild/cleared')).toEqual({
      S006: [
        'baseline.severity = mild',
        'baseline.started = 2015-03-01',
        'plaque[arm@2015-06-01].site = arm',
        'plaque[arm@2015-06-01].date = 2015-06-01',
        'plaque[arm@2015-06-01].state = clear',
      ],
    });
  });

  test('[R9] follows variables, rows and computed fields', () => {
    expect(valuesOf('outcome/high/total')).toEqual({
      S001: ['baseline.dose = 15'],
      S002: ['baseline.dose = 20'],
      S006: ['baseline.dose = 15'],
    });
    expect(valuesOf('outcome/event/total')).toEqual({ S002: ['event[1].grade = 3'] });
    expect(valuesOf('numbers/age/high').S001).toEqual([
      'baseline.started = 2015-03-01',
      'baseline.dose = 15',
      'baseline.severity = severe',
    ]);
  });

  test('[R9] is there for every cell, and has the very subjects of the cell', () => {
    for (const table of results.tables) {
      for (const row of table.rows) {
        for (const cell of row.cells) {
          const found = trace(`${table.id}/${row.id}/${cell.column}`);
          expect(found.subjects.map((one) => one.subject)).toEqual(cell.subjects);
          expect(found.subjects.filter((one) => one.values.length === 0)).toEqual([]);
        }
      }
    }
  });

  test.each([
    ['outcom/high/total', 'The results have no table `outcom`.', 'Did you mean `outcome`?'],
    ['outcome/hihg/total', 'The results have no row `hihg`.', 'Did you mean `high`?'],
    ['outcome/high/totals', 'The results have no column `totals`.', 'Did you mean `total`?'],
    ['outcome', 'The results have no row ``.', 'There is: severity-mild, severity-severe'],
    ['outcome/high/total/x', 'The results have no column `total/x`.', 'Did you mean `total`?'],
  ])('[R9] %s is told to be none', (address, message, tip) => {
    expect(() => trace(address)).toThrow(
      expect.objectContaining({ code: 'analysis.no-cell', message, tip: expect.stringContaining(tip) }),
    );
  });
});
