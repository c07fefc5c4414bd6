import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowId } from '../base/index.ts';
import { importFhir } from './import-fhir.ts';
import { condition, how, newPlace, patient } from './records.test-support.ts';

const texts = 'SELECT condition_source_value AS text FROM condition_occurrence ORDER BY text';

describe('which version stands', () => {
  test('[R1] the newest version wins, in whatever order lines, files and imports come', async () => {
    const versions = ['2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z', '2021-01-01T00:00:01Z', '2023-05-05T00:00:00Z'];
    const lines = versions.map((updated, at) => condition('1', `version ${at}`, updated));
    const order = fc.shuffledSubarray(lines, { minLength: lines.length, maxLength: lines.length });
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 0, max: lines.length }), fc.boolean(), async (shuffled, cut, apart) => {
        using place = newPlace();
        const files = [shuffled.slice(0, cut), shuffled.slice(cut)].filter((part) => part.length > 0);
        const paths = files.map((part, at) => place.write(`${at}.ndjson`, part));
        const imports = apart ? paths.map((path) => [path]) : [paths];
        for (const import_ of imports) {
          const report = await importFhir(place.workspace, import_, how);
          expect(report.lines).toBe(report.stored + report.superseded);
        }
        expect(await place.query(texts)).toEqual([{ text: 'version 3' }]);
      }),
      { numRuns: 12 },
    );
  });

  test('[R2] a version without a time is older than any other', async () => {
    using place = newPlace();
    await place.import([condition('1', 'dated', '1990-01-01T00:00:00Z'), condition('1', 'undated')]);
    expect(await place.query(texts)).toEqual([{ text: 'dated' }]);
  });

  test('[R3] of two versions with one time the last stands, also when it comes in a later import', async () => {
    using place = newPlace();
    await place.import([condition('1', 'first'), condition('1', 'second')]);
    expect(await place.query(texts)).toEqual([{ text: 'second' }]);
    await place.import([condition('1', 'third')]);
    expect(await place.query(texts)).toEqual([{ text: 'third' }]);
  });

  test('[R4] the same file twice changes nothing', async () => {
    using place = newPlace();
    const lines = [patient('1'), condition('1', 'gout'), 'no JSON'];
    const first = await place.import(lines);
    const manifest = readFileSync(place.workspace.paths.manifest, 'utf8');
    const second = await place.import(lines);
    expect(second).toMatchObject({
      changed: false,
      snapshot: first.snapshot,
      stored: 0,
      superseded: 2,
      quarantined: 1,
    });
    expect(readFileSync(place.workspace.paths.manifest, 'utf8')).toBe(manifest);
  });

  test('[R4] the same lines in another file change nothing', async () => {
    using place = newPlace();
    const lines = [patient('1'), condition('1', 'gout')];
    const { snapshot } = await place.import(lines);
    expect(await place.import([...lines].reverse(), 'other.ndjson')).toMatchObject({ changed: false, snapshot });
  });

  test('[R1] a newer version takes away the rows of the older', async () => {
    using place = newPlace();
    const coded = { code: { text: 'gout', coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M10.9' }] } };
    await place.import([condition('1', '', '2020-01-01T00:00:00Z', coded)]);
    expect(await place.query('SELECT code FROM coding')).toEqual([{ code: 'M10.9' }]);
    await place.import([condition('1', 'gout', '2021-01-01T00:00:00Z')]);
    expect(await place.query('SELECT code FROM coding')).toEqual([]);
  });
});

describe('what is kept', () => {
  test('[R5] text is kept letter by letter, but for what UTF-8 cannot hold', async () => {
    using place = newPlace();
    await place.import([condition('1', 'naïve 痛風 🙂 a\tb'), condition('2', 'x\0y\ud800z')]);
    expect(await place.query(texts)).toEqual([{ text: 'naïve 痛風 🙂 a\tb' }, { text: 'x\uFFFDy\uFFFDz' }]);
  });

  test('[R7] dates keep their precision', async () => {
    using place = newPlace();
    const onsets = ['2012', '2012-03', '2012-03-05', '2012-03-05T23:30:00-05:00'];
    await place.import(onsets.map((onsetDateTime, at) => condition(String(at), 'gout', undefined, { onsetDateTime })));
    const rows = await place.query(`SELECT condition_start_date AS day, condition_start_date_source AS said
      FROM condition_occurrence ORDER BY src_line`);
    expect(rows.map(({ said }) => said)).toEqual(onsets);
    expect(rows.map(({ day }) => day)).toEqual(['2012-01-01', '2012-03-01', '2012-03-05', '2012-03-05']);
  });

  test('[R8] every row says where it came from, and its id is text of 63 bits', async () => {
    using place = newPlace();
    await place.import(['', patient('1'), condition('a', 'gout', '2020-01-01T00:00:00Z')], 'part/one.ndjson');
    expect(await place.query('SELECT * FROM condition_occurrence')).toMatchObject([
      {
        condition_occurrence_id: rowId('Condition/a'),
        person_id: rowId('Patient/1'),
        src_file: 'one.ndjson',
        src_line: '3',
        src_id: 'Condition/a',
        src_updated: '2020-01-01T00:00:00Z',
      },
    ]);
    expect(BigInt(rowId('Patient/1'))).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
  });
});

