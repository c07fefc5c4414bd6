/** Any persons and any criteria about them, for property tests; `indexed` criteria may name the index event. */
import fc from 'fast-check';
import type { PartialDate } from '../../base/index.ts';
import {
  type Criterion,
  drugSources,
  type EventCriterion,
  type IndexEvent,
  type Relation,
  relations,
} from '../../protocol/index.ts';
import { goutProtocol, type TestPerson } from '../hospital.test-support.ts';
import { siteNames, specialties } from './clinics.test-support.ts';

/** The protocol whose criteria by name, concept sets and period they are. */
export const anyProtocol = goutProtocol({
  criteria: {
    flare: { condition: 'gout', during: 'period' },
    treated: { any: [{ drug: 'allopurinol' }, { criterion: 'flare' }] },
  },
});
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
export const anyPerson: fc.Arbitrary<Omit<TestPerson, 'id'>> = fc.record({
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
  measurements: list(
    fc.record({
      code: fc.constantFrom('3084-1', '3084-1', '2160-0'),
      date,
      value: fc.constantFrom(5, 6.8, 9.1, 400, 600),
      unit: fc.constantFrom('mg/dL', 'mg/dL', 'umol/L', '[degF]', 'units'),
      operator: fc.constantFrom(undefined, undefined, '<' as const, '<=' as const, '>' as const, '>=' as const),
      range: fc.constantFrom(undefined, [5, 6.8] as const, [6, 9] as const),
      status: fc.constantFrom('final', 'final', 'entered-in-error'),
    }),
  ),
  observations: list(fc.record({ code: fc.constantFrom('91939003', '300916003'), date })),
  visits: list(
    fc.record({
      class: fc.constantFrom('AMB', 'IMP', 'ACUTE', 'EMER'),
      date,
      end: fc.constantFrom(undefined, '2012-03-09', '2014', '2016-07-05', '2019-01'),
      practitioner: fc.constantFrom(undefined, ...Object.keys(specialties)),
      site: fc.constantFrom(undefined, ...Object.keys(siteNames)),
    }),
  ),
  died: fc.constantFrom(undefined, undefined, '2014-06-15', '2016', '2018-01'),
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
const single = { during, atLeast: fc.constant(1) };
const span = fc.constantFrom('0 days', '30 days', '4 weeks', '3 months', '1 year', '2 years');
const limits = fc.constantFrom(
  undefined,
  { above: 6.8 },
  { atLeast: 6.8 },
  { below: 6.8 },
  { atMost: 5 },
  { above: 5, below: 9.1 },
  { range: 'high' as const },
  { range: 'low' as const },
  { range: 'normal' as const, atLeast: 5 },
);

const names = (...all: string[]) => fc.option(fc.subarray(all, { minLength: 1 }), { nil: undefined, freq: 1 });
const elsewhere = {
  exceptSites: names('skin clinic', 'Joint Clinic'),
  specialties: names('Dermatology', 'rheumatology'),
  exceptSpecialties: names('dermatology', 'Rheumatology'),
};

/** An event without timing; `more` are its window and number. */
function anEvent<More extends object>(more: { readonly [Key in keyof More]: fc.Arbitrary<More[Key]> }) {
  return fc.oneof(
    fc.record({
      condition: fc.constant('gout'),
      verification: fc.constantFrom(undefined, undefined, ['confirmed', 'unknown'], ['refuted']),
      ...more,
    }),
    fc.record({
      drug: fc.constant('allopurinol'),
      routes: fc.constantFrom(undefined, undefined, ['oral'], ['topical', 'oral'], []),
      forms: fc.constantFrom(undefined, undefined, ['cream'], ['tablet', 'gel']),
      sources: fc.option(fc.subarray([...drugSources]), { nil: undefined }),
      ...more,
    }),
    fc.record({ procedure: fc.constant('tap'), ...more }),
    fc.record({ measurement: fc.constant('urate'), value: limits, ...more }),
    fc.record({ observation: fc.constant('sulfa'), ...more }),
    fc.record({ note: fc.constantFrom('affirmed(@gout)', '@gout', 'podagra'), ...more }),
    fc.record({
      visit: fc.constantFrom('any' as const, 'ambulatory' as const, 'inpatient' as const),
      ...elsewhere,
      sites: names('Skin Clinic', 'JOINT clinic'),
      ...more,
    }),
    fc.record({ contact: fc.constant('any' as const), ...elsewhere, ...more }),
    fc.record({ death: fc.constant('any' as const), ...more }),
  ) as fc.Arbitrary<EventCriterion>;
}

/** A relation to an event, which may itself be related to another. */
function aRelation(depth: number, indexed: boolean): fc.Arbitrary<Relation> {
  const inner = depth === 0 ? anEvent(single) : anEvent({ ...single, timing: timings(depth - 1, indexed) });
  const to = fc.oneof(
    { weight: 1, arbitrary: fc.constant('flare') },
    { weight: indexed ? 5 : 0, arbitrary: fc.constant('index') },
    { weight: 4, arbitrary: inner },
  );
  const lag = fc.constantFrom(undefined, undefined, '1 day', '20 days', '1 month', '1 year');
  return fc
    .tuple(fc.constantFrom(...relations), to, fc.option(span, { nil: undefined }), lag)
    .map(([word, event, within, atLeast]) =>
      word === 'overlapping' ? { overlapping: event } : { [word]: event, within, atLeast },
    );
}

function timings(depth: number, indexed: boolean): fc.Arbitrary<readonly Relation[] | undefined> {
  return fc.option(someTimings(depth, indexed), { nil: undefined, freq: 1 });
}

function someTimings(depth: number, indexed: boolean): fc.Arbitrary<readonly Relation[]> {
  return fc.array(aRelation(depth, indexed), { minLength: 1, maxLength: 2 });
}

const number = {
  during,
  atLeast: fc.integer({ min: 1, max: 2 }),
  onDays: fc.constantFrom(undefined, undefined, 1, 2),
};
function anyLeaf(indexed: boolean): fc.Arbitrary<Criterion> {
  const at = fc.constantFrom(undefined, ...(indexed ? (['index', 'index'] as const) : []));
  const limits = fc.constantFrom({}, { min: 18 }, { max: 17 }, { min: 10, max: 20 }, { max: 0 });
  return fc.oneof(
    { weight: 3, arbitrary: anEvent(number) },
    { weight: 3, arbitrary: anEvent({ ...number, timing: timings(1, indexed) }) },
    { weight: indexed ? 12 : 0, arbitrary: anEvent({ ...number, timing: someTimings(1, indexed) }) },
    fc.tuple(limits, at).map(([age, when]) => ({ age: { ...age, at: when } })),
    fc.record({ sex: fc.constantFrom('female' as const, 'male' as const, 'unknown' as const) }),
    fc.record({ criterion: fc.constantFrom('flare', 'treated') }),
  );
}

export function anyCriterion(indexed: boolean): fc.Arbitrary<Criterion> {
  return fc.letrec<{ criterion: Criterion }>((tie) => {
    const parts = fc.array(tie('criterion'), { minLength: 1, maxLength: 3 });
    return {
      criterion: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        anyLeaf(indexed),
        fc.record({ all: parts }),
        fc.record({ any: parts }),
        fc.record({ none: parts }),
        fc.record({ atLeast: fc.integer({ min: 1, max: 3 }), of: parts }),
      ),
    };
  }).criterion;
}

const perhaps = fc.option(span, { nil: undefined });
export const anyIndex: fc.Arbitrary<IndexEvent> = fc.record({
  label: fc.constant('Any'),
  events: fc.array(fc.oneof(anEvent(single), anEvent({ ...single, timing: timings(0, false) })), {
    minLength: 1,
    maxLength: 3,
  }),
  take: fc.constantFrom('first' as const, 'last' as const, 'every' as const, 'every' as const),
  washout: perhaps,
  lookback: perhaps,
  followUp: perhaps,
});

interface Window {
  readonly from?: PartialDate | undefined;
  readonly to?: PartialDate | undefined;
}

function day(text: string): PartialDate {
  return text as PartialDate;
}
