import { describe, expect, test } from 'vitest';
import type { Criterion, EventCriterion } from '../../protocol/index.ts';
import { naive } from '../criteria/naive-criterion.test-support.ts';
import type { Gate } from '../gate/gate.ts';
import { goutProtocol, hospital, type TestPerson } from '../hospital.test-support.ts';
import { eventRows } from './event-rows.ts';
import { type HeldPart, heldParts } from './held-parts.ts';

const date = '2013-05-01';
const gout: EventCriterion = { condition: 'gout', atLeast: 1 };
const tophi: EventCriterion = { note: 'affirmed(@gout)', atLeast: 1 };
const persons: TestPerson[] = [
  {
    id: 'full',
    sex: 'female',
    birth: '1970',
    died: '2020-01-02',
    conditions: ['2013-05-01', '2014', '2012-02', '2015-01-01'].map((day) => ({ code: '274.0', date: day })),
    drugs: [{ text: 'Allopurinol 100 mg', route: 'oral', date }],
    procedures: [{ code: '20610', date }],
    measurements: [{ code: '3084-1', value: 9.5, date }],
    observations: [{ code: '91939003', date }],
    visits: [{ class: 'IMP', date }],
    notes: [
      { text: 'No complaints.', date },
      { text: 'Two tophi of the ear.', date },
    ],
  },
  { id: 'bare', sex: 'male' },
  { id: 'refused', conditions: [{ code: '274.0', date }], consents: [{ decision: 'deny', date }] },
];
const protocol = goutProtocol({ criteria: { coded: gout } });

async function idsOf(gate: Gate): Promise<Map<string, string>> {
  const rows = await gate.all<{ id: string; source: string }>(
    'SELECT person_id AS id, person_source_value AS source FROM person',
  );
  return new Map(rows.map(({ id, source }) => [source.split('/')[1] ?? '', id]));
}

describe('the rows behind a criterion', () => {
  test('[R149] are a few, the earliest first, with what the source says', async () => {
    using place = await hospital(persons);
    using gate = await place.gate(protocol);
    const ids = [...(await idsOf(gate)).values()];
    const [events, ...others] = [...(await eventRows(gate, gout, ids)).values()];
    expect(others).toEqual([]);
    expect(events?.n).toBe(4);
    expect(events?.rows.map((row) => [row.table, row.date, row.codes])).toEqual(
      ['2012-02', '2013-05-01', '2014'].map((day) => ['condition_occurrence', day, ['ICD9CM 274.0']]),
    );
    expect(events?.rows[0]?.source).toMatch(/^Condition\/full-condition-/);
  });

  test.each<[EventCriterion, RegExp]>([
    [{ drug: 'allopurinol', atLeast: 1 }, /Allopurinol 100 mg, oral, order/],
    [{ procedure: 'tap', atLeast: 1 }, /CPT4 20610/],
    [{ measurement: 'urate', atLeast: 1, value: { above: 9 } }, /Urate 9.5 mg\/dL/],
    [{ observation: 'sulfa', atLeast: 1 }, /SNOMED 91939003/],
    [{ visit: 'inpatient', atLeast: 1 }, /IMP/],
    [{ contact: 'any', atLeast: 1 }, /Encounter|DocumentReference|Procedure|Observation/],
    [{ death: 'any', atLeast: 1 }, /death/],
    [tophi, /tophi/],
  ])('[R149] %j', async (event, told) => {
    using place = await hospital(persons);
    using gate = await place.gate(protocol);
    const ids = await idsOf(gate);
    const found = await eventRows(gate, event, [...ids.values()]);
    expect([...found.keys()]).toEqual([ids.get('full')]);
    expect(JSON.stringify([...found.values()])).toMatch(told);
  });
});

describe('a criterion for one person', () => {
  const criterion: Criterion = {
    all: [
      { any: [{ criterion: 'coded' }, tophi] },
      { none: [{ procedure: 'tap', atLeast: 1, during: { from: '2014' as never } }] },
      { atLeast: 1, of: [{ sex: 'female' }, { age: { min: 30 } }] },
      { condition: 'gout', atLeast: 5 },
    ],
  };
  const holding = ({ holds, parts }: HeldPart): unknown => (parts.length > 0 ? [holds, ...parts.map(holding)] : holds);

  test('[R150] is told part by part', async () => {
    using place = await hospital(persons);
    using gate = await place.gate(protocol);
    const ids = await idsOf(gate);
    const parts = await heldParts(gate, criterion, [...ids.values()]);
    const of = (id: string) => parts.get(ids.get(id) ?? '') as HeldPart;
    expect(holding(of('full'))).toEqual([false, [true, [true, true], true], [true, false], [true, true, true], false]);
    expect(of('full').parts[3]?.events?.n).toBe(4);
    expect(holding(of('bare'))).toEqual([
      false,
      [false, [false, false], false],
      [true, false],
      [false, false, false],
      false,
    ]);
    expect(of('bare').parts[0]?.parts[1]?.events).toEqual({ n: 0, rows: [] });
  });

  test('[R150] holds as it does when everybody is asked', async () => {
    using place = await hospital(persons);
    const criteria: Criterion[] = [gout, { ...gout, onDays: 4 }, { age: { max: 60 } }, { none: [gout] }];
    const all: Criterion[] = [...criteria, { any: criteria }, { all: criteria }, { atLeast: 3, of: criteria }];
    for (const person of persons.filter(({ id }) => id !== 'refused')) {
      using gate = await place.gate(protocol, undefined, `Patient/${person.id}`);
      const [id = ''] = (await idsOf(gate)).values();
      for (const one of all)
        expect((await heldParts(gate, one, [id])).get(id)?.holds, JSON.stringify(one)).toBe(
          naive(protocol, person, one),
        );
    }
  });

  test('[R151] who is not authorized is not there, as whoever does not exist', async () => {
    using place = await hospital(persons);
    for (const person of ['Patient/refused', 'Patient/nobody']) {
      using gate = await place.gate(protocol, undefined, person);
      expect(await idsOf(gate), person).toEqual(new Map());
      expect(gate.findNotes('tophi').totals.persons).toBe(0);
    }
    using gate = await place.gate(protocol, undefined, 'Patient/bare');
    expect([...(await idsOf(gate)).keys()]).toEqual(['bare']);
    expect(gate.findNotes('tophi').totals.persons).toBe(0);
  });
});
