import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { personIdOf } from '../../base/index.ts';
import { currentSnapshot, tables } from '../../records/index.ts';
import { goutProtocol, hospital, type TestPerson } from '../hospital.test-support.ts';
import type { Gate } from './gate.ts';
import { countAtGate } from './gate-counts.ts';

const optOut = goutProtocol();
const optIn = goutProtocol({ authorization: { asOf: '2016-06', noneOnRecord: 'refused' } });
const notResearch = ['person_identity', 'research_authorization'];
const research = Object.entries(tables).filter(([table]) => !notResearch.includes(table));

/** Somebody with a row in every table. */
function personWho(standing: 'refuses' | 'grants' | 'silent' | 'unknown', id: string): TestPerson {
  const date = '2013-01-01';
  const decision = ({ refuses: 'deny', grants: 'permit', silent: undefined, unknown: 'permit' } as const)[standing];
  return {
    id,
    isUnknown: standing === 'unknown',
    consents: decision ? [{ decision, date: '2012-01-01' }] : [],
    conditions: [{ code: '274.0', date }],
    drugs: [{ text: `allopurinol of ${id}`, date }],
    procedures: [{ code: '20610', date }],
    notes: [{ text: `Gout of the great toe of ${id}.`, date }],
    visits: [{ date }],
    measurements: [{ date }],
    allergies: [{ date }],
    photographs: [{ date }],
  };
}

/** All that a gate gives to somebody who is after the hidden. */
async function everythingShown(gate: Gate, hidden: readonly TestPerson[]): Promise<unknown[]> {
  const shown: unknown[] = [];
  for (const [table, columns] of research) {
    for (const name of [table, table.toUpperCase(), `authorized.${table}`, `"${table}"`])
      shown.push(await gate.all(`SELECT * FROM ${name}`));
    if (!('person_id' in columns)) continue;
    // By the id, past the person table, and as the other side of a join that keeps everything.
    const ids = hidden.map(({ id }) => personIdOf(`Patient/${id}`));
    shown.push(await gate.all(`SELECT * FROM ${table} WHERE list_contains($1::BIGINT[], person_id)`, [ids]));
    shown.push(await gate.all(`SELECT * FROM person AS p FULL JOIN ${table} AS t USING (person_id)`));
  }
  // Narrowed to everybody, and asked for every column.
  const everybody = await gate.tableBefore(
    'SELECT person_id FROM main.person UNION SELECT person_id FROM main.condition_occurrence',
  );
  const narrowed = research.map(([table, columns]) => `SELECT ${Object.keys(columns).join(', ')} FROM found.${table}`);
  await gate.narrowTo(everybody, narrowed);
  for (const query of narrowed) shown.push(await gate.all(query));
  for (const query of [
    'gout',
    'affirmed(@gout)',
    'NOT psoriasis',
    'person(gout AND NOT psoriasis)',
    'toe OR NOT toe',
  ]) {
    shown.push([...gate.findNotes(query).highlights()]);
    shown.push(await gate.all(`SELECT * FROM ${await gate.noteTable(query)}`));
  }
  for (const term of ['gout', 'of', 'toes', 'great toe']) shown.push(gate.suggestTerms(term));
  shown.push(hidden.map(({ id }) => gate.copiesOf(personIdOf(`Patient/${id}`))));
  shown.push(hidden.map(({ id }) => gate.note(`DocumentReference/${id}-note-0`)));
  shown.push(await countAtGate(gate, await gate.tableBefore('SELECT person_id FROM main.person')));
  return shown;
}

