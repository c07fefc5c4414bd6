import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { buildTables } from './build-tables.ts';
import { dataFiles } from './data-files.ts';
import { psoriasisData, psoriasisProtocol } from './psoriasis-data.test-support.ts';
import { statisticFiles } from './statistics.ts';

const RESULTS = `
tables:
  - id: dose
    title: Dose
    columns: [{ id: total, label: Total, total: true }]
    groups: [{ id: dose, label: Dose, rows: [{ id: dose, label: Dose, summary: baseline.dose }] }]
statistics: [{ id: cleared, label: Cleared, proportion: response.responder }]
`;
// S005 and S008 have no dose: that is not known, so they are not analysed.
const data = psoriasisData(psoriasisProtocol(`analysed: { label: No dose, when: baseline.dose > 0 }${RESULTS}`));
const analysed = ['S001', 'S002', 'S003', 'S004', 'S006', 'S007'];
const rowsOf = (name: string): Record<string, string>[] =>
  parse([...dataFiles(data), ...statisticFiles(data)].find((file) => file.name === name)?.text ?? '', {
    columns: true,
  });

describe('who is analysed', () => {
  test('[R11] tables and statistics speak of those analysed', () => {
    const cell = buildTables(data).tables[0]?.rows[0]?.cells[0];
    expect(cell).toMatchObject({ N: analysed.length, subjects: analysed });
    expect(rowsOf('data/proportions.csv').map(({ subject }) => subject)).toEqual(analysed);
  });

  test('[R11] the data set holds all included, and says who is analysed', () => {
    const rows = rowsOf('data/subjects.csv');
    expect(rows).toHaveLength(data.included.length);
    expect(rows.filter((row) => row.analysed === 'true').map(({ subject }) => subject)).toEqual(analysed);
    expect(rowsOf('data/codebook.csv').find(({ column }) => column === 'analysed')?.label).toBe(
      'In tables and statistics',
    );
  });

  test('[R11] without it all included are, and no column says so', () => {
    const all = psoriasisData();
    expect(all.subjects).toEqual(all.included);
    expect(dataFiles(all)[0]?.text.split('\n')[0]).not.toContain('analysed');
  });
});
