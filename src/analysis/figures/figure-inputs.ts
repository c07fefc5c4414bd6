import type { DataFigureSpec } from '../../protocol/index.ts';
import type { DataSet } from '../data-set.ts';
import type { ExactShares } from '../exact-shares.ts';
import type { EstimateResult, ProportionResult, SurvivalCurve } from '../statistic-results.ts';
import { spaghettiLines, waterfallBars } from './changes.ts';
import type { FigureData } from './figure-data.ts';
import { forestRows } from './forest-rows.ts';
import { responseBars } from './response-bars.ts';
import { survivalCurves } from './survival-curves.ts';
import { swimmerLanes } from './swimmer-lanes.ts';

/** What R computed, as far as figures show it. */
export interface FigureStatistics {
  readonly proportions: readonly ProportionResult[];
  readonly curves?: readonly SurvivalCurve[];
  /** Tests; that of a kaplan-meier figure's statistic stands in its caption. */
  readonly estimates?: readonly EstimateResult[];
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
      return survivalCurves(data, spec, statistics);
    case 'waterfall':
      return waterfallBars(data, spec);
    case 'spaghetti':
      return spaghettiLines(data, spec);
    case 'forest':
      return forestRows(data, spec, statistics.proportions, statistics.shares);
  }
}
