/** A study stays on the records that it was made from, whatever is imported, until it is moved. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silent } from '../src/base/index.ts';
import { demoOf } from '../src/cli/demo-steps.ts';
import { indexCurrent } from '../src/cli/index-command.ts';
import { move } from '../src/cli/move-command.ts';
import { buildProgram } from '../src/cli/program.ts';
import { releaseStudy } from '../src/cli/release-command.ts';
import { identifyStudy } from '../src/cohort/index.ts';
import { type Published, studyResults } from '../src/publish/index.ts';
import { currentSnapshot, importFhir } from '../src/records/index.ts';
import { withStudy } from '../src/review/index.ts';
import { openStudyDatabase, openWorkspace, type Workspace } from '../src/workspace/index.ts';

const STUDY = 'topical-thiosulfate';
const dir = mkdtempSync(join(tmpdir(), 'chartproof-stays-'));
let workspace: Workspace;
let first: Published;

beforeAll(async () => {
  const demo = demoOf({ dir, patients: 300, seed: 1 });
  for (const step of demo.steps) await step.run(silent);
  workspace = openWorkspace(dir);
  first = demo.published();
});
afterAll(() => rmSync(dir, { recursive: true }));

async function importLines(name: string, lines: readonly object[]): Promise<void> {
  const file = join(dir, 'input', name);
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  await importFhir(workspace, [file], { progress: silent, now: '2024-05-05T00:00:00Z' });
  await indexCurrent(workspace, silent);
}

/** The files of a folder, by name. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(files.sort().map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}

/** Everything that is stored of the study. */
function stored(): string {
  const database = openStudyDatabase(workspace, STUDY);
  try {
    const tables = ['study', 'candidate', 'cohort_run', 'revision', 'evidence', 'release_lock', 'audit'];
    return JSON.stringify(tables.map((table) => database.sql.prepare(`SELECT * FROM ${table}`).all()));
  } finally {
    database.close();
  }
}

/** An included subject's person, and the number of those who are. */
const included = () =>
  withStudy(workspace, STUDY, 'of-cohort', (open) => {
    const { state, attrition, run } = studyResults(open);
    const [one] = state.included;
    return {
      person: one?.person.person ?? '',
      n: state.included.length,
      subject: one?.person.subject ?? '',
      attrition,
      run,
    };
  });

const publish = (acceptChanges?: string) =>
  releaseStudy(workspace, STUDY, 'test', silent, {
    accepting: 'The patients of the demo are invented.',
    acceptChanges,
  });

test('the same protocol, snapshot and lock give the same files after a later import, byte for byte', async () => {
  const before = contents(first.folder);
  const id = (await included()).person.split('/')[1];
  const coding = { system: 'http://hl7.org/fhir/sid/icd-9-cm', code: '709.3' };
  await importLines('later.ndjson', [
    { resourceType: 'Patient', id: 'newcomer', birthDate: '1960-01-01', gender: 'female' },
    {
      resourceType: 'Consent',
      id: 'newcomer',
      status: 'active',
      scope: { coding: [{ code: 'research' }] },
      patient: { reference: 'Patient/newcomer' },
      dateTime: '2012-01-01',
      provision: { type: 'permit' },
    },
    {
      resourceType: 'MedicationRequest',
      id: 'newcomer',
      status: 'active',
      subject: { reference: 'Patient/newcomer' },
      medicationCodeableConcept: { text: 'Sodium thiosulfate 25 % cream' },
      authoredOn: '2014-02-01',
    },
    ...[id, 'newcomer'].map((each) => ({
      resourceType: 'Condition',
      id: `later-${each}`,
      subject: { reference: `Patient/${each}` },
      code: { coding: [coding] },
      onsetDateTime: '2014-01-01',
    })),
  ]);
  const { run, newerSnapshot } = await withStudy(workspace, STUDY, 'of-cohort', (open) =>
    identifyStudy(workspace, open, { actor: 'test', at: '2024-01-01T00:00:00Z', progress: silent }),
  );
  expect(run.snapshot).toBe(first.facts.snapshot);
  expect(newerSnapshot).toBe(currentSnapshot(workspace));
  expect(newerSnapshot).not.toBe(run.snapshot);
  rmSync(first.folder, { recursive: true });
  expect((await publish()).folder).toBe(first.folder);
  expect(contents(first.folder)).toEqual(before);
  // The index of the notes is derived: made anew, it finds in the older records what it found.
  for (const end of ['', '-wal', '-shm']) rmSync(`${workspace.paths.notes}${end}`, { force: true });
  await indexCurrent(workspace, silent);
  rmSync(first.folder, { recursive: true });
  await publish();
  expect(contents(first.folder)).toEqual(before);
});

test('a dry run says what the move then does, and changes nothing', async () => {
  const how = { as: 'test', dryRun: true };
  const before = stored();
  const said = await move(workspace, STUDY, how, silent);
  expect(stored()).toBe(before);
  const { subject } = await included();
  expect(said).toMatchObject({ moved: false, change: { in: 1, out: { notFound: 0, notAuthorized: 0 } } });
  expect(said.change.changed).toEqual([
    expect.objectContaining({
      subject,
      rows: {
        condition_occurrence: { added: 1, removed: 0, changed: 0 },
        coding: { added: 1, removed: 0, changed: 0 },
      },
    }),
  ]);
  expect(said.citations).toMatchObject({ notes: 0, records: 0 });
  expect(said.citations.stood).toBeGreaterThan(100);

  const done = await move(workspace, STUDY, { ...how, dryRun: false }, silent);
  expect(done).toEqual({ ...said, moved: true });
  const { run } = await included();
  expect(run.snapshot).toBe(currentSnapshot(workspace));
  expect(run.candidates).toHaveLength(first.run.candidates.length + 1);
  const back = await move(workspace, STUDY, { ...how, dryRun: false, to: first.facts.snapshot.slice(0, 10) }, silent);
  expect(back).toMatchObject({ moved: true, change: { in: 0, out: { notFound: 1 } } });
  expect((await publish()).folder).toBe(first.folder);
});

test('a refusal that comes later closes the chart at once, on the snapshot that the study stays on', async () => {
  const before = await included();
  await importLines('refusal.ndjson', [
    {
      resourceType: 'Consent',
      id: 'late-refusal',
      status: 'active',
      scope: { coding: [{ code: 'research' }] },
      patient: { reference: before.person },
      dateTime: '2017-01-01',
      provision: { type: 'deny' },
    },
  ]);
  const after = await included();
  expect(after.run.snapshot).toBe(before.run.snapshot);
  expect(after.n).toBe(before.n - 1);
  expect(JSON.stringify(after.run)).not.toContain(`"${before.subject}"`);
  const gateOf = (steps: typeof before.attrition) => steps.find(({ id }) => id === 'authorized');
  expect(gateOf(after.attrition)?.removed).toBe((gateOf(before.attrition)?.removed ?? 0) + 1);
  const chart = buildProgram().parseAsync(['review', 'chart', STUDY, before.subject, '-w', dir], { from: 'user' });
  await expect(chart).rejects.toMatchObject({ code: 'review.closed-chart' });
  await expect(publish()).rejects.toMatchObject({ code: 'publish.stale-text' });
  const { folder } = await publish('somebody has refused');
  expect(folder).not.toBe(first.folder);
  for (const [name, text] of Object.entries(contents(folder)))
    expect(text.includes(before.subject) && name !== 'protocol.yaml', name).toBe(false);
  expect((await move(workspace, STUDY, { as: 'test', dryRun: true }, silent)).change.out.notAuthorized).toBe(1);
});
