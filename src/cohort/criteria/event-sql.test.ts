import { describe, expect, test } from 'vitest';
import type { Criterion } from '../../protocol/index.ts';
import { goutProtocol, hospital, type TestPerson } from '../hospital.test-support.ts';
import { clinics } from './clinics.test-support.ts';
import { compileCriterion } from './criterion-sql.ts';

const codes = [
  { system: 'ICD10CM', code: 'M10' },
  { system: 'ICD10CM', code: 'M10.2', exclude: true },
];
const protocol = goutProtocol({
  concepts: {
    gout: { label: 'Gout but not by drugs', codes },
    urate: { label: 'Urate', codes: [{ system: 'LOINC', code: '3084-1' }], unit: 'mg/dL', molarMass: 168.11 },
    warmth: { label: 'Temperature', codes: [{ system: 'LOINC', code: '8310-5' }], unit: 'Cel' },
    sugar: { label: 'Glucose', codes: [{ system: 'LOINC', code: '2345-7' }] },
  },
});

async function meeting(persons: readonly TestPerson[], criterion: Criterion, more: readonly object[] = []) {
  using place = await hospital(persons, more);
  using gate = await place.gate(protocol);
  const { sql, parameters } = await compileCriterion(gate, criterion, 'authorized');
  const rows = await gate.all<{ name: string }>(
    `SELECT person_source_value AS name FROM person WHERE person_id IN (${sql})`,
    parameters,
  );
  return rows.map(({ name }) => name.replace('Patient/', '')).sort();
}

const date = '2013-05-01';

