/** The proportions that the protocol asks for, as data and script for R. Rule R8 of SPEC.md. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { ChartproofError } from '../base/index.ts';
import type { StatisticSpec } from '../protocol/index.ts';
import { csvText, type TextFile } from './csv-text.ts';
import { type DataSet, holds, type SubjectData } from './data-set.ts';
import { runR } from './run-r.ts';
import type { ProportionResult } from './statistic-results.ts';

/** The script and what it reads: `analysis.R`, `data/statistics.csv`, `data/proportions.csv`. */
export function statisticFiles(data: DataSet): TextFile[] {
  const specs = data.protocol.statistics;
  const members = specs.flatMap((spec) =>
    denominator(data, spec).map((one) => [spec.id, one.subject, holds(data, spec.proportion, one) ? 1 : 0]),
  );
  return [
    { name: 'analysis.R', text: readFileSync(new URL('analysis.R', import.meta.url), 'utf8') },
    {
      name: 'data/statistics.csv',
      text: csvText(
        ['id', 'label', 'level'],
        specs.map(({ id, label, level }) => [id, label, level]),
      ),
    },
    { name: 'data/proportions.csv', text: csvText(['statistic', 'subject', 'counts'], members) },
  ];
}

function denominator(data: DataSet, { of }: StatisticSpec): readonly SubjectData[] {
  return of === undefined ? data.subjects : data.subjects.filter((one) => holds(data, of, one));
}

const OUTPUT = 'statistics-r.csv';

/** The proportions, and every file of them: script, input, and what R wrote. */
export interface ComputedStatistics {
  readonly files: readonly TextFile[];
  readonly proportions: readonly ProportionResult[];
}

/**
 * Runs the script in R. What R counted is held against our own count.
 * Errors: `analysis.r-failed`, `analysis.r-output`, `analysis.r-differs`.
 */
export async function computeStatistics(data: DataSet): Promise<ComputedStatistics> {
  const files = statisticFiles(data);
  const output = await runR(files, 'analysis.R', OUTPUT);
  const proportions = readProportions(output.text);
  checkCounts(data, proportions);
  return { files: [...files, output], proportions };
}

/** Error `analysis.r-differs`, where R did not count whom the protocol's expressions count. */
export function checkCounts(data: DataSet, proportions: readonly ProportionResult[]): void {
  const ours = data.protocol.statistics.map((spec) => {
    const members = denominator(data, spec);
    const x = members.filter((one) => holds(data, spec.proportion, one)).length;
    return `${spec.id} ${x}/${members.length}`;
  });
  const theirs = proportions.map(({ id, x, n }) => `${id} ${x}/${n}`);
  if (ours.join('\n') === theirs.join('\n')) return;
  const id = ours.find((one, at) => one !== theirs[at])?.split(' ')[0] ?? 'one that is not asked for';
  throw new ChartproofError(
    'analysis.r-differs',
    `R counted other subjects for the proportion \`${id}\` than we did.`,
    {
      tip: 'This is a fault of the program. Please report it with the release of R and the protocol.',
    },
  );
}

function readProportions(text: string): ProportionResult[] {
  const rows: Record<string, string>[] = parse(text, { columns: true });
  const number = (value: string | undefined): number | null =>
    value === undefined || value === '' ? null : Number(value);
  const count = (value: string | undefined): number => {
    const read = number(value);
    if (read === null || Number.isNaN(read))
      throw new ChartproofError('analysis.r-output', 'The output of R has a row without its counts.');
    return read;
  };
  return rows.map((row) => ({
    id: row.id ?? '',
    label: row.label ?? '',
    x: count(row.x),
    n: count(row.n),
    estimate: number(row.estimate),
    low: number(row.low),
    high: number(row.high),
    level: count(row.level),
    method: row.method ?? '',
  }));
}
