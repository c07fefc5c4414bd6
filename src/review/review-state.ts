/** Where the review of a study stands: who is excluded by whom, what is settled, what is still open. */
import { ChartproofError, canonicalJson, sha256 } from '../base/index.ts';
import type { CohortRun, Judged, RunCandidate } from '../cohort/index.ts';
import { compileExpression, evaluateBoolean, type Instrument, instrumentOf, type Protocol } from '../protocol/index.ts';
import { environmentOf, type Review, type ReviewPerson } from './open-review.ts';
import { newestRevisions, type Revision } from './revisions.ts';
import { type OpenItem, type SettledSubject, settledFocus, settleSubject } from './settle.ts';

/** The state of a review. */
export interface ReviewState {
  /** Every candidate of the run with the exclusions that hold, by rule and by reviewer. */
  readonly judged: readonly Judged[];
  /** Everybody whom no rule excludes, with their records, settled as far as they are. */
  readonly reviewed: readonly SettledSubject[];
  /** Those of them whose screening is settled and whom no exclusion holds for. */
  readonly included: readonly SettledSubject[];
  readonly open: readonly OpenItem[];
}

/** The state of one candidate. */
export interface SubjectState {
  readonly judged: Judged;
  /** Absent where a rule excludes: nobody reads such a chart. */
  readonly settled?: SettledSubject;
  /** Whether the screening is settled. */
  readonly isScreened: boolean;
  /** Whether the screening is settled and excludes nobody: the chart is to be abstracted. */
  readonly isEligible: boolean;
}

/** Works out the state from everything that was said. */
export function reviewState(review: Review, run: CohortRun): ReviewState {
  const bySubject = Map.groupBy(newestRevisions(review.database), (one) => one.subject);
  const states = run.candidates.flatMap((candidate) => {
    const person = review.persons.get(candidate.subject);
    // Who has refused since is left out; the next cohort run counts them at the gate.
    return person ? [subjectState(review.protocol, person, candidate, bySubject.get(candidate.subject) ?? [])] : [];
  });
  return stateOfAll(states);
}

/** The state of a review from that of each candidate. */
export function stateOfAll(states: readonly SubjectState[]): ReviewState {
  const reviewed = states.flatMap(({ settled }) => settled ?? []);
  return {
    judged: states.map(({ judged }) => judged),
    reviewed,
    included: states.flatMap(({ judged, settled, isScreened }) =>
      settled && isScreened && judged.exclusions.length === 0 ? [settled] : [],
    ),
    open: reviewed.flatMap(({ open }) => open),
  };
}

/** Works out the state of one candidate from everything that was said of it. Pure. */
export function subjectState(
  protocol: Protocol,
  person: ReviewPerson,
  candidate: RunCandidate,
  revisions: readonly Revision[],
): SubjectState {
  const { subject, rules } = candidate;
  if (rules.length > 0) {
    const judged = { subject, exclusions: rules, ...judgedEvents(candidate, []) };
    return { judged, isScreened: false, isEligible: false };
  }
  const screening = protocol.instruments.filter((one) => one.id === protocol.review.screening);
  const screen = settleSubject(protocol, person, revisions, screening);
  // What one of two readers says is not settled, and excludes nobody yet.
  const isScreened = screen.open.length === 0;
  const isEligible = isScreened && exclusionsHeld(protocol, screen).length === 0;
  const settled = isEligible ? withAbstraction(protocol, screen, revisions) : screen;
  const exclusions = settled.open.length === 0 ? exclusionsHeld(protocol, settled) : [];
  const ofEvents = judgedEvents(candidate, exclusions);
  const judged = { subject, exclusions, ...ofEvents, ...(isScreened ? {} : { isOpen: true as const }) };
  return { judged, settled, isScreened, isEligible };
}

function withAbstraction(protocol: Protocol, screen: SettledSubject, revisions: readonly Revision[]): SettledSubject {
  const abstracted = protocol.instruments.filter((one) => one.id !== protocol.review.screening);
  const { records, open: left } = settleSubject(protocol, screen.person, revisions, abstracted, screen.records);
  return {
    person: screen.person,
    records: { ...screen.records, ...records },
    open: [...left, ...unassessed(protocol, screen.person.subject, records, left)],
  };
}

/** A response cannot be told of a subject of whom no assessment was entered: that is for the reviewers, not for a default. */
function unassessed(
  protocol: Protocol,
  subject: string,
  records: SettledSubject['records'],
  open: readonly OpenItem[],
): OpenItem[] {
  const instrument = protocol.response?.assessments.instrument;
  if (instrument === undefined || (records[instrument] ?? []).length > 0) return [];
  if (open.some((item) => item.instrument === instrument)) return [];
  return [{ subject, instrument, row: '', field: '', why: 'no-rows' }];
}

/** Each index event with what holds for it: by rule, and for its person by reviewer. */
function judgedEvents({ events }: RunCandidate, byReviewer: readonly string[]): Pick<Judged, 'events'> {
  if (!events) return {};
  return { events: events.map(({ event, rules }) => ({ event, exclusions: [...rules, ...byReviewer] })) };
}

/** The exclusions by reviewer whose expression holds in the settled record. */
function exclusionsHeld(protocol: Protocol, { person, records }: SettledSubject): string[] {
  return exclusionsByReviewer(protocol, person, (instrument) =>
    (records[instrument.id] ?? []).map((record) => settledFocus(instrument, record)),
  );
}

/** The exclusions by reviewer whose expression holds in a record; `recordsOf` gives the records of an instrument as expressions see them. */
export function exclusionsByReviewer(
  protocol: Protocol,
  person: ReviewPerson,
  recordsOf: (instrument: Instrument) => readonly Record<string, unknown>[],
): string[] {
  const environment = environmentOf({ protocol }, person, {});
  return protocol.exclusions.flatMap(({ id, reviewer }) => {
    if (!reviewer) return [];
    const when = compileExpression(reviewer.when);
    const records = recordsOf(instrumentOf(protocol, reviewer.instrument));
    return records.some((record) => evaluateBoolean(when, record, environment) === true) ? [id] : [];
  });
}

/** The settled data as one hash; `review.open` while anything is open. */
export function lockHash(state: ReviewState): string {
  if (state.open.length > 0) {
    const first = state.open[0];
    const where = first
      ? `${[first.subject, first.instrument, first.row, first.field].filter(Boolean).join(' ')}: ${first.why}`
      : '';
    throw new ChartproofError(
      'review.open',
      `The review is not finished: ${state.open.length} ${state.open.length === 1 ? 'item is' : 'items are'} open.`,
      { tip: `The first: ${where}. List them all: chartproof review status` },
    );
  }
  const settled = state.reviewed.map(({ person, records }) => ({ subject: person.subject, records }));
  return sha256(canonicalJson({ judged: state.judged, settled }));
}
