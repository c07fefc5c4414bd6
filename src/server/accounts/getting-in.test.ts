import { statSync } from 'node:fs';
import { parseOptions } from '@node-rs/argon2';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../workspace/index.ts';
import { PASSWORD, type TestAccounts, testAccounts, tokenOf, told } from './accounts.test-support.ts';
import { makePersonLink, makeSetUpLink } from './links.ts';
import { passwordHashOf } from './passwords.ts';
import { disablePerson, findPerson, invite } from './people.ts';
import { changePassword, redeemLink, signIn, signInByOpenId } from './signing-in.ts';

let of: TestAccounts;
beforeEach(() => {
  of = testAccounts();
});
afterEach(() => of[Symbol.dispose]());

const code = (name: string) => expect.objectContaining({ code: name });
const choice = (token: string, login: string) => ({ token, login, name: 'Somebody', password: PASSWORD });

describe('the first account', () => {
  test('[R1] is made with a link that works once; the link of an earlier start ends', async () => {
    const first = tokenOf(makeSetUpLink(of.accounts, of.at()));
    const second = tokenOf(makeSetUpLink(of.accounts, of.at(1)));
    await expect(redeemLink(of.accounts, choice(first, 'eve'), of.caller(2))).rejects.toThrow(
      code('accounts.link-over'),
    );
    const session = await redeemLink(of.accounts, choice(second, 'root'), of.caller(3));
    expect(of.accounts.signedIn(session, of.at(3))?.roles.workspace).toEqual(['administrator', 'steward']);
    await expect(redeemLink(of.accounts, choice(second, 'eve'), of.caller(4))).rejects.toThrow(
      code('accounts.link-over'),
    );
    expect(makeSetUpLink(of.accounts, of.at(5))).toBeUndefined();
  });

  test('[R1] of two who use the link at once one gets it', async () => {
    const token = tokenOf(makeSetUpLink(of.accounts, of.at()));
    const both = ['anna', 'ben'].map((login) => redeemLink(of.accounts, choice(token, login), of.caller()));
    const statuses = (await Promise.allSettled(both)).map(({ status }) => status);
    expect(statuses.sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('[R1] the link runs out', async () => {
    const token = tokenOf(makeSetUpLink(of.accounts, of.at()));
    await expect(redeemLink(of.accounts, choice(token, 'root'), of.caller(24 * 60))).rejects.toThrow(
      code('accounts.link-over'),
    );
  });
});

describe('passwords', () => {
  test('[R2] are kept as argon2id with the parameters of OWASP, those before too', async () => {
    await of.setUp();
    const { id } = findPerson(of.accounts, { login: 'root' });
    const first = passwordHashOf(of.accounts.database, id) ?? '';
    expect(first).toMatch(/^\$argon2id\$v=19\$/);
    expect(parseOptions(first)).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1, saltLen: 16 });
    const change = { current: PASSWORD, password: 'another long one' };
    await changePassword(of.accounts, { id, login: 'root' }, change, of.caller(1));
    expect(passwordHashOf(of.accounts.database, id)).not.toBe(first);
    expect(() => of.accounts.database.sql.exec('DELETE FROM credential')).toThrow(/append-only/);
    await expect(signIn(of.accounts, { login: 'root', password: PASSWORD }, of.caller(2))).rejects.toThrow();
    await signIn(of.accounts, { login: 'root', password: 'another long one' }, of.caller(2));
  });

  test('[R2] a wrong password, an unknown login, one without a password and a disabled one are told alike', async () => {
    await of.setUp();
    disablePerson(of.accounts, await of.add('dora'), { actor: 'root', at: of.at() });
    const errors = [];
    for (const [login, password] of [
      ['root', 'wrong'],
      ['nobody', 'wrong'],
      ['dora', PASSWORD],
    ] as const)
      errors.push(await signIn(of.accounts, { login, password }, of.caller(1)).catch((error: unknown) => error));
    expect(new Set(errors.map((error) => JSON.stringify([error, String(error)])))).toHaveLength(1);
    expect(errors[0]).toEqual(code('server.wrong-password'));
  });

  test('[R3] neither the file nor the trail has a token, a password or what was typed as login', async () => {
    const session = await of.setUp();
    await signIn(of.accounts, { login: 'my-secret-typed-here', password: 'x' }, of.caller(1)).catch(() => {});
    const link = tokenOf(makePersonLink(of.accounts, findPerson(of.accounts, { login: 'root' }).id, change('root')));
    const { sql } = of.accounts.database;
    const tables = sql.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    const all = JSON.stringify(tables.map((table) => sql.prepare(`SELECT * FROM ${table}`).all()));
    expect(all).toContain('root');
    for (const secret of [session, link, PASSWORD, 'my-secret-typed-here']) expect(all).not.toContain(secret);
    expect(statSync(of.workspace.paths.accounts).mode & 0o777).toBe(0o600);
  });
});

const change = (actor: string) => ({ actor, at: of.at() });
const fail = (login: string, seconds: number, address = '10.0.0.1') =>
  signIn(of.accounts, { login, password: 'wrong' }, of.caller(seconds / 60, { address })).then(
    () => 'in',
    (error: { code: string; retryAfter?: number }) => error.retryAfter ?? error.code,
  );

describe('guessing', () => {
  const WRONG = 'server.wrong-password';

  test('[R5] after five failures in a row a login waits, twice as long each time, also after a restart', async () => {
    await of.setUp();
    for (let i = 0; i < 5; i++) expect(await fail('root', i)).toBe(WRONG);
    expect(await fail('root', 5, '10.0.0.2')).toBe(29);
    of.reopen();
    expect(await fail('root', 10, '10.0.0.3')).toBe(24);
    expect(await fail('root', 34)).toBe(WRONG);
    expect(await fail('root', 35)).toBe(59);
    await expect(signIn(of.accounts, { login: 'root', password: PASSWORD }, of.caller(1))).rejects.toThrow(
      code('server.too-many-attempts'),
    );
    await signIn(of.accounts, { login: 'root', password: PASSWORD }, of.caller(2));
    for (let i = 0; i < 5; i++) expect(await fail('root', 200 + i)).toBe(WRONG);
    expect(told(of.accounts).filter((row) => row === 'root session.lock-out')).toHaveLength(3);
  });

  test('[R5] the wait is a quarter of an hour at most, and one for a login that nobody has', async () => {
    let seconds = 0;
    const waits: number[] = [];
    for (let i = 0; i < 14; i++) {
      expect(await fail('nobody', seconds)).toBe(WRONG);
      const wait = await fail('nobody', seconds);
      if (typeof wait === 'number') waits.push(wait);
      seconds += typeof wait === 'number' ? wait : 0;
    }
    expect(waits.slice(0, 8)).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
  });

  test('[R5] attempts at the same time all count', async () => {
    await of.setUp();
    const told = await Promise.all(Array.from({ length: 20 }, () => fail('root', 0)));
    expect(told.filter((one) => one === WRONG)).toHaveLength(5);
  });

  test('[R5] a reset link opens a login', async () => {
    await of.setUp();
    await of.add('anna');
    for (let i = 0; i < 5; i++) await fail('anna', 0);
    expect(await fail('anna', 1)).toBe(29);
    makePersonLink(of.accounts, findPerson(of.accounts, { login: 'anna' }).id, change('root'));
    await signIn(of.accounts, { login: 'anna', password: PASSWORD }, of.caller(0.02));
  });

  test.each([
    ['10.0.0.9', '10.0.0.9', '10.0.0.8'],
    ['2001:db8::1', '2001:db8:0:0:ffff::2', '2001:db8:0:1::1'],
    ['::ffff:10.0.0.9', '10.0.0.9', '::1'],
  ])('[R4] an address (%s) has thirty failures in a quarter of an hour', async (address, same, other) => {
    for (let i = 0; i < 30; i++) expect(await fail(`nobody-${i}`, i, address)).toBe(WRONG);
    expect(await fail('one-more', 30, same)).toBe(870);
    expect(await fail('one-more', 30, other)).toBe(WRONG);
    expect(await fail('one-more', 900, same)).toBe(WRONG);
  });

  test('[R4] links are guessed no faster', async () => {
    const tries = Array.from({ length: 31 }, (_, i) => redeemLink(of.accounts, choice(`t${i}`, 'eve'), of.caller()));
    const codes = (await Promise.allSettled(tries)).map((one) => one.status === 'rejected' && one.reason.code);
    expect(codes.slice(0, 30).every((one) => one === 'accounts.link-over')).toBe(true);
    expect(codes[30]).toBe('server.too-many-attempts');
  });
});

describe('links', () => {
  test('[R9] a link is for one login, works once and runs out: a reset after a day, an invitation after a week', async () => {
    await of.setUp();
    const { link } = invite(of.accounts, { login: 'carl', name: 'Carl', roles: [] }, change('root'));
    expect(link.expiresAt).toBe(of.at(7 * 24 * 60));
    const id = await of.add('anna');
    expect(findPerson(of.accounts, { id })).toMatchObject({ login: 'anna', name: 'anna X', isInvited: false });
    const token = tokenOf(makePersonLink(of.accounts, id, change('root')));
    await expect(redeemLink(of.accounts, choice(token, 'ben'), of.caller())).rejects.toThrow(
      code('accounts.link-login'),
    );
    await expect(redeemLink(of.accounts, choice(token, 'anna'), of.caller(24 * 60))).rejects.toThrow(
      code('accounts.link-over'),
    );
    await redeemLink(of.accounts, choice(token, 'anna'), of.caller(1));
    await expect(redeemLink(of.accounts, choice(token, 'anna'), of.caller(2))).rejects.toThrow(
      code('accounts.link-over'),
    );
  });

  test('[R9] a new password by link ends the sessions before it', async () => {
    await of.setUp();
    const id = await of.add('anna');
    const before = await signIn(of.accounts, { login: 'anna', password: PASSWORD }, of.caller());
    const token = tokenOf(makePersonLink(of.accounts, id, change('root')));
    const after = await redeemLink(of.accounts, choice(token, 'anna'), of.caller(1));
    expect(of.accounts.signedIn(before, of.at(1))).toBeUndefined();
    expect(of.accounts.signedIn(after, of.at(1))?.person.login).toBe('anna');
  });
});

describe('an OpenID provider', () => {
  const identity = { issuer: 'https://id.example', subject: '1', verifiedEmail: 'Anna@example.org' };

  test('[R18] brings in who has the verified address as login, and from then on whom it names', async () => {
    await of.setUp();
    await of.add('anna@example.org');
    const first = signInByOpenId(of.accounts, identity, of.caller());
    expect(of.accounts.signedIn(first, of.at())?.person.login).toBe('anna@example.org');
    const later = signInByOpenId(of.accounts, { ...identity, verifiedEmail: undefined }, of.caller(1));
    expect(of.accounts.signedIn(later, of.at(1))?.person.login).toBe('anna@example.org');
  });

  test('[R18] brings in nobody else: no unverified address, no unknown one, no second account, nobody disabled', async () => {
    await of.setUp();
    const id = await of.add('anna@example.org');
    const enter = (more: Partial<Parameters<typeof signInByOpenId>[1]>) => () =>
      signInByOpenId(of.accounts, { ...identity, ...more }, of.caller());
    const unknown = code('server.openid-unknown');
    expect(enter({ verifiedEmail: undefined })).toThrow(unknown);
    expect(enter({ verifiedEmail: 'eve@example.org' })).toThrow(unknown);
    enter({})();
    expect(enter({ subject: '2' })).toThrow(unknown);
    await of.add('ben@example.org');
    expect(of.accounts.signedIn(enter({ verifiedEmail: 'ben@example.org' })(), of.at())?.person.id).toBe(id);
    disablePerson(of.accounts, id, change('root'));
    expect(enter({})).toThrow(unknown);
  });
});

test('[R19] the audit trail of the workspace tells who came in, who failed and what was given', async () => {
  await of.setUp();
  await of.add('anna', { study: 'gout-2024', role: 'abstractor' });
  await signIn(of.accounts, { login: 'anna', password: 'wrong' }, of.caller(1)).catch(() => {});
  await signIn(of.accounts, { login: 'nobody', password: 'wrong' }, of.caller(1)).catch(() => {});
  expect(told(of.accounts)).toEqual([
    'server people.set-up-link',
    'root people.add root',
    'root people.grant root',
    'root people.grant root',
    'root session.link-used',
    'root session.begin',
    'root people.add anna',
    'root people.grant anna',
    'root people.link anna',
    'anna session.link-used',
    'anna session.begin',
    'anna session.refused',
    'unknown session.refused',
  ]);
  expect(verifyAudit(of.accounts.database)).toMatchObject({ ok: true, rows: 13 });
  expect(() => of.accounts.database.sql.exec("UPDATE audit SET actor = 'x'")).toThrow(/append-only/);
});
