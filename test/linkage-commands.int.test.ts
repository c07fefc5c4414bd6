/** A data steward at the terminal: a table is tried out, imported, and a row that no rule links is settled. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from './source-files.ts';

const parent = mkdtempSync(join(tmpdir(), 'chartproof-linkage-'));
const dir = join(parent, 'workspace');
const table = join(parent, 'fills.csv');
const mapping = join(parent, 'mapping.yaml');

function chartproof(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/chartproof.js'), ...words], {
    encoding: 'utf8',
    env: { ...process.env, CHARTPROOF_WORKSPACE: dir },
  });
  return { code: status, out: stdout, err: stderr };
}

const importTable = (...more: readonly string[]) => chartproof('import', 'table', table, '--mapping', mapping, ...more);

beforeAll(() => {
  const people = [
    { id: 'anna', family: 'Müller', given: 'Anna', birthDate: '1950-03-04' },
    { id: 'ben', family: 'Neil', given: 'Ben', birthDate: '1961-07-08' },
  ].map(({ id, family, given, birthDate }) => ({
    resourceType: 'Patient',
    id,
    birthDate,
    name: [{ family, given: [given] }],
  }));
  const fhir = join(parent, 'Patient.ndjson');
  writeFileSync(fhir, people.map((each) => `${JSON.stringify(each)}\n`).join(''));
  writeFileSync(
    table,
    'Rx,Date,Family,Given,Born,Drug\n1,2014-01-01,Muller,Ana,1950-03-04,urea\n2,2014-01-01,Neil,Ben,1961-07-08,urea\n',
  );
  writeFileSync(
    mapping,
    `source: pharmacy
becomes: drug_exposure
row_id: Rx
columns:
  date: { column: Date, format: YYYY-MM-DD }
  drug: Drug
person:
  family_name: Family
  given_name: Given
  birth_date: { column: Born, format: YYYY-MM-DD }
linkage:
  - match: [family_name, given_name, birth_date]
`,
  );
  expect(chartproof('init', dir).code).toBe(0);
  expect(chartproof('import', 'fhir', fhir).code).toBe(0);
});
afterAll(() => rmSync(parent, { recursive: true }));

describe('a steward', () => {
  test('tries a table out, and nothing is stored', () => {
    const manifest = join(dir, 'records/manifest.json');
    const before = readFileSync(manifest, 'utf8');
    const { code, out } = importTable('--dry-run');
    expect(code).toBe(0);
    expect(out).toMatch(/^fills\.csv:2 {2}no person \(linkage\.none\)\n/);
    expect(out).toContain('fills.csv:3  Patient/ben by family_name+given_name+birth_date\n');
    expect(out).toContain('A dry run: nothing was stored.');
    expect(out).not.toMatch(/m[uü]ller|neil/i);
    expect(JSON.parse(importTable('--dry-run', '--json').out)).toMatchObject({ dryRun: true, preview: [{}, {}] });
    expect(readFileSync(manifest, 'utf8')).toBe(before);
    expect(chartproof('linkage', 'list').out).toBe('No row waits for a decision.\n');
  });

  test('sees who may be whose, both sides with names, and confirms', () => {
    expect(importTable().out).toContain('1 of those without a person may be somebody: chartproof linkage list');
    const list = chartproof('linkage', 'list', '--source', 'pharmacy').out;
    expect(list).toMatch(/pharmacy\/1 +fills\.csv:2 +linkage\.none +Patient\/anna +-?\d/);
    expect(list).not.toMatch(/m[uü]ller/i);
    expect(JSON.parse(chartproof('linkage', 'list', '--json').out)).toMatchObject({
      rows: [{ row: 'pharmacy/1', candidates: [{ person: 'Patient/anna' }] }],
      open: 1,
    });

    const shown = chartproof('linkage', 'show', 'fills.csv:2', '--as', 'steward').out;
    expect(JSON.parse(readFileSync(join(dir, 'records/linkage/looks.ndjson'), 'utf8'))).toMatchObject({
      by: 'steward',
    });
    expect(shown).toMatch(/the row +Muller +Ana +1950-03-04\n/);
    expect(shown).toMatch(/Patient\/anna +\S+ +Müller +Anna +1950-03-04\n/);

    expect(chartproof('linkage', 'confirm', 'pharmacy/1', 'Patient/anna', '--as', 'steward').code).toBe(0);
    expect(chartproof('linkage', 'list').out).toBe('No row waits for a decision.\n');
    expect(importTable().out).toMatch(/1 +confirmed by a steward/);
  });

  test('is told what is wrong', () => {
    expect(chartproof('linkage', 'confirm', 'pharmacy/9', 'Patient/anna')).toMatchObject({ code: 1, out: '' });
    const { code, err } = chartproof('linkage', 'reject', 'pharmacy/1', 'Patient/nobody', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'linkage.unknown-person' } });
    expect(chartproof('linkage', 'show')).toMatchObject({ code: 2 });
  });
});
