import type { DataSet, Results, StatisticResults } from '../../analysis/index.ts';
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
  readonly statistics: StatisticResults;
}
