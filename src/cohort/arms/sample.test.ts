import { describe, expect, test } from 'vitest';
import { silent } from '../../base/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import { verifyAudit } from '../../workspace/index.ts';
import { goutProtocol, type TestPerson } from '../hospital.test-support.ts';
import { type AskedStudy, by, withAskedStudy } from '../run/asked-study.test-support.ts';
import { candidates } from '../run/candidates.ts';
import { currentRun } from '../run/cohort-run.ts';
import { identify } from '../run/identify.ts';
import { drawSample, type Sample, sampledPerson, standingSample } from './sample.ts';
import { sampleFrame } from './sample-frame.ts';

const protocol: Protocol = goutProtocol({
  criteria: {
    tapped: { procedure: 'tap' },
    worded: { note: '@joint' },
  },
});
const persons: TestPerson[] = [
  { id: 'case', conditions: [{ code: '274.0', date: '2013' }], procedures: [{ code: '20610' }] },
  { id: 'other-case', conditions: [{ code: '274.0', date: '2013' }] },
  { id: 'refuser', consents: [{ decision: 'deny', date: '2012' }] },
  ...Array.from({ length: 20 }, (_, at) => ({
    id: `p${at}`,
    procedures: at < 6 ? [{ code: '20610' }] : [],
    notes: at < 4 ? [{ text: 'The joint is warm.' }] : [],
  })),
];

/** A study whose candidates are identified. */
function identified(work: (study: AskedStudy & { draw: Draw; named(sample?: Sample): string[] }) => Promise<void>) {
  return withAskedStudy(
    persons,
    async (asked) => {
      const { database, study } = asked;
      using gate = await asked.gate();
      await identify(database, study, gate, { ...by, progress: silent });
      const draw: Draw = async (size, more = {}) => {
        using open = await asked.gate();
        return await drawSample({ database, study, gate: open }, { size, ...more }, by);
      };
      const named = (sample?: Sample) => (sample?.persons ?? []).map((one) => one.person.replace('Patient/', ''));
      await work({ ...asked, draw, named });
    },
    protocol,
  );
}

type Draw = (size: number, more?: { readonly seed?: string; readonly among?: string }) => Promise<Sample>;

describe('a sample', () => {
  test('[R139] is of authorized persons whom no arm found; its seed draws it again, and a larger one begins with it', () =>
    identified(async ({ draw, named, database }) => {
      const first = await draw(8, { seed: '7' });
      expect(named(first).filter((name) => !/^p\d+$/.test(name))).toEqual([]);
      expect(new Set(named(first)).size).toBe(8);
      expect(first.persons.map(({ subject }) => subject)).toEqual(Array.from({ length: 8 }, (_, at) => `N00${at + 1}`));
      const { rows } = verifyAudit(database);
      expect(await draw(8, { seed: '7' })).toEqual(first);
      expect(await draw(8)).toEqual(first);
      expect(verifyAudit(database).rows).toBe(rows);
      const larger = await draw(12);
      expect(larger.persons.slice(0, 8)).toEqual(first.persons);
      const other = await draw(8, { seed: '8' });
      expect(named(other)).not.toEqual(named(first));
      const all = await draw(1000);
      expect(named(all).length).toBe(20);
      const ids = new Map([...larger.persons, ...all.persons].map((one) => [one.person, one.subject]));
      expect(all.persons.every((one) => ids.get(one.person) === one.subject)).toBe(true);
      expect(new Set(ids.values()).size).toBe(20);
    }));

  test('[R139] may be restricted to a named criterion, and speaks for those who meet it', () =>
    identified(async ({ draw, named, gate, database, study }) => {
      const sample = await draw(100, { among: 'tapped' });
      expect(named(sample).sort()).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5']);
      using open = await gate();
      const frame = await sampleFrame({ database, study, gate: open }, sample);
      const [tapped] = candidates(database).filter(({ person }) => person === 'Patient/case');
      expect(frame).toEqual({ population: 6, candidates: new Set([tapped?.subject]) });
      const all = await draw(5);
      expect(await sampleFrame({ database, study, gate: open }, all)).toEqual({
        population: 20,
        candidates: new Set(currentRun(database, open).candidates.map(({ subject }) => subject)),
      });
      await expect(draw(5, { among: 'taped' })).rejects.toMatchObject({ code: 'cohort.no-criterion', tip: /tapped/ });
      await expect(draw(0)).rejects.toMatchObject({ code: 'cohort.sample-size' });
    }));

  test('[R139] with the words of a shared term set is told of no longer when the words change', () =>
    identified(async ({ draw, named, gate, database, study, share }) => {
      const sample = await draw(100, { among: 'worded' });
      expect(named(sample).sort()).toEqual(['p0', 'p1', 'p2', 'p3']);
      share('joint', JSON.stringify({ terms: [{ text: 'toe' }] }));
      using open = await gate();
      await expect(sampleFrame({ database, study, gate: open }, sample)).rejects.toMatchObject({
        code: 'cohort.other-term-sets',
      });
    }));

  test('[R140] who refused since is in no sample and no frame, is counted, and cannot be asked for', () =>
    identified(async ({ draw, gate, database, study, place }) => {
      const sample = await draw(20, { seed: '7' });
      const [first] = sample.persons;
      const id = first?.person.replace('Patient/', '') ?? '';
      await place.add([{ id, consents: [{ decision: 'deny', date: '2013' }] }]);
      using open = await gate(currentRunSnapshot(database));
      const now = standingSample(database, open);
      expect(now).toMatchObject({ refused: 1 });
      expect(now?.persons).toEqual(sample.persons.slice(1));
      expect((await sampleFrame({ database, study, gate: open }, sample)).population).toBe(19);
      for (const subject of ['N001', 'N999'])
        expect(() => sampledPerson(database, open, subject)).toThrow(
          expect.objectContaining({ code: 'cohort.not-in-sample' }),
        );
      expect(sampledPerson(database, open, 'N002')).toEqual(sample.persons[1]);
    }));
});

function currentRunSnapshot(database: AskedStudy['database']) {
  return currentRun(database, { isAuthorized: () => true, isSilent: () => false }).snapshot;
}
