/** What `analysis.ts` measures, each step on subjects that are made already. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  buildDataSet,
  buildTables,
  computeStatistics,
  type DataSet,
  dataFiles,
  type Results,
  RSession,
  refreshStatistics,
  statisticOutputs,
  type TextFile,
} from '../src/analysis/index.ts';
import { sha256 } from '../src/base/index.ts';
import { type Protocol, parseProtocol } from '../src/protocol/index.ts';
import { figureShares, studyFigures } from '../src/publish/figures/index.ts';
import { type ReleaseContent, writeRelease } from '../src/publish/index.ts';
import { lockHash, type SettledSubject } from '../src/review/index.ts';
import { settledSubjects } from './analysis-subjects.ts';

const PROTOCOL = join(import.meta.dirname, 'analysis-protocol.yaml');
/** The scripts of R in a release, and what they write. */
const SCRIPTS: readonly (readonly [script: string, outputs: readonly string[]])[] = [
  ['analysis.R', statisticOutputs],
  ['figures.R', ['figures-r.csv']],
];
const INPUTS = [
  'analysis.R',
  'figures.R',
  ...['statistics', 'proportions', 'statistic-values', 'agreement-fields', 'agreement-pairs', 'figure-counts'].map(
    (name) => `data/${name}.csv`,
  ),
];

export const STEPS = ['program', 'webr', 'rscript', 'refresh'] as const;
export type Step = (typeof STEPS)[number];

export interface Figures {
  readonly ms: number;
  /** Of processor time of this process, on all cores together (of `rscript` that is none of R's). */
  readonly cpuMs: number;
  /** The milliseconds of each part. */
  readonly parts: Readonly<Record<string, number>>;
  /** What R wrote, by the name of the file. */
  readonly written: Readonly<Record<string, string>>;
}

/** Whether there is an R of the machine's own. */
export function hasRscript(): boolean {
  return spawnSync('Rscript', ['--version']).status === 0;
}

/** Measures a step in a folder, in which `program` leaves for the others what R reads. */
export async function measureStep(step: Step, dir: string, count: number): Promise<Figures> {
  if (step === 'webr') return byWebR(dir);
  if (step === 'rscript') return byRscript(dir);
  const protocol = parseProtocol(readFileSync(PROTOCOL, 'utf8'), PROTOCOL);
  const subjects = settledSubjects(protocol, count);
  return step === 'program' ? byProgram(protocol, subjects, dir) : refreshed(protocol, subjects);
}

interface Stopwatch {
  /** Ends a part, which began where the last one ended. */
  readonly lap: (name: string) => void;
  readonly figures: (written: readonly TextFile[]) => Figures;
}

function stopwatch(): Stopwatch {
  const parts: Record<string, number> = {};
  const before = processorTime();
  let last = performance.now();
  const lap = (name: string): void => {
    const now = performance.now();
    parts[name] = now - last;
    last = now;
  };
  const figures = (written: readonly TextFile[]): Figures => ({
    ms: Object.values(parts).reduce((sum, one) => sum + one, 0),
    cpuMs: processorTime() - before,
    parts,
    written: Object.fromEntries(written.map(({ name, text }) => [name, text])),
  });
  return { lap, figures };
}

