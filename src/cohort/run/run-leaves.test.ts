import { describe, expect, test } from 'vitest';
import { silent } from '../../base/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import { goutProtocol, type TestPerson } from '../hospital.test-support.ts';
import { type AskedStudy, by, withAskedStudy } from './asked-study.test-support.ts';
import { candidates } from './candidates.ts';
import { type CohortRun, currentRun, storedSnapshot } from './cohort-run.ts';
import { identify } from './identify.ts';
import { withLeaves } from './run-leaves.ts';

const gouty = (id: string, more: Partial<TestPerson> = {}): TestPerson => ({
  id,
  conditions: [{ code: '274.0', date: '2013-01-01' }],
  ...more,
});

const protocol = goutProtocol({
  arms: [
    { id: 'coded', label: 'Codes', criterion: { condition: 'gout', during: 'period' } },
    { id: 'written', label: 'Notes', criterion: { note: 'affirmed(@gout)' } },
  ],
});

/** The study identified once; its subjects by the names of the persons. */
async function withRun(
  persons: readonly TestPerson[],
  work: (study: AskedStudy, subjects: Readonly<Record<string, string>>) => Promise<void>,
  asked: Protocol = protocol,
): Promise<void> {
  await withAskedStudy(
    persons,
    async (study) => {
      using gate = await study.gate();
      await identify(study.database, study.study, gate, { ...by, progress: silent });
      const named = candidates(study.database).map(({ person, subject }) => [person.replace('Patient/', ''), subject]);
      await work(study, Object.fromEntries(named));
    },
    asked,
  );
}

/** The run that stands, behind a gate opened now on its snapshot, with its leaves. */
async function leavesNow({ gate, study, database }: AskedStudy): Promise<CohortRun> {
  using open = await gate(storedSnapshot(database));
  return await withLeaves({ database, study, gate: open }, currentRun(database, open));
}

const told = ({ leaves = [] }: CohortRun) => leaves.map(({ label, found, only }) => [label, found, only]);

const both = [gouty('stays'), gouty('goes', { notes: [{ text: 'Gout.', date: '2013-01-01' }] })];
const refusal: TestPerson = { id: 'goes', consents: [{ decision: 'deny', date: '2014' }] };

describe('the leaves of a run', () => {
  test('[R153] are counted when they are first asked for, and kept with it', () =>
    withRun(both, async (study, { stays = '', goes = '' }) => {
      using gate = await study.gate();
      const before = currentRun(study.database, gate);
      expect(before.leaves).toBeUndefined();
      const counted = await leavesNow(study);
      expect(told(counted)).toEqual([
        ['ICD9CM 274', [stays, goes].sort(), [stays]],
        ['ICD10CM M10.0', [], []],
        ['affirmed(@gout)', [goes], []],
      ]);
      expect(counted.leaves?.[0]?.codes).toEqual([{ code: 'ICD9CM 274.0', found: [stays, goes].sort() }]);
      const kept = currentRun(study.database, gate);
      expect(kept).toEqual(counted);
      expect({ ...kept, leaves: undefined }).toEqual({ ...before, leaves: undefined });
      // A gate that cannot be asked: they are not counted again.
      const closed = await study.gate();
      closed.close();
      const { database } = study;
      expect(await withLeaves({ database, study: study.study, gate: closed }, kept)).toEqual(counted);
    }));

  test('[R138] are without those who refused since', () =>
    withRun(both, async (study, { stays = '', goes = '' }) => {
      await leavesNow(study);
      await study.place.add([refusal]);
      const since = await leavesNow(study);
      expect(told(since)).toEqual([
        ['ICD9CM 274', [stays], [stays]],
        ['ICD10CM M10.0', [], []],
        ['affirmed(@gout)', [], []],
      ]);
      expect(JSON.stringify(since)).not.toContain(goes);
    }));

  test('[R153] who had refused when they were counted, and is authorized again, is counted', () =>
    withRun(both, async (study, { stays = '', goes = '' }) => {
      await study.place.add([refusal]);
      const without = await leavesNow(study);
      expect(told(without)[2]).toEqual(['affirmed(@gout)', [], []]);
      expect(JSON.stringify(without)).not.toContain(goes);
      await study.place.add([{ id: 'goes', consents: [{ decision: 'permit', date: '2014-06-01' }] }]);
      expect(told(await leavesNow(study)).slice(0, 1)).toEqual([['ICD9CM 274', [stays, goes].sort(), [stays]]]);
    }));

  test('[R153] a note is searched with the shared term sets of the run, whatever became of them', () =>
    withRun(
      [
        { id: 'toe', notes: [{ text: 'Toe.', date: '2013-01-01' }] },
        { id: 'knee', notes: [{ text: 'Knee.', date: '2013-01-01' }] },
      ],
      async (study, { toe = '' }) => {
        study.share('joint', JSON.stringify({ terms: [{ text: 'knee' }] }));
        expect(told(await leavesNow(study))).toEqual([['affirmed(@joint)', [toe], [toe]]]);
      },
      goutProtocol({ arms: [{ id: 'written', label: 'Notes', criterion: { note: 'affirmed(@joint)' } }] }),
    ));

  test('a gate of another snapshot, or protocol, is not asked', () =>
    withRun(both, async (study) => {
      const { database } = study;
      using before = await study.gate();
      const run = currentRun(database, before);
      await study.place.add([gouty('new')]);
      using after = await study.gate();
      await expect(withLeaves({ database, study: study.study, gate: after }, run)).rejects.toThrow('another run');
      const other = { ...study.study, sha256: 'other' };
      await expect(withLeaves({ database, study: other, gate: before }, run)).rejects.toThrow('another run');
    }));
});
