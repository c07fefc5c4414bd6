import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { registerProtocol } from '../../protocol/index.ts';
import { plain, screening } from '../../review/entries.test-support.ts';
import { psoriasisProtocol } from '../../review/psoriasis-protocol.test-support.ts';
import { openStudyDatabase } from '../../workspace/index.ts';
import {
  type ArmYields,
  type CohortComparison,
  type CohortPerson,
  type CohortRunResult,
  type CohortView,
  contract,
  type ExplainedCriteria,
  type JobView,
  type RouteDef,
  type WhyView,
} from '../contract/index.ts';
import { type Caller, type ServedStudy, servedStudy } from '../served-study.test-support.ts';

const OWNER: Caller = 'owner:olga';
const BLINDED: Caller = 'owner+abstractor:anna';
const at = (served: ServedStudy) => ({ params: { study: served.study } });

/** Begins long work and waits for its result. */
async function done(served: ServedStudy, def: RouteDef, caller = OWNER, body?: unknown): Promise<JobView> {
  const begun = await served.call(caller, def, { ...at(served), ...(body === undefined ? {} : { body }) } as never);
  expect(begun.status).toBe(200);
  await served.settled();
  const { job } = begun.body as { job: string };
  return (await served.call(caller, contract.job, { params: { job } })).body as JobView;
}

async function resultOf<Result>(...call: Parameters<typeof done>): Promise<Result> {
  const job = await done(...call);
  if (job.state !== 'done') throw new Error(JSON.stringify(job));
  return job.result as Result;
}

/** Puts a version of the protocol into force in which one thing is otherwise. */
function amend(served: ServedStudy, from: string, to: string): void {
  const yaml = psoriasisProtocol.replace('version: "1"', 'version: "2"').replace(from, to);
  const file = join(served.of.workspace.dir, 'amended.yaml');
  writeFileSync(file, yaml);
  registerProtocol(served.of.workspace, file, { actor: 'olga', at: '2024-02-01T00:00:00Z' });
}

async function blind(served: ServedStudy): Promise<void> {
  amend(
    served,
    'review: { screening: screening, abstractors: 2 }',
    'review: { screening: screening, abstractors: 2, blinded: true }',
  );
  await resultOf(served, contract.runCohort);
}

function trail(served: ServedStudy): { action: string; actor: string; subject: string | null; detail: string }[] {
  const database = openStudyDatabase(served.of.workspace, served.study);
  try {
    return database.all(
      database.db.selectFrom('audit').select(['action', 'actor', 'subject', 'detail']).orderBy('seq'),
    );
  } finally {
    database.close();
  }
}

const AMENDED_ARM = ['{ condition: psoriasis }', '{ all: [{ condition: psoriasis }, { sex: female }] }'] as const;

