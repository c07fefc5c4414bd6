import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { abstraction, cited, plain, screening, severeSmoker } from '../../review/entries.test-support.ts';
import { contract } from '../contract/index.ts';
import { servedStudy } from '../served-study.test-support.ts';

const both = (entry: ReturnType<typeof abstraction>) => [entry, { ...entry, reviewer: 'ben' }];
const mild = { ...severeSmoker, severity: cited('mild', 'Severe plaque psoriasis') };

/** Patient/1 is screened by anna and ben, and abstracted by them as is given. */
async function reviewed(...entries: readonly object[]) {
  const served = await servedStudy();
  await served.of.load(...both(screening()), ...entries);
  const params = { study: served.study, subject: served.of.subject('Patient/1') };
  return Object.assign(served, {
    params,
    save: (caller: string, field: string, answer: unknown, ifMatch = '0', more = {}) =>
      served.call(caller, contract.saveDraft, {
        params,
        body: { changeId: randomUUID(), instrument: 'baseline', field, answer, ...more } as never,
        ifMatch,
      }),
    actions: () => {
      const { db, all } = served.of.review.database;
      return all(db.selectFrom('audit').select(['action', 'actor', 'subject']).orderBy('seq'));
    },
  });
}

const ANNA = 'abstractor:anna';
const BEN = 'abstractor:ben';
const CARL = 'adjudicator:carl';

describe('reading a chart', () => {
  test('[R42] the queue tells where each chart stands, part by part, and gives the next', async () => {
    await using served = await servedStudy();
    const { study } = served;
    const queue = (query: object) =>
      served.call(ANNA, contract.reviewQueue, { params: { study, stage: 'screening' }, query });
    const next = await served.call(ANNA, contract.nextScreening, { params: { study }, body: {} });
    expect(next).toMatchObject({ status: 200, body: { subject: 'S001' } });
    const first = await queue({ limit: 2 });
    expect(first.body).toEqual({
      items: [
        { subject: 'S001', state: 'mine' },
        { subject: 'S002', state: 'waiting' },
      ],
      next: 'S002',
      counts: { waiting: 2, mine: 1, 'in-progress': 0, done: 0, closed: 0 },
    });
    expect((await queue({ limit: 2, cursor: 'S002' })).body).toMatchObject({
      items: [{ subject: 'S003' }],
      next: null,
    });
    expect((await queue({ state: 'mine' })).body).toMatchObject({ items: [{ subject: 'S001' }], next: null });
    const other = { params: { study, subject: 'S001' }, body: { stage: 'screening' as const, reviewer: 'anna' } };
    expect((await served.call('owner', contract.releaseReader, other)).status).toBe(204);
    const again = await served.call('owner', contract.releaseReader, other);
    expect(again).toMatchObject({ status: 409, body: { code: 'review.not-taken' } });
  });

  test('[R44] what a person says of a chart is opened with a row of the audit trail', async () => {
    await using served = await reviewed();
    const opened = await served.call(ANNA, contract.chartRecords, {
      params: { ...served.params, stage: 'abstraction' },
    });
    expect(opened).toMatchObject({
      status: 200,
      body: { state: 'waiting', records: [{ instrument: 'baseline', state: 'empty', words: [] }], problems: [] },
    });
    expect(served.actions().at(-1)).toEqual({ action: 'review.open', actor: 'anna', subject: served.params.subject });
  });

  test('[R45] a change is acknowledged with the revision of the next one and what the record asks; a stale one is 412', async () => {
    await using served = await reviewed();
    await served.call(ANNA, contract.claimAbstraction, { params: served.params });
    const saved = await served.save(ANNA, 'smoker', cited(true, 'Smokes'));
    expect(saved).toMatchObject({
      status: 200,
      revision: expect.stringMatching(/^\d+$/),
      body: { revision: saved.revision, records: [{ instrument: 'baseline', state: 'draft' }], excludedBy: [] },
    });
    expect(JSON.stringify(saved.body)).toContain('pack_years');
    const stale = await served.save(ANNA, 'smoker', cited(false, 'Smokes'));
    expect(stale).toMatchObject({
      status: 412,
      body: {
        code: 'review.changed-meanwhile',
        current: { answer: cited(true, 'Smokes'), revision: saved.revision, at: expect.any(String) },
      },
    });
    const body = { changeId: randomUUID(), instrument: 'baseline', field: 'remark', answer: null };
    const bare = await served.call(ANNA, contract.saveDraft, { params: served.params, body });
    expect(bare).toMatchObject({ status: 428, body: { code: 'server.revision-needed' } });
  });

  test('[R46] a quotation that the chart does not have is refused, and told without its words', async () => {
    await using served = await reviewed();
    await served.call(ANNA, contract.claimAbstraction, { params: served.params });
    const evidence = [{ note: 'DocumentReference/1', start: 0, end: 6, quote: 'Gentle' }];
    const refused = await served.save(ANNA, 'severity', { value: 'severe', evidence });
    expect(refused).toMatchObject({ status: 422, body: { problems: [{ code: 'review.quote-differs' }] } });
    const untaken = await served.save(BEN, 'severity', plain('severe'));
    expect(untaken).toMatchObject({ status: 409, body: { code: 'review.not-taken' } });
    expect(JSON.stringify(refused.body) + served.log.join('')).not.toContain('Gentle');
  });

  test('[R45] a chart is completed, changed and completed again; a row is added and removed', async () => {
    await using served = await reviewed();
    const { params } = served;
    await served.call(ANNA, contract.claimAbstraction, { params });
    for (const [field, answer] of Object.entries(severeSmoker)) await served.save(ANNA, field, answer);
    await served.save(ANNA, 'clear', plain(true), '0', { instrument: 'visit', row: '1' });
    const complete = () => served.call(ANNA, contract.completeRecords, { params, body: { stage: 'abstraction' } });
    const done = await complete();
    expect(done).toMatchObject({
      status: 200,
      body: { state: 'done', records: [{ state: 'complete' }, { row: '1' }] },
    });
    const records = (done.body as { records: { words: { field: string; revision: string }[] }[] }).records;
    const seen = Object.fromEntries((records[1]?.words ?? []).map(({ field, revision }) => [field, revision]));
    const removed = await served.call(ANNA, contract.removeRow, {
      params,
      body: { changeId: randomUUID(), instrument: 'visit', row: '1', seen },
    });
    expect(removed).toMatchObject({
      status: 200,
      body: { state: 'mine', records: [{}, { row: '1', state: 'changed' }] },
    });
    expect((await complete()).body).toMatchObject({ state: 'done', records: [{ instrument: 'baseline' }] });
    expect(((await complete()).body as { records: unknown[] }).records).toHaveLength(1);
  });
});

