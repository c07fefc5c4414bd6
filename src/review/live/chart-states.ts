/** Where the charts of a study stand. What is kept of them between calls stands in `kept-charts.ts`. Rules R68 and R70 of SPEC.md. */
import type { RunCandidate } from '../../cohort/index.ts';
import type { Review } from '../open-review.ts';
import type { SubjectState } from '../review-state.ts';
import { type Reader, readersKey } from './claims.ts';
import { type Item, isAdjudicated, openItems } from './differences.ts';
import { keptCharts } from './kept-charts.ts';
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

/** Looks at the charts now. Not to be asked within a transaction that said something: see `kept-charts.ts`. */
export function chartStates(review: Review): ChartStates {
  const { protocol } = review;
  const { run, readers, worked, items } = keptCharts(review);
  const states: ChartStates = {
    candidates: run.candidates,
    state: (subject) => worked(subject)?.state,
    chart: (subject, stage, me) => chartOf(states, protocolReaders(subject), subject, stage, me),
    items(subject) {
      const known = items.get(subject) ?? itemsOf(subject);
      items.set(subject, known);
      return known;
    },
  };
  return states;

  function itemsOf(subject: string): readonly Item[] {
    const of = worked(subject);
    if (!of?.state.settled) return [];
    const ready = (['screening', 'abstraction'] as const).filter((stage) => isRead(subject, stage));
    return openItems(protocol, of.state.settled, of.revisions, ready);
  }

  function isRead(subject: string, stage: FormStage): boolean {
    const here = readers.get(readersKey(stage, subject)) ?? [];
    const done = here.filter((one) => one.state === 'done').length;
    return done === here.length && done >= readersWanted(protocol, subject);
  }

  function protocolReaders(subject: string) {
    return {
      wanted: readersWanted(protocol, subject),
      at: (stage: Stage) => readers.get(readersKey(stage, subject)) ?? [],
      isRead: (stage: FormStage) => isRead(subject, stage),
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
