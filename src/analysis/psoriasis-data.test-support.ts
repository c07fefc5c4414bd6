/** A small settled data set for the tests of this room: eight patients with psoriasis on methotrexate. */
import { evaluateRecord, type FieldValue, type Protocol, parseProtocol, type RecordValues } from '../protocol/index.ts';
import type { SettledRecord, SettledSubject, SettledValue } from '../review/index.ts';
import { buildDataSet, type DataSet } from './data-set.ts';

/** The protocol; `results` are its parts from `variables` on, where a test has its own. */
export function psoriasisProtocol(results: string = RESULTS): Protocol {
  return parseProtocol(`${DESIGN}\n${results}`, 'protocol.yaml');
}

const DESIGN = `
chartproof: 1
id: psoriasis-methotrexate
version: "1"
title: Methotrexate for psoriasis
period: { start: 2014-01-01, end: 2018-12-31 }
concepts: { psoriasis: { label: Psoriasis, codes: [{ system: ICD10CM, code: "L40" }] } }
authorization: { asOf: 2020-01-01, noneOnRecord: granted }
arms: [{ id: coded, label: Coded, criterion: { condition: psoriasis } }]
instruments:
  - id: screening
    label: Screening
    fields: [{ id: psoriasis, type: yesno, label: "Psoriasis?", missing: [] }]
  - id: baseline
    label: Before treatment
    fields:
      - { id: severity, type: choice, label: Severity, choices: [{ code: mild, label: Mild }, { code: severe, label: Severe }] }
      - id: nails
        type: choices
        label: Nails
        choices: [{ code: pits, label: Pits }, { code: lifting, label: Lifting }]
      - { id: dose, type: decimal, label: Weekly dose, unit: mg, required: false }
      - { id: started, type: date, label: Started }
      - { id: age, type: computed, of: integer, label: Age, unit: a, value: "%person.birthDate.yearsTo(started)" }
  - id: plaque
    label: Plaque at a visit
    repeats: { key: visit }
    fields:
      - { id: visit, type: text, label: Visit, evidence: none, missing: [] }
      - { id: site, type: text, label: Site, missing: [] }
      - { id: date, type: date, label: Date, missing: [] }
      - { id: state, type: choice, label: State, choices: [{ code: clear, label: Clear }, { code: same, label: Same }] }
  - id: event
    label: Adverse event
    repeats: { key: number }
    fields:
      - { id: number, type: text, label: Number, evidence: none, missing: [] }
      - { id: grade, type: integer, label: Grade, min: 1, max: 5 }
      - { id: stopped, type: yesno, label: "Stopped for it?" }
review: { screening: screening }
response:
  assessments: { instrument: plaque, lesion: site, date: date, status: state }
  statuses: { clear: resolved, same: unchanged }
  start: baseline.started
  categories: [{ code: cleared, label: Cleared, when: resolved }, { code: "not", label: Not cleared }]
  unknown: "not"
  patient: best
  responders: [cleared]
`;

const RESULTS = `
variables:
  - { id: high_dose, label: High dose, value: baseline.dose >= 15 }
  - { id: high_and_cleared, label: High dose and cleared, value: high_dose and response.responder }
tables:
  - id: outcome
    title: Outcome
    columns:
      - responses: true
      - { id: total, label: Total, total: true }
      - { id: percent, label: "%", percent: true }
    percentDigits: 1
    groups:
      - { id: severity, label: Severity, rows: [{ choicesOf: baseline.severity }] }
      - id: nails
        label: Nails
        overlapping: true
        notes: [As seen at the first visit.]
        rows:
          - { choicesOf: baseline.nails }
          - { id: event, label: Grade 2 or more, when: event.where(grade >= 2).exists(), notes: [By CTCAE., As seen at the first visit.] }
      - { id: high, label: High dose, rows: [{ id: high, label: High dose, when: high_dose, notes: [By CTCAE.] }] }
    footnotes: [Cleared means nothing left.]
  - id: numbers
    title: Numbers
    population: baseline.severity = 'severe'
    columns:
      - { id: mean, label: Mean, stat: mean }
      - { id: all, label: All, stat: mean-sd }
      - { id: high, label: High, when: high_dose }
    groups:
      - id: numbers
        label: Numbers
        rows:
          - { id: dose, label: Dose, unit: mg, summary: baseline.dose, digits: 2 }
          - { id: age, label: Age, summary: baseline.age, digits: 0 }
statistics:
  - { id: cleared, label: Cleared, proportion: response.responder }
  - { id: cleared-high, label: 'Cleared, of a "high" dose (≥ 15 mg)', proportion: response.responder, of: high_dose, level: 0.9 }
  - { id: "none", label: NA, proportion: "true", of: baseline.dose > 100 }
`;

