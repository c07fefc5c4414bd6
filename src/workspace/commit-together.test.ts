import { expect, test } from 'vitest';
import { appendAudit, verifyAudit } from './audit-trail.ts';
import { commitTogether } from './commit-together.ts';
import { openStudyDatabaseAt, type StudyDatabase } from './study-database.ts';

const event = (actor: string) => ({ at: '2024-01-01T00:00:00Z', actor, action: 'note.view' });
const actors = ({ all, db }: StudyDatabase) => all(db.selectFrom('audit').select('actor').orderBy('seq'));

test('writes that come at once are one transaction, in their order, each with its own answer', async () => {
  const study = openStudyDatabaseAt(':memory:');
  let commits = 0;
  const counting = {
    transaction: <Result>(work: () => Result): Result => {
      if (!study.sql.inTransaction) commits += 1;
      return study.transaction(work);
    },
  };
  const write = (actor: string) =>
    commitTogether(counting, () => {
      appendAudit(study, event(actor));
      return actor;
    });
  expect(await Promise.all(['anna', 'ben', 'carl'].map(write))).toEqual(['anna', 'ben', 'carl']);
  expect(commits).toBe(1);
  await write('dora');
  expect(commits).toBe(2);
  expect(actors(study).map(({ actor }) => actor)).toEqual(['anna', 'ben', 'carl', 'dora']);
  expect(verifyAudit(study)).toEqual({ ok: true, rows: 4 });
  study.close();
});

test('one that fails leaves nothing, and harms no other', async () => {
  const study = openStudyDatabaseAt(':memory:');
  const fails = commitTogether(study, () => {
    appendAudit(study, event('ben'));
    throw new Error('no');
  });
  const stays = commitTogether(study, () => appendAudit(study, event('anna')));
  await expect(fails).rejects.toThrow('no');
  await stays;
  expect(actors(study)).toEqual([{ actor: 'anna' }]);
  expect(verifyAudit(study).ok).toBe(true);
  study.close();
});

test('where the transaction cannot be committed, nothing is said to be written', async () => {
  const study = openStudyDatabaseAt(':memory:');
  const full = {
    transaction: <Result>(work: () => Result): Result => {
      const isWhole = !study.sql.inTransaction;
      return study.transaction(() => {
        const result = work();
        if (isWhole) throw new Error('disk full');
        return result;
      });
    },
  };
  const both = ['anna', 'ben'].map((actor) => commitTogether(full, () => appendAudit(study, event(actor))));
  const told = await Promise.allSettled(both);
  expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(actors(study)).toEqual([]);
  study.close();
});
