import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currentSnapshot } from '../../records/index.ts';
import type { TestPerson } from '../hospital.test-support.ts';
import { withAskedStudy } from '../run/asked-study.test-support.ts';
import { keptSearches } from './search-log.ts';

const GOUT = { text: 'Gout of the toe.', date: '2013-01-01' };
const WELL = { text: 'Well.', date: '2013-01-01' };
const said = (...decisions: readonly ('permit' | 'deny')[]) =>
  decisions.map((decision, at) => ({ decision, date: `201${2 + at}-01-01` }));

describe('a search that is asked again', () => {
  test('[R60] has the term sets that it had, is kept, and names what it repeats', () =>
    withAskedStudy([{ id: 'a', notes: [GOUT] }], async ({ ask, rerun, share, database }) => {
      await ask('@joint', { why: 'joints' });
      share('joint', 'terms: [{ text: elbow }]');
      const { earlier, now } = await rerun(1);
      expect(now).toMatchObject({ id: 2, rerunOf: 1, actor: 'ben', why: 'joints', mentions: 1, persons: 1 });
      expect(now.termSets).toEqual({ joint: ['joint', 'toe'] });
      expect(keptSearches(database)).toEqual([earlier, now]);
      const trail = database.all(database.db.selectFrom('audit').selectAll());
      expect(trail.at(-1)).toMatchObject({ actor: 'ben', action: 'search.rerun' });
      expect((await ask('@joint')).mentions).toBe(0);
    }));

  test('[R61] tells who and what came and went', () =>
    withAskedStudy(
      [
        { id: 'stays', notes: [GOUT] },
        { id: 'goes', notes: [GOUT] },
        { id: 'comes', notes: [WELL] },
        { id: 'refuses', notes: [GOUT] },
      ],
      async ({ place, ask, rerun }) => {
        await ask('gout');
        await place.add([
          { id: 'stays', notes: [GOUT, GOUT] },
          { id: 'goes', notes: [WELL] },
          { id: 'comes', notes: [GOUT] },
          { id: 'refuses', consents: said('deny') },
        ]);
        const { earlier, earlierToday, now, persons, notes } = await rerun(1);
        expect([earlier.persons, earlierToday?.persons, now.persons]).toEqual([3, 2, 2]);
        expect(persons).toEqual({ came: ['Patient/comes'], went: ['Patient/goes'], closed: 0 });
        expect(notes).toEqual({
          came: ['DocumentReference/comes-note-0', 'DocumentReference/stays-note-1'],
          went: ['DocumentReference/goes-note-0'],
          closed: 0,
        });
      },
    ));

  test('[R61][R62] adds up and names nobody who may not be used, whatever was said and written in between', async () => {
    const decision = fc.constantFrom('permit' as const, 'deny' as const);
    const state = fc.record({ isGouty: fc.boolean(), said: fc.array(decision, { maxLength: 1 }) });
    const one = fc.tuple(state, state, state);
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 10 }), async (all) => {
        const at = (time: 0 | 1 | 2): TestPerson[] =>
          all.map((states, index) => ({
            id: `p${index}x`,
            notes: [states[time].isGouty ? GOUT : WELL],
            consents: said(...states.slice(0, time + 1).flatMap((each) => each.said)),
          }));
        await withAskedStudy(at(0), async ({ place, ask, rerun, gate }) => {
          const { id } = await ask('gout');
          await place.add(at(1));
          const middle = currentSnapshot(place.workspace);
          await place.add(at(2));
          for (const target of [middle, undefined]) {
            const rerunOf = await rerun(id, target);
            const { earlierToday, now, persons, notes } = rerunOf;
            const sum = (before: number, changes: typeof persons) =>
              before + (changes?.came.length ?? 0) - (changes?.went.length ?? 0) - (changes?.closed ?? 0);
            expect(sum(earlierToday?.persons ?? -1, persons)).toBe(now.persons);
            expect(sum(earlierToday?.notes ?? -1, notes)).toBe(now.notes);
            using open = await gate(target);
            const seen = await open.all<{ id: string }>('SELECT person_source_value AS id FROM person');
            const named = JSON.stringify([persons, notes]).match(/p\d+x/g) ?? [];
            const closed = named.filter((name) => !seen.some((row) => row.id === `Patient/${name}`));
            expect(closed).toEqual([]);
          }
        });
      }),
      { numRuns: 5 },
    );
  });

  test('[R62] counts and does not name who refused in the records that are asked', () =>
    withAskedStudy([{ id: 'p1', notes: [GOUT] }], async ({ place, ask, rerun }) => {
      await ask('gout');
      await place.add([{ id: 'p1', consents: said('deny') }]);
      const refused = currentSnapshot(place.workspace);
      await place.add([{ id: 'p1', consents: said('deny', 'permit') }]);
      const { earlierToday, persons, notes } = await rerun(1, refused);
      expect(earlierToday).toMatchObject({ persons: 1 });
      expect([persons, notes]).toEqual([
        { came: [], went: [], closed: 1 },
        { came: [], went: [], closed: 1 },
      ]);
    }));

  test('[R63] has the counts alone where the earlier records are not there any more', () =>
    withAskedStudy([{ id: 'a', notes: [GOUT] }], async ({ place, ask, rerun }) => {
      const { snapshot } = await ask('gout');
      await place.add([{ id: 'b', notes: [GOUT] }]);
      rmSync(join(place.workspace.paths.records, 'snapshots', `${snapshot}.json`));
      const { earlier, now, ...rest } = await rerun(1);
      expect([earlier.persons, now.persons]).toEqual([1, 2]);
      expect(rest).toEqual({ earlierToday: null, persons: null, notes: null, unreadable: 'records.no-snapshot' });
    }));
});