describe('the account', () => {
  test('[R6] lines = stored + superseded + unmapped + quarantined, whatever the lines are', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        '{',
        'x',
        '{}',
        '[]',
        'null',
        '{"resourceType":"Nothing","id":"1"}',
        '{"resourceType":"Patient"}',
      ),
      fc.constantFrom('1', '2').map((id) => patient(id)),
      fc.tuple(fc.constantFrom('1', '2'), fc.constantFrom('a', 'b', 'c')).map(([id, text]) => condition(id, text)),
      fc.constant({ resourceType: 'Device', id: '1' }),
      fc.constant({ resourceType: 'Condition', id: '9' }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), fc.array(line, { maxLength: 20 }), async (first, second) => {
        using place = newPlace();
        for (const lines of [first, second]) {
          const report = await place.import(lines);
          expect(report.lines).toBe(lines.length);
          for (const account of [report, ...Object.values(report.byType)]) {
            const { stored, superseded, unmapped, quarantined } = account;
            expect(account.lines).toBe(stored + superseded + unmapped + quarantined);
            expect(Math.min(stored, superseded, unmapped, quarantined)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  test('[R19] one bad line costs no other, and the list of them has no content', async () => {
    using place = newPlace();
    const truncated = JSON.stringify(condition('2', 'secret words')).slice(0, -9);
    const report = await place.import([condition('1', 'gout'), truncated, { resourceType: 'Conditon', id: '1' }, '']);
    expect(report).toMatchObject({ lines: 3, stored: 1, quarantined: 2 });
    expect(report.reasons).toEqual({ 'fhir.unknown-type': 1, 'json.truncated': 1 });
    const list = readFileSync(join(place.workspace.paths.records, report.quarantineFile ?? ''), 'utf8');
    expect(list).not.toContain('secret');
    expect(
      list
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { file: 'lines.ndjson', line: 2, type: '(none)', reason: 'json.truncated' },
      { file: 'lines.ndjson', line: 3, type: '(none)', reason: 'fhir.unknown-type' },
    ]);
  });

  test('a folder is read with everything below it, and what is not read is named', async () => {
    using place = newPlace();
    place.write('a/Patient.ndjson', [patient('1')]);
    place.write('b/Patient.ndjson', [patient('2')]);
    place.write('b/readme.md', ['no']);
    const report = await importFhir(place.workspace, [join(place.dir, 'input')], how);
    expect(report.files.map(({ name }) => name)).toEqual(['a/Patient.ndjson', 'b/Patient.ndjson']);
    expect(report.ignored).toEqual(['b/readme.md']);
    expect(report.tables.person).toBe(2);
  });

  test('[R4] a document that came later, or says something else now, is stored though its line was there', async () => {
    using place = newPlace();
    const note = {
      resourceType: 'DocumentReference',
      id: 'n',
      subject: { reference: 'Patient/1' },
      content: [{ attachment: { contentType: 'text/plain', url: 'note.txt' } }],
    };
    const lines = [patient('1'), note];
    expect(await place.import(lines)).toMatchObject({ stored: 1, reasons: { 'note.missing-file': 1 } });
    place.write('note.txt', ['No tophus.']);
    const second = await place.import(lines);
    expect(second).toMatchObject({ stored: 1, superseded: 1, quarantined: 0, changed: true });
    expect(await place.query('SELECT note_text FROM note')).toEqual([{ note_text: 'No tophus.\n' }]);
    expect(await place.import(lines)).toMatchObject({ stored: 0, changed: false, snapshot: second.snapshot });
    place.write('note.txt', ['A tophus.']);
    const third = await place.import(lines);
    expect(third).toMatchObject({ stored: 1, changed: true });
    expect(third.snapshot).not.toBe(second.snapshot);
    expect(await place.query('SELECT note_text FROM note')).toEqual([{ note_text: 'A tophus.\n' }]);
  });

  test('a damaged file among others is an error with its place, and nothing is stored', async () => {
    using place = newPlace();
    place.write('b.ndjson', [patient('1')]);
    writeFileSync(join(place.dir, 'input/a.ndjson.gz'), gzipSync('{}\n'.repeat(1000)).subarray(0, 30));
    await expect(importFhir(place.workspace, [join(place.dir, 'input')], how)).rejects.toMatchObject({
      code: 'base.damaged-file',
      place: { file: join(place.dir, 'input/a.ndjson.gz') },
    });
    expect(existsSync(place.workspace.paths.manifest)).toBe(false);
    expect(existsSync(join(place.workspace.paths.records, 'staging'))).toBe(false);
  });

  test('files that are not there, or of another kind, are an error', async () => {
    using place = newPlace();
    const attempt = (path: string) => importFhir(place.workspace, [path], how);
    await expect(attempt(join(place.dir, 'none'))).rejects.toMatchObject({ code: 'records.missing-file' });
    await expect(attempt(place.write('fills.csv', ['a,b']))).rejects.toMatchObject({
      code: 'records.wrong-type',
      tip: expect.stringContaining('import table'),
    });
    await expect(attempt(place.workspace.paths.studies)).rejects.toMatchObject({ code: 'records.nothing-to-import' });
  });
});
