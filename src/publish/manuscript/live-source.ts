import type { DataSet, ProportionResult, Results } from '../../analysis/index.ts';
import type { AttritionStep, CohortRun, Outcome } from '../../cohort/index.ts';
import type { SettledSubject } from '../../review/index.ts';
import type { ReleaseFacts } from '../release-content.ts';

/** Everything that a text can take numbers from. */
export interface LiveSource {
  readonly facts: ReleaseFacts;
  /** When the records of the snapshot were last added to (ISO 8601); null where no import says so. */
  readonly recordsAt: string | null;
  readonly results: Results;
  readonly data: DataSet;
  readonly attrition: readonly AttritionStep[];
  readonly screened: number;
  readonly outcomes: readonly Outcome[];
  /** Whom reviewers looked at, those excluded among them. */
  readonly reviewed: readonly SettledSubject[];
  readonly arms: CohortRun['arms'];
  readonly proportions: readonly ProportionResult[];
  /** Tests, differences, ratios, means with intervals, as R computed them. */
  readonly estimates?: readonly NamedEstimate[];
}

/** What a text can say of an estimate. */
export interface NamedEstimate {
  readonly id: string;
  readonly label: string;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number;
  readonly statistic: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly n: number;
}
