/** A data set full of what must not leave, for the tests of this room: names in text, exact dates, ages over 89. */
import fc from 'fast-check';
import { buildDataSet, type DataSet } from '../analysis/index.ts';
import {
  evaluateRecord,
  type FieldValue,
  type Instrument,
  type Protocol,
  parseProtocol,
  type Scalar,
} from '../protocol/index.ts';
import type { SettledRecord, SettledSubject, SettledValue } from '../review/index.ts';

const DESIGN = `
chartproof: 1
id: frostbite
version: "1"
title: Iloprost for frostbite
period: { start: 2014-01-01, end: 2018-12-31 }
concepts: { frostbite: { label: Frostbite, codes: [{ system: ICD10CM, code: "T33" }] } }
authorization: { asOf: 2020-01-01, noneOnRecord: granted }
arms: [{ id: coded, label: Coded, criterion: { condition: frostbite } }]
instruments:
  - id: screening
    label: Screening
    fields: [{ id: eligible, type: yesno, label: "Eligible?", missing: [] }]
  - id: baseline
    label: Before treatment
    fields:
      - { id: severity, type: choice, label: Severity, choices: [{ code: mild, label: Mild }, { code: severe, label: Severe }] }
      - { id: parts, type: choices, label: Parts, choices: [{ code: toes, label: Toes }, { code: ears, label: Ears }] }
      - { id: occupation, type: text, label: Occupation }
      - { id: started, type: date, label: Started }
      - { id: ended, type: date, label: Ended }
      - { id: age_then, type: integer, label: Age at the first frostbite, unit: years }
      - { id: dose, type: decimal, label: Dose, unit: ng }
      - { id: age, type: computed, of: integer, label: At the start, value: "%person.birthDate.yearsTo(started)" }
      - { id: lasted, type: computed, of: decimal, unit: mo, label: Treated for, value: started.monthsTo(ended) }
      - { id: job, type: computed, of: text, label: Job, value: occupation }
  - id: visit
    label: Visit
    repeats: { key: visit }
    fields:
      - { id: visit, type: text, label: Visit, evidence: none, missing: [] }
      - { id: part, type: text, label: Part, missing: [] }
      - { id: seen, type: date, label: Date, missing: [] }
      - { id: state, type: choice, label: State, choices: [{ code: healed, label: Healed }, { code: same, label: Same }] }
review: { screening: screening }
response:
  assessments: { instrument: visit, lesion: part, date: seen, status: state }
  statuses: { healed: resolved, same: unchanged }
  start: baseline.started
  categories: [{ code: healed, label: Healed, when: resolved }, { code: "not", label: Not healed }]
  unknown: "not"
  patient: best
  responders: [healed]
variables:
  - { id: born, label: Born, value: person.birthDate.yearOf() }
  - { id: day_number, label: Day, value: "(@1990-01-01).daysTo(baseline.started)" }
  - { id: worker, label: Worker, value: "baseline.occupation.exists()" }
  - { id: last_seen, label: Last seen, value: "visit.seen.last()" }
  - { id: dosed, label: Dosed, value: "iif(baseline.dose >= 2, 'high', 'low')" }
tables:
  - id: outcome
    title: Outcome
    columns: [{ responses: true }, { id: total, label: Total, total: true }, { id: percent, label: "%", percent: true }]
    groups:
      - { id: severity, label: Severity, rows: [{ choicesOf: baseline.severity }] }
      - id: other
        label: Other
        rows:
          - { id: early, label: Early, when: "baseline.started < @2015-06-01" }
          - { id: farmer, label: Farmers, when: "baseline.occupation = 'farmer'" }
          - { id: high, label: High dose, when: "dosed = 'high'" }
  - id: numbers
    title: Numbers
    columns: [{ id: mean, label: Mean, stat: mean-range }]
    groups:
      - id: numbers
        label: Numbers
        rows:
          - { id: age, label: Age, unit: years, summary: baseline.age }
          - { id: then, label: First, summary: baseline.age_then }
          - { id: months, label: Months, summary: baseline.lasted }
          - { id: dose, label: Dose, summary: baseline.dose, digits: 2 }
statistics: [{ id: healed, label: Healed, proportion: response.responder, of: "baseline.started < @2016-01-01" }]
`;

