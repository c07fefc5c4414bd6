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
  /** How many are not known, where there are. */
  readonly note?: string;
}

/**
 * A test, or an effect with its interval. `n` is how many subjects (of a proportion across subgroups, of pairs: subjects)
 * it was computed from; `note` says what is held against what, why something is null, and how many were left out.
 */
export interface EstimateResult {
  readonly id: string;
  readonly label: string;
  readonly method: string;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number;
  readonly statistic: number | null;
  readonly df: number | null;
  readonly p: number | null;
  /** Within its family; null where it is of none. */
  readonly pAdjusted: number | null;
  readonly n: number;
  readonly note?: string;
}

/** A Kaplan-Meier curve of one group (all: ''); times are in `unit`, a step for each time at which something happened. */
export interface SurvivalCurve {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  /** The value of the group, as ids have it; `group` is its label. */
  readonly value?: string;
  readonly unit: string;
  readonly level: number;
  /** The scale of the limits: `log-log`, `log` or `plain`. */
  readonly interval: string;
  readonly n: number;
  readonly events: number;
  readonly median: number | null;
  readonly medianLow: number | null;
  readonly medianHigh: number | null;
  readonly steps: readonly SurvivalStep[];
}

/** At a time: at risk just before it, events and censored at it, the share free of the event after it. */
export interface SurvivalStep {
  readonly time: number;
  readonly atRisk: number;
  readonly events: number;
  readonly censored: number;
  readonly survival: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Who had the event then, and who was seen no longer; absent in what is only read back from R. */
  readonly eventSubjects?: readonly string[];
  readonly censoredSubjects?: readonly string[];
}

/** A coefficient with its 95 % interval. */
export interface Coefficient {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** How well two abstractors agreed on a field; a coefficient is null where the kind of field has none. */
export interface AgreementResult {
  readonly instrument: string;
  readonly field: string;
  readonly label: string;
  /** Pairs of answers. */
  readonly n: number;
  readonly differing: number;
  readonly agreed: number;
  readonly kappa: Coefficient | null;
  readonly weightedKappa: Coefficient | null;
  readonly ac1: Coefficient | null;
  readonly icc: Coefficient | null;
  /** Of two categories. Byrt, Bishop and Carlin, J Clin Epidemiol 1993;46:423-9. */
  readonly prevalenceIndex: number | null;
  readonly biasIndex: number | null;
  readonly pabak: number | null;
  readonly note?: string;
}

/** Everything that R computed of a study. */
export interface StatisticResults {
  readonly proportions: readonly ProportionResult[];
  readonly estimates: readonly EstimateResult[];
  readonly curves: readonly SurvivalCurve[];
  readonly agreement: readonly AgreementResult[];
}
