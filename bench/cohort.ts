/**
 * `npm run bench:cohort [-- --persons 100000,1000000 --pairs 5 --json]`: the account of a study of generated persons beside
 * the same counts by hand-written DuckDB SQL (`cohort-peer.ts`) on the same Parquet files, one after the other, in pairs, each
 * in a process of its own. Medians; the ratio is of the pairs. It fails where the counts differ. Processor time stands beside,
 * since it says more on a machine that does other things.
 *
 * Account: from opening the gate to the last step, the run kept in the study's database. By hand: from opening DuckDB to the counts.
 * The first account of a snapshot also numbers its codes and sorts its codings by them, which are kept; by hand nothing is kept. It is
 * told apart and is in no pair.
 * Yield: what it takes on top to count a kept run by code, drug name and query, which by hand is not done, when somebody first
 * asks for it; the gate is opened for it.
 * Explain: every arm and rule told; one person: every arm and rule asked of one candidate; the snapshot and the gate are open
 * already. Why: the answer of `cohort why` for one candidate, from opening the gate. Of these three the `own` time is what
 * remains without the queries of the records themselves.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cohortHospital } from './cohort-hospital.ts';
import type { Account } from './cohort-peer.ts';
import { type Figures, measureStep, type Step } from './cohort-steps.ts';

const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '100000,1000000' },
    pairs: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    step: { type: 'string' },
    dir: { type: 'string', default: '' },
  },
});

if (values.step === undefined) await compareAll();
else process.stdout.write(JSON.stringify(await measureStep(values.step as Step, values.dir)));

async function compareAll(): Promise<void> {
  const results = [];
  for (const persons of values.persons.split(',').map(Number)) results.push(await compare(persons));
  process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : results.map(report).join('\n'));
}

async function compare(persons: number) {
  const dir = mkdtempSync(join(tmpdir(), 'chartproof-bench-'));
  try {
    process.stderr.write(`${persons} persons: making them\n`);
    await cohortHospital(join(dir, 'workspace'), persons);
    const run = (step: Step) => inProcess(step, join(dir, 'workspace'), persons);
    const first = run('program');
    const pairs = Array.from({ length: Number(values.pairs) }, () => ({ hand: run('hand'), program: run('program') }));
    for (const { hand, program } of pairs) requireSame(hand.account, program.account);
    const told = Array.from({ length: Number(values.pairs) }, () => ({
      explain: run('explain'),
      person: run('person'),
      why: run('why'),
      yields: run('yield'),
    }));
    return {
      persons,
      account: pairs[0]?.program.account,
      first: medians([first]),
      hand: medians(pairs.map(({ hand }) => hand)),
      program: medians(pairs.map(({ program }) => program)),
      ratio: median(pairs.map(({ hand, program }) => program.ms / hand.ms)),
      cpuRatio: median(pairs.map(({ hand, program }) => program.cpuMs / hand.cpuMs)),
      explain: medians(told.map(({ explain }) => explain)),
      person: medians(told.map(({ person }) => person)),
      why: medians(told.map(({ why }) => why)),
      yields: medians(told.map(({ yields }) => yields)),
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function inProcess(step: Step, dir: string, persons: number): Figures {
  process.stderr.write(`${persons} persons: ${step}\n`);
  const child = spawnSync(process.execPath, ['--expose-gc', import.meta.filename, '--step', step, '--dir', dir], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`${step} failed`);
  return JSON.parse(child.stdout) as Figures;
}

function requireSame(hand: Account | undefined, program: Account | undefined): void {
  if (JSON.stringify(hand) === JSON.stringify(program)) return;
  throw new Error(`The counts differ.\nby hand: ${JSON.stringify(hand)}\nprogram: ${JSON.stringify(program)}`);
}

function medians(all: readonly Figures[]): Omit<Figures, 'account'> {
  const of = (pick: (figures: Figures) => number) => median(all.map(pick));
  return { ms: of((one) => one.ms), cpuMs: of((one) => one.cpuMs), ownMs: of((one) => one.ownMs) };
}

function median(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[all.length >> 1] ?? Number.NaN;
}

function report({
  persons,
  account,
  first,
  hand,
  program,
  ratio,
  cpuRatio,
  explain,
  person,
  why,
  yields,
}: Awaited<ReturnType<typeof compare>>) {
  const line = (name: string, { ms, cpuMs }: Omit<Figures, 'account'>) =>
    `  ${name.padEnd(14)} ${ms.toFixed(0).padStart(7)} ms, ${cpuMs.toFixed(0).padStart(7)} ms of processor time`;
  return [
    `${persons} persons: ${account?.identified} identified, ${account?.candidates} authorized, ${account?.included} included; the counts agree`,
    line('by hand', hand),
    line('account', program),
    line('first account', first),
    `  account over by hand: ${ratio.toFixed(2)}x, of processor time ${cpuRatio.toFixed(2)}x`,
    line('yield', yields),
    `${line('explain', explain)}; own ${explain.ownMs.toFixed(0)} ms`,
    `${line('one person', person)}; own ${person.ownMs.toFixed(0)} ms`,
    `${line('why', why)}; own ${why.ownMs.toFixed(0)} ms`,
    '',
  ].join('\n');
}
