import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { contract, type RouteOutput } from '../contract/index.ts';
import { audited, entriesOf, servedResults } from '../results-study.test-support.ts';
import type { ServedStudy, Told } from '../served-study.test-support.ts';

type Disclosure = RouteOutput<typeof contract.disclosure>;

/** How a job ended. */
async function ended(served: ServedStudy, begun: Told, caller = 'owner') {
  const { job } = begun.body as { readonly job: string };
  await served.settled();
  return (await served.call(caller, contract.job, { params: { job } })).body;
}

async function warnings(served: ServedStudy): Promise<Disclosure> {
  return (await served.call('owner', contract.disclosure, { params: { study: served.study } })).body as Disclosure;
}

async function accept(served: ServedStudy, chosen: Disclosure['open'], caller = 'owner') {
  const body = { warnings: chosen, reason: 'invented persons' };
  return served.call(caller, contract.acceptDisclosure, { params: { study: served.study }, body });
}

/** Releases the study, every warning accepted, and gives the id. */
async function released(served: ServedStudy): Promise<string> {
  await accept(served, (await warnings(served)).open);
  const begun = await served.call('owner', contract.makeRelease, { params: { study: served.study }, body: {} });
  const done = await ended(served, begun);
  expect(done).toMatchObject({ state: 'done', result: { release: expect.stringMatching(/^[0-9a-f]{12}$/) } });
  return (done as { readonly result: { readonly release: string } }).result.release;
}

describe('what leaves', () => {
  test('[R106] warnings are accepted as they were read, for a reason, and only those', async () => {
    await using served = await servedResults();
    const { open } = await warnings(served);
    const small = open.filter(({ code }) => code === 'small-cell');
    expect(small.length).toBeGreaterThan(0);
    expect((await accept(served, small)).body).toMatchObject({
      open: open.filter(({ code }) => code !== 'small-cell'),
      accepted: small.map((one) => ({ ...one, reason: 'invented persons', by: 'owner' })),
    });
    expect((await accept(served, small)).body).toMatchObject({ code: 'publish.no-warning' });
    expect((await accept(served, open, 'analyst')).status).toBe(403);
    await served.of.load(...['anna', 'ben'].flatMap((who) => entriesOf('3', who, 'mild')));
    const { open: again } = await warnings(served);
    expect(again.filter(({ code }) => code === 'small-cell').length).toBeGreaterThan(0);
  });

  test('[R107] a release waits for the review and for the warnings, and says so', async () => {
    await using served = await servedResults({ isFinished: false });
    const params = { study: served.study };
    const make = async () => ended(served, await served.call('owner', contract.makeRelease, { params, body: {} }));
    expect(await make()).toMatchObject({ state: 'failed', failure: { code: 'review.open', status: 422 } });
    await served.of.load(...entriesOf('3', 'ben'));
    expect(await make()).toMatchObject({ state: 'failed', failure: { code: 'publish.disclosure' } });
    expect((await served.call('analyst', contract.makeRelease, { params, body: {} })).status).toBe(403);
    expect((await served.call('owner', contract.releases, { params })).body).toEqual({ items: [] });
  });

  test('[R107][R108][R109] a release opens, is proved, and says whether it is still what the results say', async () => {
    await using served = await servedResults();
    const params = { study: served.study };
    const release = await released(served);
    const folder = join(served.of.workspace.paths.studies, served.study, 'releases', release);
    const list = async () => (await served.call('analyst', contract.releases, { params })).body;
    const prove = async () =>
      ended(
        served,
        await served.call('analyst', contract.verifyRelease, { params: { ...params, release } }),
        'analyst',
      );

    const told = { id: release, by: 'owner', protocolVersion: '2', isThere: true, seal: expect.any(String) };
    expect(await list()).toMatchObject({ items: [{ ...told, isCurrent: true }] });
    expect(await prove()).toMatchObject({
      state: 'done',
      result: { ok: true, isAsReleased: true, problems: [], seal: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });

    const path = `/api/v1/studies/${served.study}/releases/${release}/bundle`;
    expect((await served.request('abstractor', 'GET', path)).status).toBe(403);
    const zip = await served.request('analyst', 'GET', path);
    const files = Object.keys(unzipSync(new Uint8Array(await zip.arrayBuffer())));
    expect(files).toContain(`${served.study}-${release}/tables.json`);
    expect(audited(served, 'release.download')).toMatchObject([{ actor: 'analyst', detail: { release } }]);
    expect((await served.request('analyst', 'GET', path.replace(release, '0'.repeat(12)))).status).toBe(404);

    writeFileSync(join(folder, 'tables.json'), '{}');
    expect(await prove()).toMatchObject({
      result: {
        ok: false,
        isAsReleased: true,
        problems: expect.arrayContaining([expect.objectContaining({ place: 'tables.json' })]),
      },
    });
    writeFileSync(
      join(folder, 'release.json'),
      readFileSync(join(folder, 'release.json'), 'utf8').replace('"2"', '"3"'),
    );
    expect(await prove()).toMatchObject({ result: { ok: false, isAsReleased: false } });

    await served.of.load(...['anna', 'ben'].flatMap((who) => entriesOf('3', who, 'mild')));
    expect(await list()).toMatchObject({ items: [{ ...told, isCurrent: false }] });
    rmSync(folder, { recursive: true });
    expect(await list()).toMatchObject({ items: [{ isThere: false, seal: null }] });
  });
});
