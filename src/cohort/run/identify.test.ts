import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { personIdOf, silent } from '../../base/index.ts';
import { registerProtocol } from '../../protocol/index.ts';
import { openStudyDatabase, openStudyDatabaseAt, verifyAudit, type Workspace } from '../../workspace/index.ts';
import { openGate } from '../gate/open-gate.ts';
import { goutProtocol, hospital, type TestPerson } from '../hospital.test-support.ts';
import { addCandidates, candidates, subjectOf } from './candidates.ts';
import { type CohortRun, currentRun, storedSnapshot } from './cohort-run.ts';
import { identify } from './identify.ts';

const by = { actor: 'steward', at: '2024-02-01T00:00:00Z' };
const gouty = (id: string, more: Partial<TestPerson> = {}): TestPerson => ({
  id,
  conditions: [{ code: '274.0', date: '2013-01-01' }],
  ...more,
});

const idOf = (person: string) => personIdOf(`Patient/${person}`);

const protocol = goutProtocol({
  arms: [
    { id: 'coded', label: 'Codes', criterion: { condition: 'gout', during: 'period' } },
    { id: 'written', label: 'Notes', criterion: { note: 'affirmed(@gout)' } },
  ],
  exclusions: [
    { id: 'tapped', label: 'Joint aspirated', rule: { procedure: 'tap' } },
    { id: 'young', label: 'Young', rule: { age: { max: 17 } } },
  ],
});

/** Registers the protocol and identifies, in the current snapshot or where the study stands; what is then stored, and the run. */
async function run(
  workspace: Workspace,
  protocolNow: object = protocol,
  where: 'current' | 'stays' = 'current',
): Promise<{ run: CohortRun; subjects: Record<string, string>; rows: number }> {
  const file = join(workspace.dir, '..', 'protocol.yaml');
  writeFileSync(file, JSON.stringify(protocolNow)); // JSON is YAML
  const study = registerProtocol(workspace, file, by);
  const database = openStudyDatabase(workspace, study.study);
  const snapshot = where === 'stays' ? storedSnapshot(database) : undefined;
  const gate = await openGate(workspace, study.protocol, snapshot);
  try {
    const found = await identify(database, study, gate, { ...by, progress: silent });
    expect(currentRun(database, gate)).toEqual(found);
    const subjects = Object.fromEntries(
      candidates(database).map((one) => [one.person.replace('Patient/', ''), one.subject]),
    );
    return { run: found, subjects, rows: verifyAudit(database).rows };
  } finally {
    gate.close();
    database.close();
  }
}

