/** Giving charts to readers: each place once, and nobody two of one chart. Rules R66 to R71 of SPEC.md. */
import { ChartproofError } from '../../base/index.ts';
import type { Review } from '../open-review.ts';
import { type Chart, type ChartState, type ChartStates, chartStates } from './chart-states.ts';
import { appendClaim } from './claims.ts';
import { keptCharts } from './kept-charts.ts';
import { personOf } from './save-draft.ts';
import type { Stage } from './stages.ts';

/** The charts of a stage for whoever asks, by subject. */
export function queueOf(review: Review, stage: Stage, me: string): readonly Chart[] {
  const { moment } = keptCharts(review);
  const known = queues.get(moment) ?? new Map<string, readonly Chart[]>();
  queues.set(moment, known);
  const key = `${stage} ${me}`;
  const queue = known.get(key) ?? allCharts(review, stage, me);
  if (known.size < MOST_QUEUES) known.set(key, queue);
  return queue;
}

const queues = new WeakMap<object, Map<string, readonly Chart[]>>();
const MOST_QUEUES = 50;

function allCharts(review: Review, stage: Stage, me: string): Chart[] {
  const states = chartStates(review);
  return states.candidates.map(({ subject }) => states.chart(subject, stage, me));
}

/**
 * Gives the next chart and takes it, at once: what is begun first, then what waits, by subject. `undefined`: nothing waits.
 */
export function nextChart(
  review: Review,
  stage: Stage,
  me: string,
  at: string,
  except: ReadonlySet<string> = new Set(),
): string | undefined {
  return review.database.transaction(() => {
    const states = chartStates(review);
    const mine = firstOf(states, stage, me, 'mine', except);
    if (mine !== undefined) return mine;
    const subject = firstOf(states, stage, me, 'waiting', except);
    if (subject !== undefined)
      appendClaim(review.database, { subject, stage, reviewer: me, kind: 'taken' }, { actor: me, at });
    return subject;
  });
}

/** Takes a chart; nothing new where it is held already. Errors: `review.closed-chart`, `review.no-place`, `review.own-chart`. */
export function claimChart(review: Review, stage: Stage, subject: string, me: string, at: string): ChartState {
  personOf(review, subject);
  return review.database.transaction(() => {
    const states = chartStates(review);
    const { state, readers } = states.chart(subject, stage, me);
    if (readers.some((one) => one.reviewer === me)) return state;
    if (stage === 'adjudication') requireForeign(review, subject, me);
    if (state !== 'waiting') {
      throw new ChartproofError('review.no-place', 'This chart is not to be taken at this stage.', {
        tip: 'It is read by others, or it is not its turn. Take the next one.',
      });
    }
    appendClaim(review.database, { subject, stage, reviewer: me, kind: 'taken' }, { actor: me, at });
    return 'mine';
  });
}

/** Nobody adjudicates a chart that they read themselves. Error: `review.own-chart`. */
export function requireForeign(review: Review, subject: string, me: string): void {
  const states = chartStates(review);
  const isReader = (['screening', 'abstraction'] as const).some((stage) =>
    states.chart(subject, stage, me).readers.some((one) => one.reviewer === me),
  );
  if (!isReader) return;
  throw new ChartproofError('review.own-chart', 'You read this chart yourself: another has to adjudicate it.', {
    tip: 'Take the next chart.',
  });
}

function firstOf(
  { candidates, chart }: ChartStates,
  stage: Stage,
  me: string,
  wanted: ChartState,
  except: ReadonlySet<string>,
): string | undefined {
  return candidates.find(({ subject }) => !except.has(subject) && chart(subject, stage, me).state === wanted)?.subject;
}