describe('the gate', () => {
  const refuser = personWho('refuses', 'refuser');
  const other = personWho('silent', 'other');

  test('[R3] shows rows and notes of the others as they are', async () => {
    using place = await hospital([refuser, other]);
    using gate = await place.gate(optOut);
    for (const [table, columns] of research) {
      const [first] = await gate.all(`SELECT * FROM ${table}`);
      if ('person_id' in columns) expect(Object.keys(first ?? {}), table).toEqual(Object.keys(columns));
    }
    expect([...gate.findNotes('gout').highlights()].map((hit) => hit.source)).toEqual([
      'DocumentReference/other-note-0',
    ]);
    expect(gate.note('DocumentReference/other-note-0')?.text).toBe('Gout of the great toe of other.');
    const table = await gate.noteTable('gout');
    expect(await gate.all(`SELECT person_id FROM ${table}`)).toEqual([{ person_id: personIdOf('Patient/other') }]);
  });

  test('[R3] shows nothing of a refuser, whatever is asked', async () => {
    const standing = fc.constantFrom('refuses' as const, 'grants' as const, 'silent' as const, 'unknown' as const);
    await fc.assert(
      fc.asyncProperty(fc.array(standing, { minLength: 1, maxLength: 20 }), fc.boolean(), async (all, optsOut) => {
        const persons = all.map((one, at) => personWho(one, `p${at}x`));
        const hidden = persons.filter((_, at) => !(all[at] === 'grants' || (optsOut && all[at] === 'silent')));
        const traces = hidden.flatMap(({ id }) => [`${id}-`, `Patient/${id}`, personIdOf(`Patient/${id}`), `of ${id}`]);
        using place = await hospital(persons);
        using gate = await place.gate(optsOut ? optOut : optIn);
        const shown = JSON.stringify(await everythingShown(gate, hidden));
        expect(traces.filter((trace) => shown.includes(trace))).toEqual([]);
        const rows = await gate.all('SELECT person_id FROM person');
        expect(rows).toHaveLength(persons.length - hidden.length);
      }),
      { numRuns: 6 },
    );
  });

  test('[R3][R51] on an older snapshot too, shows nothing of whoever refused since', async () => {
    const decision = fc.constantFrom(undefined, 'permit' as const, 'deny' as const);
    const one = fc.record({
      first: decision,
      later: decision,
      day: fc.constantFrom('2013', '2016-06-30', '2016-07-01'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 12 }), fc.boolean(), async (all, optsOut) => {
        const persons = all.map(({ first }, at) => ({
          ...personWho('silent', `p${at}x`),
          consents: first ? [{ decision: first, date: '2012-01-01' }] : [],
        }));
        using place = await hospital(persons);
        const snapshot = currentSnapshot(place.workspace);
        await place.add(
          all.flatMap(({ first, later, day }, at) => {
            // The consents that were there come again with the new one behind them.
            const consents = first ? [{ decision: first, date: '2012-01-01' }] : [];
            return later ? [{ id: `p${at}x`, consents: [...consents, { decision: later, date: day }] }] : [];
          }),
        );
        const mayBeUsed = (said: readonly (string | undefined)[]) =>
          (said.filter((each) => each !== undefined).at(-1) ?? (optsOut ? 'permit' : 'deny')) === 'permit';
        const isShown = ({ first, later, day }: (typeof all)[number]) =>
          mayBeUsed([first]) && mayBeUsed([first, day > '2016-06-30' ? undefined : later]);
        const hidden = persons.filter((_, at) => !isShown(all[at] ?? { first: 'deny', later: 'deny', day: '2013' }));
        const traces = hidden.flatMap(({ id }) => [`${id}-`, `Patient/${id}`, personIdOf(`Patient/${id}`), `of ${id}`]);
        using gate = await place.gate(optsOut ? optOut : optIn, snapshot);
        expect(gate.snapshot).toBe(snapshot);
        const shown = JSON.stringify(await everythingShown(gate, hidden));
        expect(traces.filter((trace) => shown.includes(trace))).toEqual([]);
        expect(await gate.all('SELECT person_id FROM person')).toHaveLength(persons.length - hidden.length);
        for (const { id } of persons)
          expect(gate.isAuthorized(personIdOf(`Patient/${id}`))).toBe(!hidden.some((each) => each.id === id));
      }),
      { numRuns: 5 },
    );
  });

  test('[R51] the record that another took the place of is closed, whatever is said under the other', async () => {
    using place = await hospital([personWho('silent', 'p1'), personWho('silent', 'p2'), other]);
    const snapshot = currentSnapshot(place.workspace);
    await place.add([
      { id: 'p1', replacedBy: 'p2' },
      { id: 'p2', consents: [{ decision: 'deny', date: '2014-01-01' }] },
    ]);
    using gate = await place.gate(optOut, snapshot);
    expect(await gate.all('SELECT person_id FROM person')).toEqual([{ person_id: personIdOf('Patient/other') }]);
    expect(gate.isAuthorized(personIdOf('Patient/p1'))).toBe(false);
    expect(gate.note('DocumentReference/p1-note-0')).toBeUndefined();
  });

  test('[R3] suggests no word that only notes of others have, and counts no note of theirs', async () => {
    const note = (text: string) => ({ text, date: '2013-01-01' });
    const mine: TestPerson = {
      ...other,
      notes: [note('Tophi and a tophus of the toe.'), note('Chronic kidney disease (CKD). Tophus.')],
    };
    // A misspelling, another form, parts and a definition that nobody else has; and more notes with those that somebody has.
    const theirs: TestPerson = {
      ...refuser,
      notes: [
        note('Tophuss, tophusses; to phus. Topical haemorrhage under sutures (TOPHUS).'),
        note('Tophi. Chronic kidney defect (CKD).'),
        note('Tophi.'),
      ],
    };
    using place = await hospital([mine, theirs]);
    using gate = await place.gate(optOut);
    expect(gate.suggestTerms('tophus').map(({ term, notes }) => [term, notes])).toEqual([['tophi', 1]]);
    expect(gate.suggestTerms('CKD')).toEqual([
      { term: 'chronic kidney disease', kind: 'long', why: 'ckd stands for it in 1 note', notes: 1 },
    ]);
    expect(gate.suggestTerms('tophuss').map(({ term, notes }) => [term, notes])).toEqual([['tophus', 2]]);
    using all = await place.gate(goutProtocol({ authorization: { asOf: '2011', noneOnRecord: 'granted' } }));
    const words = all.suggestTerms('tophus').map(({ term }) => term);
    expect(words).toEqual(expect.arrayContaining(['tophuss', 'to phus', 'topical haemorrhage under sutures']));
  });

  test('[R3] tells what is copied in the notes of those who may be used, and of nobody else', async () => {
    const text = 'The great toe is red and hot since Monday, and allopurinol was given again.';
    const notes = ['2013-01-01', '2013-02-01'].map((date) => ({ text, date }));
    using place = await hospital([
      { ...other, notes },
      { ...refuser, notes },
    ]);
    using gate = await place.gate(optOut);
    expect(gate.copiesOf(personIdOf('Patient/refuser'))).toEqual([]);
    expect(gate.copiesOf(personIdOf('Patient/other'))).toEqual([
      { source: 'DocumentReference/other-note-0', copies: [] },
      {
        source: 'DocumentReference/other-note-1',
        copies: [{ start: 0, end: text.length - 1, from: 'DocumentReference/other-note-0' }],
      },
    ]);
  });

  test('[R3] names and decisions are no research data', async () => {
    using place = await hospital([refuser, other]);
    using gate = await place.gate(optOut);
    for (const table of notResearch)
      for (const what of ['*', 'count(*)', '1'])
        await expect(gate.all(`SELECT ${what} FROM ${table}`), table).rejects.toThrow(/not research data/);
  });

  test('[R3] codes that were kept before the gate are for queries before it', async () => {
    using place = await hospital([refuser, other]);
    using gate = await place.gate(optOut);
    const codes = await gate.codesBefore('SELECT DISTINCT code FROM main.coding');
    expect(await gate.countBefore(`SELECT code FROM main.${codes}`)).toBeGreaterThan(0);
    for (const name of [codes, `main.${codes}`, `authorized.${codes}`])
      await expect(gate.all(`SELECT * FROM ${name}`), name).rejects.toMatchObject({ code: 'cohort.not-behind-gate' });
  });

  test('[R3][R115] how a person stands at the gate is listed nowhere, whoever asks and whatever for', async () => {
    using place = await hospital([refuser, other, personWho('grants', 'willing')]);
    using gate = await place.gate(optOut);
    const table = await gate.tableBefore('SELECT person_id FROM main.person');
    const counts = await countAtGate(gate, table);
    expect(Object.values(counts).filter((count) => typeof count !== 'number')).toEqual([]);
    expect(counts).toMatchObject({ granted: 1, silent: 1, refused: 1 });
    for (const name of ['standing', 'main.standing', 'authorized.standing', 'STANDING', '"standing"', 'gate'])
      for (const what of ['*', 'count(*)', 'person_id'])
        await expect(gate.all(`SELECT ${what} FROM ${name}`), name).rejects.toMatchObject({
          code: 'cohort.not-behind-gate',
        });
    await expect(gate.all(`SELECT standing FROM person SEMI JOIN main.standing USING (person_id)`)).rejects.toThrow();
    expect(gate.isSilent(personIdOf('Patient/refuser'))).toBe(false);
    expect(gate.isSilent(personIdOf('Patient/other'))).toBe(true);
  });

  test('[R3] rows of somebody who has no person row are not there', async () => {
    using place = await hospital([other, personWho('unknown', 'ghost')]);
    using gate = await place.gate(optOut);
    expect(await gate.countBefore('SELECT * FROM main.condition_occurrence')).toBe(2);
    expect(await gate.all('SELECT person_id FROM condition_occurrence')).toEqual([
      { person_id: personIdOf('Patient/other') },
    ]);
    expect(gate.note('DocumentReference/ghost-note-0')).toBeUndefined();
  });

  test('[R3] before the gate there is a number only', async () => {
    using place = await hospital([refuser, other]);
    using gate = await place.gate(optOut);
    expect(await gate.countBefore('SELECT person_id FROM main.person')).toBe(2);
  });

  test('[R3] what is kept of all persons is read behind the gate, and counted before it', async () => {
    using place = await hospital([refuser, other]);
    using gate = await place.gate(optOut);
    const kept = await gate.tableBefore('SELECT person_id FROM main.person WHERE person_id > $least', { least: 0 });
    expect(await gate.countBefore(`SELECT * FROM main.${kept}`)).toBe(2);
    expect(await gate.all(`SELECT * FROM ${kept}`)).toEqual([{ person_id: personIdOf('Patient/other') }]);
    await expect(gate.all(`SELECT * FROM main.${kept}`)).rejects.toMatchObject({ code: 'cohort.not-behind-gate' });
  });

  test('[R3] does not open without records, or before their notes are indexed', async () => {
    using place = await hospital([]);
    await expect(place.gate(optOut)).rejects.toMatchObject({ code: 'records.none' });
    await place.add([other]);
    rmSync(place.workspace.paths.notes);
    await expect(place.gate(optOut)).rejects.toMatchObject({ code: 'notes.not-indexed' });
  });
});

