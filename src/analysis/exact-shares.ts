/** Shares of counts with their exact intervals, as R computes them. Rule R8 of SPEC.md. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { ChartproofError } from '../base/index.ts';
import type { Estimate } from '../cohort/index.ts';
import { csvText, type TextFile } from './csv-text.ts';
import type { RSession } from './r-session.ts';
import { runR } from './run-r.ts';

/** `x` of `n`. */
export interface Count {
  readonly id: string;
  readonly x: number;
  readonly n: number;
  /** Of the confidence interval; 0.95 where it is left out. */
  readonly level?: number;
}

/** The shares by the id of their count, and every file of them: script, input, and what R wrote. */
export interface ExactShares {
  readonly files: readonly TextFile[];
  readonly shares: ReadonlyMap<string, Estimate>;
}

/** `shares.R` under the name of what its shares are of: what it says of them, reads and writes. */
interface ShareScript {
  readonly title: string;
  readonly script: string;
  readonly input: string;
  readonly output: string;
}

const LEVEL = 0.95;
const ARMS: ShareScript = {
  title: `# Shares of the search with their exact confidence intervals (Clopper and Pearson, Biometrika 1934): the positive predictive
# value of each arm, code, drug name and query, and the share of cases in the sample of those whom no arm found.`,
  script: 'arms.R',
  input: 'data/arm-counts.csv',
  output: 'arms-r.csv',
};
/** Of the subgroups of figures. */
export const FIGURE_SHARES: ShareScript = {
  title:
    '# Shares of the subgroups of forest plots with their exact confidence intervals (Clopper and Pearson, Biometrika 1934).',
  script: 'figures.R',
  input: 'data/figure-counts.csv',
  output: 'figures-r.csv',
};

/** Runs the script in R, in the session given or one of its own. Errors: `analysis.r-failed`, `analysis.r-output`. */
export async function exactShares(
  counts: readonly Count[],
  of: ShareScript = ARMS,
  session?: RSession,
): Promise<ExactShares> {
  const rows = counts.map(({ id, x, n, level = LEVEL }) => [id, x, n, level]);
  const files = [
    { name: of.script, text: scriptOf(of) },
    { name: of.input, text: csvText(['id', 'x', 'n', 'level'], rows) },
  ];
  const output = await runR(files, of.script, of.output, session);
  const read: Record<string, string>[] = parse(output.text, { columns: true });
  const shares = new Map(
    read.map(({ id = '', estimate, low, high }) => [
      id,
      { estimate: share(estimate), low: share(low), high: share(high) },
    ]),
  );
  if (counts.some(({ id }) => !shares.has(id)))
    throw new ChartproofError('analysis.r-output', 'The output of R lacks a share that it was asked for.');
  return { files: [...files, output], shares };
}

function scriptOf({ title, script, input, output }: ShareScript): string {
  const named: Readonly<Record<string, string>> = { TITLE: title, SCRIPT: script, INPUT: input, OUTPUT: output };
  const text = readFileSync(new URL('shares.R', import.meta.url), 'utf8');
  return text.replaceAll(/\b(?:TITLE|SCRIPT|INPUT|OUTPUT)\b/g, (word) => named[word] ?? word);
}

function share(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : Number(text);
}
