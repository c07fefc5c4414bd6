/**
 * `npm run bench:records [-- --gigabytes 1,4] [--runs 3] [--json]`: the import of generated FHIR beside DuckDB alone
 * reading the same files (`records-peer.ts`), each in a process of its own, one after the other. Medians of the runs;
 * the ratio is of pairs that ran one after the other. Peak memory is that of the whole process, with all its threads.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from '../demo/institution/index.ts';
import { silent } from '../src/base/index.ts';
import { importFhir } from '../src/records/index.ts';
import { initWorkspace } from '../src/workspace/index.ts';
import { type Peer, runPeer } from './records-peer.ts';

interface Figures {
  readonly seconds: number;
  /** Of processor time, on all cores together. */
  readonly cpu: number;
  readonly peakMB: number;
  readonly rows: Readonly<Record<string, number>>;
}
type Who = 'import' | Peer;

const { values } = parseArgs({
  options: {
    gigabytes: { type: 'string', default: '1,4' },
    runs: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    one: { type: 'string' },
    from: { type: 'string', default: '' },
    to: { type: 'string', default: '' },
  },
});

const NAMES: Readonly<Record<Who, string>> = {
  import: 'chartproof import fhir',
  same: 'DuckDB alone, same values',
  lean: 'DuckDB alone, lean',
};

const PATIENTS_A_GIGABYTE = 30_000;
const KILOBYTES_IN_MB = 1024;
const MICROSECONDS = 1e6;

if (values.one === undefined) await compare();
else process.stdout.write(JSON.stringify(await once(values.one as Who, values.from, values.to)));

async function compare(): Promise<void> {
  const lines = [];
  for (const gigabytes of values.gigabytes.split(',').map(Number)) {
    const folder = mkdtempSync(join(tmpdir(), 'chartproof-bench-'));
    try {
      const input = join(folder, 'input');
      await generate({ patients: Math.round(gigabytes * PATIENTS_A_GIGABYTE), seed: 1, out: input });
      lines.push(...measured(gigabytes, join(input, 'fhir'), folder));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  process.stdout.write(values.json ? `${JSON.stringify(lines, null, 2)}\n` : report(lines));
}

interface Line extends Omit<Figures, 'rows'> {
  readonly gigabytes: number;
  readonly who: Who;
  /** Seconds of the import over those of this peer. */
  readonly ratio?: number;
}

function measured(gigabytes: number, from: string, folder: string): Line[] {
  const runs = Array.from({ length: Number(values.runs) }, () =>
    Object.fromEntries((['import', 'same', 'lean'] as const).map((who) => [who, run(who, from, join(folder, who))])),
  ) as Record<Who, Figures>[];
  for (const { import: ours, same } of runs) checkRows(ours.rows, same.rows);
  return (['import', 'same', 'lean'] as const).map((who) => ({
    gigabytes,
    who,
    seconds: median(runs.map((each) => each[who].seconds)),
    cpu: median(runs.map((each) => each[who].cpu)),
    peakMB: median(runs.map((each) => each[who].peakMB)),
    ...(who === 'import' ? {} : { ratio: median(runs.map((each) => each.import.seconds / each[who].seconds)) }),
  }));
}

/** The peer must have done the same work: the codes of Medications by reference are all that it leaves out. */
function checkRows(ours: Figures['rows'], peers: Figures['rows']): void {
  for (const [table, rows] of Object.entries(peers)) {
    if (table !== 'coding' && ours[table] !== rows)
      throw new Error(`${table}: ${ours[table]} rows, the peer has ${rows}`);
  }
}

function run(who: Who, from: string, to: string): Figures {
  rmSync(to, { recursive: true, force: true });
  process.stderr.write(`${who} of ${from}\n`);
  const child = spawnSync(process.execPath, [import.meta.filename, '--one', who, '--from', from, '--to', to], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`${who} failed`);
  return JSON.parse(child.stdout) as Figures;
}

async function once(who: Who, from: string, to: string): Promise<Figures> {
  const began = performance.now();
  const rows =
    who === 'import'
      ? (await importFhir(initWorkspace(to), [from], { progress: silent, now: new Date().toISOString() })).tables
      : await runPeer(who, from, to);
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    seconds: (performance.now() - began) / 1000,
    cpu: (userCPUTime + systemCPUTime) / MICROSECONDS,
    peakMB: maxRSS / KILOBYTES_IN_MB,
    rows,
  };
}

function median(all: readonly number[]): number {
  const sorted = all.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function report(lines: readonly Line[]): string {
  const row = (...cells: readonly string[]): string =>
    cells.map((cell, at) => (at === 1 ? cell.padEnd(26) : cell.padStart(11))).join('  ');
  return [
    row('GB', 'what', 'seconds', 'CPU s', 'peak MB', 'import is x'),
    ...lines.map(({ gigabytes, who, seconds, cpu, peakMB, ratio }) =>
      row(
        String(gigabytes),
        NAMES[who],
        seconds.toFixed(1),
        cpu.toFixed(1),
        peakMB.toFixed(0),
        ratio?.toFixed(2) ?? '',
      ),
    ),
    '',
  ].join('\n');
}
