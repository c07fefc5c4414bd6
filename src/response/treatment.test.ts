import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { treatmentNames } from '../protocol/index.ts';
import { treatmentFocus } from './treatment-focus.ts';
import { treatmentSentence, windowLines } from './treatment-text.ts';
import { rulesOf, someDate, treated } from './uses.test-support.ts';

const mg = (dose: number, timesPerDay: number | null = 1) => ({ dose, doseUnit: 'mg', timesPerDay });

describe('the numbers of a treatment', () => {
  test('[R36] are told where every way to fill in its dates gives the same', () => {
    expect(
      treated([
        { start: '2013-01-01', daysSupply: 30 },
        { start: '2013-06-01', daysSupply: 30 },
      ]),
    ).toMatchObject({
      ever: true,
      count: 2,
      first: '2013-01-01',
      last: '2013-06-30',
      days: 60,
      months: 60 / 30.4375,
      ongoing: false,
      covered: 60 / 181,
    });
    const coarse = treated([
      { start: '2013-01', daysSupply: 30 },
      { start: '2013-06', daysSupply: 30 },
    ]);
    expect(coarse).toMatchObject({ count: 2, first: '2013-01', days: 60, ongoing: false });
    expect(coarse).not.toHaveProperty('covered');
    expect(coarse).not.toHaveProperty('last'); // from 30 June to 29 July is no partial date
    const open = treated([
      { start: '2013-01', daysSupply: 30 },
      { start: '2013-03', daysSupply: 30 },
    ]);
    expect(open).not.toHaveProperty('count');
    expect(open).not.toHaveProperty('days');
  });

  test('[R36] are none with a use of no date', () => {
    const undated = treated([{ start: '2013-01-01', daysSupply: 30 }, {}]);
    expect(undated).toMatchObject({ ever: true, undated: [{ start: null }] });
    for (const name of ['count', 'days', 'first', 'ongoing', 'persistent']) expect(undated).not.toHaveProperty(name);
    expect(treated([])).toMatchObject({ ever: false, count: 0, days: 0, episodes: [] });
  });

  test('[R37] are not told where too many ways would have to be tried', () => {
    const years = [2010, 2011, 2012].map((year) => ({ start: `${year}`, daysSupply: 20 }));
    expect(treated(years, { persistence: '1 month' }).count).toBeUndefined();
    const beyond = { windows: { prior: 'any', recentlyChanged: { within: '60 days' } }, relativeTo: { start: 'x' } };
    // The year of each lies before, whatever else is open; whether one changed in spring 2013 is beyond what is tried.
    expect(treated(years, beyond, { start: '2013-03-01' })).toMatchObject({ prior: true });
    expect(treated(years, beyond, { start: '2013-03-01' })).not.toHaveProperty('recentlyChanged');
  });

  test('[R35] uses that surely begin after the period do not count', () => {
    expect(treated([{ start: '2015-01-01', daysSupply: 30 }])).toMatchObject({ ever: false, count: 0 });
    expect(treated([{ start: '2014-12-20', daysSupply: 30 }])).toMatchObject({ ongoing: true, days: 12 });
  });
});

describe('a dose', () => {
  const changes = (...doses: Parameters<typeof treated>[0]) =>
    treated(doses.map((one, at) => ({ start: `2014-0${at + 1}-01`, daysSupply: 30, ...one }))).episodes.flatMap((one) =>
      one.changes.map(({ direction, from, to, source }) => [direction, from.value, to.value, source]),
    );

  test('[R38] changes where another is told, in units that compare', () => {
    expect(changes(mg(10), mg(20), mg(20), mg(5))).toEqual([
      ['up', 10, 20, 'MedicationDispense/1'],
      ['down', 20, 5, 'MedicationDispense/3'],
    ]);
    expect(changes(mg(10), mg(5, 2))).toEqual([]);
    expect(changes(mg(1000), { dose: 2, doseUnit: 'g', timesPerDay: 1 })).toEqual([
      ['up', 1000, 2, 'MedicationDispense/1'],
    ]);
    expect(changes(mg(10), { dose: 1, doseUnit: 'tablet', timesPerDay: 1 })).toEqual([]);
    expect(changes(mg(10), mg(20, null))).toEqual([]);
    expect(changes(mg(10, null), mg(20, null))).toHaveLength(1);
    expect(changes(mg(10), {}, mg(20))).toEqual([['up', 10, 20, 'MedicationDispense/2']]);
  });

  test('[R38] is none where uses of one day differ', () => {
    const day = { start: '2014-01-01', daysSupply: 30 };
    expect(
      treated([
        { ...day, ...mg(10) },
        { ...day, ...mg(5) },
        { start: '2014-02-01', ...mg(5) },
      ]).doseChanges,
    ).toBe(0);
  });
});

