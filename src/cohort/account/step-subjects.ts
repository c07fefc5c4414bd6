/** The subjects behind a number of the account. Pure. Rule R148 of SPEC.md. */
import { ChartproofError, nearest } from '../../base/index.ts';
import type { AttritionStep } from './attrition.ts';
import type { Outcome } from './outcomes.ts';

/** Which number of a step: who left at it, who remain after it, or for whom an exclusion holds wherever they left. */
export type StepNumber = 'left' | 'remaining' | 'all-failing';

/** A step, which of its numbers, and the candidates behind it. */
export interface StepSubjects {
  readonly step: AttritionStep;
  readonly number: StepNumber;
  readonly outcomes: readonly Outcome[];
}

const BEFORE_THE_GATE: ReadonlySet<AttritionStep['kind']> = new Set(['found', 'identified']);
const REASONS: ReadonlySet<AttritionStep['kind']> = new Set(['exclusion', 'open', 'not-analysed']);

/**
 * The candidates behind a step: of a reason to leave those who left, of a state those who remain, unless it is said which.
 * Persons before the gate are no candidates: they are in the step's numbers and never here. Error: `cohort.no-step`.
 */
export function stepSubjects(
  steps: readonly AttritionStep[],
  candidates: readonly Outcome[],
  id: string,
  asked?: StepNumber,
): StepSubjects {
  const at = steps.findIndex((step) => step.id === id);
  const step = steps[at];
  if (!step) throw noStep(id, steps);
  const number = asked ?? (REASONS.has(step.kind) ? 'left' : 'remaining');
  if (BEFORE_THE_GATE.has(step.kind)) return { step, number, outcomes: [] };
  const placeOf = (one: Outcome): number => steps.findIndex((other) => other.id === leftAt(one));
  const behind: Readonly<Record<StepNumber, (one: Outcome) => boolean>> = {
    left: (one) => leftAt(one) === id,
    remaining: (one) => leftAt(one) === undefined || placeOf(one) > at,
    'all-failing': (one) => one.all.includes(id),
  };
  return { step, number, outcomes: candidates.filter(behind[number]) };
}

/** The id of the step at which a candidate left; none of whoever is in to the end. */
export function leftAt({ outcome, first }: Outcome): string | undefined {
  return outcome === 'included' ? undefined : (first ?? outcome);
}

function noStep(id: string, steps: readonly AttritionStep[]): ChartproofError {
  const ids = steps.map((step) => step.id);
  const near = nearest(id, ids);
  return new ChartproofError('cohort.no-step', `The account has no step \`${id}\`.`, {
    tip: near ? `Did you mean \`${near}\`?` : `There is: ${ids.join(', ')}.`,
  });
}
