import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TestAccounts, testAccounts, told } from '../accounts/accounts.test-support.ts';
import type { Serving } from '../serve.ts';
import { serving } from '../serving.test-support.ts';

const SECRET = 'secret-of-the-client';
let of: TestAccounts;
let ours: Serving;
let providerServer: HttpServer;
let issuer: string;

beforeAll(async () => {
  // The provider says at length that its defaults are not for use.
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => {});
  providerServer = createServer();
  await new Promise<void>((listening) => providerServer.listen(0, '127.0.0.1', listening));
  issuer = `http://127.0.0.1:${(providerServer.address() as AddressInfo).port}`;
});
afterAll(() => {
  providerServer.close();
  vi.restoreAllMocks();
});

beforeEach(async () => {
  of = testAccounts();
  await of.setUp();
  const openId = { issuer, clientId: 'chartproof', clientSecret: SECRET, label: 'University' };
  ours = await serving(of.workspace, { openId });
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'chartproof', client_secret: SECRET, redirect_uris: [`${ours.url}/auth/openid/callback`] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    // Whoever signs in has their login as address; that of `unverified-...` is not verified.
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: !id.startsWith('unverified') }),
    }),
    cookies: { keys: ['for this test'] },
  });
  providerServer.removeAllListeners('request').on('request', provider.callback());
});
afterEach(async () => {
  await ours.close();
  of[Symbol.dispose]();
});

/** A browser with a cookie jar for each origin, which follows no redirect by itself. */
class Browser {
  readonly jar = new Map<string, string>();

  async ask(url: string, form?: Record<string, string>): Promise<Response> {
    const origin = new URL(url).origin;
    const cookies = [...this.jar].flatMap(([key, value]) => (key.startsWith(origin) ? [value] : []));
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { Cookie: cookies.join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      this.jar.set(`${origin} ${pair.split('=')[0]}`, pair);
    }
    return response;
  }

  /** Signs in at the provider, from where ours sent it, until it is sent back; gives where to. */
  async throughProvider(from: Response, login: string): Promise<string> {
    let url = from.headers.get('location') ?? '';
    while (!url.startsWith(ours.url)) {
      const page = await this.ask(url);
      const next = page.headers.get('location');
      if (next !== null) {
        url = new URL(next, url).href;
        continue;
      }
      const prompt = /name="prompt" value="(\w+)"/.exec(await page.text())?.[1] ?? '';
      const answer = await this.ask(url, { prompt, login, password: 'any' });
      url = new URL(answer.headers.get('location') ?? '', url).href;
    }
    return url;
  }

  /** Who is signed in with us. */
  async person(): Promise<unknown> {
    const session = (await (await this.ask(`${ours.url}/api/v1/session`)).json()) as {
      person: { login: string } | null;
    };
    return session.person?.login;
  }
}

describe('sign-in with a provider', () => {
  test('[R18] lets in whoever was invited with the address that it has verified', async () => {
    await of.add('anna@example.org');
    const browser = new Browser();
    const begun = await browser.ask(`${ours.url}/auth/openid`);
    expect(begun.headers.get('set-cookie')).toMatch(
      /^chartproof-openid=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const asked = new URL(begun.headers.get('location') ?? '').searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect([asked.get('state'), asked.get('nonce')].every((one) => (one ?? '').length > 20)).toBe(true);
    const back = await browser.ask(await browser.throughProvider(begun, 'anna'));
    expect(back.status).toBe(200);
    expect(back.headers.getSetCookie().at(-1)).toMatch(/^chartproof=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const page = await back.text();
    expect(page).toContain('<meta http-equiv="refresh" content="0; url=/">');
    expect(page).not.toContain('<script');
    expect(back.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await browser.person()).toBe('anna@example.org');
    expect(told(of.accounts).slice(-2)).toEqual([
      'anna@example.org session.openid-linked',
      'anna@example.org session.begin',
    ]);
  });

  test('[R7][R18] the session that the browser had ends, though its cookie does not come back from the provider', async () => {
    await of.add('anna@example.org');
    const browser = new Browser();
    const session = `${ours.url} chartproof`;
    await browser.ask(await browser.throughProvider(await browser.ask(`${ours.url}/auth/openid`), 'anna'));
    const former = browser.jar.get(session) ?? '';
    const begun = await browser.ask(`${ours.url}/auth/openid`);
    browser.jar.delete(session);
    await browser.ask(await browser.throughProvider(begun, 'anna'));
    expect(await browser.person()).toBe('anna@example.org');
    browser.jar.set(session, former);
    expect(await browser.person()).toBeUndefined();
  });

  test.each(['eve', 'unverified-anna'])('[R18] keeps out %s', async (login) => {
    await of.add('unverified-anna@example.org');
    const browser = new Browser();
    const url = await browser.throughProvider(await browser.ask(`${ours.url}/auth/openid`), login);
    const back = await browser.ask(url);
    expect(back.status).toBe(403);
    expect(await back.text()).toContain('Nobody here has this account.');
    expect(await browser.person()).toBeUndefined();
  });

  test('[R18] another browser cannot use what one was sent back with, and nobody can twice', async () => {
    await of.add('anna@example.org');
    const [anna, eve] = [new Browser(), new Browser()];
    const url = await anna.throughProvider(await anna.ask(`${ours.url}/auth/openid`), 'anna');
    expect((await new Browser().ask(url)).status).toBe(422);
    await eve.ask(`${ours.url}/auth/openid`);
    expect((await eve.ask(url)).status).toBe(403);
    expect(await eve.person()).toBeUndefined();
    expect((await anna.ask(url)).status).toBe(200);
    expect((await anna.ask(url)).status).toBe(422);
  });

  test.each(['state', 'nonce', 'verifier'])('[R18] another %s than was asked with is refused', async (part) => {
    await of.add('anna@example.org');
    const browser = new Browser();
    const url = await browser.throughProvider(await browser.ask(`${ours.url}/auth/openid`), 'anna');
    const key = [...browser.jar.keys()].find((name) => name.endsWith(' chartproof-openid')) ?? '';
    const value = (browser.jar.get(key) ?? '').split('=')[1] ?? '';
    const asked = JSON.parse(Buffer.from(value, 'base64url').toString()) as Record<string, string>;
    const other = JSON.stringify({ ...asked, [part]: 'x'.repeat(43) });
    browser.jar.set(key, `chartproof-openid=${Buffer.from(other).toString('base64url')}`);
    const back = await browser.ask(url);
    expect(back.status).toBe(403);
    expect(await back.text()).toContain('The provider did not let you in.');
    expect(await browser.person()).toBeUndefined();
  });

  test('[R18] the sign-in page is told of it, and a provider that is not there is said to be so', async () => {
    const session = (await (await fetch(`${ours.url}/api/v1/session`)).json()) as { signIn: unknown };
    expect(session.signIn).toEqual({ local: true, openId: { label: 'University' }, needsSetUp: false });
    const nowhere = await serving(of.workspace, {
      openId: { issuer: 'http://127.0.0.1:9', clientId: 'x', label: 'Nowhere' },
    });
    const answer = await fetch(`${nowhere.url}/auth/openid`, { redirect: 'manual' });
    await nowhere.close();
    expect(answer.status).toBe(503);
    const insecure = { issuer: 'http://id.example.org', clientId: 'x', label: 'Insecure' };
    await expect(serving(of.workspace, { openId: insecure })).rejects.toThrow(
      expect.objectContaining({ code: 'server.openid-issuer' }),
    );
  });
});
