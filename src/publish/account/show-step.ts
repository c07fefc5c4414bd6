/** The candidates behind a step of the account, with what their reason to leave rests on. */
import { type StepNumber, type StepSubjects, stepSubjects } from '../../cohort/index.ts';
import type { OpenStudy } from '../../review/index.ts';
import { type ReasonBehind, reasonBehind } from '../reason-behind.ts';
import { studyResults } from '../study-results.ts';
import { type ToldReason, toldPart } from './told-part.ts';

/** A candidate behind a number, and what the reason to leave rests on. */
export interface ShownSubject extends ToldReason {
  readonly subject: string;
  readonly person: string;
  readonly arms: readonly string[];
  readonly all: readonly string[];
}

/** A step and the candidates behind one of its numbers. */
export interface Shown extends Omit<StepSubjects, 'outcomes'> {
  readonly subjects: readonly ShownSubject[];
}

/** The subjects behind a step, with what stands behind the reason. Errors: `cohort.no-step`, those of `studyResults`. */
export async function showStep(open: OpenStudy, id: string, asked?: StepNumber): Promise<Shown> {
  const { attrition, outcomes, run, state } = studyResults(open);
  const { step, number, outcomes: found } = stepSubjects(attrition, outcomes, id, asked);
  const arms = new Map(run.candidates.map((one) => [one.subject, one.arms]));
  const subjects = found.map(({ subject }) => subject);
  const reasons =
    number === 'remaining' ? new Map<string, ReasonBehind>() : await reasonBehind(open, state, id, subjects);
  return {
    step,
    number,
    subjects: found.map(({ subject, all }) => {
      const { part, ...reason } = reasons.get(subject) ?? {};
      return {
        subject,
        person: open.review.persons.get(subject)?.person ?? '',
        arms: arms.get(subject) ?? [],
        all,
        ...(part ? { part: toldPart(part, open.gate) } : {}),
        ...reason,
      };
    }),
  };
}
