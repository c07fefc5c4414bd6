/** Any criterion on any persons: the SQL against a reading of the rules one person at a time. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayRange, type PartialDate, yearsBetween } from '../base/index.ts';
import { type Criterion, drugSources } from '../protocol/index.ts';
import { compileCriterion, type Side } from './criterion-sql.ts';
import { type Dated, goutProtocol, hospital, type TestPerson } from './hospital.test-support.ts';

const protocol = goutProtocol();
const kinds = ['order', 'dispense', 'administration', 'statement'] as const;

// As a bulk export may have them: absent, a year, a month, a day, an instant.
const early = ['2010', '2011-12', '2011-12-31T23:59:00-06:00', '2012', '2012-03', '2012-03-04'];
const late = ['2014-06', '2016-06', '2016-06-30', '2016-07', '2016-07-01', '2018'];
const births = ['1950', '1993-12', '1994', '1994-01', '1994-01-01', '1994-01-02', '2000-02-29', '2014'];
const named = [
  'allopurinol tablet',
  'Allopurinol',
  'ALLOPURINOL cream',
  '(allopurinol)',
  'Uric  stop',
  'uric stop cream',
];
const notNamed = ['oxyallopurinol tablet', 'uric stopper', 'colchicine tablet'];
const date = fc.constantFrom(undefined, ...early, ...late);
const list = <Item>(item: fc.Arbitrary<Item>) => fc.array(item, { maxLength: 3 });
const anyPerson: fc.Arbitrary<Omit<TestPerson, 'id'>> = fc.record({
  isUnknown: fc.oneof({ weight: 7, arbitrary: fc.constant(false) }, fc.constant(true)),
  consents: fc.constantFrom([], [], [], [{ decision: 'deny', date: '2012' } as const]),
  sex: fc.constantFrom(undefined, 'female', 'male', 'unknown'),
  birth: fc.constantFrom(undefined, ...births),
  conditions: list(
    fc.record({
      code: fc.constantFrom('274', '274.0', '2740', '275', 'M10.0', 'm100', 'M10.07', 'L40'),
      date,
      verification: fc.constantFrom(undefined, 'refuted', 'entered-in-error', 'confirmed', 'provisional'),
    }),
  ),
  drugs: list(
    fc.record({
      text: fc.constantFrom(...named, ...notNamed),
      date,
      route: fc.constantFrom(undefined, undefined, 'oral', 'Topical'),
      status: fc.constantFrom('active', 'active', 'stopped', 'cancelled', 'not-done', 'entered-in-error'),
      kind: fc.constantFrom(...kinds),
    }),
  ),
  procedures: list(
    fc.record({ code: fc.constantFrom('20610', '11100'), date, status: fc.constantFrom('completed', 'not-done') }),
  ),
  notes: list(fc.record({ text: fc.constantFrom('Gout.', 'No gout.', 'Well.', 'Podagra of the toe.'), date })),
});

const windows: readonly Window[] = [
  {},
  { from: day('2012-03') },
  { to: day('2012') },
  { from: day('2016-07'), to: day('2016') },
  { from: day('2011-12-31'), to: day('2012-03-04') },
];
const during = fc.constantFrom(undefined, 'period' as const, ...windows);
const leaf = { during, atLeast: fc.integer({ min: 1, max: 2 }) };
const anyLeaf: fc.Arbitrary<Criterion> = fc.oneof(
  fc.record({ condition: fc.constant('gout'), ...leaf }),
  fc.record({
    drug: fc.constant('allopurinol'),
    routes: fc.constantFrom(undefined, undefined, ['oral'], ['topical', 'oral'], []),
    sources: fc.option(fc.subarray([...drugSources]), { nil: undefined }),
    ...leaf,
  }),
  fc.record({ procedure: fc.constant('tap'), ...leaf }),
  fc.record({ note: fc.constantFrom('affirmed(@gout)', '@gout', 'podagra'), ...leaf }),
  fc.record({ age: fc.constantFrom({}, { min: 18 }, { max: 17 }, { min: 10, max: 20 }, { max: 0 }) }),
  fc.record({ sex: fc.constantFrom('female' as const, 'male' as const, 'unknown' as const) }),
);
const anyCriterion = fc.letrec<{ criterion: Criterion }>((tie) => {
  const parts = fc.array(tie('criterion'), { minLength: 1, maxLength: 3 });
  return {
    criterion: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      anyLeaf,
      fc.record({ all: parts }),
      fc.record({ any: parts }),
      fc.record({ none: parts }),
    ),
  };
}).criterion;

test('[R4][R5][R6][R7][R8][R9][R10][R11] any criterion finds whom the rules, read naively, find', async () => {
  const crowds = fc.sample(fc.array(anyPerson, { minLength: 150, maxLength: 150 }), { numRuns: 2, seed: 7 });
  for (const crowd of crowds) {
    const persons = crowd.map((one, at) => ({ ...one, id: `p${at}` }));
    using place = await hospital(persons);
    using gate = await place.gate(protocol);
    const sqlOf = (criterion: Criterion, side: Side) => compileCriterion(gate, criterion, side);
    await fc.assert(
      fc.asyncProperty(anyCriterion, async (criterion) => {
        const found = persons.filter((one) => naive(one, criterion));
        const behind = found.filter(({ isUnknown, consents }) => !isUnknown && consents?.length === 0);
        const { sql, parameters } = await sqlOf(criterion, 'authorized');
        const rows = await gate.all<{ name: string }>(
          `SELECT person_source_value AS name FROM (${sql}) JOIN person USING (person_id)`,
          parameters,
        );
        expect(rows.map(({ name }) => name).sort()).toEqual(behind.map(({ id }) => `Patient/${id}`).sort());
        const before = await sqlOf(criterion, 'main');
        expect(await gate.countBefore(before.sql, before.parameters)).toBe(found.length);
      }),
      { numRuns: 75 },
    );
  }
});

/** Reads the rules one person at a time. Who has no person row has neither age nor sex, and is not among all persons. */
function naive(person: TestPerson, criterion: Criterion): boolean {
  if ('all' in criterion) return criterion.all.every((part) => naive(person, part));
  if ('any' in criterion) return criterion.any.some((part) => naive(person, part));
  if ('none' in criterion) return !person.isUnknown && !criterion.none.some((part) => naive(person, part));
  if ('sex' in criterion) return !person.isUnknown && (person.sex ?? 'unknown') === criterion.sex;
  if ('age' in criterion) {
    if (person.isUnknown || person.birth === undefined) return false;
    const age = yearsBetween(day(person.birth), day('2012-01-01'));
    return age.max >= (criterion.age.min ?? -200) && age.min <= (criterion.age.max ?? 200);
  }
  return naiveEvents(person, criterion).filter((event) => mayLie(event, criterion.during)).length >= criterion.atLeast;
}

