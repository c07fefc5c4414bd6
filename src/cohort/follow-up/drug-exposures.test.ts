import { describe, expect, test } from 'vitest';
import { personIdOf } from '../../base/index.ts';
import { goutProtocol, hospital, type TestPerson } from '../hospital.test-support.ts';
import { drugExposures } from './drug-exposures.ts';

const protocol = goutProtocol();
const persons: TestPerson[] = [
  {
    id: 'taker',
    drugs: [
      { text: 'Allopurinol 100 mg tablet', date: '2013-05', route: 'Oral' },
      { text: 'Colchicine', date: '2013-06-01' },
      { text: 'Allopurinol', kind: 'dispense', date: '2013-06-01', status: 'entered-in-error' },
      { text: 'Allopurinol', kind: 'statement' },
    ],
  },
  { id: 'other', drugs: [{ text: 'Allopurinol', date: '2012-01-01' }] },
  {
    id: 'refuses',
    drugs: [{ text: 'Allopurinol', date: '2012-01-01' }],
    consents: [{ decision: 'deny', date: '2011' }],
  },
];

const taker = { reference: 'Patient/taker' };
const supplies = [
  {
    resourceType: 'MedicationDispense',
    id: 'supply',
    status: 'completed',
    subject: taker,
    medicationCodeableConcept: { text: 'Allopurinol 100 mg tablet' },
    whenHandedOver: '2013-05-10T09:30:00-05:00',
    quantity: { value: 60, unit: 'tablet' },
    daysSupply: { value: 30, unit: 'd', code: 'd', system: 'http://unitsofmeasure.org' },
    dosageInstruction: [
      {
        timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
        doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }],
      },
    ],
  },
  {
    resourceType: 'MedicationRequest',
    id: 'request',
    status: 'active',
    subject: taker,
    medicationCodeableConcept: { text: 'Allopurinol 300 mg' },
    authoredOn: '2014-02',
    dispenseRequest: { numberOfRepeatsAllowed: 3, validityPeriod: { start: '2014-02', end: '2014' } },
  },
];

const everybody = persons.map(({ id }) => personIdOf(`Patient/${id}`));

describe('drug exposures', () => {
  test('are the rows that the criterion means, as the source dates them', async () => {
    using place = await hospital(persons, supplies);
    using gate = await place.gate(protocol);
    const found = await drugExposures(gate, { drug: 'allopurinol', atLeast: 1 }, everybody.slice(0, 1));
    expect([...found.keys()]).toEqual(everybody.slice(0, 1));
    const own = found.get(everybody[0] ?? '') ?? [];
    expect(own.map(({ source, kind, start, stop }) => [source, kind, start, stop])).toEqual([
      ['MedicationRequest/taker-drug-0', 'order', '2013-05', null],
      ['MedicationDispense/supply', 'dispense', '2013-05-10', null],
      ['MedicationRequest/request', 'order', '2014-02', '2014'],
      ['MedicationStatement/taker-drug-3', 'statement', null, null],
    ]);
    expect(own[1]).toEqual({
      source: 'MedicationDispense/supply',
      kind: 'dispense',
      text: 'Allopurinol 100 mg tablet',
      start: '2013-05-10',
      stop: null,
      daysSupply: 30,
      dose: 1,
      doseUnit: 'tablet',
      timesPerDay: 2,
      frequency: '2 a day',
      amount: 60,
      amountUnit: 'tablet',
      refills: null,
    });
    expect(own[2]).toMatchObject({ refills: 3, daysSupply: null });
  });

  test('are narrowed by source and route, and are of nobody who refused', async () => {
    using place = await hospital(persons, supplies);
    using gate = await place.gate(protocol);
    const of = async (more: object) => {
      const found = await drugExposures(gate, { drug: 'allopurinol', atLeast: 1, ...more }, everybody);
      return [...found.values()].flat().map(({ source }) => source);
    };
    expect(await of({ sources: ['dispense'] })).toEqual(['MedicationDispense/supply']);
    expect(await of({ routes: ['oral'] })).toEqual(['MedicationRequest/taker-drug-0', 'MedicationDispense/supply']);
    expect(await of({ routes: ['topical'] })).toEqual([]);
    expect(await of({})).toHaveLength(5);
  });
});
