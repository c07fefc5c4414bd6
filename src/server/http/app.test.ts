import { describe, expect, test } from 'vitest';
import { contract } from '../contract/index.ts';
import { servedStudy } from '../served-study.test-support.ts';

describe('the app', () => {
  test('[R32] an error is problem details with its code, and a study without a part in it is not there', async () => {
    await using served = await servedStudy();
    const response = await served.request('nobody', 'GET', `/api/v1/studies/${served.study}`);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const other = await served.request('nobody', 'GET', '/api/v1/studies/no-such-study');
    const problem = await response.json();
    expect([response.status, other.status]).toEqual([404, 404]);
    expect(problem).toMatchObject({ type: 'urn:chartproof:problem:protocol.no-study', code: 'protocol.no-study' });
    expect(await other.json()).toEqual(problem);
  });

  test('[R33] a call that changes something comes from our page, with the token of the session', async () => {
    await using served = await servedStudy();
    const path = '/api/v1/studies';
    const send = (headers: Record<string, string>) =>
      served.request('steward', 'POST', path, {
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify({ yaml: 'x: 1' }),
      });
    const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
    expect(await codeOf(await send({ Origin: 'http://evil.example' }))).toBe('server.other-origin');
    expect(await codeOf(await send({ Origin: 'null' }))).toBe('server.other-origin');
    expect(await codeOf(await send({ 'X-CSRF-Token': 'another' }))).toBe('server.csrf');
    expect(await codeOf(await send({ 'Content-Type': 'text/plain' }))).toBe('server.media-type');
    expect(await codeOf(await send({ 'Content-Type': 'application/json-like' }))).toBe('server.media-type');
  });

  test('[R33] nobody is let in without a session', async () => {
    await using served = await servedStudy();
    const response = await served.request(undefined, 'GET', '/api/v1/studies');
    expect([response.status, await response.json()]).toMatchObject([401, { code: 'server.sign-in' }]);
  });

  test('[R34] what is sent is held against the contract, and the answer names the place and not the value', async () => {
    await using served = await servedStudy();
    const bad = await served.call('steward', contract.createStudy, { body: { yaml: '' } });
    expect(bad).toMatchObject({ status: 400, body: { code: 'server.bad-request' } });
    const secret = { yaml: 7, 'Family1 has psoriasis': true } as unknown as { yaml: string };
    const told = await served.call('steward', contract.createStudy, { body: secret });
    expect(told.status).toBe(400);
    expect(JSON.stringify([told.body, served.log])).not.toContain('Family1');
    const large = await served.call('steward', contract.createStudy, { body: { yaml: 'x'.repeat(6_000_000) } });
    expect(large).toMatchObject({ status: 413, body: { code: 'server.too-large' } });
  });

  test('[R35] answers are not kept by browsers, and pages run no script but ours', async () => {
    await using served = await servedStudy();
    const { headers } = await served.request('owner', 'GET', '/api/v1/studies');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(/script-src[^;]*unsafe/.test(policy)).toBe(false);
  });

  test('[R35] whatever is answered has these headers, also what is not there or refused', async () => {
    await using served = await servedStudy();
    const headed = async (method: string, path: string) => {
      const { status, headers } = await served.request(undefined, method, path);
      const isHeaded = headers.get('content-security-policy')?.includes("default-src 'none'");
      return [status, isHeaded, headers.get('x-content-type-options'), headers.get('x-frame-options')];
    };
    const rest = [true, 'nosniff', 'DENY'];
    expect(await headed('POST', '/nothing')).toEqual([404, ...rest]);
    expect(await headed('OPTIONS', '/')).toEqual([404, ...rest]);
    expect(await headed('GET', '/api/nothing')).toEqual([404, ...rest]);
    expect(await headed('GET', '/api/v1/studies')).toEqual([401, ...rest]);
  });

  test('[R36] a line of the log has the name of the route, and neither study nor subject', async () => {
    await using served = await servedStudy();
    await served.request('owner', 'GET', `/api/v1/studies/${served.study}/nothing/S001?q=psoriasis`);
    await served.call('owner', contract.studies, {});
    const lines = served.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toMatchObject([{ status: 404 }, { route: 'studies', status: 200 }]);
    expect(JSON.stringify(lines)).not.toMatch(/S001|psoriasis/);
  });

  test('[R37] the interface is described in OpenAPI 3.1, route by route', async () => {
    await using served = await servedStudy();
    const response = await served.request(undefined, 'GET', '/api/openapi.json');
    const document = (await response.json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(document.openapi).toBe('3.1.0');
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(contract).sort());
  });
});

describe('the contract', () => {
  test('[R37] a route is named as it stands, and one of a study has the study in its path', () => {
    for (const [id, def] of Object.entries(contract)) {
      expect(def.id).toBe(id);
      expect(typeof def.access === 'object' && 'study' in def.access).toBe(def.path.startsWith('/studies/{study}'));
    }
    const calls = Object.values(contract).map(({ method, path }) => `${method} ${path}`);
    expect(new Set(calls).size).toBe(calls.length);
  });
});