describe('an episode', () => {
  test('[R39] has the bounds of its partial dates', () => {
    const [one] = treated([
      { start: '2014-02', daysSupply: 30 },
      { start: '2014-03-10', daysSupply: 10 },
    ]).episodes;
    expect(one).toMatchObject({
      start: { date: '2014-02', earliest: '2014-02-01', latest: '2014-02-28' },
      stop: { earliest: '2014-03-19', latest: '2014-03-29' },
      isSure: true,
    });
    expect(one).not.toHaveProperty('days');
    expect(treated([{ start: '2014-02', daysSupply: 30 }]).episodes[0]).toMatchObject({ days: 30, ongoing: false });
  });

  test('[R39] that may be several is shown as one that is not sure', () => {
    const [one, ...more] = treated([
      { start: '2013', daysSupply: 30 },
      { start: '2013-06-01', daysSupply: 30 },
    ]).episodes;
    expect(more).toEqual([]);
    expect(one).toMatchObject({ isSure: false, start: { earliest: '2013-01-01', latest: '2013-06-01' } });
    expect(one?.stop).toEqual({ earliest: '2013-06-30', latest: '2014-01-29' });
  });

  test('[R39] lies within its bounds, however the dates are filled in', () => {
    const uses = fc.array(fc.record({ start: someDate, daysSupply: fc.integer({ min: 1, max: 40 }) }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(uses, fc.boolean(), (all, isEarly) => {
        const bounds = treated(all).episodes;
        const filled = all.map((one) => ({
          ...one,
          start: one.start.length === 7 ? `${one.start}-${isEarly ? '01' : '28'}` : one.start,
        }));
        for (const { start, stop } of treated(filled).episodes) {
          const around = bounds.filter((one) => one.start.earliest <= start.earliest && one.stop.latest >= stop.latest);
          expect(around).toHaveLength(1);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('keeping to a treatment', () => {
  const kept = (lasting: readonly (readonly [string, number])[], persistence = '6 months') => {
    const uses = lasting.map(([start, daysSupply]) => ({ start, daysSupply }));
    const { persistent, covered } = treated(uses, { persistence });
    return [persistent, covered];
  };

  test('[R46] is persistent where the first episode lasts so long', () => {
    expect(kept([['2013-01-01', 182]])[0]).toBe(true); // the last day is 1 July
    expect(kept([['2013-01-01', 181]])[0]).toBe(false);
    expect(
      kept([
        ['2013-01-01', 90],
        ['2013-04-20', 90],
      ])[0],
    ).toBe(true);
    expect(
      kept([
        ['2013-01-01', 90],
        ['2013-06-20', 90],
      ])[0],
    ).toBe(false);
  });

  test('[R46] is unknown where the period ends before', () => {
    expect(kept([['2014-09-01', 30]])[0]).toBe(false);
    expect(kept([['2014-09-01', 100]])[0]).toBeUndefined();
    expect(kept([['2014-09-01', 300]])[0]).toBeUndefined();
  });

  test('[R47] covers a share of the days', () => {
    expect(
      kept(
        [
          ['2013-01-01', 60],
          ['2013-03-12', 10],
        ],
        '100 days',
      )[1],
    ).toBe(0.7);
    expect(kept([['2013-01-01', 365]], '100 days')[1]).toBe(1);
    expect(kept([['2014-12-22', 5]], '100 days')[1]).toBe(0.5); // the period ends after 10 days
  });
});

describe('amounts', () => {
  const g = (amount: number | null, start: string, more: object = {}) => ({
    amount,
    amountUnit: 'g',
    start,
    daysSupply: 30,
    ...more,
  });

  test('[R48] are added over what was dispensed, where there is any', () => {
    const ordered = g(100, '2014-01-01', { kind: 'order', refills: 3, source: 'MedicationRequest/1' });
    expect(treated([ordered, g(50, '2014-01-02'), g(60, '2014-02-01')])).toMatchObject({
      amount: 110,
      amountUnit: 'g',
      fills: 2,
      refills: 1,
      refillsAllowed: 3,
    });
    expect(treated([ordered])).toMatchObject({ amount: 100, refillsAllowed: 3 });
    expect(treated([ordered])).not.toHaveProperty('refills');
    expect(treated([g(50, '2014-01-02'), g(null, '2014-02-01')])).not.toHaveProperty('amount');
    expect(treated([g(50, '2014-01-02'), { ...g(5, '2014-02-01'), amountUnit: 'mL' }])).not.toHaveProperty('amount');
  });
});

describe('a treatment in expressions and in words', () => {
  test('[R49] what is not known is absent', () => {
    const focus = treatmentFocus(
      treated(
        [{ start: '2013-11', daysSupply: 30 }],
        { windows: { prior: '1 month' }, relativeTo: { start: 'x' } },
        { start: '2014-01-10' },
      ),
    );
    expect(focus).toMatchObject({
      ever: true,
      count: 1,
      treatedDays: 30,
      episodes: [{ start: '2013-11', startLatest: '2013-11-30' }],
    });
    expect(focus).not.toHaveProperty('prior'); // it ended between 30 November and 29 December
    expect(focus).not.toHaveProperty('uses');
  });

  test('[R49] holds nothing that the protocol has no name for', () => {
    const tablet = { text: 'prednisone 5 mg tablet', dose: 1, doseUnit: 'tablet', timesPerDay: 1, frequency: 'daily' };
    const supply = { ...tablet, start: '2013-01-01', daysSupply: 30, amount: 30, amountUnit: 'tablet', refills: 1 };
    const all = [
      { ...supply, kind: 'order' },
      supply,
      { ...supply, start: '2013-01-20', text: 'prednisone 10 mg tablet' },
    ];
    const focus = treatmentFocus(
      treated(
        all,
        {
          persistence: '1 month',
          windows: { prior: 'any', concurrent: true, recentlyChanged: { within: '1 day' } },
          relativeTo: { start: 'x' },
        },
        { start: '2014-01-01' },
      ),
    );
    const { episodes, ...names } = treatmentNames;
    expect(Object.keys(focus).sort()).toEqual(['episodes', ...Object.keys(names)].sort());
    const [episode] = focus.episodes as readonly Readonly<Record<string, unknown>>[];
    expect(Object.keys(episode ?? {}).sort()).toEqual(Object.keys(episodes).sort());
    const [change] = (episode?.doseChanges ?? []) as readonly object[];
    expect(Object.keys(change ?? {}).sort()).toEqual([...episodes.doseChanges].sort());
  });

  test('[R49] tells itself in a sentence, and why', () => {
    const rules = {
      windows: { prior: 'any', concurrent: true, recentlyChanged: { within: '3 months' } },
      relativeTo: { start: 'x' },
    };
    const one = treated([{ start: '2013-11-01', daysSupply: 30 }, {}], rules, { start: '2014-03' });
    expect(treatmentSentence(one)).toBe('Prednisone: 1 episode, 2013-11-01 to 2013-11-30, 1 without a date.');
    expect(treatmentSentence(treated([]))).toBe('Prednisone: never.');
    expect(windowLines(rulesOf(rules), one)).toEqual([
      'prior (any time before 2014-03): yes',
      'concurrent (on 2014-03): unknown',
      'recently changed (within 3 months before 2014-03, or on that day): unknown',
    ]);
  });
});
