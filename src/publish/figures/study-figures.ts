import {
  type DataSet,
  exactShares,
  FIGURE_SHARES,
  type FigureData,
  type FigureStatistics,
  figureInputs,
  forestCounts,
  type RSession,
  type TextFile,
} from '../../analysis/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import { figureCaption } from './figures-html.ts';

/**
 * The intervals of the subgroups that forests show, computed in R, in the session given or one of its own; no file where no
 * figure asks. Errors: those of `exactShares`.
 */
export async function figureShares(
  data: DataSet,
  session?: RSession,
): Promise<{ readonly shares: FigureStatistics['shares']; readonly files: readonly TextFile[] }> {
  const counts = forestCounts(data);
  return counts.length === 0 ? { shares: new Map(), files: [] } : exactShares(counts, FIGURE_SHARES, session);
}

/** The captions of the two drawings of the account that a protocol lists among its figures. */
export function accountCaptions({ figures }: Pick<Protocol, 'figures'>): { attrition?: string; arms?: string } {
  return Object.fromEntries(
    figures.flatMap(({ kind, title }, at) =>
      kind === 'attrition' || kind === 'arms' ? [[kind, figureCaption({ number: at + 1, title })]] : [],
    ),
  );
}

/** The figures of the protocol that are drawn from the data set, in order. Error: `analysis.figure-curves`. */
export function studyFigures(data: DataSet, statistics: FigureStatistics): FigureData[] {
  return data.protocol.figures.flatMap((spec) =>
    spec.kind === 'attrition' || spec.kind === 'arms' ? [] : [figureInputs(data, statistics, spec)],
  );
}
