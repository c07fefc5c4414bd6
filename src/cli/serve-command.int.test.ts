import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAccounts, signIn } from '../server/index.ts';
import { initWorkspace, openStudyDatabase, type Workspace } from '../workspace/index.ts';
import { demoPeople } from './demo-people.ts';

const root = join(import.meta.dirname, '../..');
let folder: string;
let workspace: Workspace;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chartproof-serve-'));
  workspace = initWorkspace(join(folder, 'workspace'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('chartproof serve', () => {
  test.each([
    ['server.needs-tls', ['--host', '0.0.0.0']],
    ['server.tls-files', ['--tls-cert', 'only.pem']],
    ['server.openid-options', ['--openid-issuer', 'https://id.example.org']],
    [
      'server.openid-options',
      ['--openid-issuer', 'https://id.example.org', '--openid-client-id', 'x', '--openid-client-secret-file', 'none'],
    ],
  ])('refuses with %s: %s', (code, words) => {
    const { status, stderr } = chartproof('serve', '-w', workspace.dir, '--json', ...words);
    expect(status).toBe(1);
    const { error } = JSON.parse(stderr) as { error: { code: string; tip: string } };
    expect(error).toMatchObject({ code, tip: expect.stringMatching(/./) });
  });

  test.each([
    ['--port', '99999'],
    ['--idle-minutes', '0'],
    ['--public-url', 'charts'],
  ])('%s %s is called wrongly', (...words) => {
    expect(chartproof('serve', '-w', workspace.dir, ...words).status).toBe(2);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it, as done', async (signal) => {
    mkdirSync(join(folder, 'web'));
    writeFileSync(join(folder, 'web/index.html'), '<!doctype html>');
    const program = `
      import { serve } from ${JSON.stringify(`${root}/src/server/index.ts`)};
      import { openWorkspace } from ${JSON.stringify(`${root}/src/workspace/index.ts`)};
      import { untilStopped } from ${JSON.stringify(`${root}/src/cli/serve-command.ts`)};
      const workspace = openWorkspace(${JSON.stringify(workspace.dir)});
      const serving = await serve({ workspace, port: 0, webRoot: ${JSON.stringify(join(folder, 'web'))} });
      setTimeout(() => console.log(serving.url), 0);
      await untilStopped(serving);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const url = await new Promise<string>((told) => child.stdout.once('data', (line) => told(String(line).trim())));
    expect((await fetch(`${url}/api/v1/session`)).status).toBe(200);
    const ended = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    expect(await ended).toBe(0);
  });
});

describe('the people of the demo', () => {
  beforeEach(() => {
    const database = openStudyDatabase(workspace, 'gout-2024');
    const subject = { subject: 'S001', person_id: '1', person_source: 'Patient/1', first_snapshot: 'f' };
    database.run(database.db.insertInto('candidate').values(subject));
    for (const [reviewer, role] of [
      ['anna', 'abstraction'],
      ['ben', 'abstraction'],
      ['anna', 'abstraction'],
      ['carl', 'adjudication'],
    ] as const) {
      const entry = { subject: 'S001', instrument: 'i', row_key: '', field: 'f', answer: '{}', reason: null };
      const values = { ...entry, reviewer, role, at: '2024-01-01T00:00:00Z', entry_hash: 'h' };
      database.run(database.db.insertInto('revision').values(values));
    }
    database.close();
  });

  test('have every role, with passwords of their own; who entered the reviews has the login that stands there', async () => {
    const people = await demoPeople(workspace, 'gout-2024');
    expect(people.map(({ login, role }) => `${login}: ${role}`)).toEqual([
      'administrator: administrator',
      'steward: steward',
      'owner: owner',
      'analyst: analyst',
      'monitor: monitor',
      'anna: abstractor',
      'ben: abstractor',
      'carl: adjudicator',
    ]);
    expect(new Set(people.map(({ password }) => password)).size).toBe(people.length);
    const file = join(workspace.dir, 'demo-accounts.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(people);
    const anna = people.find(({ login }) => login === 'anna');
    const accounts = openAccounts(workspace);
    const at = new Date().toISOString();
    const token = await signIn(accounts, { login: 'anna', password: anna?.password ?? '' }, { address: 'x', at });
    expect(accounts.signedIn(token, at)?.roles.studies).toEqual(new Map([['gout-2024', ['abstractor']]]));
    accounts.close();
    expect(await demoPeople(workspace, 'gout-2024')).toEqual(people);
  });

  test('are left alone where the workspace has people of its own', async () => {
    await demoPeople(workspace, 'gout-2024');
    rmSync(join(workspace.dir, 'demo-accounts.json'));
    expect(await demoPeople(workspace, 'gout-2024')).toEqual([]);
  });

  test('are made to the end when that was stopped', async () => {
    const people = await demoPeople(workspace, 'gout-2024');
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${workspace.paths.accounts}${suffix}`, { force: true });
    expect(await demoPeople(workspace, 'gout-2024')).toEqual(people);
    const accounts = openAccounts(workspace);
    const { login, password } = people.at(-1) ?? { login: '', password: '' };
    await signIn(accounts, { login, password }, { address: 'x', at: new Date().toISOString() });
    accounts.close();
  });
});

test('chartproof audit without a study checks the trail of the workspace', async () => {
  const audit = () => chartproof('audit', '-w', workspace.dir, '--json');
  expect(JSON.parse(audit().stderr)).toMatchObject({ error: { code: 'accounts.none' } });
  openStudyDatabase(workspace, 'gout-2024').close();
  await demoPeople(workspace, 'gout-2024');
  expect(JSON.parse(audit().stdout)).toMatchObject({ ok: true });
  const accounts = openAccounts(workspace);
  accounts.database.sql.exec("DROP TRIGGER audit_no_update; UPDATE audit SET actor = 'eve' WHERE seq = 2");
  accounts.close();
  const { status, stdout } = audit();
  expect([status, JSON.parse(stdout)]).toEqual([1, expect.objectContaining({ ok: false, firstBroken: 2 })]);
});

function chartproof(...words: readonly string[]) {
  return spawnSync(process.execPath, [join(root, 'bin/chartproof.js'), ...words], {
    encoding: 'utf8',
    cwd: folder,
  });
}