test('[R3] narrowed, the tables hold the rows of the persons named alone, of the tables named, until narrowed again', async () => {
  using place = await hospital([personWho('grants', 'a'), personWho('grants', 'b'), personWho('refuses', 'c')]);
  using gate = await place.gate(optOut);
  const kept = (...ids: string[]) =>
    gate.tableBefore('SELECT person_id FROM main.person WHERE list_contains($sources, person_source_value)', {
      sources: ids.map((id) => `Patient/${id}`),
    });
  const drugs = 'SELECT drug_source_value AS text FROM found.drug_exposure';
  await gate.narrowTo(await kept('a', 'c'), [drugs]);
  expect(await gate.all(drugs)).toEqual([{ text: 'allopurinol of a' }]);
  await expect(gate.all('SELECT visit_start_date FROM found.visit_occurrence')).rejects.toMatchObject({
    code: 'cohort.not-behind-gate',
  });
  await gate.narrowTo(await kept('b'), ['SELECT visit_start_date FROM found.visit_occurrence']);
  await expect(gate.all(`${drugs} LIMIT 1`)).rejects.toMatchObject({ code: 'cohort.not-behind-gate' });
  expect(await gate.all('SELECT visit_start_date AS day FROM found.visit_occurrence')).toEqual([{ day: '2013-01-01' }]);
});
