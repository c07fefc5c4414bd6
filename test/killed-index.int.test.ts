import { spawn, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { silent } from '../src/base/index.ts';
import { openNotes, parseQuery } from '../src/notes/index.ts';
import { importFhir } from '../src/records/index.ts';
import { initWorkspace, openWorkspace } from '../src/workspace/index.ts';

/** `npm run test:slow` kills more often. */
const KILLS = process.env.CHARTPROOF_SLOW ? 30 : 3;
const folder = mkdtempSync(join(tmpdir(), 'chartproof-killed-index-'));
const CLI = join(import.meta.dirname, '../bin/chartproof.js');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WORDS = [
  'fever',
  'no fever',
  'psoriasis',
  'denies chills',
  'history of arthritis',
  'rash.',
  'mother has gout.\n',
];

/** Notes of 14 MB, most of it white space: enough for threads and for more than one run. */
function documents(): string[] {
  return Array.from({ length: 300 }, (_, at) => {
    const words = Array.from({ length: 150 }, (__, i) => WORDS[(at * 13 + i * i) % (i % 5 === 0 ? 7 : 5)]);
    const text = `${words.join(' ')}${' '.repeat(42_000)}`;
    return JSON.stringify({
      resourceType: 'DocumentReference',
      id: `n${at}`,
      status: 'current',
      subject: { reference: `Patient/${at % 20}` },
      date: `2012-0${1 + (at % 9)}-05`,
      content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
    });
  });
}

async function importedInto(dir: string): Promise<void> {
  const patients = Array.from({ length: 20 }, (_, id) => JSON.stringify({ resourceType: 'Patient', id: String(id) }));
  const file = join(folder, 'all.ndjson');
  writeFileSync(file, [...patients, ...documents()].join('\n'));
  await importFhir(initWorkspace(dir), [file], { progress: silent, now: '2020-01-01T00:00:00Z' });
}

const args = (dir: string): string[] => [CLI, 'index', '-w', dir, '--json'];

function undisturbed(dir: string): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args(dir), { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return performance.now() - began;
}

/** Starts an indexing and kills it after a while; whether it was still at work. */
function killed(dir: string, after: number): Promise<boolean> {
  const child = spawn(process.execPath, args(dir), { stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), after);
  return new Promise((resolve) => {
    child.on('exit', (_code, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    });
  });
}

const QUERIES = [
  'fever',
  'affirmed(fever)',
  '"fever psoriasis"',
  'person(gout AND NOT fevers)',
  'NOT gout',
  'arthritis~1',
];

function answers(dir: string): unknown {
  const store = openNotes(openWorkspace(dir));
  try {
    return QUERIES.map((query) => {
      const answer = store.find(parseQuery(query), {});
      const shown = [...answer.highlights({ from: 0, count: 5 })].map(({ noteId, mentions }) => [noteId, mentions]);
      return [answer.totals, answer.withoutCopies().totals, [...answer.byNote()], shown];
    });
  } finally {
    store.close();
  }
}

const indexFiles = (dir: string) => globSync('notes.sqlite*', { cwd: dir });

test(`[R45] killed ${KILLS} times at random moments, the next run gives the same answers and leaves nothing behind`, async () => {
  const dir = join(folder, 'workspace');
  await importedInto(dir);
  const milliseconds = undisturbed(dir);
  const expected = answers(dir);
  let interrupted = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    for (const file of indexFiles(dir)) rmSync(join(dir, file));
    // Each in a part of its own of the time, so that the parts of the work have their turn.
    if (await killed(dir, ((kill + Math.random()) / KILLS) * milliseconds)) interrupted += 1;
    if (await killed(dir, Math.random() * milliseconds)) interrupted += 1; // at work on what the first left
    undisturbed(dir);
    expect(answers(dir)).toEqual(expected);
    expect(indexFiles(dir)).toEqual(['notes.sqlite']);
  }
  expect(interrupted).toBeGreaterThan(0);
});
