import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { personIdOf, type SnapshotId, silent } from '../../base/index.ts';
import { registerProtocol, type StudyProtocol } from '../../protocol/index.ts';
import { currentSnapshot } from '../../records/index.ts';
import { openStudyDatabase, type StudyDatabase, verifyAudit } from '../../workspace/index.ts';
import type { Gate } from '../gate/gate.ts';
import { laterRefusals } from '../gate/later-refusals.ts';
import { goutProtocol, type Hospital, hospital, type TestPerson } from '../hospital.test-support.ts';
import { candidates } from './candidates.ts';
import { currentRun, storedSnapshot } from './cohort-run.ts';
import { identify } from './identify.ts';
import { moveStudy, type PlannedMove, planMove } from './move-study.ts';
import { studySnapshots } from './study-snapshots.ts';

const by = { actor: 'steward', at: '2024-02-01T00:00:00Z' };
const protocol = goutProtocol({
  arms: [
    { id: 'coded', label: 'Codes', criterion: { condition: 'gout' } },
    { id: 'drug', label: 'Drug', criterion: { drug: 'allopurinol' } },
  ],
  exclusions: [{ id: 'tapped', label: 'Joint aspirated', rule: { procedure: 'tap' } }],
});

const GOUT = [{ code: '274.0', date: '2013-01-01' }];
const NOT_GOUT = [{ code: '401.9', date: '2013-01-01' }];
const gouty = (id: string, more: Partial<TestPerson> = {}): TestPerson => ({ id, conditions: GOUT, ...more });
const REFUSAL = [{ decision: 'deny' as const, date: '2014-01-01' }];

/** A study on a hospital's first snapshot. */
interface Study {
  readonly place: Hospital;
  readonly study: StudyProtocol;
  readonly database: StudyDatabase;
  readonly first: SnapshotId | undefined;
  /** Plans the move to a snapshot, the current one unless named, and does something with it. */
  planned<Result>(work: (plan: PlannedMove, gate: Gate) => Result, to?: SnapshotId): Promise<Result>;
  /** What is stored, row by row. */
  stored(): string;
}

async function withStudy(
  persons: readonly TestPerson[],
  work: (study: Study) => Promise<void>,
  ofProtocol: object = protocol,
): Promise<void> {
  using place = await hospital(persons);
  const file = join(place.workspace.dir, '..', 'protocol.yaml');
  writeFileSync(file, JSON.stringify(ofProtocol)); // JSON is YAML
  const study = registerProtocol(place.workspace, file, by);
  const database = openStudyDatabase(place.workspace, study.study);
  try {
    const gate = await place.gate(study.protocol);
    await identify(database, study, gate, { ...by, progress: silent });
    gate.close();
    await work({
      place,
      study,
      database,
      first: storedSnapshot(database),
      planned: async (use, to) => {
        using target = await place.gate(study.protocol, to);
        return use(await planMove(place.workspace, { database, study, gate: target }, silent), target);
      },
      stored: () =>
        JSON.stringify(
          ['study', 'candidate', 'cohort_run', 'audit'].map((table) =>
            database.sql.prepare(`SELECT * FROM ${table}`).all(),
          ),
        ),
    });
  } finally {
    database.close();
  }
}

/** What a person may be, before and after. */
const states = ['absent', 'well', 'gouty', 'refusing'] as const;
type State = (typeof states)[number];

function personOf(id: string, state: State): TestPerson[] {
  if (state === 'absent') return [];
  const consents = state === 'refusing' ? { consents: REFUSAL } : {};
  return [{ id, conditions: state === 'well' ? NOT_GOUT : GOUT, ...consents }];
}

