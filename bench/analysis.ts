/**
 * `npm run bench:analysis [-- --subjects 28,1000,10000 --pairs 5 --json]`: from the settled review of generated subjects to the
 * lock and every file of tables and figures, beside R alone on the same statistics: the R that the program uses
 * (WebAssembly, its start included) and, where `Rscript` is there, the R of the machine. One after the other, in rounds, each in a
 * process of its own. Medians; a ratio is of the rounds. It fails where R's numbers differ.
 *
 * Refresh: R is warm and everything was worked out; then one value of one subject is another, and tables and statistics are
 * made again. Of the program, parts are told too; R starts beside the first of them. The node processes count from when
 * their modules are loaded, `Rscript` as a whole.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { differences } from './analysis-differences.ts';
import { type Figures, hasRscript, measureStep, type Step } from './analysis-steps.ts';

const { values } = parseArgs({
  options: {
    subjects: { type: 'string', default: '28,1000,10000' },
    pairs: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    step: { type: 'string' },
    dir: { type: 'string', default: '' },
  },
});

if (values.step === undefined) compareAll();
else process.stdout.write(JSON.stringify(await measureStep(values.step as Step, values.dir, Number(values.subjects))));

function compareAll(): void {
  const results = values.subjects.split(',').map((count) => compare(Number(count)));
  process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : results.map(report).join('\n'));
}

type Measured = Omit<Figures, 'written'>;

function compare(subjects: number) {
  const dir = mkdtempSync(join(tmpdir(), 'chartproof-bench-'));
  try {
    const peers: readonly Step[] = hasRscript() ? ['webr', 'rscript'] : ['webr'];
    const rounds = Array.from({ length: Number(values.pairs) }, () => {
      const program = inProcess('program', dir, subjects);
      const others = peers.map((step) => [step, inProcess(step, dir, subjects)] as const);
      for (const [step, { written }] of others) requireSame(step, program.written, written);
      return { program, others: new Map(others), refresh: inProcess('refresh', dir, subjects) };
    });
    return {
      subjects,
      program: medians(rounds.map(({ program }) => program)),
      peers: peers.map((step) => {
        const all = rounds.flatMap(({ program, others }) => {
          const peer = others.get(step);
          return peer ? [{ program, peer }] : [];
        });
        return {
          step,
          ...medians(all.map(({ peer }) => peer)),
          ratio: median(all.map(({ program, peer }) => program.ms / peer.ms)),
        };
      }),
      refresh: medians(rounds.map(({ refresh }) => refresh)),
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function inProcess(step: Step, dir: string, subjects: number): Figures {
  process.stderr.write(`${subjects} subjects: ${step}\n`);
  const child = spawnSync(
    process.execPath,
    [import.meta.filename, '--step', step, '--dir', dir, '--subjects', String(subjects)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 30 },
  );
  if (child.status !== 0) throw new Error(`${step} failed`);
  return JSON.parse(child.stdout) as Figures;
}

function requireSame(step: Step, program: Figures['written'], peer: Figures['written']): void {
  const found = differences(program, peer);
  if (found.length > 0) throw new Error(`The numbers of ${step} differ.\n${found.slice(0, 5).join('\n')}`);
}

function medians(all: readonly Figures[]): Measured {
  const of = (pick: (figures: Figures) => number): number => median(all.map(pick));
  const names = Object.keys(all[0]?.parts ?? {});
  return {
    ms: of(({ ms }) => ms),
    cpuMs: of(({ cpuMs }) => cpuMs),
    parts: Object.fromEntries(names.map((name) => [name, of(({ parts }) => parts[name] ?? Number.NaN)])),
  };
}

function median(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[all.length >> 1] ?? Number.NaN;
}

function report({ subjects, program, peers, refresh }: ReturnType<typeof compare>): string {
  const line = (name: string, { ms, parts }: Measured): string => {
    const told = Object.entries(parts).map(([part, took]) => `${part} ${took.toFixed(0)}`);
    return `  ${name.padEnd(10)} ${ms.toFixed(0).padStart(7)} ms (${told.join(', ')})`;
  };
  const cpu = ({ cpuMs }: Measured): string => `; ${cpuMs.toFixed(0)} ms of processor time`;
  return [
    `${subjects} subjects; the numbers of R agree`,
    `${line('program', program)}${cpu(program)}`,
    ...peers.flatMap((peer) => [
      `${line(peer.step, peer)}${peer.step === 'webr' ? cpu(peer) : ''}`,
      `  program over ${peer.step}: ${peer.ratio.toFixed(2)}x`,
    ]),
    `${line('refresh', refresh)}${cpu(refresh)}`,
    '',
  ].join('\n');
}
