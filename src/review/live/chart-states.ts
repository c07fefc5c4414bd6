/**
 * Where the charts of a study stand, kept between calls: what was worked out of a chart stays until something new is said of
 * it. Rules R68 and R70 of SPEC.md.
 *
 * It is told apart by the ids of revisions, so that it must not be asked within a transaction that added some: if that is
 * rolled back, the ids come again.
 */
import { type CohortRun, currentRun, type RunCandidate } from '../../cohort/index.ts';
import type { Review } from '../open-review.ts';
import { type SubjectState, subjectState } from '../review-state.ts';
import { newestRevisions, type Revision } from '../revisions.ts';
import { type Reader, type Readers, readersKey, readersOf } from './claims.ts';
import { type Item, isAdjudicated, openItems } from './differences.ts';
import { type FormStage, readersWanted, type Stage } from './stages.ts';

/** Where a chart stands at a stage for whoever asks; see `contract/review.ts`. */
export type ChartState = 'waiting' | 'mine' | 'in-progress' | 'done' | 'closed';

/** A chart of a stage. */
export interface Chart {
  readonly subject: string;
  readonly state: ChartState;
  /** Whoever asks: `none` where the chart is not of the stage, `finished` where nobody has to read it there any more. */
  readonly standing: 'none' | 'open' | 'finished';
  readonly readers: readonly Reader[];
}

interface Worked {
  readonly state: SubjectState;
  readonly revisions: readonly Revision[];
}

interface Kept {
  upTo: number;
  run: CohortRun | undefined;
  readonly worked: Map<string, Worked>;
}

const kept = new WeakMap<Review, Kept>();

/** The charts of a study at one moment. */
export interface ChartStates {
  /** By subject, in the order of the run. */
  readonly candidates: readonly RunCandidate[];
  state(subject: string): SubjectState | undefined;
  /** How a chart stands at a stage for `me`. */
  chart(subject: string, stage: Stage, me: string): Chart;
  /** What an adjudicator has to decide, once everybody has read. */
  items(subject: string): readonly Item[];
}

/** Looks at the charts now. `only` is enough where one chart is asked of. */
export function chartStates(review: Review, only?: string): ChartStates {
  const { database, protocol } = review;
  const cache = refreshed(review);
  const run = cache.run ?? currentRun(database, review.gate);
  cache.run = run;
  const candidates = new Map(run.candidates.map((one) => [one.subject, one]));
  const readers = readersOf(database, protocol, only);
  const states: ChartStates = {
    candidates: run.candidates,
    state: (subject) => worked(subject)?.state,
    chart: (subject, stage, me) => chartOf(states, protocolReaders(subject), subject, stage, me),
    items(subject) {
      const of = worked(subject);
      if (!of?.state.settled) return [];
      const ready = (['screening', 'abstraction'] as const).filter((stage) => isRead(readers, subject, stage));
      return openItems(protocol, of.state.settled, of.revisions, ready);
    },
  };
  return states;

  function worked(subject: string): Worked | undefined {
    const known = cache.worked.get(subject);
    if (known) return known;
    const candidate = candidates.get(subject);
    const person = review.persons.get(subject);
    if (!candidate || !person) return undefined;
    const revisions = newestRevisions(database, subject);
    const now = { state: subjectState(protocol, person, candidate, revisions), revisions };
    cache.worked.set(subject, now);
    return now;
  }

  function isRead(all: Readers, subject: string, stage: FormStage): boolean {
    const here = all.get(readersKey(stage, subject)) ?? [];
    const done = here.filter((one) => one.state === 'done').length;
    return done === here.length && done >= readersWanted(protocol, subject);
  }

  function protocolReaders(subject: string) {
    return {
      wanted: readersWanted(protocol, subject),
      at: (stage: Stage) => readers.get(readersKey(stage, subject)) ?? [],
      isRead: (stage: FormStage) => isRead(readers, subject, stage),
      isAdjudicated: () => isAdjudicated(worked(subject)?.revisions ?? []),
    };
  }
}

interface Reading {
  readonly wanted: number;
  at(stage: Stage): readonly Reader[];
  isRead(stage: FormStage): boolean;
  isAdjudicated(): boolean;
}

function chartOf(states: ChartStates, reading: Reading, subject: string, stage: Stage, me: string): Chart {
  const readers = reading.at(stage);
  const of = states.state(subject);
  if (!of?.settled) return { subject, state: 'closed', standing: 'none', readers };
  const [standing, state] =
    stage === 'adjudication'
      ? adjudicationState(states.items(subject), reading, me)
      : formState(of, reading, stage, me);
  return { subject, state, standing, readers };
}

type Standing = readonly [Chart['standing'], ChartState];

function adjudicationState(items: readonly Item[], reading: Reading, me: string): Standing {
  const isOpen = items.some((item) => item.why !== 'settled');
  if (!isOpen) return reading.isAdjudicated() ? ['finished', 'done'] : ['none', 'closed'];
  const readers = reading.at('adjudication');
  if (readers.some((one) => one.reviewer === me)) return ['open', 'mine'];
  if (readers.length > 0) return ['open', 'in-progress'];
  return ['open', hasRead(reading, me) ? 'closed' : 'waiting'];
}

function formState({ isEligible, isScreened }: SubjectState, reading: Reading, stage: FormStage, me: string): Standing {
  if (stage === 'abstraction' && !isEligible) return ['none', 'closed'];
  const isFinished = reading.isRead(stage) || (stage === 'screening' && isScreened);
  const standing = isFinished ? 'finished' : 'open';
  const readers = reading.at(stage);
  const mine = readers.find((one) => one.reviewer === me);
  if (mine) return [standing, mine.state === 'done' ? 'done' : 'mine'];
  if (isFinished) return [standing, 'done'];
  return [standing, readers.length < reading.wanted ? 'waiting' : 'in-progress'];
}

function hasRead(reading: Reading, me: string): boolean {
  return (['screening', 'abstraction'] as const).some((stage) =>
    reading.at(stage).some((reader) => reader.reviewer === me),
  );
}

/** Forgets the charts of which something was said since. */
function refreshed(review: Review): Kept {
  const { database } = review;
  const one = kept.get(review) ?? { upTo: 0, run: undefined, worked: new Map() };
  kept.set(review, one);
  const news = database.all(
    database.db
      .selectFrom('revision')
      .select((of) => ['subject', of.fn.max('id').as('id')])
      .where('id', '>', one.upTo)
      .groupBy('subject'),
  );
  for (const { subject, id } of news) {
    one.worked.delete(subject);
    one.upTo = Math.max(one.upTo, id);
  }
  return one;
}
