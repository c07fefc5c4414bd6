import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../../base/index.ts';
import { told } from '../accounts/accounts.test-support.ts';
import {
  contract,
  type ImportDone,
  type JobView,
  type MoveView,
  type QualityView,
  type RouteOutput,
  type SnapshotComparison,
} from '../contract/index.ts';
import { type ServedStudy, servedStudy } from '../served-study.test-support.ts';

let at: ServedStudy;
beforeEach(async () => {
  at = await servedStudy();
  return () => at[Symbol.asyncDispose]();
});
afterEach(() => expect(at.log.join('')).not.toContain('Family'));

/** Puts a file into the inbox. */
function put(name: string, text: string): void {
  const path = join(at.of.workspace.paths.inbox, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A new person with psoriasis, and a line that is no JSON. */
const EXPORT = [
  '{"resourceType":"Patient","id":"6","name":[{"family":"Family6"}],"birthDate":"1966-05-01"}',
  '{"resourceType":"Condition","id":"6","subject":{"reference":"Patient/6"},"onsetDateTime":"2015-02-01","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"L40.0"}]}}',
  '{"resourceType":"Condition","id":"7","subject":<b>Family7</b>',
].join('\n');

/** The result of long work that a call begins, or its problem's code. */
async function outcome<Result>(begun: { readonly status: number; readonly body: unknown }): Promise<Result> {
  expect(begun).toMatchObject({ status: 200 });
  await at.settled();
  const { job } = begun.body as { job: string };
  const view = (await at.call('steward', contract.job, { params: { job } })).body as JobView;
  if (view.state === 'failed') throw new Error(view.failure.code);
  if (view.state !== 'done') throw new Error('it goes on');
  return view.result as Result;
}

const importFhir = async (dryRun: boolean) =>
  outcome<ImportDone>(
    await at.call('steward', contract.importRecords, { body: { kind: 'fhir', paths: ['more'], dryRun } }),
  );

const snapshots = async () =>
  ((await at.call('steward', contract.snapshots, {})).body as RouteOutput<typeof contract.snapshots>).items;

test('[R120] what stands in the inbox is listed, and nothing else can be imported', async () => {
  expect((await at.call('steward', contract.inbox, {})).body).toEqual({ items: [], isWhole: true });
  put('more/Patient.ndjson', EXPORT);
  put('fills.csv', 'a,b\n');
  mkdirSync(join(at.of.workspace.paths.inbox, 'linked'));
  symlinkSync(at.of.workspace.paths.records, join(at.of.workspace.paths.inbox, 'linked/out'));
  expect((await at.call('steward', contract.inbox, {})).body).toEqual({
    items: [
      { path: 'fills.csv', kind: 'file', bytes: 4, files: 1 },
      { path: 'linked', kind: 'folder', bytes: 0, files: 0 },
      { path: 'more', kind: 'folder', bytes: EXPORT.length, files: 1 },
      { path: 'more/Patient.ndjson', kind: 'file', bytes: EXPORT.length, files: 1 },
    ],
    isWhole: true,
  });
  const refused = async (path: string) => {
    const body = { kind: 'fhir' as const, paths: [path], dryRun: true };
    return (await at.call('steward', contract.importRecords, { body })).body;
  };
  for (const path of ['../records', 'more/../../records', '/etc/passwd', 'not-there', 'more//Patient.ndjson', '.'])
    expect(await refused(path)).toMatchObject({ status: 404, code: 'data.not-in-inbox' });
  for (const path of ['linked', 'linked/out'])
    expect(await refused(path)).toMatchObject({ status: 422, code: 'data.link-in-inbox' });
  const mapping = { kind: 'table' as const, paths: ['fills.csv'], mapping: '../workspace.json', dryRun: true };
  expect((await at.call('steward', contract.importRecords, { body: mapping })).body).toMatchObject({ status: 404 });
});

test('[R122][R126] a dry run keeps nothing; an import makes a snapshot with its notes, and the trail tells of both', async () => {
  put('more/Patient.ndjson', EXPORT);
  const [first, ...none] = await snapshots();
  expect(none).toEqual([]);
  expect(first).toMatchObject({ isCurrent: true, kind: 'fhir', studies: [at.study] });
  const dry = await importFhir(true);
  expect(dry).toMatchObject({ dryRun: true, changed: true, lines: 3, stored: 2, quarantined: 1, notes: null });
  expect(dry.reasons).toEqual([{ reason: 'json.truncated', words: expect.stringContaining('cut off'), lines: 1 }]);
  expect(await snapshots()).toHaveLength(1);

  const done = await importFhir(false);
  expect(done).toMatchObject({ dryRun: false, snapshot: dry.snapshot, notes: { notes: 5, added: 0 } });
  expect((await snapshots()).map(({ snapshot, isCurrent, studies }) => [snapshot, isCurrent, studies])).toEqual([
    [done.snapshot, true, []],
    [first?.snapshot, false, [at.study]],
  ]);
  const imports = (await at.call('steward', contract.imports, { query: { limit: 1 } })).body;
  expect(imports).toMatchObject({ items: [{ id: done.id, kind: 'fhir', quarantined: 1 }], next: '1' });
  const begun = 'steward records.import';
  expect(told(at.accounts)).toEqual([
    begun,
    `steward records.imported ${dry.id}`,
    begun,
    `steward records.imported ${done.id}`,
  ]);

  const body = { from: first?.snapshot ?? '', to: done.snapshot };
  const comparison = await outcome<SnapshotComparison>(await at.call('steward', contract.compareSnapshots, { body }));
  expect(comparison.persons).toEqual({ added: 1, removed: 0 });
  expect(comparison.tables.find(({ table }) => table === 'condition_occurrence')).toMatchObject({
    added: 1,
    removed: 0,
  });
  const quality = await outcome<QualityView>(await at.call('steward', contract.checkQuality, { body: {} }));
  expect(quality.snapshot).toBe(done.snapshot);
  expect(quality.checks.length).toBeGreaterThan(50);
  expect(told(at.accounts).slice(4)).toEqual(['steward records.compare', 'steward records.check-quality']);
});

/** The process that works on the records for this server. */
function recordProcess(): number {
  return Number(execFileSync('pgrep', ['-P', String(process.pid), '-f', 'record-process'], { encoding: 'utf8' }));
}

/** Begins an import and kills its process at a step. */
async function importKilledAt(step: string): Promise<JobView> {
  const body = { kind: 'fhir' as const, paths: ['more'], dryRun: false };
  const params = (await at.call('steward', contract.importRecords, { body })).body as { job: string };
  const job = async () => (await at.call('steward', contract.job, { params })).body as JobView;
  while ((await job()).step !== step) await new Promise((later) => setTimeout(later, 5));
  process.kill(recordProcess(), 'SIGKILL');
  await at.settled();
  return job();
}

test('[R121] an import whose process is killed has changed nothing, is told as failed, and can be begun again', async () => {
  const persons = Array.from({ length: 20_000 }, (_, n) => `{"resourceType":"Patient","id":"killed-${n}"}`);
  put('more/Patient.ndjson', persons.join('\n'));
  const state = async () => [await snapshots(), (await at.call('steward', contract.imports, {})).body];
  const before = await state();
  const killed = await importKilledAt('Reading records');
  expect(killed).toMatchObject({ state: 'failed', failure: { code: 'data.work-ended', status: 422 } });
  expect(told(at.accounts)).toEqual(['steward records.import', 'steward records.import-failed']);
  expect(await state()).toEqual(before);
  expect(await importFhir(false)).toMatchObject({ lines: 20_000, stored: 20_000, quarantined: 0 });
});

test('[R121] where it is killed when the notes are indexed, the import is there, and the same again indexes them', async () => {
  const text = Buffer.from('Severe psoriasis. '.repeat(200)).toString('base64');
  const note = (n: number) =>
    `{"resourceType":"DocumentReference","id":"note-${n}","status":"current","subject":{"reference":"Patient/1"},"content":[{"attachment":{"contentType":"text/plain","data":"${text}"}}]}`;
  put('more/DocumentReference.ndjson', Array.from({ length: 1500 }, (_, n) => note(n)).join('\n'));
  const killed = await importKilledAt('Indexing notes');
  expect(killed).toMatchObject({ state: 'failed', failure: { code: 'data.not-indexed' } });
  const [current, ...others] = await snapshots();
  expect(others).toHaveLength(1);
  expect(await importFhir(false)).toMatchObject({
    snapshot: current?.snapshot,
    changed: false,
    notes: { added: 1500 },
  });
});

test('[R121] work that cannot be done is told as the error of a call would be, and calls are answered meanwhile', async () => {
  put('more/readme.txt', 'nothing');
  const begun = await at.call('steward', contract.importRecords, {
    body: { kind: 'fhir', paths: ['more'], dryRun: false },
  });
  const { job } = begun.body as { job: string };
  expect((await at.call('steward', contract.job, { params: { job } })).body).toMatchObject({ state: 'running' });
  await expect(outcome(begun)).rejects.toThrow('records.nothing-to-import');
  expect(told(at.accounts)).toEqual(['steward records.import', 'steward records.import-failed']);
  expect((await at.call('administrator', contract.job, { params: { job } })).status).toBe(404);
});

test('[R123] a quarantined line is listed by its place, and opened from the very file that was imported', async () => {
  put('more/Patient.ndjson', EXPORT);
  const { id } = await importFhir(false);
  const params = { import: id };
  const list = (query = {}) => at.call('steward', contract.quarantine, { params, query });
  const row = {
    at: 0,
    file: 'Patient.ndjson',
    line: 3,
    reason: 'json.truncated',
    words: expect.stringContaining('cut off'),
  };
  expect((await list()).body).toEqual({ items: [{ ...row, type: '(none)', element: null }], next: null });
  expect((await list({ reason: 'json.invalid' })).body).toEqual({ items: [], next: null });
  expect(JSON.stringify((await list()).body)).not.toContain('Family7');
  const open = (body = { at: 0 }) => at.call('steward', contract.openQuarantined, { params, body });
  const line = EXPORT.split('\n')[2];
  expect((await open()).body).toEqual({ file: 'Patient.ndjson', line: 3, text: line, isWhole: true });
  expect(told(at.accounts).at(-1)).toBe(`steward records.open-quarantined ${id}`);
  const before = told(at.accounts).length;
  expect((await open({ at: 1 })).body).toMatchObject({ status: 404, code: 'data.no-row' });
  put('more/Patient.ndjson', EXPORT.replace('Family7', 'Family8'));
  expect((await open()).body).toMatchObject({ status: 422, code: 'data.no-source' });
  expect(told(at.accounts)).toHaveLength(before);
  const unknown = await at.call('steward', contract.quarantine, { params: { import: '0'.repeat(16) }, query: {} });
  expect(unknown).toMatchObject({ status: 404 });
});

const MAPPING = `source: pharmacy
becomes: drug_exposure
row_id: [Rx]
columns:
  date: { column: Filled, format: [YYYY-MM-DD] }
  drug: Drug
person:
  record_number: Number
  family_name: Family
  birth_date: { column: Born, format: [YYYY-MM-DD] }
linkage:
  - match: [record_number]
`;

test('[R124] rows without a certain person are listed without names, shown one at a time, and decided', async () => {
  put('fills.csv', 'Rx,Filled,Drug,Number,Family,Born\n1,2015-05-06,Methotrexate,77,Family1,1961-05-01\n');
  put('mapping.yaml', MAPPING);
  const body = { kind: 'table' as const, paths: ['fills.csv'], mapping: 'mapping.yaml' };
  const importTable = async (dryRun: boolean) =>
    outcome<ImportDone>(await at.call('steward', contract.importRecords, { body: { ...body, dryRun } }));
  const dry = await importTable(true);
  expect(dry.preview).toEqual([
    {
      file: 'fills.csv',
      line: 2,
      person: null,
      linkage: 'linkage.none',
      values: expect.arrayContaining([{ column: 'drug_source_value', value: 'Methotrexate' }]),
    },
  ]);
  expect((await importTable(false)).linkage).toMatchObject({ unlinked: 1, proposed: 1 });

  const listed = await at.call('steward', contract.openLinkage, { query: {} });
  expect(listed.body).toMatchObject({
    items: [{ row: 'pharmacy/1', source: 'pharmacy', line: 2, candidates: [{ person: 'Patient/1' }] }],
    open: 1,
    proposed: 1,
  });
  expect(JSON.stringify(listed.body)).not.toContain('Family1');
  const shown = await at.call('steward', contract.showLinkageRow, { body: { row: 'pharmacy/1' } });
  expect(shown.body).toMatchObject({
    said: { family_name: 'Family1', record_number: '77' },
    candidates: [{ person: 'Patient/1', known: [{ family_name: 'Family1' }] }],
  });
  const decide = (person: string) =>
    at.call('steward', contract.decideLinkageRow, { body: { row: 'pharmacy/1', person, verdict: 'confirmed' } });
  expect((await decide('Patient/99')).body).toMatchObject({ status: 422, code: 'linkage.unknown-person' });
  expect((await decide('Patient/1')).status).toBe(204);
  expect((await at.call('steward', contract.openLinkage, { query: { all: 'true' } })).body).toMatchObject({
    items: [],
  });
  expect((await importTable(false)).linkage).toMatchObject({
    byRule: expect.arrayContaining([{ rule: 'confirmed', rows: 1 }]),
  });
  const row = sha256('pharmacy/1').slice(0, 16);
  expect(told(at.accounts).filter((line) => line.includes('linkage.'))).toEqual([
    'steward linkage.list',
    `steward linkage.show ${row}`,
    `steward linkage.decide ${row}`,
    'steward linkage.list',
  ]);
  const unknown = await at.call('steward', contract.showLinkageRow, { body: { row: 'pharmacy/2' } });
  expect(unknown.body).toMatchObject({ status: 404, code: 'linkage.unknown-row' });
});

test('[R125] a steward moves a study by numbers; its owner is told the subjects', async () => {
  put(
    'more/Patient.ndjson',
    `${EXPORT}\n{"resourceType":"Condition","id":"1","subject":{"reference":"Patient/1"},"meta":{"lastUpdated":"2030-01-01T00:00:00Z"},"onsetDateTime":"2015-02-03","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"L40.0"}]}}`,
  );
  const { snapshot } = await importFhir(false);
  const params = { study: at.study };
  const owner = 'owner+steward';
  const records = async () => (await at.call(owner, contract.studyRecords, { params })).body;
  expect(await records()).toMatchObject({ current: snapshot, snapshot: expect.not.stringContaining(snapshot) });
  const asSteward = async (dryRun: boolean) =>
    outcome<MoveView>(await at.call('steward', contract.moveStudyAsSteward, { body: { study: at.study, dryRun } }));
  const plan = await asSteward(true);
  expect(plan).toMatchObject({ moved: false, to: snapshot, before: 3, after: 4, in: 1, changed: { subjects: 1 } });
  expect([plan.changedSubjects, plan.citingSubjects]).toEqual([null, null]);
  expect(await records()).toMatchObject({ snapshot: plan.from });

  const begun = await at.call(`${owner}:steward`, contract.moveStudy, { params, body: { dryRun: true } });
  const subject = at.of.subject('Patient/1');
  expect(await outcome<MoveView>(begun)).toMatchObject({
    moved: false,
    changedSubjects: [subject],
    citingSubjects: [],
  });

  expect(await asSteward(false)).toMatchObject({ moved: true });
  expect(await records()).toEqual({ snapshot, current: snapshot });
  const trail = (await at.call(owner, contract.studyAudit, { params, query: { limit: 3 } })).body;
  expect(
    (trail as { items: { action: string; actor: string }[] }).items.map((row) => `${row.actor} ${row.action}`),
  ).toEqual(['steward study.move', 'steward study.plan-move', 'steward study.plan-move']);
  expect(told(at.accounts).filter((line) => line.includes('move'))).toHaveLength(3);
  const unknown = await at.call('steward', contract.moveStudyAsSteward, { body: { study: 'no-such', dryRun: true } });
  expect(unknown).toMatchObject({ status: 404 });
});
