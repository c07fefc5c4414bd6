/** How many cases the search missed, from a sample of those whom it did not find. Pure. Rule R141 of SPEC.md. */

/** A share with its exact 95 % interval; null where nobody was looked at. */
export interface Estimate {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** What is known: of `population` persons whom no arm found, `read` were read and `cases` of them are cases; the search found `found`. */
export interface SampleCounts {
  readonly population: number;
  readonly read: number;
  readonly cases: number;
  readonly found: number;
}

/** Cases that were missed (persons), and the share of all cases that the search found. */
export interface Sensitivity {
  readonly missed: Estimate;
  readonly sensitivity: Estimate;
}

/**
 * The share of cases in the sample, with its interval, holds for all whom no arm found. What was seen bounds the interval:
 * the cases of the sample are missed for certain, those who were read and are none are not.
 */
export function sensitivityOf({ population, read, cases, found }: SampleCounts, share: Estimate): Sensitivity {
  const persons = (part: number | null): number | null =>
    part === null ? null : Math.min(Math.max(part * population, cases), population - (read - cases));
  const missed = { estimate: persons(share.estimate), low: persons(share.low), high: persons(share.high) };
  const foundOf = (more: number | null): number | null =>
    more === null || found + more === 0 ? null : found / (found + more);
  return {
    missed,
    sensitivity: { estimate: foundOf(missed.estimate), low: foundOf(missed.high), high: foundOf(missed.low) },
  };
}
