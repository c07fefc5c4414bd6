/** The proportions that the protocol asks for, as data and script for R. Rule R8 of SPEC.md. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { ChartproofError } from '../base/index.ts';
import { csvText, type TextFile } from './csv-text.ts';
import { type DataSet, holds } from './data-set.ts';
import { runR } from './run-r.ts';

/** One proportion as R computed it. Shares, not percentages; null where there is nobody. */
export interface ProportionResult {
  readonly id: string;
  readonly label: string;
  readonly x: number;
  readonly n: number;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number;
  readonly method: string;
}

/** The script and what it reads: `analysis.R`, `data/statistics.csv`, `data/proportions.csv`. */
export function statisticFiles(data: DataSet): TextFile[] {
  const specs = data.protocol.statistics;
  const members = specs.flatMap(({ id, proportion, of }) =>
    data.subjects
      .filter((one) => of === undefined || holds(data, of, one))
      .map((one) => [id, one.subject, holds(data, proportion, one) ? 1 : 0]),
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

const OUTPUT = 'statistics-r.csv';

/** Runs the script in R. Its output comes as text, to be kept, and read. Error: `analysis.r-failed`. */
export async function computeStatistics(
  files: readonly TextFile[],
): Promise<{ readonly output: TextFile; readonly proportions: readonly ProportionResult[] }> {
  const output = await runR(files, 'analysis.R', OUTPUT);
  return { output, proportions: readProportions(output.text) };
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
