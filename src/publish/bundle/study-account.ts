import type { Results, StatisticResults } from '../../analysis/index.ts';
import type { AttritionStep, CohortRun } from '../../cohort/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import type { FieldAgreement, ReviewAccount } from '../../review/index.ts';
import type { ReleaseFacts } from '../release-content.ts';

/** What the Methods paragraph and the checklists tell of a study. */
export interface StudyAccount {
  readonly protocol: Protocol;
  readonly facts: ReleaseFacts;
  readonly results: Results;
  readonly attrition: readonly AttritionStep[];
  readonly screened: number;
  readonly arms: CohortRun['arms'];
  readonly agreement: readonly FieldAgreement[];
  readonly review: ReviewAccount;
  readonly statistics: Pick<StatisticResults, 'proportions' | 'estimates' | 'curves'>;
  /** How many searches of the notes are in the log. */
  readonly searches: number;
  /** Whether a sample of those whom no arm found was read. */
  readonly isSampled: boolean;
  /** The name and version of the program. */
  readonly software: string;
}

/** How many are left at the end of the account. */
export function analysedCount({ attrition }: Pick<StudyAccount, 'attrition'>): number {
  return attrition.at(-1)?.n ?? 0;
}