describe('a move', () => {
  test('[R53] counts who comes in, goes out and stays, whatever each was before and is now', async () => {
    const all = states.flatMap((before) => states.map((after) => ({ before, after, id: `${before}-${after}` })));
    // What was imported stays: nobody becomes absent, and a refusal is not taken back.
    const kept = all.filter(
      ({ before, after }) => (after !== 'absent' || before === 'absent') && before !== 'refusing',
    );
    await withStudy(
      kept.flatMap(({ id, before }) => personOf(id, before)),
      async ({ place, planned }) => {
        await place.add(kept.flatMap(({ id, after }) => personOf(id, after)));
        const is = (state: State) => kept.filter(({ before }) => before === state);
        const { change, stays } = await planned((plan) => plan);
        expect(change).toMatchObject({
          before: is('gouty').length,
          in: kept.filter(({ before, after }) => before !== 'gouty' && after === 'gouty').length,
          out: {
            notFound: is('gouty').filter(({ after }) => after === 'well').length,
            notAuthorized: is('gouty').filter(({ after }) => after === 'refusing').length,
          },
          changed: [],
          rows: {},
        });
        expect(stays.size).toBe(1);
        expect(change.before + change.in - change.out.notFound - change.out.notAuthorized).toBe(change.after);
      },
    );
  });

  test('[R53] tells which of those who stay are found, excluded or recorded otherwise, and names nobody who is out', async () => {
    const persons = ['same', 'arm', 'rule', 'row', 'refuses'].map((id) => gouty(id, { visits: [{ date: '2013' }] }));
    await withStudy(persons, async ({ place, planned, database }) => {
      await place.add([
        gouty('same'),
        { id: 'arm', drugs: [{ text: 'Allopurinol 100 mg', date: '2014' }] },
        { id: 'rule', procedures: [{ code: '20610', date: '2014' }] },
        { id: 'row', visits: [{ date: '2014' }], measurements: [{ date: '2014' }] },
        { id: 'refuses', consents: REFUSAL, measurements: [{ date: '2014' }] },
      ]);
      const { change } = await planned((plan) => plan);
      const subjects = new Map(candidates(database).map(({ person, subject }) => [person.split('/')[1], subject]));
      const one = { added: 1, removed: 0, changed: 0 };
      const expected = [
        { subject: subjects.get('arm'), arms: true, rules: false, rows: { drug_exposure: one } },
        { subject: subjects.get('rule'), arms: false, rules: true, rows: { procedure_occurrence: one, coding: one } },
        {
          subject: subjects.get('row'),
          arms: false,
          rules: false,
          rows: { visit_occurrence: { added: 0, removed: 0, changed: 1 }, measurement: one },
        },
      ];
      expect(change.changed).toHaveLength(3);
      expect(change.changed).toEqual(expect.arrayContaining(expected));
      expect(change).toMatchObject({ before: 5, after: 4, in: 0, out: { notFound: 0, notAuthorized: 1 } });
      expect(change.rows).toMatchObject({ measurement: one, drug_exposure: one });
      expect(JSON.stringify(change)).not.toContain(subjects.get('refuses'));
      expect(JSON.stringify(change)).not.toContain(personIdOf('Patient/refuses'));
    });
  });

  test('[R53] tells that another rule holds for an index event, also where the person stays in as before', async () => {
    const seen = { contact: 'any', timing: [{ within: '30 days', after: 'index' }] };
    const cases = {
      ...protocol,
      index: { label: 'Gout', events: [{ condition: 'gout' }], take: 'every' },
      exclusions: [{ id: 'seen', label: 'Seen', rule: seen }],
    };
    const twice = (id: string, more: Partial<TestPerson> = {}): TestPerson => {
      return { id, conditions: [...GOUT, { code: '274.0', date: '2015-01-01' }], ...more };
    };
    await withStudy(
      [twice('stays'), twice('changes')],
      async ({ place, planned, database }) => {
        await place.add([twice('changes', { visits: [{ date: '2013-01-05' }] })]);
        const { change } = await planned((plan) => plan);
        const subject = candidates(database).find(({ person }) => person === 'Patient/changes')?.subject;
        expect(change.changed).toMatchObject([{ subject, arms: false, rules: true }]);
        const run = currentRun(database, { isAuthorized: () => true, isSilent: () => false });
        expect(run.candidates.map(({ rules, events }) => [rules, events?.map((one) => one.rules)])).toEqual([
          [[], [[], []]],
          [[], [[], []]],
        ]);
      },
      cases,
    );
  });

  test('[R54] planned, changes nothing; carried out, leaves one row in the audit trail', async () => {
    await withStudy([gouty('a'), gouty('b')], async ({ place, planned, database, stored, first, study }) => {
      await place.add([gouty('c'), { id: 'b', conditions: NOT_GOUT }]);
      const before = stored();
      const { change } = await planned((plan) => plan);
      expect(stored()).toBe(before);
      expect(storedSnapshot(database)).toBe(first);

      const { rows } = verifyAudit(database);
      const run = await planned((plan) => moveStudy(database, plan, by, { lostCitations: 0 }));
      const second = currentSnapshot(place.workspace);
      expect(run.snapshot).toBe(second);
      expect(studySnapshots(place.workspace)).toEqual([{ study: study.study, snapshot: second }]);
      expect(verifyAudit(database)).toEqual({ ok: true, rows: rows + 1 });
      const last = database.sql.prepare('SELECT * FROM audit ORDER BY seq DESC LIMIT 1').get() as { detail: string };
      expect(last).toMatchObject({ ...by, action: 'study.move' });
      expect(JSON.parse(last.detail)).toEqual({
        run: run.id,
        snapshot: second,
        from: first,
        to: second,
        identified: 2,
        candidates: 2,
        in: 1,
        out: { notFound: 1, notAuthorized: 0 },
        changed: 0,
        lostCitations: 0,
      });
      expect(change).toMatchObject({ in: 1, out: { notFound: 1, notAuthorized: 0 } });
      expect(run.candidates.map(({ subject }) => subject)).toHaveLength(2);
    });
  });

  test('[R55] there and back gives the run that was, with the numbers that were', async () => {
    await withStudy([gouty('a'), gouty('b')], async ({ place, planned, database, first }) => {
      const run = await planned((_, gate) => currentRun(database, gate));
      await place.add([{ id: 'b', conditions: NOT_GOUT }, gouty('c')]);
      const numbers = candidates(database);
      await planned((plan) => moveStudy(database, plan, by));
      expect(await planned((plan) => moveStudy(database, plan, by), first)).toEqual(run);
      expect(candidates(database).slice(0, 2)).toEqual(numbers);
      const { change } = await planned((plan) => plan);
      expect(change).toMatchObject({ before: 2, in: 1, after: 2, out: { notFound: 1, notAuthorized: 0 } });
      // Whom the older records do not have at all is not found there: that is no refusal.
      await planned((plan) => moveStudy(database, plan, by));
      const { change: back } = await planned((plan) => plan, first);
      expect(back).toMatchObject({ in: 1, out: { notFound: 1, notAuthorized: 0 } });
    });
  });

  test('is refused where the protocol is another, or the study changed meanwhile', async () => {
    await withStudy([gouty('a')], async ({ place, planned, database, study }) => {
      await place.add([gouty('b')]);
      const late = await planned((plan) => plan);
      await planned((plan) => moveStudy(database, plan, by));
      expect(() => moveStudy(database, late, by)).toThrow(expect.objectContaining({ code: 'cohort.moved-meanwhile' }));
      using gate = await place.gate(study.protocol);
      const other = { database, study: { ...study, sha256: 'another' }, gate };
      await expect(planMove(place.workspace, other, silent)).rejects.toMatchObject({ code: 'cohort.other-protocol' });
    });
  });
});

test('[R56] refusals after the day of the protocol close no chart, and are counted', async () => {
  const after = [{ decision: 'deny' as const, date: '2016-07-01' }];
  const persons = [gouty('stays'), gouty('later', { consents: after }), gouty('before', { consents: REFUSAL })];
  using place = await hospital(persons);
  using gate = await place.gate(protocol);
  const ids = persons.map(({ id }) => personIdOf(`Patient/${id}`)).filter(gate.isAuthorized);
  expect(ids).toHaveLength(2);
  expect(await laterRefusals(gate, ids)).toBe(1);
  expect(await laterRefusals(gate, [])).toBe(0);
});

test('[R56] whose record was joined to another refused nothing later: the gate has closed it', async () => {
  using place = await hospital([gouty('old'), gouty('stays')]);
  const first = currentSnapshot(place.workspace);
  await place.add([{ id: 'old', replacedBy: 'stays' }]);
  using gate = await place.gate(protocol, first);
  const ids = ['old', 'stays'].map((id) => personIdOf(`Patient/${id}`)).filter(gate.isAuthorized);
  expect(ids).toEqual([personIdOf('Patient/stays')]);
  expect(await laterRefusals(gate, ids)).toBe(0);
});
