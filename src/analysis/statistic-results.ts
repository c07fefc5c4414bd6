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
