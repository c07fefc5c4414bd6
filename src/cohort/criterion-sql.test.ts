import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayRange, type PartialDate, yearsBetween } from '../base/index.ts';
import type { Criterion } from '../protocol/index.ts';
import { compileCriterion } from './criterion-sql.ts';
import type { Gate } from './gate.ts';
import { type Dated, goutProtocol, hospital, type TestPerson } from './hospital.test-support.ts';

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

  test('[R6] finds a procedure that was done', async () => {
    const persons: TestPerson[] = [
      { id: 'done', procedures: [{ code: '20610', date: on }] },
      { id: 'not-done', procedures: [{ code: '20610', date: on, status: 'not-done' }] },
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
    await expect(ask([{ id: 'a' }], { note: '@nothing', atLeast: 1 })).rejects.toMatchObject({ code: 'notes.query' });
  });
});

const date = fc.constantFrom(
  undefined,
  '2010',
  '2011-12',
  '2012',
  '2012-03-04',
  '2014-06',
  '2016-06-30',
  '2016-07-01',
  '2018',
);
const list = <Item>(item: fc.Arbitrary<Item>) => fc.array(item, { maxLength: 3 });
const anyPerson: fc.Arbitrary<Omit<TestPerson, 'id'>> = fc.record({
  sex: fc.constantFrom(undefined, 'female', 'male', 'unknown'),
  birth: fc.constantFrom(undefined, '1950', '1994', '1993-12', '1994-01-01', '1994-01-02', '2000-02-29'),
  conditions: list(
    fc.record({
      code: fc.constantFrom('274', '274.0', 'M10.0', 'M10.07', 'L40'),
      date,
      verification: fc.constantFrom(undefined, 'refuted', 'confirmed'),
    }),
  ),
  drugs: list(
    fc.record({
      text: fc.constantFrom('allopurinol tablet', 'Allopurinol', 'colchicine tablet', 'uric stop cream'),
      date,
      kind: fc.constantFrom('order' as const, 'dispense' as const),
    }),
  ),
  procedures: list(fc.record({ code: fc.constantFrom('20610', '11100'), date })),
  notes: list(fc.record({ text: fc.constantFrom('Gout.', 'No gout.', 'Well.', 'Podagra of the toe.'), date })),
});

const during = fc.constantFrom(
  undefined,
  'period' as const,
  { from: '2012-03' as PartialDate },
  { to: '2012' as PartialDate },
);
const leaf = { during, atLeast: fc.integer({ min: 1, max: 2 }) };
const anyCriterion = fc.letrec<{ criterion: Criterion; leaf: Criterion }>((tie) => ({
  leaf: fc.oneof(
    fc.record({ condition: fc.constant('gout'), ...leaf }),
    fc.record({
      drug: fc.constant('allopurinol'),
      routes: fc.constantFrom(undefined, ['oral'], ['topical', 'oral']),
      sources: fc.constantFrom(undefined, ['order' as const]),
      ...leaf,
    }),
    fc.record({ procedure: fc.constant('tap'), ...leaf }),
    fc.record({ note: fc.constantFrom('affirmed(@gout)', '@gout'), ...leaf }),
    fc.record({ age: fc.constantFrom({ min: 18 }, { max: 17 }, { min: 10, max: 20 }) }),
    fc.record({ sex: fc.constantFrom('female' as const, 'unknown' as const) }),
  ) as fc.Arbitrary<Criterion>,
  criterion: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.record({ all: fc.array(tie('criterion'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('criterion'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ none: fc.array(tie('criterion'), { minLength: 1, maxLength: 2 }) }),
  ) as fc.Arbitrary<Criterion>,
})).criterion;

test('[R4][R5][R6][R7][R8][R9][R10][R11] whatever the criterion, as a naive reading of the rules has it', async () => {
  const [crowd] = fc.sample(fc.array(anyPerson, { minLength: 80, maxLength: 80 }), { numRuns: 1, seed: 7 });
  const persons = (crowd ?? []).map((one, at) => ({ ...one, id: `p${at}` }));
  using place = await hospital(persons);
  using gate = await place.gate(protocol);
  await fc.assert(
    fc.asyncProperty(anyCriterion, async (criterion) => {
      const expected = persons.filter((one) => naive(one, criterion)).map((one) => one.id);
      expect(await meeting(gate, criterion)).toEqual(expected.sort());
    }),
    { numRuns: 200 },
  );
});

/** Reads the rules one person at a time. */
function naive(person: TestPerson, criterion: Criterion): boolean {
  if ('all' in criterion) return criterion.all.every((part) => naive(person, part));
  if ('any' in criterion) return criterion.any.some((part) => naive(person, part));
  if ('none' in criterion) return !criterion.none.some((part) => naive(person, part));
  if ('sex' in criterion) return (person.sex ?? 'unknown') === criterion.sex;
  if ('age' in criterion) {
    if (person.birth === undefined) return false;
    const age = yearsBetween(person.birth as PartialDate, '2012-01-01' as PartialDate);
    return age.max >= (criterion.age.min ?? 0) && age.min <= (criterion.age.max ?? 200);
  }
  const events = naiveEvents(person, criterion).filter((event) => mayLie(event, criterion.during));
  return events.length >= criterion.atLeast;
}

function naiveEvents(person: TestPerson, criterion: Criterion): readonly Dated[] {
  if ('condition' in criterion)
    return (person.conditions ?? []).filter(
      ({ code, verification }) => (code.startsWith('274') || code === 'M10.0') && verification !== 'refuted',
    );
  if ('procedure' in criterion) return (person.procedures ?? []).filter(({ code }) => code === '20610');
  if ('note' in criterion)
    return (person.notes ?? []).filter(
      ({ text }) => /gout|podagra/i.test(text) && !(criterion.note.startsWith('affirmed') && text.startsWith('No ')),
    );
  if (!('drug' in criterion)) return [];
  return (person.drugs ?? []).filter(({ text, kind }) => {
    const route = /tablet/.test(text) ? 'oral' : /cream/.test(text) ? 'topical' : '';
    const named = /\b(allopurinol|uric stop)\b/i.test(text);
    const routed = criterion.routes === undefined || criterion.routes.includes(route);
    return named && routed && (criterion.sources === undefined || criterion.sources.includes(kind ?? 'order'));
  });
}

function mayLie(
  { date: text }: Dated,
  window: 'period' | { readonly from?: PartialDate | undefined; readonly to?: PartialDate | undefined } | undefined,
): boolean {
  if (window === undefined) return true;
  if (text === undefined) return false;
  const { from, to } = window === 'period' ? { from: protocol.period.start, to: protocol.period.end } : window;
  const { earliest, latest } = dayRange(text as PartialDate);
  return (
    (from === undefined || latest >= dayRange(from).earliest) && (to === undefined || earliest <= dayRange(to).latest)
  );
}
