/**
 * The account of who was left out and why, from those whom the arms found to those who are analysed. Pure. Rules R13, R15
 * and R143 to R147 of SPEC.md.
 */
import type { AccountStepId } from '../../protocol/index.ts';
import type { CohortRun } from '../run/cohort-run.ts';
import type { Outcome, Reason } from './outcomes.ts';

/** What a step of the account is: a state that persons are in, or a reason to leave. */
export type AttritionKind = AccountStepId | 'exclusion';

/** How many are left after a step, and how many left at it. */
interface Remaining {
  readonly n: number;
  readonly removed: number;
}

/** One step of the account. `n` persons remain after it, `removed` left at it. */
export interface AttritionStep extends Remaining {
  readonly id: string;
  readonly label: string;
  readonly kind: AttritionKind;
  /** Of an exclusion: how many authorized persons it holds for, at whatever step they left. */
  readonly allFailing?: number;
  /** The events of the persons; absent before the gate, and where a study is not about events. */
  readonly events?: Remaining;
}

/** What the protocol says of who leaves. `analysed.label` is why somebody who is included is not analysed. */
export interface Reasons {
  readonly exclusions: readonly Reason[];
  readonly analysed?: { readonly label: string } | undefined;
}

/** The steps from those whom the arms found to those analysed. What comes before the gate is counted persons. */
export function attritionSteps(
  { arms, identified }: Pick<CohortRun, 'arms' | 'identified'>,
  { exclusions, analysed }: Reasons,
  candidates: readonly Outcome[],
): AttritionStep[] {
  const found = arms.reduce((sum, arm) => sum + arm.found, 0);
  const duplicates = arms.length > 1 ? found - identified : 0;
  const stages = stagesOf({ exclusions, analysed }, candidates);
  return [
    ...(arms.length > 1
      ? [{ id: 'found', label: 'Found by the arms, each counted', n: found, removed: 0, kind: 'found' as const }]
      : []),
    { id: 'identified', label: 'Identified by any arm', n: identified, removed: duplicates, kind: 'identified' },
    ...remaining(stages, candidates, identified),
  ];
}

/** A step behind the gate and who leaves at it, persons and events. */
interface Stage extends Pick<AttritionStep, 'id' | 'label' | 'kind' | 'allFailing'> {
  readonly leaving: number;
  readonly eventsLeaving: number;
}

function stagesOf({ exclusions, analysed }: Reasons, candidates: readonly Outcome[]): Stage[] {
  const excluded = exclusions.map(({ id, label }): Stage => {
    const leaving = candidates.filter(({ first }) => first === id).length;
    const events = candidates.flatMap((one) => one.events ?? []).filter(({ first }) => first === id);
    const allFailing = candidates.filter(({ all }) => all.includes(id)).length;
    return { id, label, kind: 'exclusion', leaving, eventsLeaving: events.length, allFailing };
  });
  const waiting = leavingAs('open', 'Screening not finished', candidates);
  const open = waiting.leaving > 0 ? [waiting] : [];
  const included = [
    state('included', 'Included'),
    ...(analysed ? [leavingAs('not-analysed', analysed.label, candidates), state('analysed', 'Analysed')] : []),
  ];
  const screening = screenedBefore(exclusions);
  if (screening === undefined) return [...excluded, ...open, ...included];
  const [rules, reviewers] = [excluded.slice(0, screening), excluded.slice(screening)];
  return [...rules, ...open, state('screened', 'Screened'), ...reviewers, ...included];
}

/** The place of the first exclusion by reviewer (or the end), where all by rule stand before it. */
function screenedBefore(exclusions: readonly Reason[]): number | undefined {
  const at = exclusions.findIndex(({ reviewer }) => reviewer);
  if (at < 0) return exclusions.length;
  return exclusions.slice(at).every(({ reviewer }) => reviewer) ? at : undefined;
}

function state(kind: 'screened' | 'included' | 'analysed', label: string): Stage {
  return { id: kind, label, kind, leaving: 0, eventsLeaving: 0 };
}

/** Those who leave as a whole, with all events that they have left. */
function leavingAs(kind: 'open' | 'not-analysed', label: string, candidates: readonly Outcome[]): Stage {
  const leaving = candidates.filter(({ outcome }) => outcome === kind);
  const events = leaving.flatMap((one) => one.events ?? []).filter(({ first }) => first === undefined);
  return { id: kind, label, kind, leaving: leaving.length, eventsLeaving: events.length };
}

function remaining(stages: readonly Stage[], candidates: readonly Outcome[], identified: number): AttritionStep[] {
  const isOfEvents = candidates.some(({ events }) => events);
  let n = candidates.length;
  let events = candidates.reduce((sum, one) => sum + (one.events?.length ?? 0), 0);
  const eventsNow = (removed: number) => (isOfEvents ? { events: { n: events, removed } } : {});
  const authorized = { id: 'authorized', label: 'Authorized for research', kind: 'authorized' as const };
  return [
    { ...authorized, n, removed: identified - n, ...eventsNow(0) },
    ...stages.map(({ leaving, eventsLeaving, ...step }) => {
      n -= leaving;
      events -= eventsLeaving;
      return { ...step, n, removed: leaving, ...eventsNow(eventsLeaving) };
    }),
  ];
}
