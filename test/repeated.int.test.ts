/** The same inputs give the same results: again, in another place, and after any death of the process. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCases } from '../demo/reference-study/index.ts';
import type { ResultTable } from '../src/analysis/index.ts';
import { silent } from '../src/base/index.ts';
import { type DemoOptions, demoOf } from '../src/cli/demo-steps.ts';
import { root } from './source-files.ts';

const parent = mkdtempSync(join(tmpdir(), 'chartproof-repeated-'));
afterAll(() => rmSync(parent, { recursive: true }));

/** Runs the demo to its end; the release's files as text. */
async function run(options: Pick<DemoOptions, 'dir' | 'cases'>): Promise<(file: string) => string> {
  const demo = demoOf({ patients: 300, seed: 1, ...options });
  for (const step of demo.steps) await step.run(silent);
  const { folder } = demo.published();
  return (file) => readFileSync(join(folder, file), 'utf8');
}

const first = await run({ dir: join(parent, 'first') });

test('a second run elsewhere gives the same files, byte for byte', async () => {
  const second = await run({ dir: join(parent, 'second') });
  for (const file of ['tables.json', 'attrition.json', 'release.json', 'tables.html', 'data/subjects.csv'])
    expect(second(file), file).toBe(first(file));
});

test('a run killed in every step and started again gives the same', async () => {
  const dir = join(parent, 'killed');
  const steps = demoOf({ dir, patients: 300, seed: 1 }).steps.length;
  const killed = new Set<number>();
  for (let step = 0; step < steps; step++) {
    for (const call of [1, 2, 4]) {
      const child = spawnSync(process.execPath, [join(root, 'test/killed-demo.ts'), dir, String(step), String(call)], {
        encoding: 'utf8',
      });
      if (child.signal === 'SIGKILL') killed.add(step);
      else expect(child.stderr, `step ${step}`).toBe('');
    }
  }
  expect([...killed]).toEqual(Array.from({ length: steps }, (_, step) => step));
  const after = await run({ dir });
  for (const file of ['tables.json', 'attrition.json', 'release.json']) expect(after(file), file).toBe(first(file));
  expect(readdirSync(dir).filter((name) => /draft|staging|\.tmp$/.test(name))).toEqual([]);
}, 300_000);

test('one changed value of one chart moves the cells that depend on it, and no other', async () => {
  const cases = readCases();
  const changed = cases.included.map((one) =>
    one.response === 'PR' &&
    one.treatment.frequency === 'twice' &&
    one === cases.included.find(isTwiceWithPartialResponse)
      ? { ...one, treatment: { ...one.treatment, frequency: 'three_times' } }
      : one,
  );
  const after = await run({ dir: join(parent, 'changed'), cases: { ...cases, included: changed } });
  expect(moves(first('tables.json'), after('tables.json'))).toEqual({
    'table2/frequency-twice/PR': -1,
    'table2/frequency-twice/percent': -1,
    'table2/frequency-twice/total': -1,
    'table2/frequency-three-times/PR': 1,
    'table2/frequency-three-times/percent': 1,
    'table2/frequency-three-times/total': 1,
  });
});

type Included = ReturnType<typeof readCases>['included'][number];

function isTwiceWithPartialResponse(one: Included): boolean {
  return one.response === 'PR' && one.treatment.frequency === 'twice';
}

/** By how much each cell's n differs, for those that do, or whose text or subjects differ. */
function moves(before: string, after: string): Record<string, number> {
  const cells = (text: string) =>
    (JSON.parse(text) as { tables: ResultTable[] }).tables.flatMap((table) =>
      table.rows.flatMap((row) => row.cells.map((cell) => [`${table.id}/${row.id}/${cell.column}`, cell] as const)),
    );
  const old = new Map(cells(before));
  return Object.fromEntries(
    cells(after)
      .filter(([address, cell]) => JSON.stringify(cell) !== JSON.stringify(old.get(address)))
      .map(([address, cell]) => [address, cell.n - (old.get(address)?.n ?? 0)]),
  );
}
