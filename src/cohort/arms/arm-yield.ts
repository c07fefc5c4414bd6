/** What the arms, and each code, drug name and query of them, come to against the screening. Pure. Rule R138 of SPEC.md. */
import type { CohortRun } from '../run/cohort-run.ts';
import type { FoundLeaf } from '../run/find-leaves.ts';

/**
 * Where the screening of a candidate stands: left out by a rule before anybody read the chart, not settled, settled with an
 * exclusion that holds, or settled with none.
 */
export type ScreeningVerdict = 'by-rule' | 'open' | 'not-eligible' | 'eligible';

/** A candidate as the review has it. Whoever is included is eligible; an eligible one may leave after the screening. */
export interface Screened {
  readonly verdict: ScreeningVerdict;
  readonly isIncluded: boolean;
}

/** Candidates of an arm or a leaf: `found = eligible + notEligible + byRule + open`. */
export interface YieldCounts {
  readonly found: number;
  readonly eligible: number;
  readonly notEligible: number;
  readonly byRule: number;
  readonly open: number;
  readonly included: number;
}

/** `only`: of those found, whom nothing else would have found. `codes`: how many candidates have which code on a row. */
export interface LeafYield extends YieldCounts {
  readonly kind: FoundLeaf['kind'];
  readonly label: string;
  readonly only: number;
  readonly codes: readonly { readonly code: string; readonly found: number }[];
}

export interface ArmYield extends YieldCounts {
  readonly arm: string;
  readonly label: string;
  readonly only: number;
  readonly leaves: readonly LeafYield[];
}

/** All arms together, and each. */
export interface SearchYield {
  readonly any: YieldCounts;
  readonly arms: readonly ArmYield[];
}

/** Counts a run by what the screening says of its candidates; who is not in the screening is open. */
export function searchYield(
  { arms, candidates, leaves = [] }: CohortRun,
  screened: ReadonlyMap<string, Screened>,
): SearchYield {
  const counts = (subjects: readonly string[]): YieldCounts => countedBy(subjects, screened);
  const all = candidates.map(({ subject }) => subject);
  return {
    any: counts(all),
    arms: arms.map(({ id, label }) => {
      const own = candidates.filter((one) => one.arms.includes(id));
      return {
        arm: id,
        label,
        ...counts(own.map(({ subject }) => subject)),
        only: own.filter((one) => one.arms.length === 1).length,
        leaves: leaves
          .filter(({ arm }) => arm === id)
          .map((leaf) => ({
            kind: leaf.kind,
            label: leaf.label,
            ...counts(leaf.found),
            only: leaf.only.length,
            codes: leaf.codes.map(({ code, found }) => ({ code, found: found.length })),
          })),
      };
    }),
  };
}

function countedBy(subjects: readonly string[], screened: ReadonlyMap<string, Screened>): YieldCounts {
  const as = (verdict: ScreeningVerdict): number =>
    subjects.filter((subject) => (screened.get(subject)?.verdict ?? 'open') === verdict).length;
  return {
    found: subjects.length,
    eligible: as('eligible'),
    notEligible: as('not-eligible'),
    byRule: as('by-rule'),
    open: as('open'),
    included: subjects.filter((subject) => screened.get(subject)?.isIncluded).length,
  };
}
