/** A study with adverse events of every kind, for the tests of their tables: seven patients with Crohn disease on infliximab. */
import { type Protocol, parseProtocol } from '../protocol/index.ts';
import type { DataSet } from './data-set.ts';
import { type Patient, psoriasisData } from './psoriasis-data.test-support.ts';

/** The protocol with some tables. */
export function crohnProtocol(tables: string, term = 'term'): Protocol {
  return parseProtocol(`${DESIGN.replace('term: term', `term: ${term}`)}\ntables:\n${tables}`, 'protocol.yaml');
}

const DESIGN = `
chartproof: 1
id: crohn-infliximab
version: "1"
title: Infliximab for Crohn disease
period: { start: 2014-01-01, end: 2018-12-31 }
concepts: { crohn: { label: Crohn disease, codes: [{ system: ICD10CM, code: "K50" }] } }
authorization: { asOf: 2020-01-01, noneOnRecord: granted }
arms: [{ id: coded, label: Coded, criterion: { condition: crohn } }]
instruments:
  - id: screening
    label: Screening
    fields: [{ id: psoriasis, type: yesno, label: "Crohn disease?", missing: [] }]
  - id: baseline
    label: Before treatment
    fields:
      - { id: started, type: date, label: First infusion }
  - id: event
    label: Adverse event
    repeats: { key: number }
    fields:
      - { id: number, type: text, label: Number, evidence: none, missing: [] }
      - id: term
        type: choice
        label: Event
        choices:
          - { code: reaction, label: Infusion reaction }
          - { code: infection, label: Infection }
          - { code: headache, label: Headache }
          - { code: lymphoma, label: Lymphoma }
      - { id: words, type: text, label: In words, required: false }
      - { id: grade, type: integer, label: Grade, min: 1, max: 5 }
      - { id: onset, type: date, label: Onset }
      - id: done
        type: choice
        label: Done
        choices: [{ code: stop, label: Stopped }, { code: less, label: Dose halved }, { code: same, label: As before }]
      - { id: end, type: choice, label: End, choices: [{ code: well, label: Recovered }, { code: ill, label: Not recovered }] }
      - id: cause
        type: choice
        label: Cause
        choices: [{ code: certain, label: Certain }, { code: possible, label: Possible }, { code: unlikely, label: Unlikely }]
      - { id: admitted, type: yesno, label: "Admitted for it?" }
review: { screening: screening }
adverseEvents:
  instrument: event
  term: term
  grade: grade
  onset: onset
  action: done
  actions: { stop: withdrawn, less: reduced, same: unchanged }
  outcome: end
  causality: cause
  serious: admitted
  related: cause = 'certain' or cause = 'possible'
  start: baseline.started
variables:
  - { id: bad, label: An event of grade 3 or more, value: adverseEvents.where(grade >= 3).exists() }
`;

/** All three kinds of tables as they are without further words. */
export const TABLES = `
  - { id: patients, kind: adverse-events, title: Patients with adverse events, count: patients }
  - { id: events, kind: adverse-events, title: Adverse events, count: events }
  - { id: list, kind: adverse-events, title: Every adverse event, count: listing }
`;

const none = { missing: 'not-documented' } as const;
const reaction = { term: 'reaction', words: 'Flush', done: 'stop', end: 'well', cause: 'certain', admitted: false };

/** S001 to S007. */
export const crohnPatients: readonly Patient[] = [
  // The same event twice, of grades 2 and 3.
  {
    baseline: { started: '2015-03-01' },
    event: [
      { number: '1', ...reaction, grade: 2, onset: '2015-03-01', done: 'less' },
      { number: '2', ...reaction, grade: 3, onset: '2015-04-15', admitted: true },
    ],
  },
  // One with a grade and one without, of different kinds.
  {
    baseline: { started: '2015-06-10' },
    event: [
      { number: '1', ...reaction, words: ' flush', grade: none, onset: '2015-06' },
      { number: '2', term: 'infection', grade: 1, onset: none, done: none, end: 'ill', cause: none, admitted: none },
    ],
  },
  { baseline: { started: '2016-01-20' } },
  // Before the start.
  {
    baseline: { started: '2016-05-02' },
    event: [
      {
        number: '1',
        term: 'headache',
        words: 'Migraine',
        grade: 1,
        onset: '2016-04-30',
        done: 'same',
        end: { missing: 'conflicting' },
        cause: 'unlikely',
        admitted: false,
      },
    ],
  },
  // Nothing is known but that there was one.
  {
    baseline: { started: '2016' },
    event: [
      { number: '1', term: none, grade: none, onset: '2016-09-01', done: none, end: none, cause: none, admitted: none },
    ],
  },
  { baseline: { started: '2017-02-01' } },
  { baseline: { started: none } },
];

/** The data set of some patients, of all unless named. */
export function crohnData(tables = TABLES, of = crohnPatients, term = 'term'): DataSet {
  return psoriasisData(crohnProtocol(tables, term), of);
}
