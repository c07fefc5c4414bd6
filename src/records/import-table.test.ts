import { describe, expect, test } from 'vitest';
import { rowId } from '../base/index.ts';
import { HEADER, importLines, line, MAPPING, people, quarantined } from './fills.test-support.ts';
import { importTable } from './import-table.ts';
import { how, newPlace } from './records.test-support.ts';

describe('the rows of a table', () => {
  test('[R4][R6] the same table twice changes nothing', async () => {
    using place = newPlace();
    await place.import(people);
    const lines = [line({ number: '100' }), line({ rx: 'C2' }), line({ rx: 'C3', number: '200' })];
    const first = await importLines(place, lines);
    expect(first).toMatchObject({ kind: 'table', lines: 3, stored: 2, superseded: 0, quarantined: 1 });
    const second = await importLines(place, lines);
    expect(second).toMatchObject({ lines: 3, stored: 0, superseded: 2, quarantined: 1, changed: false });
    expect(second.snapshot).toBe(first.snapshot);
  });

  test('[R7][R8] are drug exposures with their precision and place', async () => {
    using place = newPlace();
    await place.import(people);
    await importLines(place, [line({ number: '100' }), line({ rx: 'C|2', filled: '06/2014', number: '100' })]);
    const rows = await place.query('SELECT * FROM drug_exposure ORDER BY src_line');
    expect(rows).toMatchObject([
      {
        drug_exposure_id: rowId('pharmacy/C1|05/06/2014'),
        person_id: rowId('Patient/anna'),
        drug_exposure_start_date: '2014-05-06',
        drug_exposure_start_date_source: '2014-05-06',
        drug_kind: 'table',
        drug_source_value: 'urea',
        dose_form: 'cream',
        route: 'topical',
        quantity: 60,
        refills: 1,
        src_file: 'fills.csv',
        src_line: '2',
        src_id: 'pharmacy/C1|05/06/2014',
      },
      {
        drug_exposure_start_date: '2014-06-01',
        drug_exposure_start_date_source: '2014-06',
        src_line: '3',
        src_id: 'pharmacy/C\\|2|06/2014',
      },
    ]);
  });

  test('[R3] of two rows with one id the last stands', async () => {
    using place = newPlace();
    await place.import(people);
    const report = await importLines(place, [line({ number: '100', qty: '30' }), line({ number: '100', qty: '90' })]);
    expect(report).toMatchObject({ lines: 2, stored: 1, superseded: 1 });
    expect(await place.query('SELECT quantity FROM drug_exposure')).toEqual([{ quantity: 90 }]);
  });

  const refused: readonly [string, string, string][] = [
    ['R30', 'table.no-row-id', line({ rx: ' ', number: '100' })],
    ['R30', 'table.no-row-id', line({ filled: '', number: '100' })],
    ['R31', 'table.bad-date', line({ filled: '13/13/2014', number: '100' })],
    ['R31', 'table.bad-date', line({ born: '3 March', number: '100' })],
    ['R32', 'table.unreadable', `${line({ number: '100' })},"`],
    ['R33', 'table.columns', `${line({ number: '100' })},x`],
    ['R33', 'table.columns', 'C1,05/06/2014'],
    ['R33', 'table.bad-number', line({ qty: 'one tube', number: '100' })],
    ['R33', 'table.bad-number', line({ refills: '1.5', number: '100' })],
    ['R33', 'table.unreadable', line({ family: 'M\uFFFDller', number: '100' })],
  ];

  test('[R30][R31][R32][R33] a row that cannot be read is refused with a reason, and no other is', async () => {
    using place = newPlace();
    await place.import(people);
    const report = await importLines(place, [...refused.map(([, , text]) => text), line({ rx: 'C9', number: '200' })]);
    expect(report).toMatchObject({ lines: refused.length + 1, stored: 1, quarantined: refused.length });
    expect(quarantined(place, report)).toMatchObject(refused.map(([, reason], at) => ({ line: at + 2, reason })));
  });

  test('[R34] a mistake in the mapping imports nothing', async () => {
    using place = newPlace();
    await place.import(people);
    const mapping = place.write('mapping.yaml', [MAPPING.replace('drug: Drug', 'drug: Medicine')]);
    const attempt = importTable(place.workspace, mapping, [place.write('fills.csv', [HEADER])], how);
    await expect(attempt).rejects.toMatchObject({
      code: 'mapping.invalid',
      problems: [{ code: 'mapping.unknown-column', place: { file: mapping, line: 6, column: 9 } }],
    });
  });

  test('files without a header, or of another kind, are an error', async () => {
    using place = newPlace();
    const mapping = place.write('mapping.yaml', [MAPPING]);
    const attempt = (path: string) => importTable(place.workspace, mapping, [path], how);
    await expect(attempt(place.write('empty.csv', []))).rejects.toMatchObject({ code: 'records.no-header' });
    await expect(attempt(place.write('fills.xls', ['PK']))).rejects.toMatchObject({ code: 'records.wrong-type' });
  });

  test('without any persons no row is linked', async () => {
    using place = newPlace();
    const report = await importLines(place, [line({ number: '100' })]);
    expect(report).toMatchObject({ lines: 1, stored: 0, quarantined: 1 });
  });
});
