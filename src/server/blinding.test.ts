import { describe, expect, test } from 'vitest';
import { abstraction, cited, screening, severeSmoker } from '../review/entries.test-support.ts';
import { contract, type RouteDef, type RouteOutput } from './contract/index.ts';
import { servedStudy } from './served-study.test-support.ts';

/** What others said, who they are: nothing of it is answered to somebody who is blinded. */
const OTHERS = /bettina|Dr Bruno|mild|said by another/;
const mild = {
  ...severeSmoker,
  severity: { ...cited('mild', 'Severe plaque psoriasis'), comment: 'said by another' },
};

async function reviewedByOthers() {
  const served = await servedStudy();
  const others = ['bettina', 'Dr Bruno'];
  await served.of.load(
    ...others.flatMap((reviewer) => [
      screening({ reviewer }),
      screening({ reviewer, person: 'Patient/2' }),
      abstraction({ reviewer, values: reviewer === 'bettina' ? severeSmoker : mild }),
    ]),
  );
  return served;
}

/** Routes that only look at the review. */
const looks = [
  'study',
  'reviewForm',
  'reviewQueue',
  'chartRecords',
  'adjudication',
  'agreement',
  'studyAudit',
  'exportStudyAudit',
] as const;
const stages = ['screening', 'abstraction', 'adjudication'];

describe('in a blinded study', () => {
  const callers: readonly (readonly [string, boolean])[] = [
    ['abstractor', true],
    ['abstractor+adjudicator', true],
    ['abstractor+owner', true],
    ['abstractor+monitor', true],
    ['adjudicator', false],
    ['owner', false],
    ['monitor', false],
    ['analyst', false],
    ['abstractor+owner+monitor+adjudicator', true],
  ];

  test.each(callers)('[R40] %s: blinded %s', async (roles, isBlinded) => {
    await using served = await reviewedByOthers();
    const params = { study: served.study, subject: served.of.subject('Patient/1') };
    const said: string[] = [];
    for (const id of looks) {
      const def: RouteDef = contract[id];
      for (const stage of stages) {
        const { status, body } = await served.call(`${roles}:anna`, def, { params: { ...params, stage } } as never);
        expect(status).toBeLessThan(500);
        said.push(JSON.stringify(body));
      }
    }
    const told = said.filter((one) => OTHERS.test(one.replaceAll('"code":"mild","label":"Mild"', '')));
    expect(told.length > 0).toBe(!isBlinded);
  });

  test('[R40] who is blinded is refused agreement and adjudication, and is not told that others read', async () => {
    await using served = await reviewedByOthers();
    const params = { study: served.study, subject: served.of.subject('Patient/1') };
    const caller = 'abstractor+adjudicator:anna';
    for (const def of [contract.agreement, contract.adjudication] as const) {
      const { status, body } = await served.call(caller, def, { params });
      expect({ status, body }).toMatchObject({ status: 403, body: { code: 'review.blinded' } });
    }
    const queue = await served.call(caller, contract.reviewQueue, { params: { ...params, stage: 'screening' } });
    expect(queue.body).toMatchObject({ counts: { closed: 2, waiting: 1, 'in-progress': 0, done: 0 } });
    const differing = await served.call(caller, contract.reviewQueue, { params: { ...params, stage: 'adjudication' } });
    expect(differing).toMatchObject({ status: 403, body: { code: 'review.blinded' } });
  });

  test('[R40] who is blinded sees no count grow when they are done with a chart but that of their own', async () => {
    const readByAnna = [screening(), screening({ reviewer: 'ben' }), abstraction()];
    const stagesFor = async (caller: string, ...more: ReturnType<typeof abstraction>[]) => {
      await using served = await servedStudy();
      await served.of.load(...readByAnna, ...more);
      const { body } = await served.call(caller, contract.study, { params: { study: served.study } });
      return (body as RouteOutput<typeof contract.study>).stages;
    };
    const ofBen = abstraction({ reviewer: 'ben', values: mild });
    const told = await stagesFor('abstractor:anna');
    expect(told).toEqual({
      screening: { done: 1, open: 2, mine: { done: 1, open: 2 } },
      abstraction: { done: 1, open: 0, mine: { done: 1, open: 0 } },
      adjudication: null,
    });
    expect(await stagesFor('abstractor:anna', ofBen)).toEqual(told);
    expect((await stagesFor('owner'))?.adjudication?.open).toBe(0);
    expect((await stagesFor('owner', ofBen))?.adjudication?.open).toBe(1);
  });

  test('[R41] who is unmasked sees it from the next call on, and the audit trail has who did it for whom', async () => {
    await using served = await reviewedByOthers();
    const params = { study: served.study };
    const ask = () => served.call('abstractor+adjudicator:anna', contract.agreement, { params });
    expect((await ask()).status).toBe(403);
    const body = { person: 'Anna', reason: 'now reads no chart any more' };
    const unknown = await served.call('owner:olga', contract.unmask, { params, body });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'accounts.no-person' } });
    served.addPerson('anna');
    const done = await served.call('owner:olga', contract.unmask, { params, body });
    expect(done).toMatchObject({ status: 200, body: { person: 'anna', by: 'olga' } });
    const { db, all } = served.of.review.database;
    const [row] = all(db.selectFrom('audit').selectAll().where('action', '=', 'review.unmask'));
    expect(row).toMatchObject({ actor: 'olga', detail: expect.stringContaining('"person":"anna"') });
    const list = await served.call('monitor', contract.unmaskings, { params });
    expect(list.body).toMatchObject({ items: [{ person: 'anna', reason: body.reason }] });
    const seen = await ask();
    expect(seen.status).toBe(200);
  });
});

describe('agreement', () => {
  test('[R48] has the coefficients with intervals that R computed, what makes them misleading, and the guidance', async () => {
    await using served = await reviewedByOthers();
    const { status, body } = await served.call('owner', contract.agreement, { params: { study: served.study } });
    expect(status).toBe(200);
    expect(contract.agreement.response.parse(body)).toEqual(body);
    const { fields, pairs, months } = body as { fields: { field: string }[]; pairs: unknown[]; months: unknown[] };
    expect(fields.find(({ field }) => field === 'severity')).toMatchObject({
      n: 1,
      differing: 1,
      agreed: 0,
      guidance: null,
      icc: null,
      warnings: expect.arrayContaining(['few pairs: 1']),
    });
    expect(pairs).toEqual([{ first: 'Dr Bruno', second: 'bettina', charts: 2, n: 6, differing: 1, agreed: 5 / 6 }]);
    expect(months).toEqual([{ month: '2024-02', n: 6, differing: 1, agreed: 5 / 6 }]);
  });

  test('[R48] of a study where nobody was read twice there is none, and no R is started for it', async () => {
    await using served = await servedStudy();
    const { body } = await served.call('owner', contract.agreement, { params: { study: served.study } });
    expect(body).toEqual({ fields: [], pairs: [], months: [] });
  });
});
