/** Tests, effects, curves and agreement as the lines of tables. */
import {
  type AgreementResult,
  type Coefficient,
  type EstimateResult,
  fixed,
  type StatisticResults,
  type SurvivalCurve,
} from '../analysis/index.ts';

/** A table of what R computed, first column apart. */
export interface StatisticTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly string[] }[];
  readonly notes: readonly string[];
}

const NONE = '\u2013';
const MINUS = '\u2212';

/** The tables that have rows: tests and effects, curves, agreement. */
export function statisticTables({ estimates, curves, agreement }: StatisticResults): StatisticTable[] {
  return [estimateTable(estimates), curveTable(curves), agreementTable(agreement)].filter(
    ({ rows }) => rows.length > 0,
  );
}

function estimateTable(estimates: readonly EstimateResult[]): StatisticTable {
  const adjusted = estimates.some(({ pAdjusted }) => pAdjusted !== null);
  const levels = new Set(estimates.map(({ level }) => level));
  const [only] = levels.size === 1 ? levels : [];
  const level = only ?? 0;
  return {
    title: 'Tests and effects',
    columns: [
      'n',
      'Estimate',
      only === undefined ? 'CI (level)' : `${percent(level)}% CI`,
      'P',
      ...(adjusted ? ['P adjusted'] : []),
    ],
    rows: estimates.map((one) => ({
      label: one.label,
      cells: [
        String(one.n),
        figures(one.estimate),
        only === undefined && one.low !== null ? `${interval(one)} (${percent(one.level)}%)` : interval(one),
        pText(one.p),
        ...(adjusted ? [pText(one.pAdjusted)] : []),
      ],
    })),
    notes: [
      ...estimates.map(({ label, method, note }) => `${label}: ${method}${note === undefined ? '' : ` (${note})`}.`),
      'CI, confidence interval. Computed by R.',
    ],
  };
}

function curveTable(curves: readonly SurvivalCurve[]): StatisticTable {
  return {
    title: 'Time to event (Kaplan-Meier)',
    columns: ['n', 'Events', 'Median', 'CI of the median'],
    rows: curves.map((one) => ({
      label: one.group === '' ? one.label : `${one.label}, ${one.group}`,
      cells: [
        String(one.n),
        String(one.events),
        one.median === null ? 'not reached' : `${figures(one.median)} ${one.unit}`,
        one.medianLow === null && one.medianHigh === null
          ? NONE
          : `${limit(one.medianLow)} to ${limit(one.medianHigh)}`,
      ],
    })),
    notes: ['A limit that is not reached is left open. Computed by R.'],
  };
}

function agreementTable(agreement: readonly AgreementResult[]): StatisticTable {
  return {
    title: 'Agreement of abstractors before adjudication',
    columns: ['Pairs', 'Agreed, %', 'Kappa', 'Weighted kappa', 'AC1', 'ICC'],
    rows: agreement.map((one) => ({
      label: one.label,
      cells: [
        String(one.n),
        fixed(one.agreed * 100, 1),
        coefficient(one.kappa),
        coefficient(one.weightedKappa),
        coefficient(one.ac1),
        coefficient(one.icc),
      ],
    })),
    notes: [
      ...agreement.flatMap(({ label, note, ...one }) =>
        note === undefined ? [] : `${label}: ${note}${indices(one)}.`,
      ),
      'With 95% intervals. Computed by R.',
    ],
  };
}

/** Of two categories, what explains a low kappa. */
function indices({ prevalenceIndex, biasIndex }: Pick<AgreementResult, 'prevalenceIndex' | 'biasIndex'>): string {
  if (prevalenceIndex === null || biasIndex === null) return '';
  return ` (prevalence index ${fixed(prevalenceIndex, 2)}, bias index ${fixed(biasIndex, 2)})`;
}

function coefficient(one: Coefficient | null): string {
  if (one === null) return NONE;
  const estimate = signed(fixed(one.estimate, 2));
  if (one.low === null || one.high === null) return estimate;
  return `${estimate} (${signed(fixed(one.low, 2))} to ${signed(fixed(one.high, 2))})`;
}

function interval({ low, high }: EstimateResult): string {
  return low === null && high === null ? NONE : `${limit(low)} to ${limit(high)}`;
}

function limit(value: number | null): string {
  return value === null ? NONE : figures(value);
}

/** Two decimals, three below one: as journals print effects. */
function figures(value: number | null): string {
  if (value === null) return NONE;
  return signed(fixed(value, Math.abs(value) < 1 ? 3 : 2));
}

function signed(text: string): string {
  return text.replace(/^-/, MINUS);
}

/** Three decimals; no P is printed as 0 or 1. */
function pText(p: number | null): string {
  if (p === null) return NONE;
  if (p > 0.999) return '>0.999';
  return p < 0.001 ? '<0.001' : fixed(p, 3);
}

function percent(level: number): string {
  return String(Number(fixed(level * 100, 2)));
}
