import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { ChartproofError, type Progress } from '../../base/index.ts';
import { contract } from '../contract/index.ts';
import { servedStudy } from '../served-study.test-support.ts';
import { createJobs, type JobWork } from './jobs.ts';

const log: string[] = [];
const jobs = () => createJobs(pino({}, { write: (line) => log.push(line) }), () => '2024-01-01T00:00:00Z');
const work: JobWork = { kind: 'cohort.run', study: 'gout', of: 'gout', by: 'anna' };

/** Work that waits until it is let go. */
function held() {
  const gate = Promise.withResolvers<unknown>();
  let progress: Progress | undefined;
  const run = (given: Progress): Promise<unknown> => {
    progress = given;
    return gate.promise;
  };
  return { ...gate, run, progress: () => progress as Progress };
}

describe('jobs', () => {
  test('[R80] tell how far they are, and their result', async () => {
    const all = jobs();
    const one = held();
    const { job } = all.begin(work, one.run);
    one.progress().step('Searching', 4);
    one.progress().advance(3, '3 of 4 arms');
    expect(all.find(job, 'anna')).toMatchObject({
      state: 'running',
      step: 'Searching',
      done: 3,
      total: 4,
      counted: '3 of 4 arms',
      endedAt: null,
    });
    one.resolve({ found: 7 });
    await all.settled();
    expect(all.find(job, 'anna')).toMatchObject({ state: 'done', result: { found: 7 }, step: null });
  });

  test('[R80] that fail tell the problem; of a fault that is not ours nothing is told, nor logged', async () => {
    const all = jobs();
    const ours = all.begin(work, () => Promise.reject(new ChartproofError('cohort.no-arm', 'None.', { tip: 'Run.' })));
    const fault = all.begin({ ...work, of: 'other' }, () => Promise.reject(new Error('Family1 has gout')));
    await all.settled();
    expect(all.find(ours.job, 'anna')).toMatchObject({
      state: 'failed',
      failure: { code: 'cohort.no-arm', tip: 'Run.' },
    });
    expect(all.find(fault.job, 'anna')).toMatchObject({ state: 'failed', failure: { code: 'server.fault' } });
    expect(JSON.stringify([all.find(fault.job, 'anna'), log])).not.toContain('Family1');
  });

  test('[R81] belong to whoever began them, and the same work does not run twice at once', async () => {
    const all = jobs();
    const one = held();
    const { job } = all.begin(work, one.run);
    expect(all.begin(work, one.run)).toEqual({ job });
    expect(() => all.begin({ ...work, by: 'ben' }, one.run)).toThrow(
      expect.objectContaining({ code: 'server.job-running' }),
    );
    expect(() => all.find(job, 'ben')).toThrow(expect.objectContaining({ code: 'server.no-job' }));
    one.resolve(null);
    await all.settled();
    expect(all.begin({ ...work, by: 'ben' }, async () => 1).job).not.toBe(job);
    await all.settled();
  });

  test('[R80] that are kept stay within bounds, and those that run are not forgotten', async () => {
    const all = jobs();
    const one = held();
    const { job } = all.begin(work, one.run);
    const [first] = Array.from({ length: 250 }, (_, at) => all.begin({ ...work, of: `${at}` }, async () => at));
    await new Promise((done) => setImmediate(done));
    all.begin({ ...work, of: 'last' }, async () => 1);
    expect(all.find(job, 'anna').state).toBe('running');
    expect(() => all.find(first?.job ?? '', 'anna')).toThrow(expect.objectContaining({ code: 'server.no-job' }));
    one.resolve(null);
    await all.settled();
  });

  test('[R81] a job that is not there is a 404', async () => {
    await using served = await servedStudy();
    const params = { job: '00000000-0000-4000-8000-000000000000' };
    const { status, body } = await served.call('owner', contract.job, { params });
    expect([status, body]).toMatchObject([404, { code: 'server.no-job' }]);
  });

  test('[R81] of a job nothing is told any more to whoever has lost the role that it needs', async () => {
    await using served = await servedStudy();
    const begun = await served.call('owner:olga', contract.explainCohort, { params: { study: served.study } });
    const { job } = begun.body as { job: string };
    await served.settled();
    const ask = async (caller: string) => (await served.call(caller, contract.job, { params: { job } })).status;
    expect([await ask('owner:olga'), await ask('analyst:olga'), await ask('nobody:olga')]).toEqual([200, 404, 404]);
  });
});
