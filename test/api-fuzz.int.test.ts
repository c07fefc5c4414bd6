import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { contract, problemSchema, type RouteDef } from '../src/server/index.ts';
import { expectedCallers } from '../src/server/permissions-table.test-support.ts';
import { verifyAudit } from '../src/workspace/index.ts';
import { arbitraryOf, garbage } from './fuzz/arbitrary-of-schema.ts';
import {
  type Caller,
  callers,
  type FuzzedServer,
  fuzzedServer,
  type LogLine,
  type Sent,
} from './fuzz/fuzzed-server.ts';
import { hostileText } from './fuzz/hostile-text.ts';

/** Of a route, by those who may call it together; and by each who may not. */
const RUNS_ALLOWED = 48;
const RUNS_REFUSED = 2;
const routes = Object.values(contract) as readonly RouteDef[];

let server: FuzzedServer;
beforeAll(async () => {
  server = await fuzzedServer();
});
afterAll(() => server[Symbol.asyncDispose]());

describe('whatever is sent to a route, by whomever', () => {
  test.each(routes.map((def) => [def.id, def] as const))('%s', async (_, def) => {
    const may = callers.filter((caller) => mayCall(def, caller));
    for (const caller of callers) {
      const isAllowed = may.includes(caller);
      await fc.assert(
        fc.asyncProperty(callOf(def), async (sent) => {
          const { response, log } = await server.send(caller, sent);
          // A path may be that of another route: `..` is gone before anybody sees it.
          const isOurs = log.some(({ route }) => route === def.id);
          if (response.status < 400) expect(!isOurs || isAllowed).toBe(true);
          await expectSound(response, isOurs ? def : undefined);
          expectNothingOfInput(log);
        }),
        { numRuns: isAllowed ? Math.ceil(RUNS_ALLOWED / may.length) : RUNS_REFUSED },
      );
    }
  });

  test('addresses of nothing', async () => {
    const path = fc.array(hostileText.map(pathPart), { maxLength: 6 }).map((parts) => `/api/${parts.join('/')}`);
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD');
    await fc.assert(
      fc.asyncProperty(path, method, fc.constantFrom(...callers), async (url, verb, caller) => {
        const { response, log } = await server.send(caller, { method: verb, url, headers: {}, body: undefined });
        expectNothingOfInput(log);
        await expectSound(response, undefined);
      }),
      { numRuns: 400 },
    );
  });

  test('afterwards the chains of both audit trails hold', async () => {
    const { workspace } = server.of;
    for (const url of ['/api/v1/audit/verdict', `/api/v1/studies/${server.of.review.protocol.id}/audit/verdict`]) {
      const caller = url.includes('studies') ? 'owner' : 'administrator';
      const { response } = await server.send(caller, { method: 'GET', url, headers: {}, body: undefined });
      expect(await response.json()).toMatchObject({ ok: true });
    }
    expect(verifyAudit(server.of.review.database).rows).toBeGreaterThan(100);
    expect(workspace).toBeDefined();
  });
});

function mayCall({ id }: RouteDef, caller: Caller): boolean {
  const may = expectedCallers[id as keyof typeof expectedCallers].split(' ');
  return may.includes('anybody') || (may.includes('signed-in') && caller !== 'nobody') || may.includes(caller);
}

/** An answer as the contract has it, or problem details; never a fault of ours. */
async function expectSound(response: Response, def: RouteDef | undefined): Promise<void> {
  const text = await response.text();
  expect(response.status, text).toBeLessThan(500);
  if (response.status >= 400) {
    if (text === '') return; // to HEAD
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(problemSchema.strict().parse(JSON.parse(text)).status).toBe(response.status);
  } else if (def?.response && !('file' in def.response)) {
    const { error } = (def.response as z.ZodType).safeParse(JSON.parse(text));
    expect(error?.issues ?? []).toEqual([]);
  }
}

const WRITTEN: ReadonlySet<string> = new Set([
  'level',
  'time',
  'pid',
  'hostname',
  'id',
  'method',
  'route',
  'status',
  'ms',
]);

