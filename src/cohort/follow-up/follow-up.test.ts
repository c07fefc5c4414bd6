import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayNumber, dayRange, type PartialDate, personIdOf } from '../../base/index.ts';
import { clinics, isSeenAs, siteNames, specialties } from '../criteria/clinics.test-support.ts';
import type { Gate } from '../gate/gate.ts';
import { goutProtocol, hospital, type TestPerson } from '../hospital.test-support.ts';
import { type FollowUp, type FollowUpQuestion, followUp } from './follow-up.ts';
import { followUpSummary } from './follow-up-summary.ts';

const protocol = goutProtocol(); // the period ends in June 2016
const A_YEAR: FollowUpQuestion = { lastDays: 365 };

/** The follow-up of these persons, whose subject id is their own. */
function of(gate: Gate, persons: readonly Pick<TestPerson, 'id'>[], asked = A_YEAR): Promise<FollowUp[]> {
  const candidates = persons.map(({ id }) => ({
    subject: id,
    personId: personIdOf(`Patient/${id}`),
    person: `Patient/${id}`,
  }));
  return followUp(gate, candidates, asked);
}

const never = { first: null, last: null, days: null, contacts: 0, visits: 0, visitsAYear: null, isQuiet: true };

describe('follow-up', () => {
  test('[R118] is from the first to the last contact of any kind, with the visits a year between', async () => {
    const persons: TestPerson[] = [
      {
        id: 'long',
        visits: [{ date: '2012-01-01' }, { date: '2013-01-01' }, { date: '2014-01-01' }],
        notes: [{ text: 'Well.', date: '2016-01-01' }],
        measurements: [{ date: '2015-01-01' }, { date: '2020-01-01', status: 'entered-in-error' }],
        conditions: [{ code: '274', date: '2010-01-01' }], // no contact
        died: '2016',
      },
      { id: 'coarse', visits: [{ date: '2013' }, {}] },
      { id: 'once', visits: [{ date: '2016-06-30' }] },
      { id: 'never' },
      { id: 'refuses', visits: [{ date: '2013-01-01' }], consents: [{ decision: 'deny', date: '2012' }], died: '2013' },
    ];
    using place = await hospital(persons);
    using gate = await place.gate(protocol);
    const all = await of(gate, persons);
    expect(all).toEqual([
      {
        subject: 'long',
        first: '2012-01-01',
        last: '2016-01-01',
        days: 1461,
        contacts: 5,
        visits: 3,
        visitsAYear: (3 / 1461) * 365.25,
        died: '2016',
        isQuiet: false,
      },
      {
        subject: 'coarse',
        first: '2013-01-01',
        last: '2013-12-31',
        days: 364,
        contacts: 1,
        visits: 1,
        visitsAYear: 365.25 / 364,
        died: null,
        isQuiet: true,
      },
      {
        subject: 'once',
        first: '2016-06-30',
        last: '2016-06-30',
        days: 0,
        contacts: 1,
        visits: 1,
        visitsAYear: null,
        died: null,
        isQuiet: false,
      },
      { subject: 'never', ...never, died: null },
      { subject: 'refuses', ...never, died: null },
    ]);
    // R: quantile(c(1461, 364, 0), c(.25, .5, .75))
    expect(await followUpSummary(gate, all)).toMatchObject({
      subjects: 5,
      withoutContact: 2,
      deaths: 1,
      quiet: 3,
      quietAndDied: 0,
      days: { n: 3, q1: 182, median: 364, q3: 912.5 },
      visitsAYear: { n: 2 },
    });
  });

  test('[R119] quiet is who may have no contact in the last days of the period, of which the last is one', async () => {
    const persons = ['2016-06-21', '2016-06-20', '2016-06', '2016', '2016-07-01'].map((date) => ({
      id: `p${date}`,
      visits: [{ date }],
    }));
    using place = await hospital(persons);
    using gate = await place.gate(protocol);
    const quiet = (await of(gate, persons, { lastDays: 10 })).filter(({ isQuiet }) => isQuiet);
    expect(quiet.map(({ subject }) => subject)).toEqual(['p2016-06-20', 'p2016-07-01']);
    const nobody = { n: 0, q1: null, median: null, q3: null };
    expect(await followUpSummary(gate, [])).toMatchObject({ subjects: 0, days: nobody, visitsAYear: nobody });
  });

  test('[R117][R118][R119] is what the contacts, read one by one, say', async () => {
    const date = fc.constantFrom(undefined, '2010', '2012-03', '2014-02-28', '2015-07', '2016-06-30', '2018-01-01');
    const list = <Item>(item: fc.Arbitrary<Item>) => fc.array(item, { maxLength: 3 });
    const person = fc.record({
      visits: list(
        fc.record({
          date,
          practitioner: fc.constantFrom(undefined, ...Object.keys(specialties)),
          site: fc.constantFrom(undefined, ...Object.keys(siteNames)),
        }),
      ),
      notes: list(fc.record({ text: fc.constant('Well.'), date })),
      procedures: list(fc.record({ code: fc.constant('20610'), date })),
      measurements: list(fc.record({ date })),
    });
    const [crowd = []] = fc.sample(fc.array(person, { minLength: 120, maxLength: 120 }), { numRuns: 1, seed: 3 });
    const persons = crowd.map((one, at) => ({ ...one, id: `p${at}` }));
    using place = await hospital(persons, clinics);
    using gate = await place.gate(protocol);
    const asked = { lastDays: 365, exceptSites: ['skin clinic'], exceptSpecialties: ['Dermatology'] };
    const range = (text: string | undefined) => (text ? [dayRange(text as PartialDate)] : []);
    expect(await of(gate, persons, asked)).toEqual(
      persons.map(({ id, visits, notes, procedures, measurements }) => {
        const contacts = [...visits, ...notes, ...procedures, ...measurements].flatMap((one) => range(one.date));
        const dated = visits.filter((one) => one.date !== undefined);
        const first = contacts.map(({ earliest }) => earliest).sort()[0] ?? null;
        const last =
          contacts
            .map(({ latest }) => latest)
            .sort()
            .at(-1) ?? null;
        const days = first && last && dayNumber(last) - dayNumber(first);
        return {
          subject: id,
          first,
          last,
          days,
          contacts: contacts.length,
          visits: dated.length,
          died: null,
          visitsAYear: days ? (dated.length / days) * 365.25 : null,
          isQuiet: !contacts.some(({ earliest, latest }) => earliest <= '2016-06-30' && latest >= '2015-07-02'),
          elsewhere: dated.filter((one) => isSeenAs(one, { exceptSites: asked.exceptSites })).length,
          withOthers: dated.filter((one) => isSeenAs(one, { exceptSpecialties: asked.exceptSpecialties })).length,
        };
      }),
    );
  });
});
