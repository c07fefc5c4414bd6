/**
 * `npm run bench:notes [-- --notes 200000 --runs 5 --json]`: the index of notes beside bare FTS5, on the same stored text
 * (note-corpus.ts), each step in a process of its own, one after the other. Medians of the runs; ratios are of medians.
 *
 * - index: words, sections, sentences, assertion, paragraphs, definitions, from the stored text; beside `fts5`, a bare
 *   FTS5 table that keeps its text as it does by default, and `contentless`, one that does not.
 * - size of the index over the bytes of the text, without the stored text.
 * - queries: 40 of mixed kind (note-queries.ts), answered by person.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { QueryFigures } from './note-queries.ts';
import { runStep, type Step, type StepFigures } from './notes-steps.ts';

const { values } = parseArgs({
  options: {
    notes: { type: 'string', default: '200000' },
    runs: { type: 'string', default: '5' },
    mtsamples: { type: 'string', default: '../shared/data/mtsamples/notes.csv' },
    json: { type: 'boolean', default: false },
    step: { type: 'string' },
    dir: { type: 'string', default: '' },
  },
});
const runs = Number(values.runs);

if (values.step === undefined) compareAll();
else
  process.stdout.write(
    JSON.stringify(await runStep(values.step as Step, values.dir, Number(values.notes), samples(), runs)),
  );

function samples(): string | undefined {
  return existsSync(values.mtsamples) ? values.mtsamples : undefined;
}

function compareAll(): void {
  const results = values.notes.split(',').map(Number).map(compare);
  process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : results.map(report).join('\n'));
}

function compare(notes: number) {
  const dir = mkdtempSync(join(tmpdir(), 'chartproof-bench-'));
  try {
    const text = step('store', dir, notes);
    const index = repeat('index', dir, notes);
    const fts5 = repeat('fts5', dir, notes);
    const contentless = repeat('contentless', dir, notes);
    const queries = step('queries', dir, notes).queries ?? [];
    return { notes, samples: samples() !== undefined, textMB: text.megabytes, index, fts5, contentless, queries };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

type Result = ReturnType<typeof compare>;

/** The medians of several runs. */
function repeat(name: Step, dir: string, notes: number): StepFigures {
  const all = Array.from({ length: runs }, () => step(name, dir, notes));
  const of = (pick: (figures: StepFigures) => number) => median(all.map(pick));
  return { seconds: of((f) => f.seconds), megabytes: of((f) => f.megabytes), peakMB: of((f) => f.peakMB) };
}

function step(name: Step, dir: string, notes: number): StepFigures {
  process.stderr.write(`${notes} notes: ${name}\n`);
  const options = [
    '--step',
    name,
    '--dir',
    dir,
    '--notes',
    String(notes),
    '--runs',
    values.runs,
    '--mtsamples',
    values.mtsamples,
  ];
  const child = spawnSync(process.execPath, [import.meta.filename, ...options], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`${name} failed`);
  return JSON.parse(child.stdout) as StepFigures;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function report({ notes, samples, textMB, index, fts5, contentless, queries }: Result): string {
  const speed = (figures: StepFigures) => textMB / figures.seconds;
  const line = (name: string, figures: StepFigures) =>
    `${name.padEnd(22)} ${figures.seconds.toFixed(1)} s, ${speed(figures).toFixed(1)} MB/s, ${figures.megabytes.toFixed(0)} MB, peak ${figures.peakMB.toFixed(0)} MB`;
  return [
    `${notes} notes, ${textMB.toFixed(0)} MB of text${samples ? '' : ', without MTSamples'}`,
    line('index', index),
    line('bare FTS5', fts5),
    line('contentless FTS5', contentless),
    `throughput over bare FTS5 ${(fts5.seconds / index.seconds).toFixed(2)}x, over contentless ${(contentless.seconds / index.seconds).toFixed(2)}x`,
    `index over text ${(index.megabytes / textMB).toFixed(2)}x`,
    ...queryReport(queries),
    '',
  ].join('\n');
}

function queryReport(queries: readonly QueryFigures[]): string[] {
  const ours = queries.map(({ ms }) => ms);
  const theirs = queries.map(({ peerMs }) => peerMs);
  const plain = queries.filter(({ word, kind }) => word !== undefined && kind !== 'sentence');
  return [
    ...queries.map(
      (q) =>
        `  ${q.kind.padEnd(10)} ${q.persons} persons, ${q.ms.toFixed(2)} ms, FTS5 ${q.peerMs.toFixed(2)} ms, ${(q.ms / q.peerMs).toFixed(2)}x` +
        (q.word === undefined ? '' : `, ${(q.ms / q.word).toFixed(2)}x its plain word`),
    ),
    `queries: median ${median(ours).toFixed(2)} ms, FTS5 ${median(theirs).toFixed(2)} ms: ${(median(ours) / median(theirs)).toFixed(2)}x`,
    `queries: p95 ${p95(ours).toFixed(2)} ms, FTS5 ${p95(theirs).toFixed(2)} ms: ${(p95(ours) / p95(theirs)).toFixed(2)}x`,
    `assertion and person level over the plain word: median ${median(plain.map((q) => q.ms / (q.word ?? 1))).toFixed(2)}x, most ${Math.max(...plain.map((q) => q.ms / (q.word ?? 1))).toFixed(2)}x`,
  ];
}

function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;
}
