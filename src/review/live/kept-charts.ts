/**
 * What was worked out of the charts of a study, kept between calls until something new is said of a chart, or somebody takes
 * it or gives it back. It depends on nobody who asks.
 *
 * What is new is told apart by the ids of revisions and claims, so that it must not be asked within a transaction that added
 * some: if that is rolled back, the ids come again.
 */
import { type CohortRun, currentRun, type RunCandidate, standingId } from '../../cohort/index.ts';
import type { Review } from '../open-review.ts';
import { type ReviewState, type SubjectState, stateOfAll, subjectState } from '../review-state.ts';
import { newestRevisions, type Revision } from '../revisions.ts';
import { type Reader, type Readers, readersKey, readersOf } from './claims.ts';
import type { Item } from './differences.ts';
import { stages } from './stages.ts';

/** The charts as they stand now. */
export interface KeptCharts {
  readonly run: CohortRun;
  readonly readers: Readers;
  /** What was said of a chart and what that comes to; `undefined` where it is none of the run. */
  worked(subject: string): Worked | undefined;
  /** To be filled: what an adjudicator has to decide, by subject. */
  readonly items: Map<string, readonly Item[]>;
  /** Another one as soon as anything is said, taken or given back: what follows from all charts is kept by it. */
  readonly moment: object;
}

export interface Worked {
  readonly state: SubjectState;
  readonly revisions: readonly Revision[];
}

interface Kept {
  readonly run: CohortRun;
  readonly candidates: ReadonlyMap<string, RunCandidate>;
  /** The newest revision and the newest claim that it is worked out of. */
  upTo: { revision: number; claim: number };
  readonly readers: Map<string, readonly Reader[]>;
  readonly worked: Map<string, Worked>;
  readonly items: Map<string, readonly Item[]>;
  moment: object;
}

const kept = new WeakMap<Review, Kept>();

/** The charts of a study now. Error: `cohort.none`. */
export function keptCharts(review: Review): KeptCharts {
  const one = current(review);
  const { run, readers, items, moment } = one;
  return { run, readers, items, moment, worked: (subject) => one.worked.get(subject) ?? work(review, one, subject) };
}

/** The run that stands, without those whom the gate does not let through, as `currentRun` gives it. Its leaves may be older. */
export function runOf(review: Review): CohortRun {
  return current(review).run;
}

function current(review: Review): Kept {
  const { database } = review;
  const known = kept.get(review);
  const one = known && known.run.id === standingId(database) ? known : begin(review);
  kept.set(review, one);
  refresh(review, one);
  return one;
}

function begin({ database, gate }: Review): Kept {
  const run = currentRun(database, gate);
  const candidates = new Map(run.candidates.map((one) => [one.subject, one]));
  const upTo = { revision: 0, claim: 0 };
  return { run, candidates, upTo, readers: new Map(), worked: new Map(), items: new Map(), moment: {} };
}

/** So many charts are read one by one; of more, all at once is quicker. */
const FEW = 20;

/** Forgets what was worked out of charts of which something was said, or that somebody took, and reads who holds them. */
function refresh({ database, protocol }: Review, one: Kept): void {
  const said = newer(database, 'revision', one.upTo.revision);
  const taken = newer(database, 'claim', one.upTo.claim);
  const subjects = new Set([...said, ...taken].map(({ subject }) => subject));
  if (subjects.size === 0) return;
  one.moment = {};
  for (const { subject } of said) one.worked.delete(subject);
  for (const subject of subjects) {
    one.items.delete(subject);
    for (const stage of stages) one.readers.delete(readersKey(stage, subject));
  }
  const found = subjects.size > FEW ? [undefined] : subjects;
  for (const subject of found)
    for (const [key, readers] of readersOf(database, protocol, subject)) one.readers.set(key, readers);
  one.upTo = { revision: newest(said, one.upTo.revision), claim: newest(taken, one.upTo.claim) };
}

/** Another object as soon as anything is said, taken or given back in the study: what depends on no more is kept by it. */
export function momentOf(review: Review): object {
  return current(review).moment;
}

/** The state of the review by the run that stands: that of `reviewState`, worked out again where something was said. */
export function standingState(review: Review): ReviewState {
  const one = current(review);
  const subjects = one.run.candidates.map(({ subject }) => subject);
  const isMany = subjects.filter((subject) => !one.worked.has(subject)).length > FEW;
  const said = isMany ? Map.groupBy(newestRevisions(review.database), ({ subject }) => subject) : undefined;
  const revisionsOf = said && ((subject: string) => said.get(subject) ?? []);
  return stateOfAll(
    subjects.flatMap((subject) => (one.worked.get(subject) ?? work(review, one, subject, revisionsOf))?.state ?? []),
  );
}

interface Newer {
  readonly subject: string;
  readonly id: number;
}

function newer({ db, all }: Review['database'], table: 'revision' | 'claim', upTo: number): readonly Newer[] {
  const id = db.fn.max<number>('id').as('id');
  return all(db.selectFrom(table).select(['subject', id]).where('id', '>', upTo).groupBy('subject'));
}

function newest(all: readonly Newer[], before: number): number {
  return all.reduce((most, { id }) => Math.max(most, id), before);
}

function work(
  { database, protocol, persons }: Review,
  one: Kept,
  subject: string,
  revisionsOf = (of: string): readonly Revision[] => newestRevisions(database, of),
): Worked | undefined {
  const [candidate, person] = [one.candidates.get(subject), persons.get(subject)];
  if (!candidate || !person) return undefined;
  const revisions = revisionsOf(subject);
  const worked = { state: subjectState(protocol, person, candidate, revisions), revisions };
  one.worked.set(subject, worked);
  return worked;
}
