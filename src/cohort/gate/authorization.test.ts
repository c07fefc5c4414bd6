import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Day, dayNumber, dayRange, type PartialDate } from '../../base/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import { goutProtocol, hospital, type TestPerson } from '../hospital.test-support.ts';
import type { Gate } from './gate.ts';

const AS_OF = '2016-06';
const optOut = goutProtocol();
const optIn = goutProtocol({ authorization: { asOf: AS_OF, noneOnRecord: 'refused' } });
const letters = (count: number, days: number) => ({ grantedAfter: { letters: count, days } });
const byLetters = goutProtocol({ authorization: { asOf: AS_OF, noneOnRecord: letters(2, 60) } });

async function authorized(persons: readonly TestPerson[], protocol: typeof optOut): Promise<string[]> {
  using place = await hospital(persons);
  using gate = await place.gate(protocol);
  return await idsBehind(gate); // awaited here, before `using` closes the gate
}

type Consents = NonNullable<TestPerson['consents']>;
const said = (...consents: [decision: Consents[number]['decision'], date?: string][]): Consents =>
  consents.map(([decision, date]) => ({ decision, date }));

describe('who is authorized', () => {
  test('[R1] the last decision up to the day holds, and the policy where there is none', async () => {
    const persons: TestPerson[] = [
      { id: 'never-asked' },
      { id: 'said-yes', consents: said(['permit', '2012-01-01']) },
      { id: 'said-no', consents: said(['deny', '2012-01-01']) },
      { id: 'no-then-yes', consents: said(['deny', '2012-01-01'], ['permit', '2013-01-01']) },
      { id: 'yes-then-no', consents: said(['permit', '2012-01-01'], ['deny', '2013-01-01']) },
      { id: 'no-too-late', consents: said(['deny', '2016-07-01']) },
      { id: 'yes-too-late', consents: said(['permit', '2016-07-01']) },
      { id: 'no-on-the-day', consents: said(['deny', '2016-06-30']) },
    ];
    expect(await authorized(persons, optOut)).toEqual([
      'never-asked',
      'no-then-yes',
      'no-too-late',
      'said-yes',
      'yes-too-late',
    ]);
    expect(await authorized(persons, optIn)).toEqual(['no-then-yes', 'said-yes']);
  });

  test('[R2] where dates leave a choice, the refusal holds', async () => {
    const persons: TestPerson[] = [
      { id: 'no-in-the-year', consents: said(['permit', '2016-01-01'], ['deny', '2016']) },
      { id: 'yes-in-the-year', consents: said(['permit', '2016']) },
      { id: 'yes-in-a-month-after-no', consents: said(['deny', '2014-03-15'], ['permit', '2014-03']) },
      { id: 'both-on-one-day', consents: said(['permit', '2014-03-15'], ['deny', '2014-03-15']) },
      { id: 'no-undated', consents: said(['permit', '2015-01-01'], ['deny']) },
      { id: 'yes-undated', consents: said(['permit']) },
    ];
    expect(await authorized(persons, optOut)).toEqual(['yes-in-the-year', 'yes-undated']); // never validly answered
    expect(await authorized(persons, optIn)).toEqual([]);
  });

  test('[R113] silence is a grant when enough letters were sent surely so long ago, and nobody answered', async () => {
    const first = ['letter', '2016-01-01'] as const;
    const persons: TestPerson[] = [
      { id: 'never-asked' },
      { id: 'asked-once', consents: said([...first]) },
      { id: 'asked-twice', consents: said([...first], ['letter', '2016-05-01']) }, // 60 days before 2016-06-30
      { id: 'asked-lately', consents: said([...first], ['letter', '2016-05-02']) },
      { id: 'asked-in-may', consents: said([...first], ['letter', '2016-05']) },
      { id: 'asked-in-april', consents: said([...first], ['letter', '2016-04']) },
      { id: 'one-letter-twice', consents: said([...first], [...first]) },
      { id: 'maybe-one-letter', consents: said([...first], ['letter', '2016-01'], ['letter', '2016-01-01T10:00:00Z']) },
      { id: 'two-in-a-month', consents: said([...first], ['letter', '2016-01'], ['letter', '2016-01-31']) },
      { id: 'undated', consents: said([...first], ['letter']) },
      { id: 'answered-yes', consents: said([...first], ['permit', '2016-02-01']) },
      { id: 'answered-no', consents: said([...first], ['letter', '2016-02-01'], ['deny', '2016-06-30']) },
      { id: 'said-no-before', consents: said(['deny', '2010'], [...first], ['letter', '2016-02-01']) },
      { id: 'said-no-later', consents: said([...first], ['letter', '2016-02-01'], ['deny', '2016-07-01']) },
    ];
    expect(await authorized(persons, byLetters)).toEqual([
      'answered-yes',
      'asked-in-april',
      'asked-twice',
      'said-no-later',
      'two-in-a-month',
    ]);
    // A letter alone is no answer, whatever else silence counts as.
    const asked = persons.filter(({ id }) => id.startsWith('asked') || id === 'never-asked');
    expect(await authorized(asked, optOut)).toEqual(asked.map(({ id }) => id).sort());
    expect(await authorized(asked, optIn)).toEqual([]);
  });

  test('[R114] who revoked a grant has refused', async () => {
    const persons: TestPerson[] = [
      { id: 'revoked', consents: said(['permit', '2012'], ['revoke', '2014-03']) },
      { id: 'granted-again', consents: said(['revoke', '2014-03'], ['permit', '2015']) },
      { id: 'revoked-undated', consents: said(['permit', '2015'], ['revoke']) },
      { id: 'revoked-later', consents: said(['permit', '2015'], ['revoke', '2016-07']) },
    ];
    for (const protocol of [optOut, optIn, byLetters])
      expect(await authorized(persons, protocol)).toEqual(['granted-again', 'revoked-later']);
  });

  const decisions = ['permit', 'deny', 'revoke', 'letter'] as const;
  const dates = [
    undefined,
    '2013',
    '2014',
    '2014-03',
    '2014-03-15',
    '2014-03-16',
    '2014-03-15T23:59:00-06:00',
    '2016-07',
  ];
  const one = fc.record({ decision: fc.constantFrom(...decisions), date: fc.constantFrom(...dates) });

  test('[R1][R2][R113][R114] whatever was said or asked when, and whichever day a date means', async () => {
    const single = decisions.flatMap((decision) => dates.map((date) => ({ decision, date })));
    const pairs = single.flatMap((first) => single.map((second) => [first, second]));
    const more = fc.sample(fc.array(one, { minLength: 3, maxLength: 4 }), { numRuns: 400, seed: 11 });
    const lists: Consents[] = [[], ...single.map((only) => [only]), ...pairs, ...more];
    const persons = lists.map((consents, at) => ({ id: `p${at}`, consents }));
    using place = await hospital(persons);
    const asOf = fc.constantFrom('2012', '2013', '2013-07-01', '2014-03', '2014-03-15', '2014', '2016-07-01', '2020');
    const noneOnRecord = fc.oneof(
      fc.constantFrom('granted', 'refused'),
      fc.record({
        grantedAfter: fc.record({ letters: fc.integer({ min: 1, max: 3 }), days: fc.constantFrom(1, 60, 400) }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.record({ asOf, noneOnRecord }), async (authorization) => {
        const protocol = goutProtocol({ authorization });
        using gate = await place.gate(protocol);
        const expected = persons.filter(({ consents }) => mayBeUsed(consents, protocol)).map(({ id }) => id);
        expect(await idsBehind(gate)).toEqual(expected.sort());
      }),
      { numRuns: 40 },
    );
  });
});

async function idsBehind(gate: Gate): Promise<string[]> {
  const rows = await gate.all<{ person_source_value: string }>('SELECT person_source_value FROM person');
  return rows.map((row) => row.person_source_value.replace('Patient/', '')).sort();
}

/** A decision on one day of those that its date may mean. */
interface Said {
  readonly decision: Consents[number]['decision'];
  readonly day: string;
}

/** R1 asked of every choice of days that the dates leave: a person may be used where it holds in all of them. */
function mayBeUsed(consents: Consents, { authorization }: Protocol): boolean {
  const asOf = dayRange(authorization.asOf).latest;
  const choices = consents.reduce<readonly (readonly Said[])[]>(
    (before, { decision, date }) =>
      before.flatMap((said) => daysOf(decision, date, asOf).map((day) => [...said, { decision, day }])),
    [[]],
  );
  return choices.every((said) => lastDecision(said, asOf) ?? silenceGrants(said, asOf, authorization));
}

/**
 * The first and the last day that the date may mean, the last that still counts, and those on which a letter may be the
 * same as another: the others change nothing.
 */
function daysOf(decision: Said['decision'], date: string | undefined, asOf: string): string[] {
  if (date === undefined) return decision === 'deny' || decision === 'revoke' ? [asOf] : ['9999-12-31'];
  const { earliest, latest } = dayRange(date as PartialDate);
  const others = decision === 'letter' ? ['2014-03-01', '2014-03-15', '2014-03-16'] : [];
  return [...new Set([earliest, latest, ...[asOf, ...others].filter((day) => earliest <= day && day <= latest)])];
}

/** Whether who never answered counts as having granted: by so many letters on days so long before. */
function silenceGrants(said: readonly Said[], asOf: string, { noneOnRecord }: Protocol['authorization']): boolean {
  if (typeof noneOnRecord === 'string') return noneOnRecord === 'granted';
  const { letters: enough, days } = noneOnRecord.grantedAfter;
  const sent = said.filter(({ decision, day }) => decision === 'letter' && day !== '9999-12-31');
  const waited = sent.filter(({ day }) => dayNumber(day as Day) + days <= dayNumber(asOf as Day));
  return new Set(waited.map(({ day }) => day)).size >= enough;
}

/** Whether the last decision up to the day is a grant; `undefined` where there is none. */
function lastDecision(said: readonly Said[], asOf: string): boolean | undefined {
  const upTo = said.filter(({ decision, day }) => decision !== 'letter' && day <= asOf);
  const last = upTo
    .map(({ day }) => day)
    .sort()
    .at(-1);
  return last === undefined ? undefined : upTo.every(({ day, decision }) => day !== last || decision === 'permit');
}
