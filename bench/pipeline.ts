/**
 * `npm run bench [-- --patients 2000,20000] [--json]`: seconds and peak memory of every step of the demo, each in a
 * process of its own, beside the raw engine doing the bare part of the same work. Two small sizes are run three times
 * and the median is printed; the machine's noise is in the figures.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoOf } from '../src/cli/demo-steps.ts';

interface Figures {
  readonly seconds: number;
  readonly peakMB: number;
}
interface Line extends Figures {
  readonly patients: number;
  readonly step: string;
  /** Seconds over those of the raw engine. */
  readonly ratio?: number;
}

const { values } = parseArgs({
  options: {
    patients: { type: 'string', default: '2000,20000' },
    json: { type: 'boolean', default: false },
  },
});
const SMALL = 5000;
/** The steps that have a raw engine beside them, by their titles. */
const RAW: Readonly<Record<string, string>> = {
  'Importing the health record': 'raw-import',
  'Indexing notes': 'raw-index',
};

const lines = values.patients.split(',').flatMap((text) => measure(Number(text)));
process.stdout.write(values.json ? `${JSON.stringify(lines, null, 2)}\n` : report(lines));

function measure(patients: number): Line[] {
  const runs = Array.from({ length: patients <= SMALL ? 3 : 1 }, () => oneRun(patients));
  return (runs[0] ?? []).map((line, at) => {
    const same = runs.flatMap((run) => run[at] ?? []);
    const ratios = same.flatMap((one) => one.ratio ?? []);
    return {
      patients,
      step: line.step,
      seconds: median(same.map((one) => one.seconds)),
      peakMB: median(same.map((one) => one.peakMB)),
      ...(ratios.length > 0 ? { ratio: median(ratios) } : {}),
    };
  });
}

function oneRun(patients: number): Line[] {
  const parent = mkdtempSync(join(tmpdir(), 'chartproof-bench-'));
  const dir = join(parent, 'workspace');
  try {
    return demoOf({ dir, patients, seed: 1 }).steps.flatMap(({ title }, at) => {
      const figures = run(dir, patients, String(at));
      const raw = RAW[title] === undefined ? undefined : run(dir, patients, RAW[title]);
      const line = { patients, step: title, ...figures };
      return raw
        ? [
            { ...line, ratio: figures.seconds / raw.seconds },
            { patients, step: `  ${RAW[title]}`, ...raw },
          ]
        : [line];
    });
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

function run(dir: string, patients: number, step: string): Figures {
  process.stderr.write(`${patients} patients: ${step}\n`);
  const child = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'pipeline-step.ts'), dir, String(patients), step],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  if (child.status !== 0) throw new Error(`step ${step} of ${patients} patients failed`);
  return JSON.parse(child.stdout) as Figures;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function report(all: readonly Line[]): string {
  const rows = all.map((one) =>
    [
      String(one.patients).padStart(8),
      one.step.padEnd(30),
      one.seconds.toFixed(2).padStart(9),
      one.peakMB.toFixed(0).padStart(9),
      (one.ratio?.toFixed(1) ?? '').padStart(12),
    ].join('  '),
  );
  return [
    `${'patients'.padStart(8)}  ${'step'.padEnd(30)}  ${'seconds'.padStart(9)}  ${'peak MB'.padStart(9)}  ${'x raw engine'.padStart(12)}`,
    ...rows,
    ...growth(all),
    '',
  ].join('\n');
}

/** How peak memory grew from the smallest to the largest size, step by step. */
function growth(all: readonly Line[]): string[] {
  const sizes = [...new Set(all.map((one) => one.patients))].sort((a, b) => a - b);
  const [smallest, largest] = [sizes[0], sizes.at(-1)];
  if (smallest === largest) return [];
  const at = (patients: number | undefined, step: string): number =>
    all.find((one) => one.patients === patients && one.step === step)?.peakMB ?? Number.NaN;
  const steps = [...new Set(all.map((one) => one.step))].filter((step) => !step.startsWith(' '));
  return [
    '',
    `peak memory at ${largest} over that at ${smallest} patients:`,
    ...steps.map((step) => `  ${step.padEnd(30)}  ${(at(largest, step) / at(smallest, step)).toFixed(2)}`),
  ];
}
