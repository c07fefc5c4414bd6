import { describe, expect, test } from 'vitest';
import { contract, type ProtocolImpactView, type RouteOutput } from '../contract/index.ts';
import { audited, resultsProtocol, servedResults } from '../results-study.test-support.ts';
import type { ServedStudy } from '../served-study.test-support.ts';

const next = resultsProtocol.replace('version: "2"', 'version: "3"');
/** A required question more, another rule, another row. */
const changed = next
  .replace(
    '      - { id: smoker,',
    '      - { id: joints, type: yesno, label: "Joints?", evidence: none }\n      - { id: smoker,',
  )
  .replace('exclusions:\n', 'exclusions:\n  - { id: men, label: Men, rule: { sex: male } }\n');

async function inForce(served: ServedStudy): Promise<RouteOutput<typeof contract.protocol>> {
  const { body } = await served.call('abstractor', contract.protocol, { params: { study: served.study } });
  return body as RouteOutput<typeof contract.protocol>;
}

async function impactOf(served: ServedStudy, yaml: string) {
  const begun = await served.call('owner', contract.impactOfProtocol, {
    params: { study: served.study },
    body: { yaml },
  });
  await served.settled();
  const { job } = begun.body as { readonly job: string };
  return (await served.call('owner', contract.job, { params: { job } })).body as {
    readonly result: ProtocolImpactView;
  };
}

describe('the protocol', () => {
  test('[R110] is read as a summary and as it is written, by everybody of the study', async () => {
    await using served = await servedResults();
    const told = await inForce(served);
    expect(told).toMatchObject({ version: '2', yaml: resultsProtocol, isRunStale: false });
    expect(told.summary).toMatchObject({
      title: 'Methotrexate for psoriasis',
      authorization: expect.stringContaining('no answer on record counts as granted'),
      concepts: [{ id: 'psoriasis', codes: ['ICD10CM L40'] }],
      arms: [{ id: 'coded', text: 'A diagnosis of Psoriasis (not refuted)' }],
      exclusions: [{ id: 'no-psoriasis', by: 'reviewer', text: 'screening: psoriasis = false' }],
      instruments: [{ id: 'screening' }, { id: 'baseline' }, { id: 'visit', repeats: true }],
      prints: [
        { kind: 'table', id: 'baseline' },
        { kind: 'figure', id: 'smoking' },
        { kind: 'statistic', id: 'severe' },
      ],
    });
  });

  test('[R111] a draft is told every mistake at its line and column, and never a path of the machine', async () => {
    await using served = await servedResults();
    const params = { study: served.study };
    const check = async (yaml: string) =>
      (await served.call('owner', contract.checkProtocol, { params, body: { yaml } })).body;
    expect(await check(next)).toEqual({ version: '3', problems: [] });
    const wrong = next.replace('criterion: { condition: psoriasis }', 'criterion: { condition: gout }');
    const line = wrong.split('\n').findIndex((one) => one.includes('gout')) + 1;
    expect(await check(wrong)).toMatchObject({
      version: null,
      problems: [{ code: 'protocol.unknown-name', line, column: expect.any(Number) }],
    });
    expect(await check(next.replace('id: psoriasis-methotrexate', 'id: gout'))).toMatchObject({
      problems: [{ code: 'protocol.other-study' }],
    });
    const refused = await served.call('owner', contract.impactOfProtocol, { params, body: { yaml: wrong } });
    expect(refused.body).toMatchObject({ code: 'protocol.invalid', problems: [{ line }] });
    expect(JSON.stringify(refused.body)).not.toContain(served.of.workspace.dir);
    expect((await served.call('analyst', contract.checkProtocol, { params, body: { yaml: next } })).status).toBe(403);
  });

  test('[R112] before a draft comes into force it is told which charts reopen, who moves and which numbers do', async () => {
    await using served = await servedResults();
    const { result } = await impactOf(served, changed);
    const [one, two, three] = ['1', '2', '3'].map((id) => served.of.subject(`Patient/${id}`));
    expect(result).toMatchObject({
      from: { version: '2' },
      to: { version: '3' },
      fields: [{ instrument: 'baseline', field: 'joints', change: 'added', what: [] }],
      closes: [],
      cohort: {
        moved: [{ subject: two, from: 'included', to: 'men', why: ['men holds (protocol)'] }],
        stayed: 2,
      },
    });
    expect(result.reopens.map(({ subject }) => subject).sort()).toEqual([one, three].sort());
    expect(result.reopens[0]?.items).toEqual([{ instrument: 'baseline', row: '', field: 'joints', why: 'unanswered' }]);
    expect(result.numbers).toContainEqual(
      expect.objectContaining({ kind: 'account', name: 'men.n', was: null, is: '1' }),
    );
    expect(result.numbers).toContainEqual(
      expect.objectContaining({ kind: 'table', name: 'baseline.mild.total.text', was: '1 (33%)', is: '0 (0%)' }),
    );
    expect(result.numbers).toContainEqual(
      expect.objectContaining({ kind: 'statistic', name: 'severe.percent', was: '67', is: '100' }),
    );
    expect(await inForce(served)).toMatchObject({ version: '2', isRunStale: false });
    expect(audited(served, 'protocol.impact')).toMatchObject([
      { actor: 'owner', detail: { subjects: [one, two, three].sort() } },
    ]);
  });

  test('[R112] the same protocol with other words of its own moves nothing', async () => {
    await using served = await servedResults();
    const { result } = await impactOf(served, next);
    expect(result).toMatchObject({ fields: [], reopens: [], closes: [], cohort: { moved: [] }, numbers: [] });
  });

  test('[R113] a version comes into force only in place of the one that was read', async () => {
    await using served = await servedResults();
    const params = { study: served.study };
    const { sha256 } = await inForce(served);
    const change = (yaml: string, ifMatch: string) =>
      served.call('owner', contract.changeProtocol, { params, body: { yaml }, ifMatch });
    const done = await change(changed, sha256);
    expect(done.body).toMatchObject({ version: '3', isRunStale: true });
    expect(await change(next.replace('"3"', '"4"'), sha256)).toMatchObject({
      status: 412,
      body: { code: 'protocol.moved-on', current: { version: '3' } },
    });
    expect((await change(next, done.revision ?? '')).body).toMatchObject({ code: 'protocol.same-version' });
    expect(audited(served, 'protocol.register').at(-1)).toMatchObject({ actor: 'owner', detail: { version: '3' } });
  });

  test('[R114] every version that was in force can be read', async () => {
    await using served = await servedResults();
    const params = { study: served.study };
    const { body } = await served.call('monitor', contract.protocolVersions, { params });
    expect(body).toMatchObject({
      items: [
        { version: '2', isInForce: true, by: 'steward' },
        { version: '1', isInForce: false },
      ],
    });
    const [, first] = (body as RouteOutput<typeof contract.protocolVersions>).items;
    const one = { params: { ...params, version: first?.sha256 ?? '' } };
    expect((await served.call('monitor', contract.protocolVersion, one)).body).toMatchObject({ version: '1' });
    const none = { params: { ...params, version: '0'.repeat(64) } };
    expect((await served.call('monitor', contract.protocolVersion, none)).status).toBe(404);
  });
});
