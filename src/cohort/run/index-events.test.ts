import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { silent } from '../../base/index.ts';
import { ledgerExclusions } from '../account/ledger-exclusions.ts';
import { explainCriterion } from '../explain/explain-criterion.ts';
import { explainIndex } from '../explain/explain-index.ts';
import { goutProtocol, hospital, type TestPerson } from '../hospital.test-support.ts';
import { findCandidates } from './find-candidates.ts';
import { type IndexRow, indexTable, judgedByCases } from './index-events.ts';

const gout = (...dates: readonly (string | undefined)[]) => dates.map((date) => ({ code: 'M10.0', date }));
const seen = (...dates: readonly string[]) => dates.map((date) => ({ date }));

/** Found by whether they are women; a case by a diagnosis of the period. */
function study(index: object, rules: Readonly<Record<string, object>> = {}) {
  return goutProtocol({
    arms: [{ id: 'women', label: 'Women', criterion: { sex: 'female' } }],
    index: { label: 'Gout', events: [{ condition: 'gout', during: 'period' }], ...index },
    exclusions: Object.entries(rules).map(([id, rule]) => ({ id, label: id, rule })),
  });
}

/** Each candidate's rules, and of its events the days with theirs. */
async function judged(protocol: ReturnType<typeof study>, persons: readonly Omit<TestPerson, 'sex'>[]) {
  using place = await hospital(persons.map((one) => ({ ...one, sex: 'female' })));
  using gate = await place.gate(protocol);
  const { persons: found } = await findCandidates(gate, silent);
  return Object.fromEntries(
    found.map(({ person, rules, events = [] }) => [
      person.replace('Patient/', ''),
      [rules, events.map(({ day, rules: held }) => [day, ...held].join(' '))],
    ]),
  );
}

