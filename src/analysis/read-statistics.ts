/** What R wrote, read back with its types. Errors: `analysis.r-output`, `analysis.r-differs`. */
import { parse } from 'csv-parse/sync';
import { ChartproofError } from '../base/index.ts';
import { refuseCount } from './check-counts.ts';
import type { Computation } from './computations.ts';
import type { TextFile } from './csv-text.ts';
import type {
  AgreementResult,
  Coefficient,
  EstimateResult,
  ProportionResult,
  SurvivalCurve,
} from './statistic-results.ts';

type Row = Readonly<Record<string, string>>;

/** `statistics-r.csv`. */
export function readProportions(file: TextFile): ProportionResult[] {
  return rowsOf(file).map((row) => ({
    id: row.id ?? '',
    label: row.label ?? '',
    x: count(row, 'x'),
    n: count(row, 'n'),
    estimate: number(row, 'estimate'),
    low: number(row, 'low'),
    high: number(row, 'high'),
    level: count(row, 'level'),
    method: row.method ?? '',
    ...noteOf(row),
  }));
}

/** `estimates-r.csv`. */
export function readEstimates(file: TextFile): EstimateResult[] {
  return rowsOf(file).map((row) => ({
    id: row.id ?? '',
    label: row.label ?? '',
    method: row.method ?? '',
    estimate: number(row, 'estimate'),
    low: number(row, 'low'),
    high: number(row, 'high'),
    level: count(row, 'level'),
    statistic: number(row, 'statistic'),
    df: number(row, 'df'),
    p: number(row, 'p'),
    pAdjusted: number(row, 'p_adjusted'),
    n: count(row, 'n'),
    ...noteOf(row),
  }));
}

/** `curves-r.csv` of computations, which say the unit of the time and what the limits are. */
export function readCurves(file: TextFile, computations: readonly Computation[]): SurvivalCurve[] {
  const specs = new Map(computations.map((one) => [one.id, one]));
  const curves = Map.groupBy(rowsOf(file), (row) => `${row.id}\n${row.group}`);
  return [...curves.values()].flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const id = first.id ?? '';
    const { unit, level, interval } = specs.get(id) ?? refuseCount(id);
    return {
      id,
      label: first.label ?? '',
      group: first.group_label ?? '',
      ...(first.group ? { value: first.group } : {}),
      unit,
      level,
      interval,
      n: count(first, 'n'),
      events: count(first, 'events_in_all'),
      median: number(first, 'median'),
      medianLow: number(first, 'median_low'),
      medianHigh: number(first, 'median_high'),
      steps: rows.map((row) => ({
        time: count(row, 'time'),
        atRisk: count(row, 'at_risk'),
        events: count(row, 'events'),
        censored: count(row, 'censored'),
        survival: count(row, 'survival'),
        low: number(row, 'low'),
        high: number(row, 'high'),
      })),
    };
  });
}

/** `agreement.csv`. */
export function readAgreement(file: TextFile): AgreementResult[] {
  return rowsOf(file).map((row) => ({
    instrument: row.instrument ?? '',
    field: row.field ?? '',
    label: row.label ?? '',
    n: count(row, 'pairs'),
    differing: count(row, 'differing'),
    agreed: count(row, 'agreement'),
    kappa: coefficient(row, 'kappa', 'kappa'),
    weightedKappa: coefficient(row, 'weighted_kappa', 'weighted'),
    ac1: coefficient(row, 'ac1', 'ac1'),
    icc: coefficient(row, 'icc', 'icc'),
    prevalenceIndex: number(row, 'prevalence_index'),
    biasIndex: number(row, 'bias_index'),
    pabak: number(row, 'pabak'),
    ...noteOf(row),
  }));
}

function rowsOf({ text }: TextFile): Row[] {
  return parse(text, { columns: true });
}

function number(row: Row, column: string): number | null {
  const text = row[column];
  if (text === undefined || text === '') return null;
  const value = Number(text);
  if (!Number.isFinite(value))
    throw new ChartproofError('analysis.r-output', `The output of R has no number in the column \`${column}\`.`);
  return value;
}

function count(row: Row, column: string): number {
  const value = number(row, column);
  if (value === null)
    throw new ChartproofError('analysis.r-output', `The output of R has a row without its \`${column}\`.`);
  return value;
}

function coefficient(row: Row, column: string, prefix: string): Coefficient | null {
  const estimate = number(row, column);
  return estimate === null
    ? null
    : { estimate, low: number(row, `${prefix}_low`), high: number(row, `${prefix}_high`) };
}

function noteOf({ note = '' }: Row): { readonly note?: string } {
  return note === '' ? {} : { note };
}
