import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type SnapshotId, silent } from '../../base/index.ts';
import { registerProtocol } from '../../protocol/index.ts';
import { openStudyDatabase } from '../../workspace/index.ts';
import { goutProtocol, hospital } from '../hospital.test-support.ts';
import { identify, searchOnce } from '../run/identify.ts';
import { runAs, runBefore } from '../run/run-as.ts';
import { type ComparedRun, compareRuns, type Standing } from './compare-runs.ts';
import { outcomes } from './outcomes.ts';

const gout = { condition: 'gout', atLeast: 1 };
const tapped = { id: 'tapped', label: 'Tapped', rule: { procedure: 'tap', atLeast: 1 } };
const arms = (...criteria: readonly object[]) =>
  criteria.map((criterion, at) => ({ id: `arm${at}`, label: `Arm ${at}`, criterion }));
const protocol = goutProtocol({ arms: arms(gout), exclusions: [tapped] });

function standing(id: string, exclusions: readonly string[], by: readonly string[] = ['arm0']): Standing {
  const [outcome] = outcomes(['tapped', 'minor'], [{ subject: id, exclusions }]);
  if (!outcome) throw new Error('one outcome');
  return { personId: id, name: id, arms: by, outcome };
}

function side(persons: readonly Standing[], more: Partial<ComparedRun> = {}): ComparedRun {
  return { protocol, run: { snapshot: 's1' as SnapshotId }, persons, isAuthorized: () => true, ...more };
}

describe('two runs', () => {
  test('[R152] tell who moves and where to', () => {
    const before = side([standing('A', []), standing('B', ['tapped']), standing('C', []), standing('D', [])]);
    const after = side([standing('A', ['tapped']), standing('B', []), standing('D', []), standing('E', [])]);
    const { moved, stayed } = compareRuns(before, after);
    expect(moved.map(({ name, from, to }) => [name, from, to])).toEqual([
      ['A', 'included', 'tapped'],
      ['B', 'tapped', 'included'],
      ['C', 'included', 'not-found'],
      ['E', 'not-found', 'included'],
    ]);
    expect(stayed).toBe(1);
    expect(compareRuns(before, before).moved).toEqual([]);
  });

  test.each<[string, Partial<ComparedRun>]>([
    [
      'protocol',
      {
        protocol: goutProtocol({ arms: arms(gout), exclusions: [{ ...tapped, rule: { ...tapped.rule, atLeast: 2 } }] }),
      },
    ],
    ['records', { run: { snapshot: 's2' as SnapshotId } }],
    ['term sets', { run: { snapshot: 's1' as SnapshotId, termSets: { joint: ['toe'] } } as never }],
    ['reviews', {}],
  ])('[R152] tell that the %s differ', (because, more) => {
    const { moved } = compareRuns(side([standing('A', [])]), side([standing('A', ['tapped'])], more));
    expect(moved[0]?.differences).toEqual([{ id: 'tapped', kind: 'exclusion', holds: true, because }]);
  });

  test('[R152] tell that nothing differs but the order of the exclusions', () => {
    const minor = { id: 'minor', label: 'Young', rule: { age: { max: 17 } } };
    const asked = (exclusions: readonly { readonly id: string }[]) => ({
      protocol: goutProtocol({ arms: arms(gout), exclusions }),
    });
    const both = (order: readonly string[]) => {
      const [outcome] = outcomes(order, [{ subject: 'A', exclusions: ['tapped', 'minor'] }]);
      return [{ ...standing('A', []), ...(outcome ? { outcome } : {}) }];
    };
    const before = side(both(['tapped', 'minor']), asked([tapped, minor]));
    const { moved } = compareRuns(before, side(both(['minor', 'tapped']), asked([minor, tapped])));
    expect(moved).toEqual([{ name: 'A', from: 'tapped', to: 'minor', differences: [], byOrder: true }]);
    // The same outcomes, and no other order that would explain them.
    const [same] = compareRuns(before, side(both(['minor', 'tapped']), asked([tapped, minor]))).moved;
    expect(same).not.toHaveProperty('byOrder');
  });

  test('[R152] an arm of the same words differs by the records, though the protocol has another', () => {
    const more = { protocol: goutProtocol({ arms: arms(gout, { drug: 'allopurinol', atLeast: 1 }) }) };
    const { moved } = compareRuns(
      side([standing('A', [])]),
      side([standing('A', [], ['arm1'])], { ...more, run: { snapshot: 's2' as SnapshotId } }),
    );
    expect(moved[0]?.differences.map(({ id, holds, because }) => [id, holds, because])).toEqual([
      ['arm0', false, 'records'],
      ['arm1', true, 'protocol'],
    ]);
  });

  test('[R152] count who is not authorized in both, and name nobody of them', () => {
    const but = (closed: string) => ({ isAuthorized: (id: string) => id !== closed });
    const before = side([standing('A', []), standing('B', [])], but('C'));
    const after = side([standing('A', []), standing('C', [])], but('B'));
    expect(compareRuns(before, after)).toEqual({ moved: [], stayed: 1, notAuthorized: { in: 1, out: 1 } });
  });

  test('[R152] a run that was never kept is asked without a trace', async () => {
    using place = await hospital([
      { id: '1', conditions: [{ code: '274.0', date: '2013' }] },
      { id: '2', drugs: [{ text: 'allopurinol', date: '2013' }] },
    ]);
    const by = { actor: 'anna', at: '2024-01-01T00:00:00Z', progress: silent };
    const file = join(place.workspace.dir, '..', 'protocol.yaml');
    const put = (version: string, criteria: readonly object[]) => {
      writeFileSync(file, JSON.stringify({ ...protocol, version, arms: arms(...criteria) }));
      return registerProtocol(place.workspace, file, by);
    };
    const first = put('1', [gout]);
    const database = openStudyDatabase(place.workspace, first.study);
    const stored = () =>
      JSON.stringify(['candidate', 'cohort_run'].map((table) => database.sql.prepare(`SELECT * FROM ${table}`).all()));
    try {
      using gate = await place.gate(first.protocol);
      const run = await identify(database, first, gate, by);
      expect(runBefore(database)).toBeUndefined();
      const second = put('2', [gout, { drug: 'allopurinol', atLeast: 1 }]);
      using wider = await place.gate(second.protocol);
      const before = stored();
      const asked = runAs(database, await searchOnce(database, second, wider, silent));
      expect(asked.run.candidates.map(({ subject }) => subject)).toEqual(['S001', 'Patient/2']);
      expect(asked.unnumbered.map(({ person }) => person)).toEqual(['Patient/2']);
      expect(stored()).toBe(before);
      await identify(database, second, wider, by);
      expect(runBefore(database)?.id).toBe(run.id);
    } finally {
      database.close();
    }
  });
});
