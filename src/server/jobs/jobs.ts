/**
 * Work that takes longer than a call. A handler begins it and answers with its number; whoever began it asks
 * `GET /jobs/{job}` how far it is. Jobs are kept in memory: what they store is stored by the rooms above, whole or not at
 * all, so that nothing but the telling is lost when the server stops. Rules R80 and R81 of SPEC.md.
 *
 *     const { job } = server.jobs.begin({ kind: 'cohort.run', study, of: study, by: who.person.id }, (progress) => ...);
 */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { ChartproofError, type Progress } from '../../base/index.ts';
import type { JobKind, JobView } from '../contract/index.ts';
import { problemOf } from '../http/problems.ts';

/** What is begun. */
export interface JobWork {
  readonly kind: JobKind;
  readonly study: string | null;
  /** What it works on: two jobs of a kind on the same thing do not run at once. */
  readonly of: string;
  /** The id of whoever begins it. */
  readonly by: string;
}

/** The jobs of a server. */
export interface Jobs {
  /**
   * Begins work; where the same person has the same work running, it is that job. Whatever the work gives is the result.
   * Error: `server.job-running`, where another person has it running.
   */
  begin(work: JobWork, run: (progress: Progress) => Promise<unknown>): { readonly job: string };
  /** A job of this person. Error: `server.no-job`, also of a job of somebody else. */
  find(job: string, by: string): JobView;
  /** When all that run now are done or failed. */
  settled(): Promise<void>;
}

interface Kept {
  readonly work: JobWork;
  view: JobView;
  ended: Promise<void>;
}

const MOST_KEPT = 200;

export function createJobs(log: Logger, now: () => string = () => new Date().toISOString()): Jobs {
  const kept = new Map<string, Kept>();
  return {
    begin(work, run) {
      const same = [...kept.values()].find(
        (one) => one.view.state === 'running' && one.work.kind === work.kind && one.work.of === work.of,
      );
      if (same?.work.by === work.by) return { job: same.view.job };
      if (same) throw running();
      const one: Kept = { work, view: begun(work, now()), ended: Promise.resolve() };
      kept.set(one.view.job, one);
      forgetOldest(kept);
      one.ended = follow(one, run);
      return { job: one.view.job };
    },
    find(job, by) {
      const one = kept.get(job);
      if (one?.work.by === by) return one.view;
      throw noJob();
    },
    async settled() {
      await Promise.all([...kept.values()].map(({ ended }) => ended));
    },
  };

  async function follow(one: Kept, run: (progress: Progress) => Promise<unknown>): Promise<void> {
    const { kind } = one.work;
    try {
      const result = (await run(progressOf(one))) ?? null;
      one.view = { ...one.view, endedAt: now(), step: null, state: 'done', result };
      log.info({ job: kind, state: 'done' });
    } catch (error) {
      const failure = problemOf(error);
      one.view = { ...one.view, endedAt: now(), step: null, state: 'failed', failure };
      log.info({ job: kind, state: 'failed', code: failure.code });
    }
  }
}

function begun({ kind, study }: JobWork, at: string): JobView {
  const progress = { step: null, done: null, total: null, counted: null };
  return { job: randomUUID(), kind, study, beganAt: at, endedAt: null, ...progress, state: 'running' };
}

function progressOf(one: Kept): Progress {
  return {
    step: (step, total) => {
      one.view = { ...one.view, step, total: total ?? null, done: null, counted: null };
    },
    advance: (done, counted) => {
      one.view = { ...one.view, done, counted: counted ?? null };
    },
  };
}

/** Forgets the oldest that have ended. */
function forgetOldest(kept: Map<string, Kept>): void {
  for (const [job, { view }] of kept) {
    if (kept.size <= MOST_KEPT) return;
    if (view.state !== 'running') kept.delete(job);
  }
}

/** Of work that is not there for whoever asks. */
export function noJob(): ChartproofError {
  return new ChartproofError('server.no-job', 'There is no such work, or somebody else began it.', {
    tip: 'Work is forgotten when the server stops. What it stored is there; begin it again if need be.',
  });
}

function running(): ChartproofError {
  return new ChartproofError('server.job-running', 'Somebody else has the same work running.', {
    tip: 'Wait until it is done, then load the page again.',
  });
}