describe('the index event', () => {
  test('[R100] has a date, and is one where several criteria find it', async () => {
    const events = [{ condition: 'gout' }, { condition: 'gout', during: 'period' }];
    const persons = [
      { id: 'twice', conditions: gout('2013-01-01', '2014') },
      { id: 'undated', conditions: gout(undefined) },
    ];
    expect(await judged(study({ events, take: 'every' }), persons)).toEqual({
      twice: [[], ['2013-01-01', '2014']],
      undated: [['no-index-event'], []],
    });
  });

  test('[R101] is washed out by an earlier one at any time, only when that is sure', async () => {
    const persons = [
      { id: 'before-period', conditions: gout('2011-06-01', '2012-06-01') },
      { id: 'day-too-long', conditions: gout('2011-06-01', '2012-06-02') },
      { id: 'same-day', conditions: gout('2012-06-01', '2012-06-01') },
      { id: 'may-be-longer', conditions: gout('2011', '2012-06-01') },
      { id: 'coarse-but-sure', conditions: gout('2011-12', '2012-06') },
    ];
    expect(await judged(study({ washout: '1 year' }), persons)).toEqual({
      'before-period': [['washout'], ['2012-06-01 washout']],
      'day-too-long': [[], ['2012-06-02']],
      'same-day': [[], ['2012-06-01']],
      'may-be-longer': [[], ['2012-06-01']],
      'coarse-but-sure': [['washout'], ['2012-06 washout']],
    });
  });

  test('[R102] is the first or the last that is new; where both may be, the one whose day is known best', async () => {
    const persons = [
      { id: 'new', conditions: gout('2011-12-20', '2012-01-05', '2014-03-01', '2015-03-01') },
      { id: 'coarse', conditions: gout('2013', '2013-01-01', '2013-12-31') },
    ];
    const taken = async (take: string) => {
      const all = await judged(study({ washout: '30 days', take }), persons);
      return [all.new?.[1], all.coarse?.[1]];
    };
    expect(await taken('first')).toEqual([['2012-01-05 washout', '2014-03-01'], ['2013-01-01']]);
    expect(await taken('last')).toEqual([['2012-01-05 washout', '2015-03-01'], ['2013-12-31']]);
  });

  test('[R102] does not depend on the order in which the records came', async () => {
    const visits = [
      { date: '2013-05-01', class: 'IMP' },
      { date: '2013-05-01', class: 'AMB' },
    ];
    using place = await hospital([{ id: 'a', sex: 'female', visits }]);
    const protocol = study({ events: [{ visit: 'any' }] });
    const eventOf = async (): Promise<string | undefined> => {
      using gate = await place.gate(protocol);
      return (await findCandidates(gate, silent)).persons[0]?.events?.[0]?.event;
    };
    const first = await eventOf();
    await place.add([{ id: 'a', sex: 'female', visits: visits.toReversed() }]);
    expect(first).toMatch(/^\d+$/);
    expect(await eventOf()).toBe(first);
  });

  test('[R103] was seen before and after, by another row, or died', async () => {
    const window = { lookback: '6 months', followUp: '1 month' };
    const conditions = gout('2013-05-01');
    const persons = [
      { id: 'both', conditions, visits: seen('2012-11-01', '2013-06-01') },
      { id: 'days-short', conditions, visits: seen('2012-11-02', '2013-05-31') },
      { id: 'died', conditions, visits: seen('2012-01-01'), died: '2013-06-01' },
      { id: 'died-later', conditions, visits: seen('2012-01-01'), died: '2013-06-02' },
      { id: 'died-before', conditions, visits: seen('2012-01-01'), died: '2013-04-30' },
      { id: 'may-be', conditions: gout('2013'), visits: seen('2012-12', '2013-02-01') },
    ];
    expect(await judged(study(window), persons)).toEqual({
      both: [[], ['2013-05-01']],
      'days-short': [['lookback', 'follow-up'], ['2013-05-01 lookback follow-up']],
      died: [[], ['2013-05-01']],
      'died-later': [['follow-up'], ['2013-05-01 follow-up']],
      'died-before': [['follow-up'], ['2013-05-01 follow-up']],
      'may-be': [[], ['2013']],
    });
    const visit = study({ ...window, events: [{ visit: 'any' }] });
    expect(await judged(visit, [{ id: 'alone', visits: seen('2013') }])).toEqual({
      alone: [['lookback', 'follow-up'], ['2013 lookback follow-up']],
    });
  });

  test('[R104] rules that name it are asked of each case, also through an event that another is related to', async () => {
    const soon = { visit: 'any', timing: [{ within: '10 days', after: 'index' }] };
    const rules = {
      seen: { contact: 'any', timing: [{ within: '10 days', after: 'index' }] },
      twice: { contact: 'any', atLeast: 2, timing: [{ within: '10 days', after: 'index' }] },
      tapped: { procedure: 'tap', timing: [{ within: '5 days', onOrAfter: soon }] },
      neither: { none: [soon, { sex: 'male' }] },
      adult: { age: { min: 18, at: 'index' } },
      treated: { drug: 'allopurinol' },
    };
    const found = await judged(study({ take: 'every' }, rules), [
      {
        id: 'a',
        birth: '1995-06-01',
        conditions: gout('2013-05-01', '2014-05-01'),
        visits: seen('2013-05-05'),
        procedures: [{ code: '20610', date: '2013-05-08' }],
      },
      { id: 'b', conditions: gout('2013-05-01'), drugs: [{ text: 'allopurinol' }] },
    ]);
    expect(found).toEqual({
      a: [['neither'], ['2013-05-01 seen twice tapped', '2014-05-01 neither adult']],
      b: [['neither', 'treated'], ['2013-05-01 neither treated']],
    });
  });

  test('[R104] no event of another case makes a related one', async () => {
    const tap = { procedure: 'tap', timing: [{ within: '5 days', after: 'index' }] };
    const rules = { seen: { visit: 'any', timing: [{ before: 'index' }, { within: '3 days', after: tap }] } };
    const found = await judged(study({ take: 'every' }, rules), [
      {
        id: 'a',
        conditions: gout('2013-05-01', '2014-05-01'),
        procedures: [{ code: '20610', date: '2013-05-03' }],
        visits: seen('2013-05-05'),
      },
    ]);
    expect(found).toEqual({ a: [[], ['2013-05-01', '2014-05-01']] });
  });

  test('[R105] an age is that of any day that the event may lie on', async () => {
    const rules = { minor: { age: { max: 17, at: 'index' } }, adult: { age: { min: 18, at: 'index' } } };
    const found = await judged(study({}, rules), [
      { id: 'sure', birth: '1995-06-01', conditions: gout('2013-05-31') },
      { id: 'either', birth: '1995-06-01', conditions: gout('2013') },
    ]);
    expect(found).toEqual({
      sure: [['minor'], ['2013-05-31 minor']],
      either: [['minor', 'adult'], ['2013 minor adult']],
    });
  });
});

