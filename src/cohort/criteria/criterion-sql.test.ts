import { describe, expect, test } from 'vitest';
import type { PartialDate } from '../../base/index.ts';
import type { Criterion } from '../../protocol/index.ts';
import type { Gate } from '../gate/gate.ts';
import { goutProtocol, hospital, type TestPerson } from '../hospital.test-support.ts';
import { compileCriterion } from './criterion-sql.ts';

const protocol = goutProtocol();

async function meeting(gate: Gate, criterion: Criterion): Promise<string[]> {
  const { sql, parameters } = await compileCriterion(gate, criterion, 'authorized');
  const rows = await gate.all<{ person_source_value: string }>(
    `SELECT person_source_value FROM person WHERE person_id IN (${sql})`,
    parameters,
  );
  return rows.map((row) => row.person_source_value.replace('Patient/', '')).sort();
}

async function ask(persons: readonly TestPerson[], criterion: Criterion): Promise<string[]> {
  using place = await hospital(persons);
  using gate = await place.gate(protocol);
  return await meeting(gate, criterion); // before the gate closes
}

const on = '2013-05-01';

describe('a criterion', () => {
  test('[R4] finds a condition by its code or one below it, unless it was refuted', async () => {
    const persons: TestPerson[] = [
      { id: 'exact', conditions: [{ code: 'M10.0', date: on }] },
      { id: 'dotless', conditions: [{ code: 'm100', date: on }] },
      { id: 'below-10', conditions: [{ code: 'M10.071', date: on }] }, // the set takes no descendants there
      { id: 'below-9', conditions: [{ code: '274.82', date: on }] },
      { id: 'refuted', conditions: [{ code: 'M10.0', date: on, verification: 'refuted' }] },
      { id: 'mistaken', conditions: [{ code: 'M10.0', date: on, verification: 'entered-in-error' }] },
      { id: 'provisional', conditions: [{ code: 'M10.0', date: on, verification: 'provisional' }] },
      { id: 'other', conditions: [{ code: 'M11.0', date: on }] },
    ];
    expect(await ask(persons, { condition: 'gout', atLeast: 1 })).toEqual([
      'below-9',
      'dotless',
      'exact',
      'provisional',
    ]);
  });

  test('[R5] finds a drug by its name as whole words, by route and source, unless it was cancelled', async () => {
    const persons: TestPerson[] = [
      { id: 'named', drugs: [{ text: 'ALLOPURINOL 300 MG Oral Tablet', date: on }] },
      { id: 'two-words', drugs: [{ text: 'Uric  stop 100', date: on }] },
      { id: 'part-of-a-word', drugs: [{ text: 'oxyallopurinol', date: on }] },
      { id: 'cancelled', drugs: [{ text: 'allopurinol tablet', date: on, status: 'cancelled' }] },
      { id: 'no-route', drugs: [{ text: 'allopurinol', date: on }] },
      { id: 'into-a-vein', drugs: [{ text: 'allopurinol', route: 'Intravenous', date: on }] },
      { id: 'handed-over', drugs: [{ text: 'allopurinol tablet', date: on, kind: 'dispense' }] },
    ];
    const drug = { drug: 'allopurinol', atLeast: 1 };
    expect(await ask(persons, drug)).toEqual(['handed-over', 'into-a-vein', 'named', 'no-route', 'two-words']);
    expect(await ask(persons, { ...drug, routes: ['oral'] })).toEqual(['handed-over', 'named']);
    expect(await ask(persons, { ...drug, routes: ['oral'], sources: ['dispense'] })).toEqual(['handed-over']);
  });

  test('[R5] leaves out what was not given, whoever writes the status', async () => {
    const given = ['active', 'completed', 'stopped', 'on-hold', 'unknown'];
    const not = ['cancelled', 'Cancelled', 'CANCELED', 'declined', 'not-done', 'not-taken', 'entered-in-error'];
    const persons = [...given, ...not].map((status) => ({
      id: status,
      drugs: [{ text: 'allopurinol', date: on, status }],
    }));
    expect(await ask(persons, { drug: 'allopurinol', atLeast: 1 })).toEqual(given.sort());
  });

  test('[R5] a letter with its accent apart is still a letter', async () => {
    const texts = [
      'allopurinol\u0301',
      'e\u0301 allopurinol',
      'Allopurinol-Tabletten',
      '(allopurinol)',
      'allopurinol2',
    ];
    const persons = texts.map((text, at) => ({ id: `p${at}`, drugs: [{ text, date: on }] }));
    expect(await ask(persons, { drug: 'allopurinol', atLeast: 1 })).toEqual(['p1', 'p2', 'p3']);
  });

  test('[R6] finds a procedure that was done', async () => {
    const persons: TestPerson[] = [
      { id: 'done', procedures: [{ code: '20610', date: on }] },
      { id: 'not-done', procedures: [{ code: '20610', date: on, status: 'not-done' }] },
      { id: 'mistaken', procedures: [{ code: '20610', date: on, status: 'entered-in-error' }] },
    ];
    expect(await ask(persons, { procedure: 'tap', atLeast: 1 })).toEqual(['done']);
  });

  test('[R7] counts the notes that a query finds', async () => {
    const persons: TestPerson[] = [
      { id: 'has', notes: [{ text: 'Podagra today.', date: on }] },
      { id: 'has-not', notes: [{ text: 'No gout.', date: on }] },
    ];
    expect(await ask(persons, { note: 'affirmed(@gout)', atLeast: 1 })).toEqual(['has']);
  });

  test('[R8] takes an event that may lie in the window', async () => {
    const dates = [
      '2011',
      '2011-12-31',
      '2012',
      '2012-01-01',
      '2016',
      '2016-06',
      '2016-06-30',
      '2016-07',
      '2016-07-01',
      undefined,
    ];
    const persons = dates.map((date) => ({ id: date ?? 'undated', conditions: [{ code: '274', date }] }));
    expect(await ask(persons, { condition: 'gout', during: 'period', atLeast: 1 })).toEqual(
      ['2012', '2012-01-01', '2016', '2016-06', '2016-06-30'].sort(),
    );
    const until = { condition: 'gout', during: { to: '2011' as PartialDate }, atLeast: 1 };
    expect(await ask(persons, until)).toEqual(['2011', '2011-12-31']);
  });

  test('[R9] wants as many events as it says', async () => {
    const persons: TestPerson[] = [
      { id: 'once', conditions: [{ code: '274', date: on }] },
      {
        id: 'twice',
        conditions: [
          { code: '274.0', date: on },
          { code: 'M10.0', date: on },
        ],
      },
    ];
    expect(await ask(persons, { condition: 'gout', atLeast: 2 })).toEqual(['twice']);
  });

  test('[R9] counts an order and its dispense as two, and a note once for all its hits', async () => {
    const drug = { text: 'allopurinol', date: on };
    const persons: TestPerson[] = [
      { id: 'ordered', drugs: [drug] },
      { id: 'ordered-and-dispensed', drugs: [drug, { ...drug, kind: 'dispense' }] },
      { id: 'one-note', notes: [{ text: 'Gout, gout and gout.', date: on }] },
    ];
    expect(await ask(persons, { drug: 'allopurinol', atLeast: 2 })).toEqual(['ordered-and-dispensed']);
    expect(await ask(persons, { drug: 'allopurinol', sources: ['order'], atLeast: 2 })).toEqual([]);
    expect(await ask(persons, { note: 'gout', atLeast: 2 })).toEqual([]);
  });

  test('[R10] asks age at the start of the period, and sex as recorded', async () => {
    const persons: TestPerson[] = [
      { id: 'eighteen-that-day', birth: '1994-01-01', sex: 'male' },
      { id: 'seventeen', birth: '1994-01-02' },
      { id: 'may-be-eighteen', birth: '1993' },
      { id: 'unknown', sex: 'unknown' },
    ];
    expect(await ask(persons, { age: { min: 18 } })).toEqual(['eighteen-that-day', 'may-be-eighteen']);
    expect(await ask(persons, { age: { max: 17 } })).toEqual(['seventeen']);
    expect(await ask(persons, { sex: 'unknown' })).toEqual(['may-be-eighteen', 'seventeen', 'unknown']);
  });

  test('[R10] makes a leap day a year older on the first of March', async () => {
    using place = await hospital([{ id: 'leap', birth: '2000-02-29' }]);
    const starting = (start: string) => goutProtocol({ period: { start, end: '2020' } });
    using before = await place.gate(starting('2018-02-28'));
    using after = await place.gate(starting('2018-03-01'));
    expect(await meeting(before, { age: { min: 18 } })).toEqual([]);
    expect(await meeting(after, { age: { min: 18 } })).toEqual(['leap']);
  });

  test('[R11] combines', async () => {
    const persons: TestPerson[] = [
      { id: 'both', conditions: [{ code: '274', date: on }], procedures: [{ code: '20610', date: on }] },
      { id: 'gout-only', conditions: [{ code: '274', date: on }] },
      { id: 'neither' },
    ];
    const [gout, tap] = [
      { condition: 'gout', atLeast: 1 },
      { procedure: 'tap', atLeast: 1 },
    ];
    expect(await ask(persons, { all: [gout, tap] })).toEqual(['both']);
    expect(await ask(persons, { any: [gout, tap] })).toEqual(['both', 'gout-only']);
    expect(await ask(persons, { none: [tap] })).toEqual(['gout-only', 'neither']);
  });

  test('[R11] names what it does not know', async () => {
    await expect(ask([{ id: 'a' }], { condition: 'gaut', atLeast: 1 })).rejects.toMatchObject({
      code: 'cohort.unknown-concept',
      tip: 'Did you mean `gout`?',
    });
    await expect(
      ask([{ id: 'a' }], { drug: 'allopurinol', routes: ['intraveneous'], atLeast: 1 }),
    ).rejects.toMatchObject({ code: 'cohort.unknown-route', tip: 'Did you mean `intravenous`?' });
    await expect(ask([{ id: 'a' }], { note: '@nothing', atLeast: 1 })).rejects.toMatchObject({ code: 'notes.query' });
  });
});
