import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { contract, problemSchema, type RouteDef } from '../src/server/index.ts';
import { expectedCallers } from '../src/server/permissions-table.test-support.ts';
import { arbitraryOf, garbage } from './fuzz/arbitrary-of-schema.ts';
import {
  type Caller,
  callers,
  type FuzzedServer,
  fuzzedServer,
  type Got,
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
          const got = await server.send(caller, sent);
          const { log } = got;
          // A path may be that of another route: `..` is gone before anybody sees it.
          const isOurs = log.some(({ route }) => route === def.id);
          if (got.status < 400) expect(!isOurs || isAllowed).toBe(true);
          expectSound(got, isOurs ? def : undefined);
          expectNothingOfInput(log);
        }),
        { numRuns: isAllowed ? Math.ceil(RUNS_ALLOWED / may.length) : RUNS_REFUSED },
      );
    }
    expectNothingOfInput(await server.settled());
  });

  test('addresses of nothing', async () => {
    const path = fc.array(hostileText.map(pathPart), { maxLength: 6 }).map((parts) => `/api/${parts.join('/')}`);
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD');
    await fc.assert(
      fc.asyncProperty(path, method, fc.constantFrom(...callers), async (url, verb, caller) => {
        const got = await server.send(caller, { method: verb, url, headers: {}, body: undefined });
        expectSound(got, undefined);
        expectNothingOfInput(got.log);
      }),
      { numRuns: 400 },
    );
  });

  test('afterwards the chains of both audit trails hold', async () => {
    for (const [caller, of] of [
      ['administrator', ''],
      ['owner', `/studies/${server.of.review.protocol.id}`],
    ] as const) {
      const url = `/api/v1${of}/audit/verdict`;
      const { text } = await server.send(caller, { method: 'GET', url, headers: {}, body: undefined });
      const { ok, rows } = JSON.parse(text) as { ok: boolean; rows: number };
      expect(ok).toBe(true);
      expect(rows).toBeGreaterThan(100);
    }
  });
});

function mayCall({ id }: RouteDef, caller: Caller): boolean {
  const may = expectedCallers[id as keyof typeof expectedCallers].split(' ');
  return may.includes('anybody') || (may.includes('signed-in') && caller !== 'nobody') || may.includes(caller);
}

/** An answer as the contract has it, or problem details; never a fault of ours. */
function expectSound({ status, headers, text }: Got, def: RouteDef | undefined): void {
  expect(status, text).toBeLessThan(500);
  if (status >= 400) {
    if (text === '') return; // to HEAD
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(problemSchema.strict().parse(JSON.parse(text)).status).toBe(status);
  } else if (def?.response && !('file' in def.response)) {
    const { error } = (def.response as z.ZodType).safeParse(JSON.parse(text));
    expect(error?.issues ?? []).toEqual([]);
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A line has what we name and nothing that came in: not even an id of the call. */
function expectNothingOfInput(log: readonly LogLine[]): void {
  for (const { level: _level, time: _time, pid: _pid, hostname: _host, ...line } of log) {
    if ('job' in line) {
      expect(line).toEqual({ job: expect.any(String), state: expect.any(String), ...ofFailed(line) });
      continue;
    }
    expect(line).toEqual({
      id: expect.stringMatching(UUID),
      method: expect.stringMatching(/^[A-Z]+$/),
      status: expect.any(Number),
      ms: expect.any(Number),
      ...('route' in line ? { route: expect.toSatisfy((route: string) => Object.hasOwn(contract, route)) } : {}),
    });
  }
}

/** Work that failed says by which code; a fault of ours is none that it may fail by. */
function ofFailed({ state }: LogLine): object {
  return state === 'failed' ? { code: expect.not.stringContaining('server.fault') } : {};
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