describe('the cohort', () => {
  test('[R87] is the run that stands, the account and the arms, and is stale under another protocol', async () => {
    await using served = await servedStudy();
    const view = async () => (await served.call(OWNER, contract.cohort, at(served))).body as CohortView;
    const now = await view();
    expect(now).toMatchObject({ run: { version: '1', identified: 4 }, isStale: false, newerSnapshot: null });
    expect(now.account?.steps.map(({ id, n, removed }) => [id, n, removed])).toEqual([
      ['identified', 4, 0],
      ['authorized', 3, 1],
      ['open', 0, 3],
      ['screened', 0, 0],
      ['no-psoriasis', 0, 0],
      ['included', 0, 0],
    ]);
    expect(now.arms).toMatchObject({ arms: [{ id: 'coded', found: 4, authorized: 3 }], overlaps: [{ n: 3 }] });
    amend(served, ...AMENDED_ARM);
    expect(await view()).toMatchObject({ isStale: true, account: null, run: { version: '1' } });
    const run = await resultOf<CohortRunResult>(served, contract.runCohort);
    expect(run).toMatchObject({ candidates: 2, newerSnapshot: null });
    expect(await view()).toMatchObject({ isStale: false, run: { version: '2' } });
  });

  test('[R87] is told in plain English, and counted part by part', async () => {
    await using served = await servedStudy();
    amend(served, ...AMENDED_ARM);
    const { body } = await served.call(OWNER, contract.criteria, at(served));
    expect(body).toMatchObject({
      version: '2',
      criteria: [
        {
          id: 'coded',
          kind: 'arm',
          lines: [
            { depth: 0, text: 'All of these:' },
            { depth: 1, text: 'A diagnosis of Psoriasis (not refuted)' },
            { depth: 1, text: 'Sex recorded as female' },
          ],
        },
        { id: 'no-psoriasis', kind: 'reviewers', lines: [{ text: 'Reviewers decide: screening, psoriasis = false' }] },
      ],
    });
    const { criteria } = await resultOf<ExplainedCriteria>(served, contract.explainCohort);
    expect(criteria[0]?.lines.map(({ depth, persons, soFar }) => [depth, persons, soFar])).toEqual([
      [0, 2, null],
      [1, 3, 3],
      [1, 3, 2],
    ]);
    expect(criteria[0]?.sql).toContain('SELECT');
  });

  test('[R88] lists who is behind a number, and why one is there; both are in the trail', async () => {
    await using served = await servedStudy();
    const persons = async (body: object, query = {}) => {
      const told = await served.call(OWNER, contract.cohortPersons, { ...at(served), body, query } as never);
      return told.body as { items: CohortPerson[]; next: string | null; code?: string };
    };
    const open = await persons({ step: 'open' }, { limit: 2 });
    expect(open).toMatchObject({ next: '2', items: [{ subject: 'S001', arms: ['coded'], left: 'open' }, {}] });
    expect((await persons({ step: 'open' }, { cursor: '2' })).items).toHaveLength(1);
    // Before the gate persons are counted, never listed.
    expect((await persons({ step: 'identified' })).items).toEqual([]);
    expect((await persons({ arms: ['coded'] })).items).toHaveLength(3);
    expect((await persons({ arms: ['nothing'] })).items).toEqual([]);
    expect(await persons({ step: 'nowhere' })).toMatchObject({ code: 'cohort.no-step' });
    const params = { study: served.study, subject: 'S001' };
    const why = (await served.call(OWNER, contract.cohortWhy, { params })).body as WhyView;
    expect(why).toMatchObject({ subject: 'S001', outcome: 'open', arms: [{ id: 'coded', holds: true }] });
    expect(why.arms?.[0]?.lines[0]).toMatchObject({ n: 1, rows: [{ codes: ['ICD10CM L40.0'] }] });
    expect(why.exclusions).toMatchObject([{ id: 'no-psoriasis', holds: null, decisions: [] }]);
    const views = trail(served).filter(({ actor }) => actor === 'olga');
    expect(views.map(({ action }) => action)).toEqual([
      'cohort.list',
      'cohort.list',
      'cohort.list',
      'cohort.list',
      'cohort.list',
      'cohort.why',
    ]);
    expect(views.at(-1)?.subject).toBe('S001');
    const none = await served.call(OWNER, contract.cohortWhy, { params: { ...params, subject: 'S999' } });
    expect(none).toMatchObject({ status: 404, body: { code: 'cohort.no-person' } });
  });

  test('[R89] has no arm and no word of a reviewer for those to whom it is blinded', async () => {
    await using served = await servedStudy();
    await blind(served);
    const view = (await served.call(BLINDED, contract.cohort, at(served))).body as CohortView;
    expect(view).toMatchObject({ arms: null, isBlinded: true, isStale: false });
    const listed = await served.call(BLINDED, contract.cohortPersons, { ...at(served), body: { step: 'open' } });
    expect(listed.body).toMatchObject({ items: [{ arms: null }, { arms: null }, { arms: null }] });
    const why = await served.call(BLINDED, contract.cohortWhy, { params: { study: served.study, subject: 'S001' } });
    expect(why.body).toMatchObject({ arms: null, exclusions: [{ decisions: [] }] });
    await served.of.load(screening({ person: 'Patient/3', values: { psoriasis: plain(false) } }));
    const params = { study: served.study, subject: served.of.subject('Patient/3') };
    const begun = await served.call(BLINDED, contract.cohortWhy, { params });
    expect(begun.body).toMatchObject({ outcome: 'open', exclusions: [{ holds: null }] });
    const refused = [
      served.call(BLINDED, contract.cohortPersons, { ...at(served), body: { arms: ['coded'] } }),
      served.call(BLINDED, contract.cohortYield, at(served)),
    ];
    for (const told of await Promise.all(refused))
      expect(told).toMatchObject({ status: 403, body: { code: 'review.blinded' } });
    const moved = await resultOf<CohortComparison>(served, contract.compareCohort, BLINDED, {});
    expect(moved).toMatchObject({ moved: [], stayed: 3 });
  });

  test('[R90] is compared with the run before: who moved, and why', async () => {
    await using served = await servedStudy();
    const first = await done(served, contract.compareCohort, OWNER, {});
    expect(first).toMatchObject({ state: 'failed', failure: { code: 'cohort.no-run-before', status: 422 } });
    amend(served, ...AMENDED_ARM);
    await resultOf(served, contract.runCohort);
    const { moved, ...rest } = await resultOf<CohortComparison>(served, contract.compareCohort, OWNER, {});
    expect(rest).toMatchObject({
      from: { version: '1' },
      to: { version: '2' },
      stayed: 2,
      notAuthorized: { in: 0, out: 0 },
    });
    expect(moved).toEqual([
      {
        name: served.of.subject('Patient/2'),
        from: 'open',
        to: 'not-found',
        because: ['coded finds no more (protocol)'],
      },
    ]);
    const wrong = await done(served, contract.compareCohort, OWNER, { from: { version: '../../etc' } });
    expect(wrong).toMatchObject({ state: 'failed', failure: { code: 'protocol.no-version' } });
  });

  test('[R90] tells what each arm found and how much of it is eligible, with intervals', async () => {
    await using served = await servedStudy();
    const { any, arms, sample } = await resultOf<ArmYields>(served, contract.cohortYield);
    expect(any).toMatchObject({ found: 3, open: 3, eligible: 0, ppv: { estimate: null } });
    expect(arms).toMatchObject([{ arm: 'coded', only: 3, leaves: [{ found: 3 }] }]);
    expect(sample).toBeNull();
  });

  test('[R90] has a sample of those whom no arm found', async () => {
    await using served = await servedStudy();
    const before = await served.call(OWNER, contract.sample, at(served));
    expect(before.body).toEqual({ sample: null, named: [] });
    const drawn = await served.call(OWNER, contract.drawSample, { ...at(served), body: { size: 5, seed: 'seed' } });
    expect(drawn.body).toMatchObject({
      sample: { seed: 'seed', refused: 0, persons: [{ subject: 'N001', person: 'Patient/5', isCase: null }] },
    });
    const monitor = await served.call('monitor', contract.drawSample, { ...at(served), body: { size: 5 } });
    expect(monitor.status).toBe(403);
    await served.call(OWNER, contract.sample, at(served));
    expect(trail(served).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['cohort.sample', 'cohort.view-sample']),
    );
  });

  test('[R93] keeps the verdict on a person of the sample, with what it rests on', async () => {
    await using served = await servedStudy();
    await served.call(OWNER, contract.drawSample, { ...at(served), body: { size: 5, seed: 'seed' } });
    const params = { study: served.study, subject: 'N001' };
    const nothing = { quotations: [], records: [] };
    const say = (who: string, isCase: boolean) =>
      served.call(who, contract.judgeSampled, { params, body: { isCase, ...nothing } });
    expect((await say('monitor', false)).status).toBe(403);
    expect((await say(OWNER, true)).body).toMatchObject({
      code: 'review.invalid',
      problems: [{ code: 'review.no-evidence' }],
    });
    const words = { isCase: true, quotations: [{ note: 'DocumentReference/none', quote: 'None.' }], records: [] };
    const { body } = await served.call(OWNER, contract.judgeSampled, { params, body: words });
    expect(body).toMatchObject({ code: 'review.invalid', problems: [{ code: 'review.unknown-note' }] });
    const said = { sample: { persons: [{ subject: 'N001', isCase: false, reviewer: 'olga' }] } };
    expect((await say(OWNER, false)).body).toMatchObject(said);
    expect(trail(served).filter(({ action }) => action === 'sample.verdict')).toHaveLength(1);
    const other = { params: { study: served.study, subject: 'N099' }, body: { isCase: false, ...nothing } };
    expect((await served.call(OWNER, contract.judgeSampled, other)).body).toMatchObject({
      code: 'cohort.not-in-sample',
    });
  });

  test('[R93] shows the blinded no verdict but their own', async () => {
    await using served = await servedStudy();
    await blind(served);
    await served.call(OWNER, contract.drawSample, { ...at(served), body: { size: 5, seed: 'seed' } });
    const params = { study: served.study, subject: 'N001' };
    const body = { isCase: false, quotations: [], records: [] };
    const own = async () => (await served.call(BLINDED, contract.sample, at(served))).body;
    await served.call(OWNER, contract.judgeSampled, { params, body });
    expect(await own()).toMatchObject({ sample: { persons: [{ isCase: null, reviewer: null }] } });
    await served.call(BLINDED, contract.judgeSampled, { params, body });
    await served.call(OWNER, contract.judgeSampled, { params, body });
    expect(await own()).toMatchObject({ sample: { persons: [{ isCase: false, reviewer: 'anna' }] } });
  });

  test('[R91] whose tip would name a command tells what helps in a browser', async () => {
    await using served = await servedStudy();
    const first = await done(served, contract.compareCohort, OWNER, {});
    expect(first).toMatchObject({ failure: { tip: 'Name a version of the protocol to compare with.' } });
    const params = { study: served.study, subject: 'S999' };
    const { body } = await served.call(OWNER, contract.cohortWhy, { params });
    expect(body).toMatchObject({ code: 'cohort.no-person' });
    expect(JSON.stringify([first, body])).not.toContain('chartproof cohort');
  });

  test('[R87] is asked for where nobody was identified yet', async () => {
    await using served = await servedStudy();
    const database = openStudyDatabase(served.of.workspace, served.study);
    database.sql.exec("DELETE FROM study WHERE key = 'cohort'");
    database.close();
    const { body } = await served.call(OWNER, contract.cohort, at(served));
    expect(body).toMatchObject({ run: null, account: null, arms: null });
    expect((await served.call(OWNER, contract.sample, at(served))).body).toMatchObject({ code: 'cohort.none' });
  });
});
