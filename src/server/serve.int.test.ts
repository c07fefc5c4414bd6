import { writeFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestAccounts, testAccounts } from './accounts/accounts.test-support.ts';
import { certificate, certificateKey } from './certificate.test-support.ts';
import { openLog } from './http/log.ts';
import type { ServeOptions, Serving } from './serve.ts';
import { PAGE, serving } from './serving.test-support.ts';

let of: TestAccounts;
const open: Serving[] = [];
beforeEach(() => {
  of = testAccounts();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  of[Symbol.dispose]();
});

async function start(options: Partial<ServeOptions> = {}): Promise<Serving> {
  const one = await serving(of.workspace, options);
  open.push(one);
  return one;
}

interface Answered {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** A call whose Host and certificate `fetch` would not let us choose. */
function ask(url: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answered> {
  const request = url.startsWith('https') ? tlsRequest : plainRequest;
  return new Promise((told, failed) => {
    const call = request(url, { method, headers, rejectUnauthorized: false, agent: false }, (response) => {
      let text = '';
      response.on('data', (part) => {
        text += part;
      });
      response.on('end', () => told({ status: response.statusCode, headers: response.headers, text }));
    });
    call.on('error', failed).end(body);
  });
}

const code = (name: string) => expect.objectContaining({ code: name });

describe('where it listens', () => {
  test('[R24] on this machine, under its own names only', async () => {
    const { url } = await start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await ask(url)).toMatchObject({ status: 200, text: PAGE });
    expect((await ask(url, { Host: 'localhost:1' })).status).toBe(200);
    const rebound = await ask(url, { Host: 'rebound.example' });
    expect(rebound).toMatchObject({ status: 421, headers: { 'x-frame-options': 'DENY' } });
    expect(rebound.text).toContain('server.other-host');
  });

  test('[R24] elsewhere only with TLS or behind a proxy', async () => {
    await expect(start({ host: '0.0.0.0' })).rejects.toThrow(code('server.needs-tls'));
    await expect(start({ host: '0.0.0.0', behindProxy: true })).resolves.toBeDefined();
    await expect(start({ host: '0.0.0.0', tls: tlsFiles() })).resolves.toBeDefined();
  });

  test('[R24] with TLS of its own, the cookie is for it alone', async () => {
    await of.setUp();
    const { url } = await start({ tls: tlsFiles() });
    expect(url).toMatch(/^https:/);
    const body = JSON.stringify({ login: 'root', password: 'correct horse battery' });
    const headers = { Origin: url, 'Content-Type': 'application/json' };
    const answer = await ask(`${url}/api/v1/session`, headers, 'POST', body);
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^__Host-chartproof=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
  });

  test('[R24] files that are no certificate and key, a port that is taken and an app that is not built are told', async () => {
    const wrong = { cert: join(of.workspace.dir, 'workspace.json'), key: join(of.workspace.dir, 'none') };
    await expect(start({ tls: wrong })).rejects.toThrow(code('server.tls-files'));
    const port = Number(new URL((await start()).url).port);
    await expect(start({ port })).rejects.toThrow(code('server.port'));
    await expect(start({ webRoot: join(of.workspace.dir, 'none') })).rejects.toThrow(code('server.no-web'));
  });

  test('[R4] behind a proxy it is the client’s address that counts', async () => {
    await of.setUp();
    const { url, port } = await start({ behindProxy: true, publicUrl: 'https://charts.example.org/' });
    expect(url).toBe('https://charts.example.org');
    const headers = {
      Origin: url,
      'Content-Type': 'application/json',
      Host: 'charts.example.org',
      'X-Forwarded-For': '10.9.9.9, 198.51.100.7',
    };
    const body = JSON.stringify({ login: 'root', password: 'wrong' });
    expect((await ask(`http://127.0.0.1:${port}/api/v1/session`, headers, 'POST', body)).status).toBe(401);
    const { all, db } = of.accounts.database;
    expect(all(db.selectFrom('attempt').select('address').where('failed', '=', 1))).toEqual([
      { address: '198.51.100.7' },
    ]);
  });
});

describe('a start and an end', () => {
  test('[R1] the first start says where the first account is made', async () => {
    const { url, setUpLink } = await start();
    expect(setUpLink).toMatch(new RegExp(`^${url}/link#[\\w-]{43}$`));
    await of.setUp();
    expect((await start()).setUpLink).toBeUndefined();
  });

  test('[R24] what was begun is answered; then nobody is', async () => {
    await of.setUp();
    const { url, close } = await serving(of.workspace);
    const body = JSON.stringify({ login: 'root', password: 'correct horse battery' });
    const headers = { Origin: url, 'Content-Type': 'application/json' };
    // `fetch` keeps its connection open, as browsers do.
    const begun = fetch(`${url}/api/v1/session`, { method: 'POST', headers, body });
    // The call has come in when its attempt is counted; the password is still being hashed.
    const { all, db } = of.accounts.database;
    const failed = db.selectFrom('attempt').select('id').where('failed', '=', 1);
    while (all(failed).length === 0) await new Promise((later) => setImmediate(later));
    const ended = close();
    expect((await begun).status).toBe(200);
    await ended;
    await expect(ask(url)).rejects.toThrow(/ECONNREFUSED/);
  });

  test('[R36] the log has neither address nor body of a call, and loses what secrets it is handed', async () => {
    const lines: string[] = [];
    const log = openLog('info', { write: (line) => lines.push(line) });
    const { url } = await start({ log });
    await ask(`${url}/api/v1/studies/gout-2024?cursor=secret-here`);
    log.info({ password: 'secret-here', call: { token: 'secret-here', cookie: 'secret-here' } });
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ method: 'GET', route: 'study', status: 401 });
    expect(lines.join('')).not.toMatch(/secret-here|gout-2024/);
  });
});

function tlsFiles(): { cert: string; key: string } {
  const [cert, key] = [join(of.workspace.dir, 'cert.pem'), join(of.workspace.dir, 'key.pem')];
  writeFileSync(cert, certificate);
  writeFileSync(key, certificateKey);
  return { cert, key };
}
