/** The statistics that the protocol asks for, as data and script for R. Rules R8 and R16 to R24 of SPEC.md. */
import type { FieldPairs } from '../review/index.ts';
import { agreementFiles } from './agreement-files.ts';
import { checkCounts } from './check-counts.ts';
import { type Computation, computationsOf } from './computations.ts';
import { csvText, type TextFile } from './csv-text.ts';
import { withSubjects } from './curve-subjects.ts';
import type { DataSet } from './data-set.ts';
import { analysisScript } from './r-script.ts';
import { RSession } from './r-session.ts';
import { readAgreement, readCurves, readEstimates, readProportions } from './read-statistics.ts';
import type { StatisticResults } from './statistic-results.ts';

/** The script `analysis.R`, and what it reads that follows from the data set: three files in `data/`. */
export function statisticFiles(data: DataSet): TextFile[] {
  return filesOf(computationsOf(data));
}

/** The script and all that it reads: the files of single computations, and of what abstractors said independently. */
export function scriptFiles(computations: readonly Computation[], pairs: readonly FieldPairs[]): TextFile[] {
  return [...filesOf(computations), ...agreementFiles(pairs)];
}

function filesOf(computations: readonly Computation[]): TextFile[] {
  const shares = computations.filter(({ kind }) => kind === 'proportion');
  const others = computations.filter(({ kind }) => kind !== 'proportion');
  return [
    analysisScript(),
    { name: 'data/statistics.csv', text: specificationText(computations) },
    {
      name: 'data/proportions.csv',
      text: csvText(
        ['statistic', 'subject', 'counts'],
        shares.flatMap(({ id, rows }) => rows.map(({ subject, value }) => [id, subject, value === 'true' ? 1 : 0])),
      ),
    },
    {
      name: 'data/statistic-values.csv',
      text: csvText(
        ['statistic', 'subject', 'value', 'second', 'group', 'group_label', 'stratum'],
        others.flatMap(({ id, rows }) =>
          rows.map((one) => [id, one.subject, one.value, one.second, one.group, one.groupLabel, one.stratum]),
        ),
      ),
    },
  ];
}

function specificationText(computations: readonly Computation[]): string {
  return csvText(
    ['id', 'label', 'kind', 'method', 'level', 'interval', 'at', 'unit', 'family', 'adjust', 'left_out'],
    computations.map((one) => [
      one.id,
      one.label,
      one.kind,
      one.method,
      one.level,
      one.interval,
      one.at.join(' '),
      one.unit,
      one.family,
      one.adjust,
      one.leftOut,
    ]),
  );
}

/** What the script writes. */
export const statisticOutputs = ['statistics-r.csv', 'estimates-r.csv', 'curves-r.csv', 'agreement.csv'] as const;

/** The statistics, and every file of them: script, input, and what R wrote. */
export interface ComputedStatistics extends StatisticResults {
  readonly files: readonly TextFile[];
}

/**
 * Runs the script in R, in the session given or one of its own. What R counted is held against our own count.
 * Errors: `analysis.r-failed`, `analysis.r-output`, `analysis.r-differs`.
 */
export async function computeStatistics(
  data: DataSet,
  pairs: readonly FieldPairs[] = [],
  session?: RSession,
): Promise<ComputedStatistics> {
  const { files, results } = await resultsOf(computationsOf(data), pairs, session);
  return { files, ...results };
}

/** What R gives for computations and pairs of answers, each by itself but for families; errors are those of {@link computeStatistics}. */
export async function resultsOf(
  computations: readonly Computation[],
  pairs: readonly FieldPairs[],
  session?: RSession,
): Promise<{ readonly files: readonly TextFile[]; readonly results: StatisticResults }> {
  const files = scriptFiles(computations, pairs);
  const written = await runStatistics(files, session);
  const read = readStatistics(written, computations);
  const results = { ...read, curves: withSubjects(read.curves, computations) };
  checkCounts(computations, pairs, results);
  return { files: [...files, ...written], results };
}

/** What R wrote of computations, read back: curves without their subjects. Errors: `analysis.r-output`, `analysis.r-differs`. */
export function readStatistics(written: readonly TextFile[], computations: readonly Computation[]): StatisticResults {
  const file = (name: (typeof statisticOutputs)[number]): TextFile =>
    written.find((one) => one.name === name) ?? { name, text: '' };
  return {
    proportions: readProportions(file('statistics-r.csv')),
    estimates: readEstimates(file('estimates-r.csv')),
    curves: readCurves(file('curves-r.csv'), computations),
    agreement: readAgreement(file('agreement.csv')),
  };
}

/** Runs the script on its files and gives those that it writes. Error: `analysis.r-failed`. */
export async function runStatistics(files: readonly TextFile[], session?: RSession): Promise<TextFile[]> {
  if (session) return session.run(files, 'analysis.R', statisticOutputs);
  await using own = new RSession();
  return await own.run(files, 'analysis.R', statisticOutputs);
}