/** The protocol; `more` is added at its end, a text in it may be replaced. */
export function frostbiteProtocol(more = '', [from, to]: readonly [from: string, to: string] = ['', '']): Protocol {
  return parseProtocol(`${DESIGN.replace(from, () => to)}${more}`, 'protocol.yaml');
}

/** A patient in plain values; a record's absent values are not documented. */
export interface Patient {
  readonly sex: string;
  readonly birthDate: string;
  readonly baseline: Readonly<Record<string, Scalar>>;
  readonly visits: readonly Readonly<Record<string, Scalar>>[];
}

/** Patients of any kind. Every free text has a `#`, which stands nowhere else. */
export const anyPatient: fc.Arbitrary<Patient> = fc
  .record({
    sex: fc.constantFrom('female', 'male'),
    born: day(1915, 1999),
    baseline: fc.record(
      {
        severity: fc.constantFrom('mild', 'severe'),
        parts: fc.constantFrom<Scalar>(['toes'], ['toes', 'ears']),
        occupation: fc.oneof(words(), fc.constant('farmer'), fc.constant('1984')),
        started: partialDay(),
        ended: partialDay(),
        age_then: fc.integer({ min: 1, max: 104 }),
        dose: fc.double({ min: 0, max: 4, noNaN: true }).map((dose) => Math.round(dose * 100) / 100),
      },
      { requiredKeys: [] },
    ),
    visits: fc.array(fc.record({ part: words(), seen: partialDay(), state: fc.constantFrom('healed', 'same') }), {
      maxLength: 3,
    }),
  })
  .map(({ born, visits, ...rest }) => ({
    ...rest,
    birthDate: born,
    visits: visits.map((visit, at) => ({ visit: `${visit.part}@${visit.seen}/${at}`, ...visit })),
  }));

function words(): fc.Arbitrary<string> {
  return fc.string({ minLength: 1, maxLength: 12 }).map((text) => `${text.replaceAll(/\s/g, 'x')}#name`);
}

function day(first: number, last: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min: first, max: last }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
    .map(([year, month, date]) => `${year}-${two(month)}-${two(date)}`);
}

function partialDay(): fc.Arbitrary<string> {
  return fc.tuple(day(2014, 2018), fc.constantFrom(4, 7, 10, 10, 10)).map(([text, length]) => text.slice(0, length));
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** The data set of some patients. */
export function frostbiteData(patients: readonly Patient[], protocol: Protocol = frostbiteProtocol()): DataSet {
  return buildDataSet(
    protocol,
    patients.map((patient, at) => settled(protocol, `S${String(at + 1).padStart(3, '0')}`, patient)),
  );
}

function settled(protocol: Protocol, subject: string, patient: Patient): SettledSubject {
  const { sex, birthDate } = patient;
  const person = { subject, personId: '1', person: `Patient/${subject}`, sex, birthDate } as SettledSubject['person'];
  const given: Readonly<Record<string, Patient['visits']>> = {
    screening: [{ eligible: true }],
    baseline: [patient.baseline],
    visit: patient.visits,
  };
  const records = protocol.instruments.map((instrument) => {
    const rows = (given[instrument.id] ?? []).map((record) => settledRecord(instrument, record, { sex, birthDate }));
    return [instrument.id, rows] as const;
  });
  return { person, records: Object.fromEntries(records), open: [] };
}

function settledRecord(instrument: Instrument, record: Patient['baseline'], person: object): SettledRecord {
  const answers: [string, FieldValue][] = instrument.fields
    .filter((field) => field.type !== 'computed')
    .map(({ id }) => {
      const value = record[id];
      return [id, value === undefined ? { missing: 'not-documented' } : { value }];
    });
  const { computed } = evaluateRecord(instrument, Object.fromEntries(answers), { person });
  const values = answers.map(([id, answer]): [string, SettledValue] => [
    id,
    { answer, evidence: [], by: 'agreement', reviewers: ['anna', 'ben'] },
  ]);
  const row = String(record[instrument.repeats?.key ?? ''] ?? '');
  return { row, values: Object.fromEntries(values), computed };
}
