import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestAccounts, testAccounts, told } from './accounts.test-support.ts';
import { makePersonLink } from './links.ts';
import { disablePerson, findPerson, invite, listPeople } from './people.ts';
import { grantRole, revokeRole } from './roles.ts';

let of: TestAccounts;
let root: string;
beforeEach(async () => {
  of = testAccounts();
  await of.setUp();
  root = findPerson(of.accounts, { login: 'root' }).id;
});
afterEach(() => of[Symbol.dispose]());

const code = (name: string) => expect.objectContaining({ code: name });
const change = () => ({ actor: 'root', at: of.at() });
const administrator = { role: 'administrator' } as const;

describe('people', () => {
  test('[R16] the last administrator stays: neither taken nor disabled, nor for one who never came in', async () => {
    const last = code('accounts.last-administrator');
    expect(() => revokeRole(of.accounts, root, administrator, change())).toThrow(last);
    expect(() => disablePerson(of.accounts, root, change())).toThrow(last);
    invite(of.accounts, { login: 'carl', name: 'Carl', roles: [administrator] }, change());
    expect(() => disablePerson(of.accounts, root, change())).toThrow(last);
    const anna = await of.add('anna', administrator);
    disablePerson(of.accounts, anna, change());
    expect(() => revokeRole(of.accounts, root, administrator, change())).toThrow(last);
    const ben = await of.add('ben', administrator);
    disablePerson(of.accounts, root, change());
    expect(() => disablePerson(of.accounts, ben, change())).toThrow(last);
  });

  test('[R17] an invitation makes the account, without a password, with its roles; a login is one person’s', () => {
    const carl = { login: 'carl', name: 'Carl', roles: [{ study: 'gout-2024', role: 'analyst' }] as const };
    const { id, link } = invite(of.accounts, carl, change());
    expect(link.path).toMatch(/^\/link#[\w-]{43}$/);
    expect(findPerson(of.accounts, { id })).toEqual({
      id,
      login: 'carl',
      name: 'Carl',
      status: 'active',
      isInvited: true,
      roles: { workspace: [], studies: new Map([['gout-2024', ['analyst']]]) },
      lastSeenAt: null,
    });
    const before = told(of.accounts).length;
    expect(() => invite(of.accounts, carl, change())).toThrow(code('accounts.login-taken'));
    expect(told(of.accounts)).toHaveLength(before);
  });

  test('[R17] the list has everybody, part by part', async () => {
    for (const login of ['dora', 'anna', 'carl']) await of.add(login);
    expect(listPeople(of.accounts).map(({ login }) => login)).toEqual(['anna', 'carl', 'dora', 'root']);
    expect(listPeople(of.accounts, 'anna', 2).map(({ login }) => login)).toEqual(['carl', 'dora']);
    expect(listPeople(of.accounts, 'dora')[0]?.lastSeenAt).toBe(of.at());
  });

  test('[R17] what names nobody says so, and a disabled account gets no link', async () => {
    const missing = code('accounts.no-person');
    expect(() => findPerson(of.accounts, { login: 'nobody' })).toThrow(missing);
    expect(() => grantRole(of.accounts, 'x', administrator, change())).toThrow(missing);
    expect(() => disablePerson(of.accounts, 'x', change())).toThrow(missing);
    const anna = await of.add('anna');
    disablePerson(of.accounts, anna, change());
    expect(() => makePersonLink(of.accounts, anna, change())).toThrow(code('accounts.disabled'));
  });

  test('[R15] what is given twice is given once, and every change is kept', () => {
    expect(grantRole(of.accounts, root, { study: 's', role: 'owner' }, change())).toBe(true);
    expect(grantRole(of.accounts, root, { study: 's', role: 'owner' }, change())).toBe(false);
    expect(revokeRole(of.accounts, root, { study: 's', role: 'owner' }, change())).toBe(true);
    expect(revokeRole(of.accounts, root, { study: 's', role: 'owner' }, change())).toBe(false);
    const { sql } = of.accounts.database;
    expect(sql.prepare("SELECT change FROM role_change WHERE study = 's' ORDER BY id").pluck().all()).toEqual([
      'granted',
      'revoked',
    ]);
    expect(() => sql.exec('DELETE FROM role_change')).toThrow(/append-only/);
  });
});
