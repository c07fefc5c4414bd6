import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contract, type RouteOutput } from '../contract/index.ts';
import { audited, entriesOf, servedResults, writeText } from '../results-study.test-support.ts';
import type { ServedStudy } from '../served-study.test-support.ts';

type View = NonNullable<RouteOutput<typeof contract.manuscript>['text']>;

const TEXT = '# Results\n\nSevere in **{{baseline.severe.total.n}}** of [[three]] patients <sup>a</sup>.\n';

async function read(served: ServedStudy, caller = 'owner'): Promise<View> {
  const { body } = await served.call(caller, contract.manuscript, { params: { study: served.study } });
  return (body as { readonly text: View }).text;
}

function approve(served: ServedStudy, revision: string) {
  const params = { study: served.study };
  return served.call('owner', contract.approveManuscript, { params, body: { why: 'read again' }, ifMatch: revision });
}

describe('the text', () => {
  test('[R104] tells its live numbers, which of them are approved, moved or new, and prints the draft', async () => {
    await using served = await servedResults();
    expect(await read(served)).toBeNull();
    writeText(served, TEXT);
    const first = await read(served);
    expect(first).toMatchObject({
      values: [
        {
          line: 3,
          expression: 'baseline.severe.total.n',
          printed: '2',
          was: null,
          state: 'new',
          cell: 'baseline/severe/total',
        },
      ],
      literals: [{ text: 'three' }],
      isApproved: false,
      draft: [
        { tag: 'h1', children: [{ text: 'Results' }] },
        { text: '\n' },
        {
          tag: 'p',
          children: [
            { text: 'Severe in ' },
            { tag: 'strong', children: [{ live: 0, text: '2' }] },
            { text: ' of ' },
            { text: 'three' },
            { text: ' patients ' },
            { tag: 'sup', children: [{ text: 'a' }] },
            { text: '.' },
          ],
        },
      ],
    });
    expect((await approve(served, first.revision)).body).toMatchObject({
      text: { values: [{ state: 'approved' }], isApproved: true, approval: { by: 'owner', why: 'read again' } },
    });
    await served.of.load(...['anna', 'ben'].flatMap((who) => entriesOf('3', who, 'mild')));
    expect(await read(served)).toMatchObject({
      values: [{ printed: '1', was: '2', state: 'moved' }],
      isApproved: false,
    });
  });

  test('[R105] numbers are approved, and a text is written, only as they were read', async () => {
    await using served = await servedResults();
    writeText(served, TEXT);
    const { revision } = await read(served);
    await served.of.load(...['anna', 'ben'].flatMap((who) => entriesOf('3', who, 'mild')));
    const late = await approve(served, revision);
    expect(late).toMatchObject({
      status: 412,
      body: { code: 'server.text-moved', current: { text: { values: [{ printed: '1' }] } } },
    });
    expect(audited(served, 'manuscript.approve')).toEqual([]);
    const params = { study: served.study };
    const write = (ifMatch: string, source: string) =>
      served.call('owner', contract.writeManuscript, { params, body: { source }, ifMatch });
    expect((await write(revision, 'lost')).status).toBe(412);
    const now = await read(served);
    const done = await write(now.revision, 'Mild in 7.\n');
    expect(done.body).toMatchObject({
      text: { source: 'Mild in 7.\n', problems: [{ code: 'publish.literal-number', line: 1, column: 9 }], draft: [] },
    });
    expect((await approve(served, done.revision ?? '')).body).toMatchObject({ code: 'publish.stale-text' });
    expect(audited(served, 'manuscript.write')).toMatchObject([{ actor: 'owner' }]);
  });

  test('[R105] a first text is written once, and leaves as a Word file', async () => {
    await using served = await servedResults();
    const params = { study: served.study };
    const { body } = await served.call('owner', contract.startManuscript, { params });
    expect((body as { readonly text: View }).text).toMatchObject({ problems: [], values: expect.any(Array) });
    expect((await served.call('owner', contract.startManuscript, { params })).body).toMatchObject({
      code: 'publish.text-exists',
    });
    expect((await served.call('analyst', contract.startManuscript, { params })).status).toBe(403);
    const file = await served.request('analyst', 'GET', `/api/v1/studies/${served.study}/results/text/file?type=docx`);
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 2)
        .toString('latin1'),
    ).toBe('PK');
  });

  test('[R105] a file of approved numbers that was changed by hand is told, and approved anew', async () => {
    await using served = await servedResults();
    writeText(served, TEXT);
    await approve(served, (await read(served)).revision);
    const file = join(served.of.workspace.paths.studies, served.study, 'manuscript.approved.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('read again', 'not read'));
    const altered = await read(served);
    expect(altered).toMatchObject({ isAltered: true, isApproved: false, approval: null });
    await approve(served, altered.revision);
    expect(await read(served)).toMatchObject({ isAltered: false, isApproved: true });
  });
});