describe('identification', () => {
  test('[R12][R13] says by which arm each was found and which rules hold', async () => {
    using place = await hospital([
      gouty('coded'),
      gouty('both', { notes: [{ text: 'Gout.', date: '2013-01-01' }], procedures: [{ code: '20610' }], birth: '2001' }),
      { id: 'written', notes: [{ text: 'Podagra.', date: '2013-01-01' }] },
      gouty('refuser', { consents: [{ decision: 'deny', date: '2012-01-01' }] }),
      { id: 'nobody' },
    ]);
    const { run: found, subjects } = await run(place.workspace);
    expect(found).toMatchObject({
      identified: 4,
      gate: { granted: 0, silent: 3, refused: 1, revoked: 0, unanswered: 0, later: 0, noPerson: 0 },
      arms: [
        { id: 'coded', found: 3, authorized: 2 },
        { id: 'written', found: 2, authorized: 2 },
      ],
    });
    const of = (person: string) => found.candidates.find((one) => one.subject === subjects[person]);
    expect(of('coded')).toMatchObject({ arms: ['coded'], rules: [] });
    expect(of('both')).toMatchObject({ arms: ['coded', 'written'], rules: ['tapped', 'young'] });
    expect(of('written')).toMatchObject({ arms: ['written'], rules: [] });
    expect(Object.keys(subjects).sort()).toEqual(['both', 'coded', 'written']);
  });

  test('[R14] a second time writes nothing, and a new snapshot renumbers nobody', async () => {
    using place = await hospital([gouty('b'), gouty('c'), gouty('d')]);
    const first = await run(place.workspace);
    const byId = ['b', 'c', 'd'].toSorted((a, b) => (BigInt(idOf(a)) < BigInt(idOf(b)) ? -1 : 1));
    expect(byId.map((person) => first.subjects[person])).toEqual(['S001', 'S002', 'S003']);
    expect(await run(place.workspace)).toEqual(first);
    await place.add([gouty('a'), gouty('e'), gouty('d', { consents: [{ decision: 'deny', date: '2013-01-01' }] })]);
    const second = await run(place.workspace);
    expect(second.run.id).not.toBe(first.run.id);
    expect(second.subjects).toMatchObject(first.subjects);
    expect(Object.values(second.subjects).sort()).toEqual(['S001', 'S002', 'S003', 'S004', 'S005']);
    expect(second.run.candidates.map((one) => one.subject)).not.toContain(first.subjects.d);
    expect(second.run).toMatchObject({ identified: 5 });
  });

  test('[R14] a candidate who refused later is gone from the gate, and stays in the list of those who ever were', async () => {
    using place = await hospital([gouty('stays'), gouty('leaves', { notes: [{ text: 'Gout.' }] })]);
    await run(place.workspace);
    await place.add([{ id: 'leaves', consents: [{ decision: 'deny', date: '2014' }] }]);
    const { run: second, subjects } = await run(place.workspace);
    expect(second).toMatchObject({ identified: 2, candidates: [{ subject: subjects.stays }] });
    expect(Object.keys(subjects).sort()).toEqual(['leaves', 'stays']);
    using gate = await place.gate(protocol);
    expect(await gate.all('SELECT person_source_value FROM person')).toEqual([
      { person_source_value: 'Patient/stays' },
    ]);
    expect(gate.note('DocumentReference/leaves-note-0')).toBeUndefined();
  });

  test('[R50] a study stays on the snapshot of its first run, with a new version of the protocol too', async () => {
    using place = await hospital([gouty('a'), { id: 'later' }]);
    const first = await run(place.workspace, protocol, 'stays');
    await place.add([gouty('b'), gouty('later')]);
    expect(await run(place.workspace, protocol, 'stays')).toEqual(first);
    const other = { ...protocol, version: '2', exclusions: [] };
    const second = await run(place.workspace, other, 'stays');
    expect(second.run).toMatchObject({ snapshot: first.run.snapshot, identified: 1, candidates: first.run.candidates });
    expect(second.run.id).not.toBe(first.run.id);
    expect((await run(place.workspace, other)).run).toMatchObject({ identified: 3 });
  });

  test('[R52] whoever refused since is counted at the gate, as if before, and named nowhere', async () => {
    const persons = [
      gouty('stays'),
      gouty('leaves', { notes: [{ text: 'Gout.', date: '2013-01-01' }], procedures: [{ code: '20610' }] }),
    ];
    const refusal: TestPerson = { id: 'leaves', consents: [{ decision: 'deny', date: '2014' }] };
    using place = await hospital(persons);
    const first = await run(place.workspace, protocol, 'stays');
    await place.add([refusal]);
    const since = await run(place.workspace, protocol, 'stays');
    expect(JSON.stringify(since.run)).not.toContain(first.subjects.leaves);
    expect([first.run.gate, since.run.gate]).toMatchObject([
      { silent: 2, later: 0 },
      { silent: 1, later: 1 },
    ]);
    expect(since.rows).toBe(first.rows);

    using before = await hospital([persons[0] ?? gouty('stays'), { ...persons[1], ...refusal }]);
    const { run: expected, subjects } = await run(before.workspace);
    const named = (list: CohortRun, of: Record<string, string>) =>
      list.candidates.map((one) => ({ ...one, subject: one.subject === of.stays ? 'stays' : one.subject }));
    expect(named(since.run, first.subjects)).toEqual(named(expected, subjects));
    expect(since.run).toMatchObject({ identified: expected.identified, arms: expected.arms });
  });

  test('[R14] numbers by person id, and goes on counting after 999', () => {
    const database = openStudyDatabaseAt(':memory:');
    try {
      const found = Array.from({ length: 1002 }, (_, at) => ({ personId: `${at + 1}`, person: `Patient/${at + 1}` }));
      addCandidates(database, found.slice(0, 1000), 'first');
      addCandidates(database, found, 'second');
      const numbered = candidates(database);
      expect(numbered.map(({ personId }) => personId)).toEqual(found.map(({ personId }) => personId));
      expect(numbered.slice(998).map(({ subject }) => subject)).toEqual(['S999', 'S1000', 'S1001', 'S1002']);
    } finally {
      database.close();
    }
  });

  test('[R14] going back to an earlier protocol searches nothing, and the audit trail says so', async () => {
    using place = await hospital([gouty('a'), { id: 'tapped', procedures: [{ code: '20610' }] }]);
    const first = await run(place.workspace);
    const other = { ...protocol, version: '2', arms: [{ id: 'tap', label: 'Tap', criterion: { procedure: 'tap' } }] };
    const second = await run(place.workspace, other);
    expect(second.run.candidates).toEqual([{ subject: 'S002', arms: ['tap'], rules: ['tapped'] }]);
    const back = await run(place.workspace);
    expect(back.run).toEqual(first.run);
    expect(back.rows).toBe(second.rows + 2); // the protocol in force, and whom it found
  });

  test('[R14] says so where nothing is there yet', async () => {
    using place = await hospital([{ id: 'nobody' }]);
    const database = openStudyDatabase(place.workspace, 'gout');
    try {
      expect(() => currentRun(database, { isAuthorized: () => true, isSilent: () => false })).toThrow(
        expect.objectContaining({ code: 'cohort.none' }),
      );
      expect(() => subjectOf(database, 'S001')).toThrow(expect.objectContaining({ code: 'cohort.no-subject' }));
    } finally {
      database.close();
    }
  });
});