/** A line has what we name and nothing that came in: not even an id of the call. */
function expectNothingOfInput(log: readonly LogLine[]): void {
  for (const { id, route, status, ms, ...line } of log) {
    expect(Object.keys(line).filter((key) => !WRITTEN.has(key))).toEqual([]);
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(route === undefined || Object.hasOwn(contract, route as string)).toBe(true);
    expect([typeof status, typeof ms]).toEqual(['number', 'number']);
  }
}

/** A call of a route: mostly of the form that it has, else with another body, type of content, revision or place. */
function callOf(def: RouteDef): fc.Arbitrary<Sent> {
  return fc
    .record({ url: urlOf(def), headers: headersOf(def), body: bodyOf(def) })
    .map(({ url, headers, body }) => ({ method: def.method.toUpperCase(), url, headers, body }));
}

function urlOf({ path, params, query }: RouteDef): fc.Arbitrary<string> {
  const named = params ? arbitraryOf(params, server.known) : fc.constant({});
  const asked = query ? arbitraryOf(query, server.known) : fc.constant({});
  const more = fc.oneof({ weight: 9, arbitrary: fc.constant('') }, hostileText.map(queryPart));
  return fc.tuple(named, asked, hostileText, more).map(([of, search, spare, tail]) => {
    const values = Object(of) as Record<string, unknown>;
    const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => pathPart(values[name] ?? spare));
    const pairs = Object.entries(Object(search) as object).filter(([, value]) => value !== undefined);
    const parts = [...pairs.map(([key, value]) => `${queryPart(key)}=${queryPart(value)}`), tail].filter(Boolean);
    return `/api/v1${place}${parts.length > 0 ? `?${parts.join('&')}` : ''}`;
  });
}

/** Encoded, or as it stands where that can be part of an address. */
function pathPart(value: unknown): string {
  const text = textOf(value);
  return /^[!-~]+$/.test(text) ? text.replaceAll(/[/?#\\]/g, encodeURIComponent) : encodeURIComponent(text);
}

const queryPart = (value: unknown): string => encodeURIComponent(textOf(value));

function textOf(value: unknown): string {
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).toWellFormed();
}

function headersOf({ locking }: RouteDef): fc.Arbitrary<Record<string, string>> {
  const header = hostileText.map((text) => text.replaceAll(/[^\t\u0020-\u007e\u0080-\u00ff]/g, '').trim());
  const type = fc.oneof(
    { weight: 12, arbitrary: fc.constant('application/json') },
    fc.constantFrom('application/json; charset=utf-16', 'text/plain', 'multipart/form-data', 'application/jsonx', ''),
    header,
  );
  const revision = fc.oneof(
    fc.constantFrom('"0"', '"1"', 'W/"0"', '*', '"0", "1"'),
    header.map((text) => `"${text}"`),
  );
  const id = fc.oneof({ weight: 9, arbitrary: fc.constant('') }, fc.constant('MRN-1234567'), header);
  return fc.record({ type, revision, id }).map((given) => ({
    'Content-Type': given.type,
    ...(locking ? { 'If-Match': given.revision } : {}),
    ...(given.id === '' ? {} : { 'X-Request-Id': given.id }),
  }));
}

function bodyOf({ method, body }: RouteDef): fc.Arbitrary<Sent['body']> {
  if (method === 'get') return fc.constant(undefined);
  const good = body ? arbitraryOf(body, server.known).map((value) => JSON.stringify(value)) : fc.constant(undefined);
  return fc.oneof(
    { weight: 16, arbitrary: good },
    fc.uint8Array({ maxLength: 60 }),
    hostileText.map((text) => text.toWellFormed()),
    garbage.map((value) => JSON.stringify(value)),
    good.map((text = '{}') => text.slice(0, text.length >> 1)),
    fc.constantFrom(
      '',
      '{"a":1',
      '['.repeat(100_000),
      `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
      '1e999',
      '"\\ud800"',
    ),
  );
}
