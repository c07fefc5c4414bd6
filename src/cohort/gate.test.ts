import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayRange, type PartialDate, personIdOf } from '../base/index.ts';
import { tables } from '../records/index.ts';
import { goutProtocol, hospital, type TestPerson } from './hospital.test-support.ts';

const AS_OF = '2016-06';
const optOut = goutProtocol();
const optIn = goutProtocol({ authorization: { asOf: AS_OF, noneOnRecord: 'refused' } });

async function authorized(persons: readonly TestPerson[], protocol: typeof optOut): Promise<string[]> {
  using place = await hospital(persons);
  using gate = await place.gate(protocol);
  const rows = await gate.all<{ person_source_value: string }>('SELECT person_source_value FROM person');
  return rows.map((row) => row.person_source_value.replace('Patient/', '')).sort();
}

type Consents = NonNullable<TestPerson['consents']>;
const said = (...consents: [decision: 'permit' | 'deny', date?: string][]): Consents =>
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

  const date = fc.constantFrom(
    undefined,
    '2011',
    '2014',
    '2014-03',
    '2014-03-15',
    '2014-03-16',
    '2016',
    '2016-06',
    '2016-06-30',
    '2016-07',
    '2016-07-01',
    '2019-01-01',
  );
  const consents = fc.array(fc.record({ decision: fc.constantFrom('permit' as const, 'deny' as const), date }), {
    maxLength: 3,
  });

  test('[R1][R2] whatever was said when, as the rules read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(consents, { minLength: 150, maxLength: 150 }), async (all) => {
        const persons = all.map((list, at) => ({ id: `p${at}`, consents: list }));
        for (const protocol of [optOut, optIn]) {
          const expected = persons.filter((one) =>
            isAuthorized(one.consents, protocol.authorization.noneOnRecord === 'granted'),
          );
          expect(await authorized(persons, protocol)).toEqual(expected.map((one) => one.id).sort());
        }
      }),
      { numRuns: 3 },
    );
  });
});

/** The rules R1 and R2, read literally. */
function isAuthorized(list: Consents, byDefault: boolean): boolean {
  const limit = dayRange(AS_OF as PartialDate).latest;
  const counted = list.flatMap(({ decision, date }): { decision: string; key: string }[] => {
    const range = date === undefined ? undefined : dayRange(date as PartialDate);
    if (decision === 'permit') return range && range.latest <= limit ? [{ decision, key: `${range.earliest}0` }] : [];
    if (range && range.earliest > limit) return [];
    const day = range && range.latest <= limit ? range.latest : limit;
    return [{ decision, key: `${day}1` }];
  });
  const last = counted.sort((a, b) => (a.key < b.key ? -1 : 1)).at(-1);
  return last === undefined ? byDefault : last.decision === 'permit';
}

describe('the gate', () => {
  const refuser: TestPerson = {
    id: 'refuser',
    sex: 'female',
    birth: '1950-01-01',
    consents: said(['deny', '2012-01-01']),
    conditions: [{ code: '274.0', date: '2013-01-01' }],
    drugs: [{ text: 'allopurinol 100 mg', date: '2013-01-01' }],
    procedures: [{ code: '20610', date: '2013-01-01' }],
    notes: [{ text: 'Gout of the great toe.', date: '2013-01-01' }],
  };
  const other = { ...refuser, id: 'other', consents: [] };

  test('[R3] shows nothing of a refuser, in any table, search or note', async () => {
    using place = await hospital([refuser, other]);
    using gate = await place.gate(optOut);
    const hidden = personIdOf('Patient/refuser');
    let rows = 0;
    for (const [table, columns] of Object.entries(tables)) {
      if (table === 'person_identity' || table === 'research_authorization' || !('person_id' in columns)) continue;
      const ids = await gate.all<{ person_id: string }>(`SELECT person_id FROM ${table}`);
      expect(
        ids.map((row) => row.person_id),
        table,
      ).not.toContain(hidden);
      rows += ids.length;
    }
    expect(rows).toBeGreaterThan(5);
    expect([...gate.searchNotes('gout')].map((hit) => hit.source)).toEqual(['DocumentReference/other-note-0']);
    expect(gate.note('DocumentReference/refuser-note-0')).toBeUndefined();
    expect(gate.note('DocumentReference/other-note-0')?.text).toBe('Gout of the great toe.');
    const table = await gate.noteTable('gout');
    expect(await gate.all(`SELECT person_id FROM ${table}`)).toEqual([{ person_id: personIdOf('Patient/other') }]);
  });

  test('[R3] names and decisions are no research data', async () => {
    using place = await hospital([refuser, other]);
    using gate = await place.gate(optOut);
    for (const table of ['person_identity', 'research_authorization'])
      await expect(gate.all(`SELECT * FROM ${table}`), table).rejects.toThrow(/not research data/);
  });

  test('[R3] rows of somebody who has no person row are not there', async () => {
    using place = await hospital([other, { ...refuser, id: 'ghost', consents: [], isUnknown: true }]);
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
});
