import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RSession } from '../../analysis/index.ts';
import { appendAudit, openStudyDatabase, studyPaths } from '../../workspace/index.ts';
import { PASSWORD, type TestAccounts, testAccounts, tokenOf, told } from '../accounts/accounts.test-support.ts';
import { makeSetUpLink } from '../accounts/links.ts';
import { signIn } from '../accounts/signing-in.ts';
import { createApp } from '../http/app.ts';
import { createJobs } from '../jobs/jobs.ts';
import { openStudies } from '../open-studies.ts';

let of: TestAccounts;
let app: ReturnType<typeof createApp>;

beforeEach(() => {
  of = testAccounts();
  const { workspace } = of;
  mkdirSync(dirname(studyPaths(workspace, 'gout-2024').database), { recursive: true });
  openStudyDatabase(workspace, 'gout-2024').close();
  const log = pino({}, { write() {} });
  const [studies, jobs, r] = [openStudies(workspace), createJobs(log), new RSession()];
  const server = { workspace, accounts: of.accounts, studies, jobs, r, log };
  app = createApp(server, { isTls: false, behindProxy: false });
});
afterEach(() => of[Symbol.dispose]());

/** What these tests read of an answer. */
interface Body {
  readonly code: string;
  readonly csrf?: string;
  readonly path: string;
  readonly status: string;
  readonly next: string | null;
  readonly head: string;
  readonly roles: readonly string[];
  readonly workspaceRoles: readonly string[];
  readonly studies: readonly unknown[];
  readonly person: { readonly login: string } | null;
  readonly link: { readonly path: string };
  readonly items: readonly { id: string; login: string; seq: number; actor: string; action: string; subject: string }[];
}

interface Answer {
  readonly status: number;
  readonly body: Body;
  readonly text: string;
  readonly headers: Headers;
}

