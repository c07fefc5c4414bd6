import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contract, ofStudy, ofSubject, route } from '../../../src/server/contract/index.ts';
import { ApiProblem } from './api-problem.ts';
import { createClient } from './client.ts';

const save = route({
  id: 'save',
  method: 'put',
  path: '/studies/{study}/charts/{subject}',
  summary: 'A route that is locked',
  access: { study: 'review.abstract' },
  params: ofSubject,
  body: z.object({ value: z.string() }),
  response: z.object({ value: z.string() }),
  locking: true,
});
const download = route({
  id: 'download',
  method: 'get',
  path: '/studies/{study}/file',
  summary: 'A route that answers a file',
  access: { study: 'release.download' },
  params: ofStudy,
  response: { file: ['text/csv'] },
});
const params = { study: 'a-study', subject: 'S001' };

/** A client whose server answers this, and what it was sent. */
function clientOf(answer: () => Response | Promise<Response>) {
  const sent: { readonly url: string; readonly init: RequestInit }[] = [];
  let signedOut = 0;
  const call = createClient({
    fetch: async (url, init = {}) => {
      sent.push({ url: String(url), init });
      return answer();
    },
    csrf: () => 'the-token',
    onSignedOut: () => {
      signedOut += 1;
    },
  });
  const headersOf = (at: number) => Object.fromEntries(new Headers(sent[at]?.init.headers));
  return { call, sent, headersOf, signedOut: () => signedOut };
}

const json = (body: unknown, init?: ResponseInit) => () => Response.json(body, init);
const problem = (status: number, code: string, more = {}) =>
  json({ type: `urn:chartproof:problem:${code}`, title: 'A sentence.', status, code, ...more }, { status });

describe('a call', () => {
  test('goes to the address of its route, without a token where it changes nothing', async () => {
    const { call, sent, headersOf } = clientOf(json({ items: [] }));
    expect(await call(contract.studies)).toEqual({ items: [] });
    expect(sent[0]).toMatchObject({ url: '/api/v1/studies', init: { method: 'GET' } });
    expect(headersOf(0)).not.toHaveProperty('x-csrf-token');
  });

  test('that changes something shows the token of the session', async () => {
    const { call, sent, headersOf } = clientOf(() => new Response(null, { status: 204 }));
    expect(await call(contract.changePassword, { body: { current: 'a', password: 'b' } })).toBeUndefined();
    expect(headersOf(0)).toMatchObject({ 'x-csrf-token': 'the-token', 'content-type': 'application/json' });
    expect(sent[0]?.init.body).toBe('{"current":"a","password":"b"}');
  });

  test('of a locked route sends the revision that it changes and gives the new one', async () => {
    const { call, headersOf } = clientOf(json({ value: 'new' }, { headers: { ETag: '"8"' } }));
    const given = await call(save, { params, body: { value: 'new' }, ifMatch: '7' });
    expect(headersOf(0)['if-match']).toBe('"7"');
    expect(given).toEqual({ body: { value: 'new' }, revision: '8' });
  });

  test('of a locked route fails where the answer has no revision', async () => {
    const { call } = clientOf(json({ value: 'new' }));
    await expect(call(save, { params, body: { value: 'new' }, ifMatch: '7' })).rejects.toMatchObject({
      code: 'client.no-revision',
    });
  });

  test('gives a file by the name that the server gave it', async () => {
    const disposition = { 'Content-Disposition': 'attachment; filename="table_1.csv"' };
    const { call } = clientOf(() => new Response('a,b\n', { headers: disposition }));
    const { name, blob } = await call(download, { params });
    expect([name, await blob.text()]).toEqual(['table_1.csv', 'a,b\n']);
    const encoded = clientOf(
      () => new Response('', { headers: { 'Content-Disposition': "attachment; filename*=UTF-8''%C3%A4%20b.csv" } }),
    );
    expect((await encoded.call(download, { params })).name).toBe('ä b.csv');
  });
});

describe('a call that fails', () => {
  test('throws the problem with its code, its tip and what stands there now', async () => {
    const { call } = clientOf(problem(412, 'review.changed', { tip: 'Look again.', current: { revision: '9' } }));
    const failed = call(save, { params, body: { value: 'x' }, ifMatch: '7' });
    await expect(failed).rejects.toBeInstanceOf(ApiProblem);
    await expect(failed).rejects.toMatchObject({
      message: 'A sentence.',
      code: 'review.changed',
      status: 412,
      tip: 'Look again.',
      current: { revision: '9' },
    });
  });

  test('tells the session that it has ended, but not where somebody signs in with a wrong password', async () => {
    const ended = clientOf(problem(401, 'server.sign-in'));
    await expect(ended.call(contract.studies)).rejects.toMatchObject({ status: 401 });
    expect(ended.signedOut()).toBe(1);
    const wrong = clientOf(problem(401, 'server.wrong-password'));
    await expect(wrong.call(contract.signIn, { body: { login: 'a', password: 'b' } })).rejects.toMatchObject({
      code: 'server.wrong-password',
    });
    expect(wrong.signedOut()).toBe(0);
  });

  test('shows nothing of what a proxy says in its own words', async () => {
    const { call } = clientOf(() => new Response('<h1>Bad gateway S001</h1>', { status: 502 }));
    const failed: unknown = await call(contract.studies).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'client.unexpected-answer', status: 502 });
    expect(String(failed)).not.toContain('S001');
  });

  test('is unreachable where nothing answers, and ended where its signal ended it', async () => {
    const silent = clientOf(() => Promise.reject(new TypeError('fetch failed')));
    await expect(silent.call(contract.studies)).rejects.toMatchObject({ code: 'client.unreachable', status: 0 });
    const ended = AbortSignal.abort();
    const stopped = clientOf(() => Promise.reject(ended.reason));
    await expect(stopped.call(contract.studies, { signal: ended })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
