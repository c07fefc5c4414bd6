/** The people of the demo: one for each role, with passwords made for this demo alone. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  invite,
  listPeople,
  makePersonLink,
  makeSetUpLink,
  openAccounts,
  type Role,
  redeemLink,
} from '../server/index.ts';
import { openStudyDatabase, type Workspace } from '../workspace/index.ts';
import { now } from './options.ts';

const demoAccounts = z.array(z.object({ login: z.string(), role: z.string(), password: z.string() }));
export type DemoAccount = z.infer<typeof demoAccounts>[number];

/**
 * The accounts of a demo, as `demo-accounts.json` of its workspace has them; made where nobody has an account yet. Empty
 * where the workspace has accounts of its own. Who entered the recorded reviews has the login that stands there, so that
 * their charts are theirs.
 */
export async function demoPeople(workspace: Workspace, study: string): Promise<readonly DemoAccount[]> {
  const file = join(workspace.dir, 'demo-accounts.json');
  const accounts = openAccounts(workspace);
  try {
    const setUp = makeSetUpLink(accounts, now());
    if (!setUp && !existsSync(file)) return [];
    const people = [
      { login: 'administrator', role: { role: 'administrator' } },
      { login: 'steward', role: { role: 'steward' } },
      ...studyPeople(workspace, study),
    ] as const satisfies readonly { login: string; role: Role }[];
    const made = existsSync(file)
      ? demoAccounts.parse(JSON.parse(readFileSync(file, 'utf8')))
      : people.map(({ login, role }) => ({ login, role: role.role, password: newPassword() }));
    // First, so that no account is there whose password nobody knows.
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
    // One that was stopped goes on with those who have not come in.
    const known = new Map(listPeople(accounts).map((person) => [person.login, person]));
    for (const [at, { login, role }] of people.entries()) {
      const person = known.get(login);
      if (person && !person.isInvited) continue;
      const by = { actor: 'administrator', at: now() };
      const name = nameOf(login);
      const link =
        (at === 0 ? setUp : undefined) ??
        (person ? makePersonLink(accounts, person.id, by) : invite(accounts, { login, name, roles: [role] }, by).link);
      const password = made.find((one) => one.login === login)?.password ?? '';
      const choice = { token: link.path.split('#')[1] ?? '', login, name, password };
      await redeemLink(accounts, choice, { address: 'demo', at: now() });
    }
    return made;
  } finally {
    accounts.close();
  }
}

function studyPeople(workspace: Workspace, study: string): { login: string; role: Role }[] {
  const database = openStudyDatabase(workspace, study);
  try {
    const { db } = database;
    const entered = database.all(
      db.selectFrom('revision').select(['reviewer', 'role']).distinct().orderBy('role').orderBy('reviewer'),
    );
    const reviewers = entered.map(({ reviewer, role }) => ({
      login: reviewer,
      role: { study, role: role === 'abstraction' ? ('abstractor' as const) : ('adjudicator' as const) },
    }));
    const others = (['owner', 'analyst', 'monitor'] as const).map((role) => ({ login: role, role: { study, role } }));
    return [...others, ...reviewers];
  } finally {
    database.close();
  }
}

function nameOf(login: string): string {
  return login.charAt(0).toUpperCase() + login.slice(1).replaceAll('-', ' ');
}

/** 96 bits. */
function newPassword(): string {
  return randomBytes(12).toString('base64url');
}