/** A browser: keeps its cookie and its token against forgery. */
function browser() {
  let [cookie, csrf] = ['', ''];
  return async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const headers = new Headers({
      Host: 'localhost',
      Origin: 'http://localhost',
      'X-CSRF-Token': csrf,
      Cookie: cookie,
    });
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    const response = await app.request(`http://localhost/api/v1${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const set = response.headers.get('set-cookie');
    if (set !== null) cookie = set.split(';')[0] ?? '';
    const text = await response.text();
    const json =
      response.headers.get('content-type')?.includes('json') && !path.includes('export')
        ? (JSON.parse(text) as Body)
        : ({} as Body);
    if (typeof json?.csrf === 'string') csrf = json.csrf;
    return { status: response.status, body: json, text, headers: response.headers };
  };
}

/** Somebody who is signed in. The time is now, as the server has it. */
async function signedIn(login: string) {
  const call = browser();
  expect((await call('POST', '/session', { login, password: PASSWORD })).status).toBe(200);
  return call;
}

describe('the session', () => {
  test('[R1] the first account is made with the link, and everything begins with nobody', async () => {
    const call = browser();
    expect((await call('GET', '/session')).body).toMatchObject({ person: null, signIn: { needsSetUp: true } });
    const token = tokenOf(makeSetUpLink(of.accounts, new Date().toISOString()));
    expect((await call('POST', '/session/link/read', { token })).body).toMatchObject({
      purpose: 'set-up',
      login: null,
    });
    const made = await call('POST', '/session/link', { token, login: ' Root ', name: 'Root', password: PASSWORD });
    expect(made.body).toMatchObject({
      person: { login: 'root' },
      workspaceRoles: ['administrator', 'steward'],
      idleMinutes: 30,
      signIn: { needsSetUp: false },
    });
    expect(made.headers.get('set-cookie')).toMatch(/^chartproof=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await call('GET', '/session')).body.person?.login).toBe('root');
    expect((await call('DELETE', '/session')).status).toBe(204);
    expect((await call('GET', '/session')).body.person).toBeNull();
  });

  test('[R5] a locked login is told how long it must wait', async () => {
    await of.setUp();
    const call = browser();
    const wrong = { login: 'root', password: 'wrong' };
    for (let i = 0; i < 5; i++) expect((await call('POST', '/session', wrong)).status).toBe(401);
    const locked = await call('POST', '/session', wrong);
    expect([locked.status, locked.body.code]).toEqual([429, 'server.too-many-attempts']);
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(20);
  });

  test('[R7] a changed password', async () => {
    await of.setUp();
    const call = await signedIn('root');
    const change = (current: string) => call('PUT', '/session/password', { current, password: 'another long one' });
    expect((await change('wrong')).status).toBe(401);
    expect((await change(PASSWORD)).status).toBe(204);
    expect((await call('GET', '/session')).body.person?.login).toBe('root');
  });
});

describe('people', () => {
  test('[R17] an administrator invites somebody to a study, who comes in', async () => {
    await of.setUp();
    const root = await signedIn('root');
    const anna = { login: 'anna', name: 'Anna', studies: [{ study: 'gout-2024', roles: ['owner'] }] };
    const { body } = await root('POST', '/people', anna);
    expect(body.person).toMatchObject({ login: 'anna', isInvited: true, studies: anna.studies, workspaceRoles: [] });
    const token = body.link.path.split('#')[1];
    const call = browser();
    expect((await call('POST', '/session/link/read', { token })).body).toMatchObject({ login: 'anna', name: 'Anna' });
    const come = await call('POST', '/session/link', { token, login: 'anna', name: 'Dr. Anna', password: PASSWORD });
    expect(come.body.studies[0]).toMatchObject({ study: 'gout-2024', roles: ['owner'] });
    expect((await root('GET', '/people')).body).toMatchObject({
      items: [{ login: 'anna', name: 'Dr. Anna', isInvited: false }, { login: 'root' }],
      next: null,
    });
    expect((await root('GET', '/people?limit=1')).body).toMatchObject({ items: [{ login: 'anna' }], next: 'anna' });
    expect((await root('GET', '/people?limit=1&cursor=anna')).body).toMatchObject({ items: [{ login: 'root' }] });
    expect((await root('POST', '/people', anna)).body.code).toBe('accounts.login-taken');
    const elsewhere = { login: 'ben', name: 'Ben', studies: [{ study: 'no-such', roles: ['owner'] }] };
    expect((await root('POST', '/people', elsewhere)).status).toBe(404);
    expect((await root('GET', '/people')).body.items).toHaveLength(2);
  });

  test('[R15][R16] an administrator gives and takes roles, and disables', async () => {
    await of.setUp();
    const id = await of.add('anna');
    const root = await signedIn('root');
    expect((await root('PUT', `/people/${id}/roles/steward`)).body.workspaceRoles).toEqual(['steward']);
    expect((await root('DELETE', `/people/${id}/roles/steward`)).body.workspaceRoles).toEqual([]);
    const role = `/people/${id}/studies/gout-2024/roles/owner`;
    expect((await root('PUT', role)).body.studies).toEqual([{ study: 'gout-2024', roles: ['owner'] }]);
    expect((await root('DELETE', role)).body.studies).toEqual([]);
    const anna = await signedIn('anna');
    expect((await root('PUT', `/people/${id}/status`, { status: 'disabled' })).body.status).toBe('disabled');
    expect((await anna('GET', '/studies')).status).toBe(401);
    expect((await root('POST', `/people/${id}/link`)).body.code).toBe('accounts.disabled');
    expect((await root('PUT', `/people/${id}/status`, { status: 'active' })).body.status).toBe('active');
    expect((await root('POST', `/people/${id}/link`)).body.path).toMatch(/^\/link#/);
    const own = (await root('GET', '/people')).body.items[1]?.id;
    const last = await root('DELETE', `/people/${own}/roles/administrator`);
    expect([last.status, last.body.code]).toEqual([422, 'accounts.last-administrator']);
    const missing = await root('PUT', '/people/00000000-0000-0000-0000-000000000000/roles/steward');
    expect([missing.status, missing.body.code]).toEqual([404, 'accounts.no-person']);
  });

  test('[R19] an owner gives roles in the study, which both trails tell', async () => {
    await of.setUp();
    await of.add('olga', { study: 'gout-2024', role: 'owner' });
    const ben = await of.add('ben');
    const olga = await signedIn('olga');
    const given = await olga('POST', '/studies/gout-2024/people', { login: 'ben', role: 'abstractor' });
    expect(given.body).toEqual({ id: ben, login: 'ben', name: 'ben X', status: 'active', roles: ['abstractor'] });
    expect((await olga('GET', '/studies/gout-2024/people')).body.items.map((one) => one.login)).toEqual([
      'ben',
      'olga',
    ]);
    expect((await olga('POST', '/studies/gout-2024/people', { login: 'eve', role: 'owner' })).status).toBe(404);
    expect((await olga('DELETE', `/studies/gout-2024/people/${ben}/roles/abstractor`)).body.roles).toEqual([]);
    const trail = (await olga('GET', '/studies/gout-2024/audit')).body.items;
    const rows = trail.map((row) => [row.actor, row.action, row.subject]);
    expect(rows).toEqual([
      ['olga', 'people.revoke', 'ben'],
      ['olga', 'people.grant', 'ben'],
    ]);
    expect(told(of.accounts)).toContain('olga people.grant ben');
    expect(told(of.accounts)).toContain('olga people.revoke ben');
  });
});

describe('the audit trails', () => {
  test('[R20] are read newest first, part by part, and filtered', async () => {
    await of.setUp();
    await of.add('anna');
    const root = await signedIn('root');
    const first = (await root('GET', '/audit?limit=4')).body;
    const rest = (await root('GET', `/audit?limit=500&cursor=${first.next}`)).body;
    const all = [...first.items, ...rest.items].map(({ seq }) => seq);
    expect(all).toEqual(Array.from({ length: all.length }, (_, i) => all.length - i));
    expect(rest.next).toBeNull();
    const actions = async (query: string) => (await root('GET', `/audit?${query}`)).body.items.map((row) => row.action);
    expect(await actions('actor=anna')).toEqual(['session.begin', 'session.link-used']);
    expect(await actions('subject=anna&action=people')).toEqual(['people.link', 'people.add']);
    expect(await actions('action=people.add')).toEqual(['people.add', 'people.add']);
    expect(await actions('action=peopl')).toEqual([]);
    expect(await actions('from=2024-01-02')).toEqual(['session.begin']);
    expect(await actions('to=2023-12-31')).toEqual([]);
    expect((await actions('from=2024-01-01&to=2024-01-01')).length).toBe(all.length - 1);
    expect((await root('GET', '/audit?cursor=x')).status).toBe(422);
    expect((await root('GET', '/audit?from=yesterday')).status).toBe(400);
  });

  test('[R21] come as files without formulas, and the trail tells of it', async () => {
    await of.setUp();
    await of.add('olga', { study: 'gout-2024', role: 'owner' });
    const trail = openStudyDatabase(of.workspace, 'gout-2024');
    appendAudit(trail, { at: of.at(), actor: '=HYPERLINK("x")', action: 'x', subject: '+A1' });
    trail.close();
    const olga = await signedIn('olga');
    const csv = await olga('GET', '/studies/gout-2024/audit/export');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="audit-gout-2024.csv"');
    expect(csv.text.split('\n')[0]).toBe('seq,at,actor,action,subject,detail,previous,hash');
    expect(csv.text.split('\n')[1]).toContain(`,"'=HYPERLINK(""x"")",x,'+A1,{},000`);
    const lines = (await olga('GET', '/studies/gout-2024/audit/export?format=ndjson&action=audit')).text.trimEnd();
    expect(JSON.parse(lines)).toMatchObject({
      actor: 'olga',
      action: 'audit.export',
      detail: { format: 'csv', rows: 1 },
    });
    const { items } = (await olga('GET', '/studies/gout-2024/audit')).body;
    expect(items[0]).toMatchObject({
      action: 'audit.export',
      detail: { format: 'ndjson', rows: 1, filter: { action: 'audit' } },
    });
  });

  test('[R22] are held against their chain', async () => {
    await of.setUp();
    await of.add('olga', { study: 'gout-2024', role: 'owner' });
    const [root, olga] = [await signedIn('root'), await signedIn('olga')];
    expect((await root('GET', '/audit/verdict')).body).toMatchObject({ ok: true, firstBroken: null });
    expect((await olga('GET', '/studies/gout-2024/audit/verdict')).body).toMatchObject({ ok: true, rows: 0 });
    const { head } = (await root('GET', '/audit/verdict')).body;
    const { sql } = of.accounts.database;
    sql.exec('DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)');
    const cut = Number(head.split(':')[0]);
    expect((await root('GET', '/audit/verdict')).body).toMatchObject({ ok: true });
    expect((await root('GET', `/audit/verdict?head=${head}`)).body).toMatchObject({ ok: false, firstBroken: cut });
    expect((await root('GET', '/audit/verdict?head=12')).status).toBe(400);
    sql.exec("DROP TRIGGER audit_no_update; UPDATE audit SET actor = 'eve' WHERE seq = 3");
    expect((await root('GET', '/audit/verdict')).body).toMatchObject({ ok: false, firstBroken: 3 });
  });
});

test('[R6] a session of another time is none', async () => {
  await of.setUp();
  const token = await signIn(of.accounts, { login: 'root', password: PASSWORD }, of.caller());
  const response = await app.request('http://localhost/api/v1/studies', { headers: { Cookie: `chartproof=${token}` } });
  expect(response.status).toBe(401);
});
