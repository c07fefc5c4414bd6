/** What the assessments of one lesion over time come to. Rules: `SPEC.md`. */
import { dayRange, daysBetween, isBefore, type PartialDate } from '../base/index.ts';
import type { LesionStatus } from '../protocol/index.ts';

/** One judgement of one lesion on one day. */
export interface Assessment {
  readonly lesion: string;
  readonly date: PartialDate;
  readonly status: LesionStatus;
}

/** What a category's rule may ask of a lesion. */
export interface LesionFacts {
  /** How many assessments there are, and how many of them say anything. */
  readonly assessments: number;
  readonly evaluable: number;
  /** At some time nothing was left. */
  readonly resolved: boolean;
  /** At some time it was better than at the start, or gone. */
  readonly regressed: boolean;
  /** It came back after it had regressed. */
  readonly recurred: boolean;
  /** It was assessed and never regressed. */
  readonly persisted: boolean;
  /** At some time it was worse than at the start. */
  readonly worsened: boolean;
  /** The last status that says anything. */
  readonly last?: LesionStatus;
  /** Days from the first to the last assessment that says anything, where both dates are full. */
  readonly days?: number;
}

/** The assessments in the order of their dates; equal or overlapping dates keep a fixed order of their own. */
export function inOrder(assessments: readonly Assessment[]): Assessment[] {
  return assessments.toSorted(
    (a, b) =>
      compare(dayRange(a.date).earliest, dayRange(b.date).earliest) ||
      compare(a.date, b.date) ||
      compare(a.status, b.status),
  );
}

/** The facts of one lesion. */
export function lesionFacts(assessments: readonly Assessment[]): LesionFacts {
  const said = inOrder(assessments).filter((one) => one.status !== 'not-evaluable');
  const regressed = said.some(isBetter);
  const [first, last] = [said[0], said.at(-1)];
  const days = first && last ? daysBetween(first.date, last.date) : undefined;
  return {
    assessments: assessments.length,
    evaluable: said.length,
    resolved: said.some((one) => one.status === 'resolved'),
    regressed: regressed || said.some((one) => one.status === 'recurred'),
    recurred: said.some((one) => one.status === 'recurred') || comesBack(said),
    persisted: said.length > 0 && !regressed && !said.some((one) => one.status === 'recurred'),
    worsened: said.some((one) => one.status === 'worsened'),
    ...(last ? { last: last.status } : {}),
    ...(days && days.min === days.max ? { days: days.min } : {}),
  };
}

/** Resolved, and surely later there again. */
function comesBack(said: readonly Assessment[]): boolean {
  return said.some(
    (gone) =>
      gone.status === 'resolved' &&
      said.some((later) => later.status !== 'resolved' && isBefore(gone.date, later.date) === true),
  );
}

export function isBetter(one: Assessment): boolean {
  return one.status === 'resolved' || one.status === 'improved';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