function naiveEvents(person: TestPerson, criterion: Criterion): readonly Dated[] {
  if ('condition' in criterion)
    return (person.conditions ?? []).filter(
      ({ code, verification }) =>
        ['274', '274.0', '2740', 'M10.0', 'm100'].includes(code) &&
        verification !== 'refuted' &&
        verification !== 'entered-in-error',
    );
  if ('procedure' in criterion)
    return (person.procedures ?? []).filter(({ code, status }) => code === '20610' && status !== 'not-done');
  if ('note' in criterion)
    return (person.notes ?? []).filter(({ text }) => {
      if (criterion.note === 'podagra') return text.startsWith('Podagra');
      return text.startsWith('Podagra') || text === 'Gout.' || (criterion.note === '@gout' && text === 'No gout.');
    });
  if (!('drug' in criterion)) return [];
  return (person.drugs ?? []).filter(({ text, kind = 'order', route, status = '' }) => {
    const told = route?.toLowerCase() ?? (/tablet/.test(text) ? 'oral' : /cream/.test(text) ? 'topical' : '');
    return (
      named.includes(text) &&
      !['cancelled', 'not-done', 'entered-in-error'].includes(status) &&
      (criterion.routes === undefined || criterion.routes.includes(told)) &&
      (criterion.sources === undefined || criterion.sources.includes(kind))
    );
  });
}

interface Window {
  readonly from?: PartialDate | undefined;
  readonly to?: PartialDate | undefined;
}

function mayLie({ date: text }: Dated, window: 'period' | Window | undefined): boolean {
  if (window === undefined) return true;
  if (text === undefined) return false;
  const { from, to } = window === 'period' ? { from: protocol.period.start, to: protocol.period.end } : window;
  const { earliest, latest } = dayRange(day(text));
  const afterFrom = from === undefined || latest >= dayRange(from).earliest;
  return afterFrom && (to === undefined || earliest <= dayRange(to).latest);
}

function day(text: string): PartialDate {
  return text as PartialDate;
}
