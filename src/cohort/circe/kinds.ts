/** Kinds of criteria that ATLAS and we both have. Rules R121, R128. */
import type { VisitKind } from '../../protocol/index.ts';

/** Kinds whose events have codes: ours, and the key of a set of codes as the source wrote them. */
export const codedKinds = {
  ConditionOccurrence: ['condition', 'ConditionSourceConcept'],
  DrugExposure: ['drug', 'DrugSourceConcept'],
  ProcedureOccurrence: ['procedure', 'ProcedureSourceConcept'],
  Measurement: ['measurement', 'MeasurementSourceConcept'],
  Observation: ['observation', 'ObservationSourceConcept'],
} as const;
export type CodedKind = keyof typeof codedKinds;

/** Vocabularies whose concepts are not the standard ones, which ATLAS finds in source concepts only. */
export const sourceVocabularies = ['ICD9CM', 'ICD10CM', 'ICD10', 'ICD10GM', 'NDC'] as const satisfies readonly string[];

/** ATLAS's concepts of visits, the first of them the one that the kind is known by. (OMOP vocabulary `Visit`.) */
export const visitConcepts: Readonly<Record<Exclude<VisitKind, 'any'>, readonly number[]>> = {
  inpatient: [9201, 262, 32037, 42898160, 581385],
  ambulatory: [9202, 581477],
  emergency: [9203],
  home: [581476],
  virtual: [5083],
};

/** Sexes as ATLAS has them. (OMOP vocabulary `Gender`.) */
export const genders = { male: 8507, female: 8532 } as const;
