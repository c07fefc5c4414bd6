import { expect } from 'vitest';
import { ChartproofError, placeText } from '../base/index.ts';
import { parseProtocol } from './parse.ts';
import type { Protocol } from './schema.ts';

/** A small study of gout that has something of every part. */
export const GOUT = `chartproof: 1
id: gout-febuxostat
version: "1.0"
title: Febuxostat in tophaceous gout
period: { start: 2010-01-01, end: 2019-12 }
concepts:
  gout:
    label: Gout
    codes: [{ system: ICD9CM, code: "274.0" }, { system: ICD10CM, code: "M10" }]
    terms: [{ text: gout, synonyms: [podagra] }]
  febuxostat:
    label: Febuxostat
    drugs: { names: [febuxostat] }
  tophus:
    label: Tophus
    terms: [{ text: tophus, synonyms: [tophi] }]
authorization: { asOf: 2020-01-01, noneOnRecord: granted }
arms:
  - id: coded
    label: Coded
    criterion:
      all:
        - { condition: gout, during: period, atLeast: 2 }
        - any:
            - { drug: febuxostat, sources: [order] }
            - { note: "affirmed(@tophus)", during: { from: "2010", to: 2019-12 } }
exclusions:
  - { id: minor, label: Minor, rule: { age: { max: 17 } } }
  - { id: no-gout, label: No gout, reviewer: { instrument: screening, when: has_gout = false } }
instruments:
  - id: screening
    label: Screening
    fields:
      - { id: has_gout, type: yesno, label: Gout?, terms: gout }
  - id: baseline
    label: Baseline
    fields:
      - { id: onset, type: date, label: Onset }
      - { id: started, type: date, label: Start of febuxostat, validate: [{ expression: "%value >= onset", message: Not before the onset }] }
      - { id: urate, type: decimal, unit: mg/dL, label: Urate, min: 0, max: 30 }
      - { id: flares, type: integer, label: Flares, required: false, visible: urate > 6, missing: [not-documented] }
      - { id: tophi, type: yesno, label: Tophi? }
      - id: sites
        type: choices
        label: Sites
        visible: tophi = true
        choices: [{ code: toe, label: Toe }, { code: elbow, label: Elbow }, { code: ear, label: Ear }]
      - id: diagnosed
        type: choice
        label: Diagnosed by
        choices: [{ code: crystals, label: Crystals }, { code: clinical, label: Clinical }]
      - { id: comment, type: text, label: Comment, required: false, validate: [{ expression: "%value.length() < 20", message: At most 20 letters }] }
      - { id: gout_years, type: computed, of: integer, label: Years of gout, value: onset.yearsTo(started) }
      - { id: age, type: computed, of: integer, label: Age, value: "%person.birthDate.yearsTo(started)" }
  - id: visit
    label: Visit
    repeats: { key: name }
    fields:
      - { id: name, type: text, label: Name }
      - { id: joint, type: text, label: Tophus }
      - { id: seen, type: date, label: Date }
      - id: status
        type: choice
        label: Status
        choices: [{ code: gone, label: Gone }, { code: smaller, label: Smaller }, { code: same, label: The same }]
review: { screening: screening }
response:
  assessments: { instrument: visit, lesion: joint, date: seen, status: status }
  statuses: { gone: resolved, smaller: improved, same: unchanged }
  start: baseline.started
  categories:
    - { code: CR, label: Complete, when: resolved and recurred.not() }
    - { code: NR, label: None, when: persisted and \`days\` > 28 }
    - { code: UR, label: Unknown }
  unknown: UR
  patient: best
  responders: [CR]
variables:
  - { id: duration, label: Months of gout, value: baseline.onset.monthsTo(baseline.started) }
  - { id: early, label: Early, value: duration < 12 and visit.where(status = 'gone').exists() }
tables:
  - id: table1
    title: Characteristics
    columns: [{ responses: true }, { id: total, label: Total, total: true }]
    groups:
      - id: sites
        label: Sites
        rows: [{ choicesOf: baseline.sites, only: [ear, toe] }]
      - id: other
        label: Other
        rows:
          - { id: urate, label: Urate, summary: baseline.urate, unit: mg/dL }
          - id: early
            label: Early
            when: early
            rows: [{ id: tophi, label: With tophi, when: baseline.tophi = true and person.sex = 'male' }]
figures: [{ id: flow, title: Flow, kind: attrition }]
statistics:
  - { id: response, label: Response, proportion: response.responder, of: baseline.tophi = true }
`;

/** A text of the study and what takes its place. */
export type Change = readonly [from: string, to: string];

/** The study as parsed, with texts replaced; every text must be there. */
export function goutStudy(...changes: readonly Change[]): Protocol {
  return parseProtocol(changed(changes), 'gout.yaml');
}

/** Every problem of the study with texts replaced: `gout.yaml:3:10 protocol.code Message. Tip.` */
export function goutMistakes(...changes: readonly Change[]): string[] {
  return mistakesOf(changed(changes));
}

/** Every problem of a protocol text, as {@link goutMistakes}. */
export function mistakesOf(text: string): string[] {
  try {
    parseProtocol(text, 'gout.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof ChartproofError)) throw error;
    return error.problems.map(
      ({ code, message, tip, place }) => `${place ? placeText(place) : '?'} ${code} ${message}${tip ? ` ${tip}` : ''}`,
    );
  }
}

/** Where a text stands in the study: `gout.yaml:3:10`; with an offset into it. */
export function placeIn(part: string, offset = 0, text = GOUT): string {
  const at = text.indexOf(part) + offset;
  const lines = text.slice(0, at).split('\n');
  return `gout.yaml:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}

function changed(changes: readonly Change[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The study has no "${from}".`);
    return text.replace(from, () => to);
  }, GOUT);
}

/** Text to replace, the new text, what is told, and the part of the new text at which it is told. */
export type Mistake = readonly [from: string, to: string, at: string, told: string];

/** The changed study has just this mistake, at this place. */
export function expectMistake([from, to, at, told]: Mistake): void {
  const text = GOUT.replace(from, () => to);
  expect(text).not.toBe(GOUT);
  const start = text.indexOf(to) + Math.max(0, to.indexOf(at));
  expect(goutMistakes([from, to])).toEqual([`${placeIn(text.slice(start), 0, text)} ${told}`]);
}
