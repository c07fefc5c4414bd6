/** The corners of step functions. */
import type { SurvivalCurve, SurvivalStep } from '../../analysis/index.ts';

/** A point of a curve: a share of 1 at a time. */
export interface Corner {
  readonly time: number;
  readonly share: number;
}

/** The corners of a curve that begins at a share at time 0, holds, and falls at each step. */
export function cornersOf(
  steps: readonly SurvivalStep[],
  share: (step: SurvivalStep) => number,
  first: number,
): Corner[] {
  const corners: Corner[] = [{ time: 0, share: first }];
  let before = first;
  for (const step of steps) {
    corners.push({ time: step.time, share: before });
    before = share(step);
    if (before !== corners.at(-1)?.share) corners.push({ time: step.time, share: before });
  }
  return corners;
}

/** The lower and the upper edge of a band. */
export interface BandRun {
  readonly lows: readonly Corner[];
  readonly highs: readonly Corner[];
}

/** The stretches in which both limits are known. Before the first step nobody has had the event, and they are 1. */
export function runsOf(steps: readonly SurvivalStep[]): BandRun[] {
  const runs: { lows: Corner[]; highs: Corner[] }[] = [];
  let open: { lows: Corner[]; highs: Corner[] } | undefined = {
    lows: [{ time: 0, share: 1 }],
    highs: [{ time: 0, share: 1 }],
  };
  for (const { time, low, high } of steps) {
    for (const edge of open ? [open.lows, open.highs] : []) edge.push({ time, share: edge.at(-1)?.share ?? 1 });
    if (low === null || high === null) {
      if (open) runs.push(open);
      open = undefined;
      continue;
    }
    open ??= { lows: [], highs: [] };
    open.lows.push({ time, share: low });
    open.highs.push({ time, share: high });
  }
  if (open) runs.push(open);
  return runs.filter(({ lows }) => new Set(lows.map(({ time }) => time)).size > 1);
}

/** How many were at risk just before a time: still without the event, and still seen. */
export function atRiskAt({ n, steps }: SurvivalCurve, time: number): number {
  const next = steps.find((step) => step.time >= time);
  if (next) return next.time === 0 ? n : next.atRisk;
  const last = steps.at(-1);
  return last ? last.atRisk - last.events - last.censored : n;
}
