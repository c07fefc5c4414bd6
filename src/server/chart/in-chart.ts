import type { CaseEvent, RunCandidate } from '../../cohort/index.ts';
import {
  chartPerson,
  type keepOpened,
  keepOpenedOnce,
  type OpenStudy,
  type ReviewPerson,
  runOf,
} from '../../review/index.ts';
import type { SignedIn } from '../accounts/signed-in.ts';
import type { Server } from '../server.ts';

/** A study that is open at one chart, for whoever reads it. */
export interface OpenChart extends OpenStudy {
  readonly person: ReviewPerson;
  /** Who reads, and when: for the audit trail and for read marks. */
  readonly by: { readonly actor: string; readonly at: string };
  readonly who: SignedIn;
}

/** What of a call names a chart. */
interface ChartCall {
  readonly server: Server;
  readonly who: SignedIn;
  readonly at: string;
  readonly params: { readonly study: string; readonly subject: string };
}

/**
 * Does something in a chart, which nobody does unseen: where the audit trail has no opening of it, it has one now (R60).
 * Errors: those of `chartPerson`.
 */
export function inChart<Result>(
  call: ChartCall,
  work: (chart: OpenChart) => Promise<Result> | Result,
  note: typeof keepOpened = keepOpenedOnce,
): Promise<Result> {
  const { server, who, at, params } = call;
  return server.studies.with(params.study, async (open) => {
    const person = await chartPerson(open.review, params.subject);
    const by = { actor: who.person.login, at };
    await note(open.database, person.subject, by);
    return work({ ...open, person, by, who });
  });
}

/** The index events of the subject that count, by day; none of a person of a sample. */
export function indexEventsOf(chart: OpenChart): readonly CaseEvent[] {
  return (candidateOf(chart)?.events ?? []).filter(({ rules }) => !rules.includes('washout'));
}

/** How the run found the subject; `undefined` of a person of a sample. */
export function candidateOf({ review, person }: OpenChart): RunCandidate | undefined {
  if (person.subject.startsWith('N')) return undefined;
  return runOf(review).candidates.find(({ subject }) => subject === person.subject);
}
