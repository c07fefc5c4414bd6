import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { personIdOf, silent } from '../base/index.ts';
import { type Gate, openGate } from '../cohort/index.ts';
import { indexNotes } from '../notes/index.ts';
import { registerProtocol } from '../protocol/index.ts';
import { importFhir, openRecords } from '../records/index.ts';
import { initWorkspace } from '../workspace/index.ts';
import { chartDays, chartRow, chartRows, chartRowsUpTo } from './chart-rows.ts';
import { psoriasisProtocol } from './psoriasis-protocol.test-support.ts';

const dir = mkdtempSync(join(tmpdir(), 'chartproof-chart-rows-'));
const person = personIdOf('Patient/1');
let gate: Gate;

beforeAll(async () => {
  const workspace = initWorkspace(join(dir, 'workspace'));
  const input = join(dir, 'records.ndjson');
  const of = (id: string) => ({ reference: `Patient/${id}` });
  const weight = (id: string, subject: string, effectiveDateTime: string) => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    category: [{ coding: [{ code: 'vital-signs' }] }],
    subject: of(subject),
    code: { text: 'Weight' },
    effectiveDateTime,
    valueQuantity: { value: 70, unit: 'kg' },
  });
  const condition = (id: string, subject: string, dates: object) => ({
    resourceType: 'Condition',
    id,
    subject: of(subject),
    code: { text: 'Psoriasis' },
    ...dates,
  });
  const resources = [
    { resourceType: 'Patient', id: '1', birthDate: '1961' },
    { resourceType: 'Patient', id: '2', birthDate: '1962' },
    condition('1', '1', { onsetDateTime: '2015', abatementDateTime: '2016-03' }),
    condition('2', '1', {}),
    condition('3', '2', { onsetDateTime: '2015' }),
    weight('1', '1', '2015-02-01'),
    weight('2', '1', '2015-02-01'),
    weight('3', '1', '2017-01-01T10:00:00Z'),
  ];
  writeFileSync(input, resources.map((one) => JSON.stringify(one)).join('\n'));
  await importFhir(workspace, [input], { progress: silent, now: '2024-01-01T00:00:00Z' });
  const records = await openRecords(workspace);
  await indexNotes(workspace, records, { progress: silent });
  records.close();
  const file = join(dir, 'protocol.yaml');
  writeFileSync(file, psoriasisProtocol);
  const { protocol } = registerProtocol(workspace, file, { actor: 'steward', at: '2024-01-01T00:00:00Z' });
  gate = await openGate(workspace, protocol);
});

afterAll(() => {
  gate.close();
  rmSync(dir, { recursive: true });
});

const sources = (rows: readonly { readonly source: string }[]) => rows.map(({ source }) => source);

test('[R26] rows of one person by date, those without a date last, each with the days that it may mean', async () => {
  const rows = await chartRows(gate, person);
  expect(sources(rows)).toEqual(['Condition/1', 'Observation/1', 'Observation/2', 'Observation/3', 'Condition/2']);
  expect(rows[0]).toMatchObject({
    kind: 'condition_occurrence',
    date: '2015',
    first: '2015-01-01',
    last: '2015-12-31',
    until: '2016-03',
    end: '2016-03-31',
    text: 'Psoriasis',
  });
  expect(rows[3]).toMatchObject({ kind: 'measurement', first: '2017-01-01', end: null, text: 'Weight 70 kg' });
  expect(sources(await chartRows(gate, person, {}, { from: 1, count: 2 }))).toEqual(['Observation/1', 'Observation/2']);
});

test('[R26] a row is in a stretch that it may have touched', async () => {
  const within = async (from: string, to: string) => sources(await chartRows(gate, person, { from, to }));
  expect(await within('2016-03-31', '2016-12-31')).toEqual(['Condition/1']);
  expect(await within('2016-04-01', '2016-12-31')).toEqual([]);
  expect(await within('2014-01-01', '2015-01-01')).toEqual(['Condition/1']);
  expect(await within('2017-01-01', '2017-01-01')).toEqual(['Observation/3']);
});

test('[R26] kinds with more rows in the stretch than can be told are left out, and counted by day', async () => {
  expect(sources(await chartRowsUpTo(gate, person, { from: '2015-01-01', to: '2015-12-31' }, 1))).toEqual([
    'Condition/1',
  ]);
  expect(await chartDays(gate, person)).toEqual([
    { kind: 'condition_occurrence', day: '2015-01-01', rows: 1 },
    { kind: 'condition_occurrence', day: null, rows: 1 },
    { kind: 'measurement', day: '2015-02-01', rows: 2 },
    { kind: 'measurement', day: '2017-01-01', rows: 1 },
  ]);
});

test('[R26] a row is found by its source in the chart of its person alone', async () => {
  expect(await chartRow(gate, person, 'Condition/2')).toMatchObject({ date: null, first: null, text: 'Psoriasis' });
  expect(await chartRow(gate, person, 'Condition/3')).toBeUndefined();
});
