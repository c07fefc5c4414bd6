import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ChartproofError } from '../../base/index.ts';
import { readMapping } from './read-mapping.ts';

const dir = mkdtempSync(join(tmpdir(), 'chartproof-mapping-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const good = `source: pharmacy
becomes: drug_exposure
row_id: Rx
columns:
  date: { column: Filled, format: MM/DD/YYYY }
  drug: Drug
person:
  record_number: MRN
linkage:
  - match: [record_number]
`;

const condition = good.replace('drug_exposure', 'condition_occurrence').replace('drug: Drug', 'text: Drug');
const measurement = good
  .replace('drug_exposure', 'measurement')
  .replace('drug: Drug', 'text: Drug\n  value: V')
  .replace('columns:', 'convert: [{ from: lb, to: kg, factor: 0.45 }]\ncolumns:');

function read(text: string) {
  const path = join(dir, 'mapping.yaml');
  writeFileSync(path, text);
  return readMapping(path);
}

/** The mistakes of a mapping as `line:column code`. */
function mistakes(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof ChartproofError)) throw error;
    return error.problems.map(({ code, place }) => `${place?.line}:${place?.column} ${code}`);
  }
  return [];
}

describe('a mapping', () => {
  test('is read with its defaults', () => {
    expect(read(good).mapping).toMatchObject({
      delimiter: ',',
      row_id: ['Rx'],
      columns: { date: { column: 'Filled', format: ['MM/DD/YYYY'] } },
      linkage: [{ match: ['record_number'], check: [] }],
    });
  });

  test.each([
    ['10:5 mapping.unknown-key', good.replace('- match: [record_number]', '- mach: [record_number]')],
    ['6:3 mapping.unknown-key', good.replace('drug: Drug', 'drugs: Drug')],
    ['2:10 mapping.not-allowed', good.replace('drug_exposure', 'drugs')],
    ['1:9 mapping.not-allowed', good.replace('pharmacy', 'Patient')],
    ['5:35 mapping.not-allowed', good.replace('MM/DD/YYYY', 'MM/DD/YY')],
    ['10:28 mapping.unmapped-field', good.replace('[record_number]', '[record_number, birth_date]')],
    ['10:12 mapping.weak-rule', good.replace('[record_number]', '[family_name]')],
    ['10:12 mapping.early-rule', good.replace('[record_number]', '[source_patient]')],
    ['2:10 mapping.not-allowed', good.replace('drug_exposure', 'persn')],
    ['6:3 mapping.unknown-key', good.replace('drug_exposure', 'observation')],
    ['7:9 mapping.other-spelling', good.replace('drug: Drug', 'drug: Drug\n  code: { column: C, system: ICD-10-CM }')],
    ['5:3 mapping.nothing-said', condition.replace('  text: Drug\n', '')],
    ['4:10 mapping.no-unit', measurement],
    ['8:18 mapping.wrong-type', good.replace('record_number: MRN', 'record_number: 7')],
    ['11:12 mapping.repeated-rule', `${good}  - match: [record_number]\n`],
  ])('[R34] with a mistake is refused: %s', (mistake, text) => {
    expect(mistakes(text)).toContain(mistake);
  });

  test('[R34] all mistakes are told at once', () => {
    const codes = mistakes(
      good.replace('source: pharmacy\n', '').replace('MM/DD/YYYY', 'YY').replace('drug: D', 'x: D'),
    );
    expect(codes.length).toBeGreaterThanOrEqual(3);
  });

  test('[R34] every column that it names must be in the file, once', () => {
    const { problemsWith } = read(good);
    expect(problemsWith(['Rx', 'Filled', 'Drug', 'MRN', 'More'], 'a.csv')).toEqual([]);
    expect(problemsWith(['Rx', 'Fill', 'Drug', 'Drug', 'MRN'], 'a.csv')).toMatchObject([
      { code: 'mapping.unknown-column', tip: 'Did you mean `Fill`?', place: { line: 5, column: 19 } },
      { code: 'mapping.repeated-column', place: { line: 6, column: 9 } },
    ]);
  });

  test("[R34] a key that is another target's is told with what is known here", () => {
    expect(() => read(good.replace('drug: Drug', 'drgu: Drug'))).toThrow(
      expect.objectContaining({
        problems: expect.arrayContaining([expect.objectContaining({ tip: 'Did you mean `drug`?' })]),
      }),
    );
    expect(read(condition).mapping).toMatchObject({ becomes: 'condition_occurrence', decimal: '.', encoding: 'utf-8' });
  });

  test('of docs/import.md has no mistakes', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../docs/import.md'), 'utf8');
    const [whole = '', units = ''] = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml);
    expect(read(whole).mapping).toMatchObject({ linkage: [{}, {}] });
    const rest = good.replace(/becomes[\s\S]*(?=person:)/, 'row_id: Rx\n');
    expect(read(`${rest}${units}`).mapping).toMatchObject({
      becomes: 'measurement',
      convert: [{ from: 'lb', offset: 0 }],
    });
  });

  test('that is not there is an error', () => {
    expect(() => readMapping(join(dir, 'none.yaml'))).toThrow(
      expect.objectContaining({ code: 'mapping.missing-file' }),
    );
  });
});