describe('events', () => {
  test('[R89] a code that is excluded is not of the set, and neither are those below it', async () => {
    const persons: TestPerson[] = [
      { id: 'in', conditions: [{ code: 'M10.0', date }] },
      { id: 'out', conditions: [{ code: 'M10.2', date }] },
      { id: 'below', conditions: [{ code: 'M10.20', date }] },
      {
        id: 'both',
        conditions: [
          { code: 'M10.2', date },
          { code: 'M10.9', date },
        ],
      },
    ];
    expect(await meeting(persons, { condition: 'gout', atLeast: 1 })).toEqual(['both', 'in']);
  });

  test('[R82] values are compared in one unit, also where the scale has another zero', async () => {
    const fever = (id: string, value: number, unit: string): TestPerson => ({
      id,
      measurements: [{ code: '8310-5', date, value, unit }],
    });
    const persons = [
      fever('celsius', 39, 'Cel'),
      fever('fahrenheit', 102, '[degF]'),
      fever('cool', 99, '[degF]'),
      fever('nonsense', 39, 'mg/dL'),
      fever('wordy', 39, 'degrees'),
    ];
    const feverish = (limit: object) => ({ measurement: 'warmth', value: limit, atLeast: 1 });
    expect(await meeting(persons, feverish({ above: 38 }))).toEqual(['celsius', 'fahrenheit']);
    expect(await meeting(persons, { ...feverish({ above: 101 }), unit: '[degF]' })).toEqual(['celsius', 'fahrenheit']);
  });

  test('[R82] without a unit, numbers are compared as they stand', async () => {
    const persons: TestPerson[] = [
      { id: 'one', measurements: [{ code: '2345-7', date, value: 7, unit: 'mmol/L' }] },
      { id: 'other', measurements: [{ code: '2345-7', date, value: 126, unit: 'mg/dL' }] },
    ];
    expect(await meeting(persons, { measurement: 'sugar', value: { above: 100 }, atLeast: 1 })).toEqual(['other']);
  });

  test('[R81] a result below a limit of the laboratory may be anything below it', async () => {
    const persons: TestPerson[] = [
      { id: 'below-5', measurements: [{ code: '3084-1', date, value: 5, operator: '<' }] },
      { id: 'five', measurements: [{ code: '3084-1', date, value: 5 }] },
    ];
    const ask = (value: object) => meeting(persons, { measurement: 'urate', value, atLeast: 1 });
    expect(await ask({ below: 3 })).toEqual(['below-5']);
    expect(await ask({ atLeast: 5 })).toEqual(['five']);
    expect(await ask({ above: 4 })).toEqual(['below-5', 'five']);
  });

  test('[R88] visits and contacts by specialty and by site', async () => {
    const visit = (id: string, practitioner: string, site: string): TestPerson => ({
      id,
      visits: [{ date, practitioner, site }],
    });
    const persons = [
      visit('skin', 'd', 'a'),
      visit('joints', 'r', 'b'),
      { id: 'noted', notes: [{ text: 'Well.', date }] },
    ];
    const role = (id: string, text: string) => ({
      resourceType: 'PractitionerRole',
      id: `role-${id}`,
      practitioner: { reference: `Practitioner/${id}` },
      specialty: [{ text }],
    });
    const more = [
      { resourceType: 'Practitioner', id: 'd' },
      { resourceType: 'Practitioner', id: 'r' },
      role('d', 'Dermatology'),
      role('r', 'Rheumatology'),
      { resourceType: 'Organization', id: 'a', name: 'Skin Clinic' },
      { resourceType: 'Organization', id: 'b', name: 'Joint Clinic' },
    ];
    const any = { visit: 'any' as const, atLeast: 1 };
    expect(await meeting(persons, { ...any, specialties: ['dermatology'] }, more)).toEqual(['skin']);
    expect(await meeting(persons, { ...any, sites: ['JOINT clinic'] }, more)).toEqual(['joints']);
    const contact = { contact: 'any' as const, atLeast: 1 };
    expect(await meeting(persons, contact, more)).toEqual(['joints', 'noted', 'skin']);
    expect(await meeting(persons, { ...contact, specialties: ['rheumatology'] }, more)).toEqual(['joints']);
  });

  test('[R117] elsewhere is at a known site, or with a known specialty, and none of those excepted', async () => {
    const at = (id: string, seen: object): TestPerson => ({ id, visits: [{ date, ...seen }] });
    const persons = [
      at('both', { practitioner: 'both', site: 's' }),
      at('joints', { practitioner: 'joints', site: 'j' }),
      at('nobody', { practitioner: 'unsaid', site: 'unnamed' }),
      at('nowhere', {}),
      { id: 'measured', measurements: [{ date }] },
    ];
    const written = {
      resourceType: 'DocumentReference',
      id: 'read',
      status: 'current',
      subject: { reference: 'Patient/nowhere' },
      date,
      context: { practiceSetting: { text: 'Radiology' } },
      content: [{ attachment: { contentType: 'text/plain', data: Buffer.from('Well.').toString('base64') } }],
    };
    const more = [...clinics, written];
    const visit = { visit: 'any' as const, atLeast: 1 };
    const contact = { contact: 'any' as const, atLeast: 1 };
    expect(await meeting(persons, { ...visit, specialties: ['Dermatology'] }, more)).toEqual(['both']);
    expect(await meeting(persons, { ...visit, exceptSites: ['skin clinic'] }, more)).toEqual(['joints']);
    expect(await meeting(persons, { ...contact, exceptSites: ['Skin Clinic', 'Joint Clinic'] }, more)).toEqual([]);
    expect(await meeting(persons, { ...visit, exceptSpecialties: ['dermatology'] }, more)).toEqual(['joints']);
    expect(await meeting(persons, { ...contact, exceptSpecialties: ['dermatology'] }, more)).toEqual([
      'joints',
      'nowhere',
    ]);
    expect(await meeting(persons, { ...contact, exceptSpecialties: ['Radiology'] }, more)).toEqual(['both', 'joints']);
  });

  test('[R87] an event is not related to itself, but to another on the same day', async () => {
    const persons: TestPerson[] = [
      { id: 'once', conditions: [{ code: 'M10.0', date }] },
      {
        id: 'twice',
        conditions: [
          { code: 'M10.0', date },
          { code: 'M10.1', date },
        ],
      },
      {
        id: 'later',
        conditions: [
          { code: 'M10.0', date },
          { code: 'M10.0', date: '2013-06-15' },
        ],
      },
    ];
    const gout = { condition: 'gout', atLeast: 1 };
    const related = (timing: object) => meeting(persons, { ...gout, timing: [timing] });
    expect(await related({ of: gout })).toEqual(['later', 'twice']);
    expect(await related({ atLeast: '30 days', after: gout })).toEqual(['later']);
    expect(await related({ within: '1 month', after: gout })).toEqual([]);
    expect(await related({ within: '2 months', before: gout })).toEqual(['later']);
  });

  test('[R86] a drug without an end lasts for its days of supply', async () => {
    const drug = {
      resourceType: 'MedicationDispense',
      id: 'd',
      status: 'completed',
      subject: { reference: 'Patient/taken' },
    };
    const more = [
      {
        ...drug,
        medicationCodeableConcept: { text: 'allopurinol tablet' },
        whenHandedOver: '2013-04-20',
        daysSupply: { value: 30 },
      },
      {
        ...drug,
        id: 'mistaken',
        medicationCodeableConcept: { text: 'allopurinol tablet' },
        whenHandedOver: '2013-05-20',
        daysSupply: { value: 2_147_483_647 },
      },
    ];
    const persons: TestPerson[] = [{ id: 'taken', visits: [{ date, class: 'IMP' }] }];
    const concepts = { allopurinol: { label: 'Allopurinol', drugs: { names: ['allopurinol'] } } };
    using place = await hospital(persons, more);
    using gate = await place.gate(goutProtocol({ concepts, arms: [arm({ visit: 'any', atLeast: 1 })] }));
    const stay = { visit: 'inpatient' as const, atLeast: 1 };
    const taken = { drug: 'allopurinol', atLeast: 1 };
    const found = async (criterion: Criterion) => {
      const { sql, parameters } = await compileCriterion(gate, criterion, 'authorized');
      return (await gate.all(sql, parameters)).length;
    };
    expect(await found({ ...taken, timing: [{ overlapping: stay }] })).toBe(1);
    expect(await found({ ...taken, timing: [{ within: '5 days', of: stay }] })).toBe(0);
  });
});

function arm(criterion: Criterion) {
  return { id: 'seen', label: 'Seen', criterion };
}
