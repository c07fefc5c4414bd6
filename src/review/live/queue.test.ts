import { describe, expect, test } from 'vitest';
import { verifyAudit } from '../../workspace/index.ts';
import { abstraction, adjudication, cited, plain, screening, severeSmoker } from '../entries.test-support.ts';
import { type PsoriasisStudy, psoriasisStudy } from '../psoriasis-study.test-support.ts';
import { newestRevisions } from '../revisions.ts';
import { adjudicate } from './adjudicate.ts';
import { chartStates } from './chart-states.ts';
import { releaseClaim } from './claims.ts';
import { AT, reader } from './live.test-support.ts';
import { claimChart, nextChart, queueOf } from './queue.ts';
import { reviewersWork } from './reviewers-work.ts';
import type { Stage } from './stages.ts';
import { isUnmasked, unmask, unmaskings } from './unmasking.ts';

const statesOf = ({ review }: PsoriasisStudy, stage: Stage, me: string): string[] =>
  queueOf(review, stage, me).map(({ state }) => state);
const both = (entry: ReturnType<typeof abstraction>) => [entry, { ...entry, reviewer: 'ben' }];

describe('the queue', () => {
  test('[R66] gives each place of a chart once, what was begun first', async () => {
    using study = await psoriasisStudy();
    const { review } = study;
    const next = (me: string, except: string[] = []) => nextChart(review, 'screening', me, AT, new Set(except));
    expect([next('anna'), next('anna'), next('ben'), next('carl')]).toEqual(['S001', 'S001', 'S001', 'S002']);
    expect(next('anna', ['S001'])).toBe('S002');
    expect([next('dora'), next('eve'), next('fay')]).toEqual(['S003', 'S003', undefined]);
    expect(statesOf(study, 'screening', 'anna')).toEqual(['mine', 'mine', 'in-progress']);
    expect(() => claimChart(review, 'screening', 'S001', 'fay', AT)).toThrow('not to be taken');
    expect(verifyAudit(review.database).ok).toBe(true);
  });

  test('[R67] a chart that is given back is free again, but not once something of it was completed', async () => {
    using study = await psoriasisStudy();
    const { review } = study;
    const { database, protocol } = review;
    const hold = { subject: 'S001', stage: 'screening' as const, reviewer: 'anna' };
    claimChart(review, 'screening', 'S001', 'anna', AT);
    claimChart(review, 'screening', 'S001', 'ben', AT);
    releaseClaim(database, protocol, hold, { actor: 'owner', at: AT });
    expect(() => releaseClaim(database, protocol, hold, { actor: 'owner', at: AT })).toThrow('not taken');
    expect(claimChart(review, 'screening', 'S001', 'carl', AT)).toBe('mine');
    const ben = reader(study, 'ben', review.persons.get('S001')?.person);
    await ben.save('psoriasis', plain(true));
    await ben.complete('screening');
    expect(() => releaseClaim(database, protocol, { ...hold, reviewer: 'ben' }, { actor: 'owner', at: AT })).toThrow(
      'were completed',
    );
  });

  test('[R68][R69] a chart that was loaded from a file is done by those who spoke in it', async () => {
    using study = await psoriasisStudy();
    await study.load(screening());
    expect(statesOf(study, 'screening', 'anna')).toContain('done');
    expect(statesOf(study, 'screening', 'ben')).toEqual(['waiting', 'waiting', 'waiting']);
    await study.load(screening({ reviewer: 'ben' }));
    expect(statesOf(study, 'screening', 'carl').filter((state) => state === 'done')).toHaveLength(1);
    const subject = study.subject('Patient/1');
    expect(() => claimChart(study.review, 'screening', subject, 'carl', AT)).toThrow('not to be taken');
  });

  test('[R70] only who was screened and not excluded is abstracted', async () => {
    using study = await psoriasisStudy();
    const out = screening({ person: 'Patient/2', values: { psoriasis: plain(false) } });
    expect(statesOf(study, 'abstraction', 'anna')).toEqual(['closed', 'closed', 'closed']);
    await study.load(...both(screening()), ...both(out), screening({ person: 'Patient/3' }));
    const open = queueOf(study.review, 'abstraction', 'carl').filter(({ state }) => state === 'waiting');
    expect(open.map(({ subject }) => subject)).toEqual([study.subject('Patient/1')]);
  });

  test('[R71] counts what each reader has done', async () => {
    using study = await psoriasisStudy();
    await study.load(...both(screening()), abstraction());
    reader(study, 'zoe', 'Patient/2');
    await reader(study, 'zoe', 'Patient/2').save('psoriasis', plain(true));
    expect(reviewersWork(study.review)).toEqual([
      { reviewer: 'anna', screened: 1, abstracted: 1, lastAt: '2024-02-01T10:00:00Z' },
      { reviewer: 'ben', screened: 1, abstracted: 0, lastAt: '2024-02-01T10:00:00Z' },
      { reviewer: 'zoe', screened: 0, abstracted: 0, lastAt: AT },
    ]);
  });
});

