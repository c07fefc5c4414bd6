import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { silent } from '../../base/index.ts';
import { newPlace } from '../records.test-support.ts';
import { assessQuality } from './assess-quality.ts';
import { AS_OF, faultsOf, type Row, type Rows, verdictOn, verdictsOn, writeRecords } from './quality.test-support.ts';

const notes = (sound: number, undated: number): Rows => ({
  note: Array.from({ length: sound + undated }, (_, at) => ({ note_id: at, note_date: at < sound ? '2012' : null })),
});

describe('when a check fails', () => {
  test.each([
    [19, 1, 0.05, 'pass'],
    [18, 1, 1 / 19, 'fail'],
    [20, 0, 0, 'pass'],
    [0, 1, 1, 'fail'],
    [0, 0, null, 'not-applicable'],
  ])(
    '[R70] %i sound rows and %i at fault are a share of %f, with 5 %% allowed: %s',
    async (sound, undated, share, outcome) => {
      expect(await verdictOn('missing-date/note', notes(sound, undated))).toMatchObject({
        rows: sound + undated,
        atFault: undated,
        share,
        outcome,
        threshold: { share: 0.05 },
      });
    },
  );

  test('[R71] the threshold of a check goes before that of its kind, and that before ours', async () => {
    const outcome = async (thresholds: Readonly<Record<string, { rows: number } | { share: number }>>) =>
      (await verdictOn('missing-date/note', notes(8, 2), { thresholds })).outcome;
    expect(await outcome({})).toBe('fail');
    expect(await outcome({ 'missing-date': { rows: 2 } })).toBe('pass');
    expect(await outcome({ 'missing-date': { rows: 1 } })).toBe('fail');
    expect(await outcome({ 'missing-date': { share: 0 }, 'missing-date/note': { share: 0.2 } })).toBe('pass');
    expect(await outcome({ 'missing-date/media': { rows: 10 } })).toBe('fail');
  });

  test('[R71] one part at fault fails the check, however many rows the others have', async () => {
    const rows = (code: string, from: number, values: readonly number[]): { measurement: Row[]; coding: Row[] } => ({
      measurement: values.map((value_as_number, at) => ({
        measurement_id: from + at,
        value_as_number,
        unit_source_value: 'mg/dL',
      })),
      coding: values.map((_, at) => ({ row_id: from + at, table_name: 'measurement', vocabulary_id: 'LOINC', code })),
    });
    const creatinine = rows('2160-0', 1, [1, 97]);
    const glucose = rows(
      '2345-7',
      1000,
      Array.from({ length: 500 }, () => 90),
    );
    const together = {
      measurement: [...creatinine.measurement, ...glucose.measurement],
      coding: [...creatinine.coding, ...glucose.coding],
    };
    const result = await verdictOn('value-range/measurement', together);
    expect(result).toMatchObject({ rows: 502, atFault: 1, share: 1 / 502, outcome: 'fail' });
    expect(result.parts).toEqual([{ part: 'LOINC 2160-0', rows: 2, atFault: 1 }]);
    expect(await verdictOn('value-range/measurement', glucose)).toMatchObject({ outcome: 'pass', parts: [] });
  });

  test('[R71] a check that is switched off is told with the reason, and by its kind too', async () => {
    const off = { 'missing-date': 'The archive has no dates.' };
    const [dates, text] = await verdictsOn(['missing-date/note', 'empty-note/note'], notes(0, 1), { off });
    expect(dates).toMatchObject({ outcome: 'off', reason: 'The archive has no dates.', rows: 0, examples: [] });
    expect(text).toMatchObject({ outcome: 'fail' });
  });
});

describe('a report', () => {
  test('[R89] has the first ten rows at fault by their number, ids of 63 bits whole', async () => {
    const big = 9_007_199_254_740_993n;
    const ids = Array.from({ length: 12 }, (_, at) => (big + BigInt(11 - at)).toString());
    const result = await verdictOn('missing-date/note', { note: [...ids, '99'].map((note_id) => ({ note_id })) });
    expect(faultsOf(result)).toEqual(['99', ...Array.from({ length: 9 }, (_, at) => (big + BigInt(at)).toString())]);
    expect(result.examples[0]).toEqual({ table: 'note', row_id: '99', src_file: 'rows.ndjson', src_line: '13' });
  });

  test('[R89] is the same again, and holds no word of the records', async () => {
    using place = newPlace();
    const secret = 'Zanzibar';
    await writeRecords(place.workspace, {
      person: [{ person_id: 1, sex: secret, birth_date: '2030' }, { person_id: 2 }],
      person_identity: [1, 2].map((person_id) => ({
        person_id,
        record_number: secret,
        family_name: secret,
        given_name: secret,
        birth_date_source: '1980-01-01',
      })),
      note: [1, 2].map((note_id) => ({
        note_id,
        person_id: note_id,
        note_text: secret.repeat(40),
        visit_occurrence_id: 5,
      })),
      measurement: [
        { measurement_id: 3, person_id: 7, value_as_number: 99999, unit_source_value: secret, status: secret },
      ],
      coding: [
        { row_id: 3, person_id: 7, table_name: 'measurement', vocabulary_id: 'LOINC', code: '2160-0', display: secret },
        { row_id: 3, person_id: 7, table_name: 'measurement', vocabulary_id: 'ICD10CM', code: secret },
      ],
    });
    const first = await assessQuality(place.workspace, { asOf: AS_OF, progress: silent });
    const second = await assessQuality(place.workspace, { asOf: AS_OF, progress: silent });
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(first.checks.filter(({ outcome }) => outcome === 'fail').length).toBeGreaterThan(10);
    expect(JSON.stringify(first)).not.toMatch(new RegExp(secret, 'i'));
  });

  test('[R89] sums up every check once', async () => {
    using place = newPlace();
    await writeRecords(place.workspace, notes(1, 1));
    writeFileSync(join(place.workspace.dir, 'quality.yaml'), 'off: { volume-gap: few }\n');
    const { checks, summary } = await assessQuality(place.workspace, { asOf: AS_OF, progress: silent });
    const counted = summary.map(({ pass, fail, notApplicable, off }) => pass + fail + notApplicable + off);
    expect(counted.reduce((a, b) => a + b)).toBe(checks.length);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    const temporal = summary.find((cell) => cell.category === 'temporal' && cell.context === 'verification');
    expect(temporal).toMatchObject({ pass: 1, fail: 0, off: 8 });
  });

  test.each(['2020-06', 'today', '2020-02-30', '2020-06-15T00:00:00Z'])(
    'is of a whole day, not of %s',
    async (asOf) => {
      using place = newPlace();
      await writeRecords(place.workspace, {});
      await expect(assessQuality(place.workspace, { asOf, progress: silent })).rejects.toMatchObject({
        code: 'quality.as-of',
      });
    },
  );
});
