/** What R computed, as data: every statistic of a study is one of these. Shares, not percentages; null where there is none. */

/** One proportion with its interval. */
export interface ProportionResult {
  readonly id: string;
  readonly label: string;
  readonly x: number;
  readonly n: number;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number;
  readonly method: string;
}

/** A Kaplan-Meier curve; `group` is empty for that of all subjects. */
export interface SurvivalCurve {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  /** Of the times: months. */
  readonly unit: string;
  readonly n: number;
  readonly events: number;
  /** In units of time; null where the curve does not come down to half. */
  readonly median: number | null;
  readonly medianLow: number | null;
  readonly medianHigh: number | null;
  readonly steps: readonly SurvivalStep[];
}

/** One time at which somebody had the event or was last seen; `atRisk` just before it, `survival` just after. */
export interface SurvivalStep {
  readonly time: number;
  readonly atRisk: number;
  readonly events: number;
  readonly censored: number;
  readonly survival: number;
  readonly low: number | null;
  readonly high: number | null;
}