type Plain = string | number | boolean | readonly string[] | { readonly missing: 'not-documented' | 'conflicting' };
type PlainRecord = Readonly<Record<string, Plain>>;

/** What is known of a subject, in plain values. */
export interface Patient {
  readonly sex?: string;
  readonly birthDate?: string;
  readonly baseline?: PlainRecord;
  readonly plaque?: readonly PlainRecord[];
  readonly event?: readonly PlainRecord[];
}

/** A plaque on the arm at one visit. */
export function arm(date: string, state: Plain): PlainRecord {
  return { visit: `arm@${date}`, site: 'arm', date, state };
}

/** The patients of the data set, S001 to S008. */
export const patients: readonly Patient[] = [
  { baseline: base('severe', ['pits'], 15), plaque: [arm('2015-06-01', 'same'), arm('2015-09-01', 'clear')] },
  {
    baseline: base('severe', ['pits', 'lifting'], 20),
    plaque: [arm('2015-06-01', 'clear')],
    event: [{ number: '1', grade: 3, stopped: true }],
  },
  {
    baseline: base('severe', ['lifting'], 10.25),
    plaque: [arm('2015-06-01', 'same')],
    event: [{ number: '1', grade: 1, stopped: false }],
  },
  {
    baseline: base('severe', { missing: 'not-documented' }, 7.5),
    plaque: [arm('2015-06-01', { missing: 'conflicting' })],
  },
  { baseline: base('severe', ['pits'], { missing: 'not-documented' }) },
  {
    baseline: base('mild', ['lifting'], 15),
    plaque: [arm('2015-06-01', 'clear')],
    event: [{ number: '1', grade: { missing: 'conflicting' }, stopped: false }],
  },
  { baseline: base('mild', { missing: 'conflicting' }, 10), plaque: [arm('2015-06-01', 'same')], sex: 'male' },
  { baseline: { severity: { missing: 'not-documented' }, nails: ['pits'], started: '2015' } },
];

function base(severity: string, nails: Plain, dose: Plain): PlainRecord {
  return { severity, nails, dose, started: '2015-03-01' };
}

/** The data set of some patients, of all unless named. */
export function psoriasisData(protocol: Protocol = psoriasisProtocol(), of: readonly Patient[] = patients): DataSet {
  return buildDataSet(
    protocol,
    of.map((patient, at) => settled(protocol, `S00${at + 1}`, patient)),
  );
}

function settled(protocol: Protocol, subject: string, patient: Patient): SettledSubject {
  const { sex = 'female', birthDate = '1970-07-15' } = patient;
  const person = { subject, personId: '1', person: `Patient/${subject}`, sex, birthDate } as SettledSubject['person'];
  const given: Readonly<Record<string, readonly PlainRecord[]>> = {
    screening: [{ psoriasis: true }],
    baseline: [patient.baseline ?? {}],
    plaque: patient.plaque ?? [],
    event: patient.event ?? [],
  };
  const records = protocol.instruments.map((instrument): [string, SettledRecord[]] => [
    instrument.id,
    (given[instrument.id] ?? []).map((record) => {
      const answers = Object.fromEntries(Object.entries(record).map(([field, value]) => [field, fieldValue(value)]));
      const { computed } = evaluateRecord(instrument, answers, { person: { sex, birthDate } });
      const row = String(record[instrument.repeats?.key ?? ''] ?? '');
      return { row, values: byAgreement(answers), computed };
    }),
  ]);
  return { person, records: Object.fromEntries(records), open: [] };
}

function fieldValue(value: Plain): FieldValue {
  return typeof value === 'object' && 'missing' in value ? value : { value };
}

function byAgreement(answers: RecordValues): Record<string, SettledValue> {
  const settledValues = Object.entries(answers).map(([field, answer]): [string, SettledValue] => [
    field,
    {
      answer,
      evidence: [{ note: 'DocumentReference/1', start: 0, end: field.length, quote: field }],
      by: 'agreement',
      reviewers: ['anna', 'ben'],
    },
  ]);
  return Object.fromEntries(settledValues);
}
