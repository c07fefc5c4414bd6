/** What R computed as tables of a paper: proportions, tests and effects, curves, agreement. Rules R1 to R3 and R9 of SPEC.md. */
import {
  type AgreementResult,
  type Coefficient,
  type EstimateResult,
  fixed,
  type StatisticResults,
  type SurvivalCurve,
} from '../analysis/index.ts';
import { letteredNotes } from './lettered-notes.ts';
import type { UnnumberedTable } from './printed-table.ts';
import { proportionTable } from './proportion-lines.ts';
import { curveName, statisticName } from './statistic-names.ts';
import { effectText, levelNumber, NO_NUMBER, pText, sentence, withMinus } from './statistic-numbers.ts';

/** The tables that have lines, with the ids `proportions`, `estimates`, `curves`, `agreement`. */
export function statisticTables(statistics: StatisticResults): UnnumberedTable[] {
  const { proportions, estimates, curves, agreement } = statistics;
  return [proportionTable(proportions), estimateTable(estimates), curveTable(curves), agreementTable(agreement)].filter(
    ({ lines }) => lines.length > 0,
  );
}

function estimateTable(estimates: readonly EstimateResult[]): UnnumberedTable {
  const adjusted = estimates.some(({ pAdjusted }) => pAdjusted !== null);
  const hasP = estimates.some(({ p }) => p !== null);
  const levels = new Set(estimates.map(({ level }) => level));
  const [only] = levels.size === 1 ? levels : [];
  const { lettersOf, notes } = letteredNotes(
    estimates.map(({ method, note }) => [sentence(method), ...(note === undefined ? [] : [sentence(note)])]),
  );
  return {
    id: 'estimates',
    title: 'Tests and effects',
    columns: [
      'n',
      'Estimate',
      only === undefined ? 'CI (level)' : `${levelNumber(only)}% CI`,
      'P',
      ...(adjusted ? ['P adjusted'] : []),
    ],
    lines: estimates.map((one, at) => ({
      label: one.label,
      letters: lettersOf(at),
      depth: 0,
      cells: [
        String(one.n),
        effectText(one.estimate),
        only === undefined && one.low !== null ? `${interval(one)} (${levelNumber(one.level)}%)` : interval(one),
        pText(one.p),
        ...(adjusted ? [pText(one.pAdjusted)] : []),
      ],
      values: ['n', 'estimate', 'low', 'p', 'pAdjusted'].map((field) => `${statisticName(one.id)}.${field}`),
    })),
    notes: [
      ...notes,
      { letter: '', text: `CI, confidence interval. ${hasP ? 'P values are two-sided. ' : ''}Computed by R.` },
    ],
    raw: {
      columns: ['id', 'label', 'n', 'estimate', 'low', 'high', 'level', 'statistic', 'df', 'p', 'p_adjusted', 'method'],
      rows: estimates.map((one) => [
        one.id,
        one.label,
        one.n,
        one.estimate,
        one.low,
        one.high,
        one.level,
        one.statistic,
        one.df,
        one.p,
        one.pAdjusted,
        one.method,
      ]),
    },
  };
}

function curveTable(curves: readonly SurvivalCurve[]): UnnumberedTable {
  const levels = [...new Set(curves.map(({ level }) => level))];
  const [only] = levels.length === 1 ? levels : [];
  const scales = [...new Set(curves.map(({ interval }) => interval))];
  return {
    id: 'curves',
    title: 'Time to event (Kaplan-Meier)',
    columns: [
      'n',
      'Events',
      'Median',
      only === undefined ? 'CI of the median (level)' : `${levelNumber(only)}% CI of the median`,
    ],
    lines: curves.map((one) => ({
      label: curveLabel(one),
      letters: [],
      depth: 0,
      cells: [
        String(one.n),
        String(one.events),
        one.median === null ? NOT_REACHED : `${effectText(one.median)} ${one.unit}`,
        one.medianLow === null && one.medianHigh === null
          ? NO_NUMBER
          : `${limit(one.medianLow)} to ${limit(one.medianHigh)}${only === undefined ? ` (${levelNumber(one.level)}%)` : ''}`,
      ],
      values: ['n', 'events', 'median', 'medianLow'].map((field) => `${curveName(one)}.${field}`),
    })),
    notes: [
      {
        letter: '',
        text: `CI, confidence interval, after Brookmeyer and Crowley from limits on the ${scales.map((one) => SCALES[one] ?? one).join(' or the ')} scale (Greenwood). Computed by R.`,
      },
    ],
    raw: {
      columns: [
        'id',
        'label',
        'group',
        'unit',
        'n',
        'events',
        'median',
        'median_low',
        'median_high',
        'level',
        'interval',
      ],
      rows: curves.map((one) => [
        one.id,
        one.label,
        one.group,
        one.unit,
        one.n,
        one.events,
        one.median,
        one.medianLow,
        one.medianHigh,
        one.level,
        one.interval,
      ]),
    },
  };
}