describe('adjudication', () => {
  const mild = { ...severeSmoker, severity: cited('mild', 'Severe plaque psoriasis') };

  async function differing(): Promise<PsoriasisStudy & { readonly s1: string }> {
    const study = await psoriasisStudy();
    await study.load(...both(screening()), abstraction(), abstraction({ reviewer: 'ben', values: mild }));
    return Object.assign(study, { s1: study.subject('Patient/1') });
  }

  test('[R72] waits until everybody has read, and shows each answer by letter', async () => {
    using study = await psoriasisStudy();
    const s1 = study.subject('Patient/1');
    await study.load(...both(screening()), abstraction());
    const ben = reader(study, 'ben');
    for (const [field, answer] of Object.entries(mild)) await ben.save(field, answer);
    await ben.complete('abstraction', { instrument: 'baseline', row: '' });
    expect(chartStates(study.review).items(s1)).toEqual([]);
    await ben.complete('abstraction');
    const items = chartStates(study.review).items(s1);
    expect(items.map(({ field, why }) => [field, why])).toEqual([['severity', 'difference']]);
    const given = items[0]?.given ?? [];
    expect(given.map(({ letter }) => letter)).toEqual(['A', 'B']);
    expect(Object.fromEntries(given.map(({ reviewer, answer }) => [reviewer, answer]))).toEqual({
      anna: severeSmoker.severity,
      ben: mild.severity,
    });
  });

  test('[R73] is not for who read the chart', async () => {
    using study = await differing();
    const { review, s1 } = study;
    expect(nextChart(review, 'adjudication', 'anna', AT)).toBeUndefined();
    expect(() => claimChart(review, 'adjudication', s1, 'anna', AT)).toThrow('read this chart yourself');
    expect(nextChart(review, 'adjudication', 'carl', AT)).toBe(s1);
    expect(nextChart(review, 'adjudication', 'dora', AT)).toBeUndefined();
  });

  test('[R74] stores a ruling that names the newest word; the same again is no conflict, one that did not see it is', async () => {
    using study = await differing();
    const { review, s1 } = study;
    const answer = cited('severe', 'Severe plaque psoriasis');
    const item = () => chartStates(review).items(s1)[0];
    const place = { subject: s1, instrument: 'baseline', row: '', field: 'severity' };
    const ruling = {
      ...place,
      answer,
      reason: 'the note says so',
      adjudicator: 'carl',
      seen: String(item()?.revision),
    };
    await expect(adjudicate(review, ruling, AT)).rejects.toMatchObject({ code: 'review.not-taken' });
    claimChart(review, 'adjudication', s1, 'carl', AT);
    await study.load(
      abstraction({ reviewer: 'ben', at: '2024-02-02T00:00:00Z', values: { ...mild, remark: plain('x') } }),
    );
    await study.load(
      abstraction({
        reviewer: 'ben',
        at: '2024-02-03T00:00:00Z',
        values: { ...mild, severity: { ...mild.severity, comment: 'y' } as never },
      }),
    );
    expect(await adjudicate(review, ruling, AT)).toBe('conflict');
    const seen = String(item()?.revision);
    expect(await adjudicate(review, { ...ruling, seen }, AT)).toBe('stored');
    expect(item()).toMatchObject({ why: 'settled', ruling: { answer, reviewer: 'carl' } });
    const stored = newestRevisions(review.database).length;
    expect(await adjudicate(review, { ...ruling, seen }, AT)).toBe('stored');
    expect(await adjudicate(review, { ...ruling, reason: 'another', seen }, AT)).toBe('conflict');
    expect(newestRevisions(review.database)).toHaveLength(stored);
    expect(chartStates(review).chart(s1, 'adjudication', 'carl').state).toBe('done');
  });

  test('[R72] what an adjudicator decided from a file is shown as settled', async () => {
    using study = await differing();
    await study.load(adjudication('severity', cited('severe', 'Severe plaque psoriasis')));
    expect(
      chartStates(study.review)
        .items(study.s1)
        .map(({ why }) => why),
    ).toEqual(['settled']);
  });
});

test('[R75] a blinding is lifted for one person, with a row of the audit trail that does not have the reason', async () => {
  using study = await psoriasisStudy();
  const { database } = study.review;
  expect(isUnmasked(database, 'anna')).toBe(false);
  unmask(database, 'anna', 'reads the scalp photographs', { actor: 'owner', at: AT });
  expect([isUnmasked(database, 'anna'), isUnmasked(database, 'ben')]).toEqual([true, false]);
  expect(unmaskings(database)).toEqual([
    { person: 'anna', by: 'owner', reason: 'reads the scalp photographs', at: AT },
  ]);
  const trail = JSON.stringify(database.all(database.db.selectFrom('audit').selectAll()));
  expect(trail).toContain('review.unmask');
  expect(trail).not.toContain('photographs');
});
