/** Runs the checks on a snapshot, one query each. Rules R70, R71 and R89. */
import { ChartproofError, type Day, type Progress, parsePartialDate, type SnapshotId } from '../../base/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { addDateFunctions } from '../date-sql.ts';
import { openRecords, type Records } from '../open-records.ts';
import { qualityChecks } from './all-checks.ts';
import { categoriesOf, type Group, type QualityCheck, type Threshold } from './check.ts';
import { addCodeFunctions } from './code-forms.ts';
import { addPlausibleRanges, plausibleRanges } from './plausible-ranges.ts';
import { type QualityConfig, readQualityConfig, saidOf } from './quality-config.ts';
import type { CategorySummary, CheckPart, CheckResult, ExampleRow, Outcome, QualityReport } from './quality-report.ts';
import { addTextFunctions } from './text-functions.ts';

export interface QualityOptions {
  /** The day that the report is of. */
  readonly asOf: Day;
  /** The current one where it is left out. */
  readonly snapshot?: SnapshotId;
  readonly progress: Progress;
}

/**
 * Checks the records of a workspace, by its `quality.yaml`. Nothing is changed.
 * Errors: `quality.as-of` (no whole day), `quality.invalid`, and those of {@link openRecords}.
 */
export async function assessQuality(workspace: Workspace, options: QualityOptions): Promise<QualityReport> {
  const { asOf, snapshot, progress } = options;
  if (asOf.length !== 'YYYY-MM-DD'.length || parsePartialDate(asOf) === undefined) {
    throw new ChartproofError('quality.as-of', 'The day of the report is no day.', {
      tip: 'Write it as 2026-01-31.',
    });
  }
  const config = readQualityConfig(workspace);
  const checks = qualityChecks({ asOf, limits: config.limits });
  const records = await openRecords(workspace, snapshot);
  try {
    await prepareChecks(records, config);
    progress.step('Checking the records', checks.length);
    const results: CheckResult[] = [];
    for (const check of checks) {
      results.push(await resultOf(records, check, config));
      progress.advance(results.length);
    }
    return { snapshot: records.snapshot, asOf, checks: results, summary: summaryOf(results) };
  } finally {
    records.close();
  }
}

/** Makes the functions and tables that checks use. */
export async function prepareChecks(records: Records, config: QualityConfig): Promise<void> {
  await addDateFunctions(records);
  await addTextFunctions(records);
  await addCodeFunctions(records);
  await addPlausibleRanges(records, plausibleRanges(config.ranges));
}

/** Runs a check, unless it is switched off. */
export async function resultOf(records: Records, check: QualityCheck, config: QualityConfig): Promise<CheckResult> {
  const { id, group, category, context, label, table } = check;
  const threshold = saidOf(config.thresholds, check) ?? check.threshold;
  const known = { id, group, category, context, label, table };
  const reason = saidOf(config.off, check);
  if (reason !== undefined) {
    return { ...known, rows: 0, atFault: 0, share: null, threshold, outcome: 'off', reason, parts: [], examples: [] };
  }
  const parts = await partsOf(records, check);
  const rows = sum(parts.map((part) => part.rows));
  const atFault = sum(parts.map((part) => part.atFault));
  return {
    ...known,
    rows,
    atFault,
    share: rows === 0 ? null : atFault / rows,
    threshold,
    outcome: outcomeOf(parts, threshold),
    parts: parts.flatMap(({ part, ...counts }) =>
      part === null || counts.atFault === 0 ? [] : { part, rows: counts.rows, atFault: counts.atFault },
    ),
    examples: parts
      .flatMap((part) => part.examples)
      .sort(byRow)
      .slice(0, EXAMPLES)
      .map((example) => ({ table, ...example })),
  };
}

const EXAMPLES = 10;

type Example = Omit<ExampleRow, 'table'>;
type CountedPart = Omit<CheckPart, 'part'> & { readonly part: string | null; readonly examples: readonly Example[] };

/** The rows judged and at fault, of each part; where a check has none, of all. */
async function partsOf(records: Records, check: QualityCheck): Promise<CountedPart[]> {
  const counted = await records.all<{
    part: string | null;
    rows: string;
    at_fault: string;
    examples: Example[] | null;
  }>(`
    SELECT part, count(*) AS rows, count(*) FILTER (fault) AS at_fault,
           min({'row_id': row_id, 'src_file': src_file, 'src_line': src_line}, ${EXAMPLES})
             FILTER (fault AND row_id IS NOT NULL) AS examples
    FROM (${check.verdicts}) GROUP BY part ORDER BY part`);
  return counted.map(({ part, rows, at_fault, examples }) => ({
    part,
    rows: Number(rows),
    atFault: Number(at_fault),
    examples: examples ?? [],
  }));
}

function byRow(a: Example, b: Example): number {
  const [first, second] = [BigInt(a.row_id), BigInt(b.row_id)];
  return first < second ? -1 : first > second ? 1 : Number(a.src_line) - Number(b.src_line);
}

/** A check fails as a whole or in one of its parts: a laboratory that mixes up units must not drown among the others. */
function outcomeOf(parts: readonly CountedPart[], threshold: Threshold): Outcome {
  const rows = sum(parts.map((part) => part.rows));
  if (rows === 0) return 'not-applicable';
  const whole = { rows, atFault: sum(parts.map((part) => part.atFault)) };
  return [whole, ...parts].some((part) => exceeds(part, threshold)) ? 'fail' : 'pass';
}

function exceeds({ rows, atFault }: { rows: number; atFault: number }, threshold: Threshold): boolean {
  return 'rows' in threshold ? atFault > threshold.rows : atFault > threshold.share * rows;
}

function summaryOf(results: readonly CheckResult[]): CategorySummary[] {
  const cells = (Object.keys(categoriesOf) as Group[]).flatMap((group) =>
    categoriesOf[group].flatMap((category) =>
      (['verification', 'validation'] as const).map((context) => ({ group, category, context })),
    ),
  );
  return cells.map((cell) => {
    const own = results.filter(({ category, context }) => category === cell.category && context === cell.context);
    const count = (outcome: Outcome): number => own.filter((result) => result.outcome === outcome).length;
    return {
      ...cell,
      pass: count('pass'),
      fail: count('fail'),
      notApplicable: count('not-applicable'),
      off: count('off'),
    };
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