describe('the account', () => {
  const ids = ['a', 'b', 'c'];
  const protocol = study(
    { washout: '1 year', lookback: '1 year' },
    Object.fromEntries(ids.map((id) => [id, { sex: 'male' }])),
  );

  test('[R107] has the steps that are declared before those of the protocol, and none without an index event', () => {
    expect(ledgerExclusions(protocol).map(({ id, label }) => ({ id, label }))).toEqual([
      { id: 'no-index-event', label: 'No index event (Gout)' },
      { id: 'washout', label: 'Not new: such an event within 1 year before' },
      { id: 'lookback', label: 'Not seen 1 year or more before' },
      ...ids.map((id) => ({ id, label: id })),
    ]);
    const { index: _, ...without } = protocol;
    expect(ledgerExclusions(without).map(({ id }) => id)).toEqual(ids);
  });

  test('[R107] a run of a protocol without one says nothing of events', async () => {
    using place = await hospital([{ id: 'a', conditions: gout('2013-01-01') }]);
    using gate = await place.gate(goutProtocol());
    const { persons } = await findCandidates(gate, silent);
    expect(persons.map((one) => Object.keys(one))).toEqual([['personId', 'person', 'arms', 'rules']]);
  });

  test('[R106] a person leaves with the last of its events', () => {
    const row = fc.record({
      person_id: fc.constant('1'),
      day: fc.constant('2013'),
      washed_out: fc.boolean(),
      taken: fc.constant(true),
      without_lookback: fc.boolean(),
      without_follow_up: fc.constant(false),
      held: fc.subarray(ids),
    });
    const order = ledgerExclusions(protocol).map(({ id }) => id);
    fc.assert(
      fc.property(fc.array(row, { maxLength: 4 }), fc.subarray(ids), (list, ofPerson) => {
        const rows: (IndexRow & { readonly held: string[] })[] = list.map((one, at) => ({ ...one, row_id: `${at}` }));
        const ofEvent = (event: string) => rows[Number(event)]?.held ?? [];
        const { rules, events } = judgedByCases(protocol, rows, { ofPerson, ofEvent });
        const steps = events.map((one) => order.findIndex((id) => one.rules.includes(id)));
        const stays = steps.includes(-1);
        expect(rules[0]).toBe(rows.length === 0 ? 'no-index-event' : stays ? undefined : order[Math.max(...steps)]);
        for (const id of rules.slice(1)) {
          expect(rows.length === 0 ? ofPerson.includes(id) : events.every((one) => one.rules.includes(id))).toBe(true);
        }
        const ofAll = order.filter((id) => events.length > 0 && events.every((one) => one.rules.includes(id)));
        expect(rules).toEqual(expect.arrayContaining([...ofPerson, ...ofAll]));
      }),
    );
  });
});

describe('an explanation', () => {
  const persons: TestPerson[] = [
    { id: 'two', conditions: gout('2013-01-01', '2015-01-01'), visits: seen('2011', '2015-06-01') },
    { id: 'washed', conditions: gout('2011-12-01', '2012-02-01') },
    { id: 'early', conditions: gout('2011-12-01') },
    { id: 'refused', conditions: gout('2013-01-01'), consents: [{ decision: 'deny', date: '2013-01-01' }] },
  ];
  const protocol = study({ take: 'every', washout: '1 year', lookback: '1 year', followUp: '1 year' });

  test('[R108] counts persons and events that are left, behind the gate', async () => {
    using place = await hospital(persons);
    using gate = await place.gate(protocol);
    const told = await explainIndex(gate);
    expect(told?.steps).toEqual([
      { text: 'A diagnosis of Gout (not refuted) in the period of the study (2012 to 2016-06)', persons: 2, events: 3 },
      { text: 'None of these on an earlier day within 1 year before, at any time', persons: 1, events: 2 },
      { text: 'Every one of a person', persons: 1, events: 2 },
      { text: 'A contact at least 1 year before', persons: 1, events: 2 },
      { text: 'A contact at least 1 year after, or death within that time', persons: 1, events: 1 },
    ]);
    using without = await place.gate(goutProtocol());
    expect(await explainIndex(without)).toBeUndefined();
  });

  test('[R108] a part that names it counts the persons of whom it holds for some event', async () => {
    using place = await hospital(persons);
    using gate = await place.gate(protocol);
    const seenAfter = { contact: 'any', atLeast: 1, timing: [{ after: 'index' }] } as const;
    const table = await indexTable(gate);
    const { part } = await explainCriterion(gate, { all: [seenAfter, { age: { min: 18 } }] }, { indexEvents: table });
    expect(part.alone).toBe(0);
    expect(part.parts.map(({ alone, soFar }) => [alone, soFar])).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });
});