/** Of this process, in milliseconds. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function byProgram(protocol: Protocol, subjects: readonly SettledSubject[], dir: string): Promise<Figures> {
  const { lap, figures } = stopwatch();
  await using session = new RSession();
  session.warm();
  const judged = subjects.map(({ person }) => ({ subject: person.subject, exclusions: [] }));
  const lock = lockHash({ judged, reviewed: subjects, included: subjects, open: [] });
  lap('lock');
  const data = buildDataSet(protocol, subjects);
  lap('data set');
  const results = buildTables(data);
  lap('tables');
  const [{ files: computed, ...statistics }, ofFigures] = await Promise.all([
    computeStatistics(data, [], session),
    figureShares(data, session),
  ]);
  lap('statistics');
  const drawn = studyFigures(data, { ...statistics, shares: ofFigures.shares });
  const files = [...dataFiles(data), ...computed, ...ofFigures.files];
  lap('figures, data files');
  const folder = await writeRelease(join(dir, 'releases'), {
    ...account(protocol, lock, data, results),
    figures: drawn,
    statistics,
    files,
  });
  lap('writing');
  for (const name of INPUTS) write(join(dir, 'input'), { name, text: readFileSync(join(folder, name), 'utf8') });
  const outputs = SCRIPTS.flatMap(([, names]) => names);
  return figures(files.filter(({ name }) => outputs.includes(name)));
}

type Counted = 'figures' | 'statistics' | 'files';

/** What a release tells of the cohort, of a study whose only arm found just those included. */
function account(protocol: Protocol, lock: string, data: DataSet, results: Results): Omit<ReleaseContent, Counted> {
  const n = data.included.length;
  const all = { found: n, eligible: n, notEligible: 0, byRule: 0, open: 0, included: n };
  return {
    facts: {
      study: protocol.id,
      title: protocol.title,
      protocolVersion: protocol.version,
      protocol: sha256(readFileSync(PROTOCOL)),
      snapshot: '0'.repeat(16),
      lock,
    },
    results,
    attrition: [
      { id: 'identified', label: 'Found', n, removed: 0, kind: 'identified' },
      { id: 'included', label: 'Included', n, removed: 0, kind: 'included' },
    ],
    screened: n,
    arms: protocol.arms.map(({ id, label }) => ({ id, label, found: n, authorized: n })),
    overlaps: [{ arms: protocol.arms.map(({ id }) => id), n }],
    search: { any: { ...all, ppv: { estimate: null, low: null, high: null } }, arms: [] },
    protocol,
    software: 'bench',
  };
}

/** R as WebAssembly alone: it starts, reads, computes, and what it wrote is read. */
async function byWebR(dir: string): Promise<Figures> {
  const { lap, figures } = stopwatch();
  await using session = new RSession();
  const input = INPUTS.map((name) => ({ name, text: readFileSync(join(dir, 'input', name), 'utf8') }));
  const written = [];
  for (const [script, outputs] of SCRIPTS) {
    written.push(...(await session.run(input, script, outputs)));
    lap(script);
  }
  return figures(written);
}

/** The R of the machine, started for each script as a reader of the release would. */
function byRscript(dir: string): Figures {
  const folder = mkdtempSync(join(dir, 'rscript-'));
  for (const name of INPUTS) write(folder, { name, text: readFileSync(join(dir, 'input', name), 'utf8') });
  const { lap, figures } = stopwatch();
  for (const [script] of SCRIPTS) {
    const { status, stderr } = spawnSync('Rscript', [script], { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    lap(script);
  }
  const names = SCRIPTS.flatMap(([, outputs]) => outputs);
  const written = names.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
  rmSync(folder, { recursive: true });
  return figures(written);
}

/**
 * One value of one subject changes; R is warm, and everything was worked out before. What did not change is the same as before,
 * as the workbench keeps what a chart comes to until something new is said of it. What comes of it is held against a run anew.
 */
async function refreshed(protocol: Protocol, subjects: readonly SettledSubject[]): Promise<Figures> {
  await using session = new RSession();
  const before = buildDataSet(protocol, subjects);
  buildTables(before);
  const computed = await refreshStatistics(before, [], session);
  await figureShares(before, session);
  const changed = subjects.map((one, at) => (at === 0 ? withOtherDose(one) : one));
  const { lap, figures } = stopwatch();
  const data = buildDataSet(protocol, changed, before.exposures, before);
  lap('data set');
  const refreshing = refreshStatistics(data, [], session, computed);
  lap('statistics asked for');
  buildTables(data);
  lap('tables');
  const { results } = await refreshing;
  lap('statistics');
  const measured = figures([]);
  const { files, ...anew } = await computeStatistics(buildDataSet(protocol, changed), [], session);
  if (!isDeepStrictEqual(results, anew)) throw new Error('The statistics differ from those of a run anew.');
  const outputs = files.filter(({ name }) => statisticOutputs.some((output) => output === name));
  return { ...measured, written: Object.fromEntries(outputs.map(({ name, text }) => [name, text])) };
}

function withOtherDose(settled: SettledSubject): SettledSubject {
  const { records } = settled;
  const baseline = (records.baseline ?? []).map((record) => {
    const { dose } = record.values;
    if (!dose) return record;
    const isLow = 'value' in dose.answer && dose.answer.value === 'low';
    const value = { ...dose, answer: { value: isLow ? 'high' : 'low' } };
    return { ...record, values: { ...record.values, dose: value } };
  });
  return { ...settled, records: { ...records, baseline } };
}

function write(folder: string, { name, text }: TextFile): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
