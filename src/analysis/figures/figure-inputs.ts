import { ChartproofError } from '../../base/index.ts';
import type { DataFigureSpec, FigureOf } from '../../protocol/index.ts';
import type { DataSet } from '../data-set.ts';
import type { ExactShares } from '../exact-shares.ts';
import type { ProportionResult, SurvivalCurve } from '../statistic-results.ts';
import { spaghettiLines, waterfallBars } from './changes.ts';
import type { CurvesData, FigureData } from './figure-data.ts';
import { headOf } from './figure-focus.ts';
import { forestRows } from './forest-rows.ts';
import { responseBars } from './response-bars.ts';
import { swimmerLanes } from './swimmer-lanes.ts';

/** What R computed, as far as figures show it. */
export interface FigureStatistics {
  readonly proportions: readonly ProportionResult[];
  readonly curves?: readonly SurvivalCurve[];
  /** The shares of `forestCounts`. */
  readonly shares: ExactShares['shares'];
}

/** What a figure is drawn from. Error: `analysis.figure-curves`. */
export function figureInputs(data: DataSet, statistics: FigureStatistics, spec: DataFigureSpec): FigureData {
  switch (spec.kind) {
    case 'response-by-subgroup':
      return responseBars(data, spec);
    case 'swimmer':
      return swimmerLanes(data, spec);
    case 'kaplan-meier':
      return curves(data, spec, statistics.curves);
    case 'waterfall':
      return waterfallBars(data, spec);
    case 'spaghetti':
      return spaghettiLines(data, spec);
    case 'forest':
      return forestRows(data, spec, statistics.proportions, statistics.shares);
  }
}

const Y = { survival: 'Without the event, %', incidence: 'With the event, %' } as const;

function curves(data: DataSet, spec: FigureOf<'kaplan-meier'>, all: FigureStatistics['curves']): CurvesData {
  if (!all)
    throw new ChartproofError('analysis.figure-curves', `The curves of the figure \`${spec.id}\` were not computed.`, {
      tip: 'Name a statistic of the time to an event.',
    });
  const { kind, as, x, y = Y[as], band } = spec;
  return { ...headOf(data, spec), kind, as, x, y, band, curves: all.filter(({ id }) => id === spec.statistic) };
}