/** The scales of the limits of a curve, as a paper names them. */
const SCALES: Readonly<Record<string, string>> = { 'log-log': 'log(\u2212log)', log: 'log', plain: 'plain' };

/** What is printed for a time that no curve came to. */
export const NOT_REACHED = 'not reached';

/** A curve with its group, if it is of one. */
export function curveLabel({ label, group }: Pick<SurvivalCurve, 'label' | 'group'>): string {
  return group === '' ? label : `${label}, ${group}`;
}

function agreementTable(agreement: readonly AgreementResult[]): UnnumberedTable {
  const { lettersOf, notes } = letteredNotes(
    agreement.map(({ note, ...one }) => (note === undefined ? [] : [sentence(`${note}${indices(one)}`)])),
  );
  return {
    id: 'agreement',
    title: 'Agreement of abstractors before adjudication',
    columns: ['Pairs', 'Agreed, %', 'Kappa', 'Weighted kappa', 'AC1', 'ICC'],
    lines: agreement.map((one, at) => ({
      label: one.label,
      letters: lettersOf(at),
      depth: 0,
      cells: [
        String(one.n),
        fixed(one.agreed * 100, 1),
        coefficient(one.kappa),
        coefficient(one.weightedKappa),
        coefficient(one.ac1),
        coefficient(one.icc),
      ],
    })),
    notes: [...notes, { letter: '', text: AGREEMENT_NOTE }],
    raw: {
      columns: [
        'instrument',
        'field',
        'label',
        'pairs',
        'differing',
        'agreed',
        ...['kappa', 'weighted_kappa', 'ac1', 'icc'].flatMap((name) => [name, `${name}_low`, `${name}_high`]),
        'prevalence_index',
        'bias_index',
        'pabak',
      ],
      rows: agreement.map((one) => [
        one.instrument,
        one.field,
        one.label,
        one.n,
        one.differing,
        one.agreed,
        ...[one.kappa, one.weightedKappa, one.ac1, one.icc].flatMap((each) => [each?.estimate, each?.low, each?.high]),
        one.prevalenceIndex,
        one.biasIndex,
        one.pabak,
      ]),
    },
  };
}

const AGREEMENT_NOTE =
  'With 95% confidence intervals, for which pairs are independent. Kappa, Cohen\u2019s; weighted kappa, with quadratic weights; AC1, Gwet\u2019s coefficient; ICC, intraclass correlation for absolute agreement of one rater, two-way random effects: ICC(2,1). Computed by R.';

/** Of two categories, what explains a low kappa. */
function indices({ prevalenceIndex, biasIndex }: Pick<AgreementResult, 'prevalenceIndex' | 'biasIndex'>): string {
  if (prevalenceIndex === null || biasIndex === null) return '';
  return ` (prevalence index ${fixed(prevalenceIndex, 2)}, bias index ${withMinus(fixed(biasIndex, 2))})`;
}

function coefficient(one: Coefficient | null): string {
  if (one === null) return NO_NUMBER;
  const estimate = withMinus(fixed(one.estimate, 2));
  if (one.low === null || one.high === null) return estimate;
  return `${estimate} (${withMinus(fixed(one.low, 2))} to ${withMinus(fixed(one.high, 2))})`;
}

function interval({ low, high }: EstimateResult): string {
  return low === null && high === null ? NO_NUMBER : `${effectText(low)} to ${effectText(high)}`;
}

function limit(value: number | null): string {
  return value === null ? NOT_REACHED : effectText(value);
}
