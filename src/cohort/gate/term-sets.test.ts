import { describe, expect, test } from 'vitest';
import { silent } from '../../base/index.ts';
import { goutProtocol } from '../hospital.test-support.ts';
import { type AskedStudy, by, withAskedStudy } from '../run/asked-study.test-support.ts';
import { currentRun } from '../run/cohort-run.ts';
import { identify } from '../run/identify.ts';
import { planMove } from '../run/move-study.ts';

const persons = [
  { id: 'a', notes: [{ text: 'Gout of the toe.' }] },
  { id: 'b', notes: [{ text: 'Pain of the elbow.' }] },
];
const ELBOW = 'terms: [{ text: elbow }]';

describe('term sets of the workspace', () => {
  test('[R64] are there for every study, but a name that the protocol has is the protocol’s', () =>
    withAskedStudy(persons, async ({ ask, share }) => {
      expect(await ask('@joint AND @gout')).toMatchObject({
        persons: 1,
        termSets: { gout: ['gout', 'tophi', 'podagra'], joint: ['joint', 'toe'] },
      });
      share('gout', ELBOW);
      expect(await ask('@gout')).toMatchObject({ termSets: { gout: ['gout', 'tophi', 'podagra'] }, mentions: 1 });
    }));

  test('[R64] have the words of a name under which the protocol has only codes', () =>
    withAskedStudy(persons, async ({ ask, share }) => {
      await expect(ask('@tap')).rejects.toMatchObject({ code: 'notes.query' });
      share('tap', ELBOW);
      expect(await ask('@tap')).toMatchObject({ termSets: { tap: ['elbow'] }, persons: 1 });
    }));

  test('[R64] with mistakes disturb nobody who does not name them, and are told at their line', () =>
    withAskedStudy(persons, async ({ ask, share }) => {
      share('broken', 'label: Broken\nterms:\n  - { txt: toe }\n');
      expect(await ask('@joint OR @gout')).toMatchObject({ persons: 1 });
      const { code, problems } = await ask('@broken').catch((error) => error);
      expect(code).toBe('protocol.invalid-term-set');
      expect(problems.map((one: { place: object }) => one.place)).toContainEqual(
        expect.objectContaining({ file: expect.stringMatching(/broken\.yaml$/), line: 3 }),
      );
    }));

  test('[R64] are proposed for a name that is written wrongly', () =>
    withAskedStudy(persons, async ({ ask }) => {
      await expect(ask('gout AND @joints')).rejects.toMatchObject({
        code: 'notes.query',
        tip: 'Did you mean @joint?',
        place: { column: 10 },
      });
    }));
});

describe('a run whose protocol names a shared term set', () => {
  const protocol = goutProtocol({
    arms: [{ id: 'notes', label: 'Notes', criterion: { any: [{ note: '@joint' }, { note: 'nothing' }] } }],
  });

  async function run({ database, study, gate }: AskedStudy) {
    using open = await gate();
    return await identify(database, study, open, { ...by, progress: silent });
  }

  test('[R65] keeps its texts, and with other texts is another run', () =>
    withAskedStudy(
      persons,
      async (asked) => {
        const first = await run(asked);
        expect(first.termSets).toEqual({ joint: ['joint', 'toe'] });
        expect(await run(asked)).toEqual(first);
        asked.share('joint', ELBOW);
        using open = await asked.gate();
        expect(currentRun(asked.database, open)).toEqual(first);
        const second = await run(asked);
        expect(second).toMatchObject({ termSets: { joint: ['elbow'] }, identified: 1 });
        expect(second.id).not.toBe(first.id);
        expect(second.candidates).not.toEqual(first.candidates);
      },
      protocol,
    ));

  test('[R65] is not moved while the texts are others', () =>
    withAskedStudy(
      persons,
      async (asked) => {
        const { place, database, study, share, gate } = asked;
        await run(asked);
        await place.add([{ id: 'c', notes: [{ text: 'Toe.' }] }]);
        share('joint', ELBOW);
        using open = await gate();
        await expect(planMove(place.workspace, { database, study, gate: open }, silent)).rejects.toMatchObject({
          code: 'cohort.other-term-sets',
        });
      },
      protocol,
    ));

  test('[R65] has the id that it always had where it names none', () =>
    withAskedStudy(persons, async (asked) => {
      const first = await run(asked);
      asked.share('joint', ELBOW);
      expect(await run(asked)).toEqual(first);
      expect('termSets' in first).toBe(false);
    }));
});