describe('adjudicating', () => {
  test('[R47] shows the answers by letter, without names, and takes a ruling of what was seen', async () => {
    await using served = await reviewed(abstraction(), abstraction({ reviewer: 'ben', values: mild }));
    const { params, study } = served;
    const next = await served.call(CARL, contract.nextAdjudication, { params: { study }, body: {} });
    expect(next.body).toEqual({ subject: params.subject });
    const { body } = await served.call(CARL, contract.adjudication, { params });
    expect(body).toMatchObject({
      open: 1,
      items: [{ field: 'severity', label: 'Severity', why: 'difference', ruling: null }],
    });
    expect(JSON.stringify(body)).not.toMatch(/anna|ben\b/);
    const [item] = (body as { items: { revision: string; given: { reader: string }[] }[] }).items;
    expect(item?.given.map(({ reader }) => reader)).toEqual(['A', 'B']);
    const rule = (ifMatch: string, reason = 'the first note counts') =>
      served.call(CARL, contract.adjudicate, {
        params,
        body: { instrument: 'baseline', field: 'severity', answer: severeSmoker.severity, reason } as never,
        ifMatch,
      });
    expect(await rule('1')).toMatchObject({ status: 412, body: { current: { field: 'severity' } } });
    expect(await rule(item?.revision ?? '')).toMatchObject({
      status: 200,
      body: { open: 0, items: [{ why: 'settled' }] },
    });
    expect(await rule(item?.revision ?? '')).toMatchObject({ status: 200 });
    expect(await rule(item?.revision ?? '', 'no')).toMatchObject({ status: 412 });
    expect(served.actions().map(({ action }) => action)).toContain('review.adjudication');
  });

  test('[R47] names are told where the study is not blinded for whoever asks, and nobody adjudicates what they read', async () => {
    await using served = await reviewed(abstraction(), abstraction({ reviewer: 'ben', values: mild }));
    const { params, study } = served;
    served.addPerson('carl');
    const unmask = { params: { study }, body: { person: 'carl', reason: 'one reader left' } };
    expect((await served.call('owner', contract.unmask, unmask)).status).toBe(200);
    const { body } = await served.call(CARL, contract.adjudication, { params });
    expect(JSON.stringify(body)).toMatch(/"name":"anna"/);
    const own = await served.call('adjudicator:anna', contract.adjudication, { params });
    expect(own).toMatchObject({ status: 403, body: { code: 'review.own-chart' } });
  });
});
