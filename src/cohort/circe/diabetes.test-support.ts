/** Small cohort definitions in ATLAS's shape, and the protocol that stands around what is read of one. */
import { type Protocol, parseProtocol } from '../../protocol/index.ts';
import { protocolPartYaml } from './part-yaml.ts';
import { type FromAtlas, fromAtlas } from './read-definition.ts';

export type Json = Readonly<Record<string, unknown>>;

function set(id: number, name: string, ...items: readonly Json[]): Json {
  return { id, name, expression: { items } };
}

/** An item of a concept set. */
export function item(system: string, code: string, more: Json = {}): Json {
  const concept = {
    CONCEPT_ID: 1,
    CONCEPT_CODE: code,
    VOCABULARY_ID: system,
    STANDARD_CONCEPT: 'S',
    ...Object(more.concept),
  };
  return { isExcluded: false, includeDescendants: true, includeMapped: false, ...more, concept };
}

export const SETS: readonly Json[] = [
  set(0, 'Type 2 diabetes', item('SNOMED', '44054006')),
  set(1, 'Metformin', item('RxNorm', '6809')),
  set(2, 'HbA1c', item('LOINC', '4548-4', { includeDescendants: false })),
  set(3, 'Inpatient', item('Visit', 'IP', { concept: { CONCEPT_ID: 9201 } })),
  set(4, 'Nothing'),
];

/** A definition of diabetes at any time, with these parts in place of its own. */
export function diabetes(more: Json = {}): Json {
  return {
    ConceptSets: SETS,
    PrimaryCriteria: primary({ ConditionOccurrence: { CodesetId: 0 } }),
    ...more,
  };
}

/** Entry events, any of which may be the first. */
export function primary(...criteria: readonly Json[]): Json {
  return {
    CriteriaList: criteria,
    ObservationWindow: { PriorDays: 0, PostDays: 0 },
    PrimaryCriteriaLimit: { Type: 'First' },
  };
}

/** A window of days around the entry event; an end that is not named is open. */
export function around(from?: number, to?: number): Json {
  const end = (days: number | undefined, open: number): Json =>
    days === undefined ? { Coeff: open } : { Days: Math.abs(days), Coeff: Math.sign(days) || open };
  return { Start: end(from, -1), End: end(to, 1), UseEventEnd: false };
}

/** A criterion within a group. */
export function counted(criteria: Json, window: Json, type: number, count: number, more: Json = {}): Json {
  return { Criteria: criteria, StartWindow: window, Occurrence: { Type: type, Count: count }, ...more };
}

/** An inclusion rule of which all of these must hold, or as `type` says. */
export function rule(name: string, list: readonly Json[], more: Json = {}): Json {
  return { name, expression: { Type: 'ALL', CriteriaList: list, DemographicCriteriaList: [], Groups: [], ...more } };
}

export function read(definition: Json): FromAtlas {
  return fromAtlas(JSON.stringify(definition), 'definition.json');
}

/** Paths of what was left out. */
export function pathsLeftOut(definition: Json): string[] {
  return read(definition).leftOut.map(({ at }) => at);
}

/** The protocol with what was read in it; it must have no mistakes. */
export function protocolWith(text: string): Protocol {
  const rest = `chartproof: 1
id: study
version: "1"
title: Study
period: { start: 2010-01-01, end: 2019-12-31 }
authorization: { asOf: "2020", noneOnRecord: granted }
instruments: [{ id: screening, label: Screening, fields: [{ id: eligible, type: yesno, label: Eligible }] }]
review: { screening: screening }
`;
  return parseProtocol(`${rest}${text}`, 'protocol.yaml');
}

/** What was read, as the protocol that it becomes. */
export function protocolOf(definition: Json): Protocol {
  return protocolWith(protocolPartYaml(read(definition)));
}
