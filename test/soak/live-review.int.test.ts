import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { registerProtocol } from '../../src/protocol/index.ts';
import { screening } from '../../src/review/entries.test-support.ts';
import { claimChart, withStudy } from '../../src/review/index.ts';
import { psoriasisProtocol } from '../../src/review/psoriasis-protocol.test-support.ts';
import { type PsoriasisStudy, psoriasisStudy } from '../../src/review/psoriasis-study.test-support.ts';
import { invite, makeSetUpLink, openAccounts, redeemLink } from '../../src/server/index.ts';
import { openStudyDatabase, verifyAudit } from '../../src/workspace/index.ts';
import { readAlong, type Soak, type SoakPerson } from './soak-reader.ts';

/** `npm run test:slow` has it at full size. */
const {
  people: PEOPLE,
  changes: CHANGES,
  kills: KILLS,
} = process.env.CHARTPROOF_SLOW ? { people: 50, changes: 20_000, kills: 5 } : { people: 8, changes: 400, kills: 1 };
/** Not a measure of speed: at full size it may share its machine with others. */
const AT_MOST_MS = 3_600_000;
const STUDY = 'psoriasis-methotrexate';
const names = Array.from({ length: PEOPLE }, (_, at) => `reader${at + 1}`);

test(
  `${PEOPLE} abstractors save ${CHANGES} changes while the server is killed: none lost, none doubled`,
  async () => {
    using study = await psoriasisStudy();
    await studyForAll(study);
    const persons = await peopleOf(study);
    const webRoot = join(study.workspace.dir, 'web');
    mkdirSync(webRoot);
    writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Chartproof</title>');
    let server = await served(study.workspace.dir, webRoot);
    let killed = 0;
    let restarting: Promise<void> = Promise.resolve();
    const soak: Soak = {
      url: server.url,
      path: `/api/v1/studies/${STUDY}/review/charts/${study.subject('Patient/1')}/draft`,
      acknowledged: [],
      conflicts: 0,
      repeated: 0,
      onAcknowledged() {
        if (soak.acknowledged.length < (CHANGES * (killed + 1)) / (KILLS + 1) || killed === KILLS) return;
        killed += 1;
        restarting = restart();
      },
    };
    async function restart(): Promise<void> {
      const ended = once(server.process, 'exit');
      server.process.kill('SIGKILL');
      const acknowledged = [...soak.acknowledged];
      await ended;
      expect(acknowledged.filter(({ changeId }) => !storedChanges(study).has(changeId))).toEqual([]);
      server = await served(study.workspace.dir, webRoot);
      soak.url = server.url;
    }
    try {
      await Promise.all(persons.map((person) => readAlong(soak, person, CHANGES / PEOPLE)));
      await restarting;
    } finally {
      server.process.kill('SIGKILL');
    }
    expect(killed).toBe(KILLS);
    expect(soak.acknowledged).toHaveLength(CHANGES);
    expect(soak.conflicts).toBeGreaterThan(0);
    expect(soak.repeated).toBeGreaterThan(0);
    expectAllStored(study, soak);
  },
  AT_MOST_MS,
);

/** The tests' study, in which everybody here is to abstract Patient/1. */
async function studyForAll(study: PsoriasisStudy): Promise<void> {
  const file = join(study.workspace.dir, 'for-all.yaml');
  writeFileSync(
    file,
    psoriasisProtocol.replace('version: "1"', 'version: "2"').replace('abstractors: 2', `abstractors: ${PEOPLE}`),
  );
  const at = '2024-02-01T00:00:00Z';
  registerProtocol(study.workspace, file, { actor: 'owner', at });
  await study.load(...names.map((reviewer) => screening({ reviewer })));
  await withStudy(study.workspace, STUDY, 'of-cohort', ({ review }) => {
    for (const name of names) claimChart(review, 'abstraction', study.subject('Patient/1'), name, at);
  });
}

/** An account and a session for everybody. */
async function peopleOf({ workspace }: PsoriasisStudy): Promise<SoakPerson[]> {
  const accounts = openAccounts(workspace);
  const at = new Date().toISOString();
  const caller = { address: '127.0.0.1', at };
  const tokenOf = (link: { readonly path: string } | undefined): string => link?.path.split('#')[1] ?? '';
  const password = 'correct horse battery';
  const root = { token: tokenOf(makeSetUpLink(accounts, at)), login: 'root', name: 'Root', password };
  await redeemLink(accounts, root, caller);
  const persons: SoakPerson[] = [];
  for (const login of names) {
    const roles = [{ role: 'abstractor' as const, study: STUDY }];
    const { link } = invite(accounts, { login, name: login, roles }, { actor: 'root', at });
    const token = await redeemLink(accounts, { token: tokenOf(link), login, name: login, password }, caller);
    persons.push({ login, cookie: `chartproof=${token}`, csrf: accounts.signedIn(token, at)?.csrf ?? '' });
  }
  accounts.close();
  return persons;
}

async function served(dir: string, webRoot: string): Promise<{ readonly url: string; readonly process: ChildProcess }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'served-workspace.ts'), dir, webRoot], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const [told] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: told.toString().trim(), process: child };
}

function storedChanges({ workspace }: PsoriasisStudy): Map<string, number> {
  const database = openStudyDatabase(workspace, STUDY);
  const rows = database.all(database.db.selectFrom('draft').select(['id', 'change_id']));
  database.close();
  return new Map(rows.map((row) => [row.change_id, row.id]));
}

/**
 * What is stored is what was acknowledged, each once; each change of a field follows the one that its tab had seen, so that
 * none overwrote another unseen; and the trail has a row for each.
 */
function expectAllStored(study: PsoriasisStudy, { acknowledged }: Soak): void {
  const { database } = study.review;
  const drafts = database.all(database.db.selectFrom('draft').selectAll().orderBy('id'));
  expect(drafts.map((one) => one.change_id).sort()).toEqual(acknowledged.map((one) => one.changeId).sort());
  const byChange = new Map(acknowledged.map((one) => [one.changeId, one]));
  const newest = new Map<string, string>();
  for (const { id, change_id, reviewer, field, answer } of drafts) {
    const told = byChange.get(change_id);
    expect(told).toMatchObject({ reader: reviewer, field, revision: String(id) });
    expect(told?.seen).toBe(newest.get(`${reviewer} ${field}`) ?? '0');
    expect(answer).toContain(told?.comment);
    newest.set(`${reviewer} ${field}`, String(id));
  }
  const told = database.db.selectFrom('audit').select('detail').where('action', '=', 'review.draft').orderBy('seq');
  const inTrail = database.all(told).map(({ detail }) => (JSON.parse(detail) as { draft: number }).draft);
  expect(inTrail).toEqual(drafts.map(({ id }) => id));
  expect(verifyAudit(database).ok).toBe(true);
}
