import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PASSWORD, type TestAccounts, testAccounts, told } from './accounts.test-support.ts';
import { disablePerson, enablePerson, findPerson } from './people.ts';
import { grantRole, revokeRole } from './roles.ts';
import { endSession } from './sessions.ts';
import { changePassword, signIn } from './signing-in.ts';

let of: TestAccounts;
let token: string;
beforeEach(async () => {
  of = testAccounts();
  token = await of.setUp();
});
afterEach(() => of[Symbol.dispose]());

const isIn = (session: string, minutes: number): boolean => of.accounts.signedIn(session, of.at(minutes)) !== undefined;
const credentials = { login: 'root', password: PASSWORD };

describe('a session', () => {
  test('[R6] ends after half an hour without a call, and stays ended', () => {
    expect(isIn(token, 29)).toBe(true);
    expect(isIn(token, 58)).toBe(true);
    expect(isIn(token, 88)).toBe(false);
    expect(isIn(token, 58)).toBe(false);
    expect(told(of.accounts).at(-1)).toBe('root session.end');
  });

  test('[R6] ends after twelve hours in any case', () => {
    for (let minutes = 20; minutes < 720; minutes += 20) expect(isIn(token, minutes)).toBe(true);
    expect(isIn(token, 720)).toBe(false);
  });

  test('[R6] both are settings, and it says when it ends', () => {
    of.reopen({ idleMinutes: 1, sessionHours: 1 });
    expect(of.accounts.signedIn(token, of.at(0.9))?.endsAt).toBe(of.at(60));
    expect(isIn(token, 2)).toBe(false);
  });

  test('[R6] outlives the server; nobody has one by inventing it', () => {
    of.reopen();
    expect(isIn(token, 1)).toBe(true);
    expect(isIn(`${token}x`, 1)).toBe(false);
    expect(isIn('', 1)).toBe(false);
  });

  test('[R7] whoever signs in gets a new one, with a new token against forgery, and loses the one before', async () => {
    const before = of.accounts.signedIn(token, of.at(1));
    const next = await signIn(of.accounts, credentials, of.caller(1, { token }));
    expect(next).toMatch(/^[\w-]{43}$/);
    expect(next).not.toBe(token);
    expect(of.accounts.signedIn(next, of.at(1))?.csrf).not.toBe(before?.csrf);
    expect(isIn(token, 1)).toBe(false);
  });

  test('[R7] a new password ends the others and not the one it was changed in; a wrong current one changes nothing', async () => {
    const other = await signIn(of.accounts, credentials, of.caller(1));
    const { id } = findPerson(of.accounts, { login: 'root' });
    const wrong = changePassword(
      of.accounts,
      { id, login: 'root' },
      { current: 'wrong', password: 'next password' },
      of.caller(1, { token }),
    );
    await expect(wrong).rejects.toThrow(expect.objectContaining({ code: 'server.wrong-password' }));
    expect(isIn(other, 1)).toBe(true);
    await changePassword(
      of.accounts,
      { id, login: 'root' },
      { current: PASSWORD, password: 'next password' },
      of.caller(2, { token }),
    );
    expect([isIn(token, 2), isIn(other, 2)]).toEqual([true, false]);
  });

  test('[R7] signing out ends it', () => {
    endSession(of.accounts, token, 'root', of.at(1), 'sign-out');
    expect(isIn(token, 1)).toBe(false);
  });

  test('[R8] whoever is disabled is out at once and cannot come in; enabled again they sign in anew', async () => {
    const id = await of.add('anna');
    const anna = { login: 'anna', password: PASSWORD };
    const session = await signIn(of.accounts, anna, of.caller(1));
    disablePerson(of.accounts, id, { actor: 'root', at: of.at(1) });
    expect(isIn(session, 1)).toBe(false);
    await expect(signIn(of.accounts, anna, of.caller(1))).rejects.toThrow();
    enablePerson(of.accounts, id, { actor: 'root', at: of.at(2) });
    expect(isIn(session, 2)).toBe(false);
    expect(isIn(await signIn(of.accounts, anna, of.caller(2)), 2)).toBe(true);
  });

  test('[R15] a role that is given or taken counts from the next call on', async () => {
    const id = await of.add('anna', { study: 'gout-2024', role: 'abstractor' });
    const session = await signIn(of.accounts, { login: 'anna', password: PASSWORD }, of.caller(1));
    const roles = () => of.accounts.signedIn(session, of.at(1))?.roles;
    expect(roles()).toEqual({ workspace: [], studies: new Map([['gout-2024', ['abstractor']]]) });
    const change = { actor: 'root', at: of.at(1) };
    revokeRole(of.accounts, id, { study: 'gout-2024', role: 'abstractor' }, change);
    grantRole(of.accounts, id, { study: 'other', role: 'owner' }, change);
    grantRole(of.accounts, id, { role: 'steward' }, change);
    expect(roles()).toEqual({ workspace: ['steward'], studies: new Map([['other', ['owner']]]) });
    grantRole(of.accounts, id, { study: 'gout-2024', role: 'abstractor' }, change);
    expect(roles()?.studies.get('gout-2024')).toEqual(['abstractor']);
  });
});
