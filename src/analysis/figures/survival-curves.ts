import { ChartproofError } from '../../base/index.ts';
import type { FigureOf, SurvivalSpec } from '../../protocol/index.ts';
import { computationsOf } from '../computations.ts';
import { type DataSet, holds } from '../data-set.ts';
import { fixed } from '../rounding.ts';
import type { EstimateResult, SurvivalCurve } from '../statistic-results.ts';
import type { CurvesData } from './figure-data.ts';
import { headOf, notShown } from './figure-focus.ts';

/** What a figure of curves is drawn from; the caption has the test of its groups. */
interface Computed {
  readonly curves?: readonly SurvivalCurve[];
  readonly estimates?: readonly EstimateResult[];
}

const Y = { survival: 'Without the event, %', incidence: 'With the event, %' } as const;

/** The curves of the statistic that a figure names, with a caption that a reader can check. Error: `analysis.figure-curves`. */
export function survivalCurves(data: DataSet, spec: FigureOf<'kaplan-meier'>, computed: Computed): CurvesData {
  const { kind, as, band, statistic } = spec;
  const asked = data.protocol.statistics.find(({ id }) => id === statistic);
  if (!computed.curves || !asked || !('time' in asked))
    throw new ChartproofError('analysis.figure-curves', `The curves of the figure \`${spec.id}\` were not computed.`, {
      tip: 'Name a statistic of the time to an event.',
    });
  const test = computed.estimates?.find(({ id }) => id === statistic);
  const notes = [intervals(asked, band), ...logRank(test), ...leftOut(data, asked)];
  const { x = capitalised(asked.unit), y = Y[as] } = spec;
  return {
    ...headOf(data, spec, notes),
    kind,
    as,
    x,
    y,
    band,
    curves: computed.curves.filter(({ id }) => id === statistic),
  };
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function intervals({ level }: SurvivalSpec, band: boolean): string {
  return `${band ? 'Bands and brackets' : 'Brackets'}: ${Number(fixed(level * 100, 2))}% confidence intervals.`;
}

/** The test stands under the id of the statistic where there are groups. */
function logRank(test: EstimateResult | undefined): string[] {
  if (!test || test.p === null || !test.method.startsWith('log-rank')) return [];
  return [`Log-rank test: P ${test.p < 0.001 ? '< 0.001' : test.p > 0.999 ? '> 0.999' : `= ${fixed(test.p, 3)}`}.`];
}

/** Those of the statistic that are in no curve. */
function leftOut(data: DataSet, { id, of, by, groups }: SurvivalSpec): string[] {
  const rows = computationsOf(data).find((one) => one.id === id)?.rows ?? [];
  const shown = new Set(rows.map(({ subject }) => subject));
  const missing = data.subjects.filter((one) => (of === undefined || holds(data, of, one)) && !shown.has(one.subject));
  const unknown = by === undefined ? 'time or event not known' : 'time, event or group not known';
  return notShown(
    missing.map(({ subject }) => subject),
    groups ? `${unknown}, or of another group` : unknown,
  );
}
