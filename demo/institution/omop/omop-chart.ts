/**
 * A chart that is written to an OMOP CDM too: each call does what it did, and writes a row with the same facts under
 * the id that belongs to the reference it returned.
 */
import type { CareTeam, Chart, ConditionFacts, DrugFacts, PatientFacts } from '../chart.ts';
import { icd10From, noteTypes, routes, type Specialty } from '../codes.ts';
import { type CodedConcept, cdmId, type OmopWriter } from './omop-writer.ts';

const EHR = 32817;
const [PRESCRIPTION, DISPENSING] = [32838, 32825];
const [UTF_8, ENGLISH] = [32678, 4180186];
const VISITS = { AMB: 9202, IMP: 9201, EMER: 9203, VR: 5083 } as const;
const RACES: Readonly<Record<string, number>> = {
  White: 8527,
  'Black or African American': 8516,
  'African American': 8516,
  Asian: 8515,
  'American Indian': 8657,
  'American Indian or Alaska Native': 8657,
  'Native Hawaiian or Other Pacific Islander': 8557,
};

/** Gives the chart, which from now on writes to the CDM as well. Its person is written at once. */
export function alsoInOmop(chart: Chart, omop: OmopWriter, clinician: CareTeam): Chart {
  const person_id = cdmId(chart.reference);
  const patientId = chart.reference.slice('Patient/'.length);
  writePerson(omop, person_id, chart.patient);
  const by = (specialty: Specialty = 'internal-medicine'): string => cdmId(clinician(specialty, patientId).reference);
  const visit = (encounter: string | undefined): string | undefined => encounter && cdmId(encounter);
  const drug = (facts: DrugFacts, reference: string, type: number): void =>
    omop.row('drug_exposure', {
      drug_exposure_id: cdmId(reference),
      person_id,
      drug_concept_id: omop.concept(coded('RxNorm', facts.rxnorm, facts.drug, 'Drug')),
      drug_exposure_start_date: facts.date,
      drug_exposure_end_date: facts.date,
      drug_type_concept_id: type,
      refills: facts.refills,
      quantity: facts.quantity,
      sig: facts.sig,
      route_concept_id: omop.concept(coded('SNOMED', routes[facts.route].code, routes[facts.route].display, 'Route')),
      provider_id: type === PRESCRIPTION ? by(facts.specialty) : undefined,
      visit_occurrence_id: visit(facts.encounter),
      drug_source_value: facts.drug,
      drug_source_concept_id: 0,
      route_source_value: facts.route,
    });
  return {
    ...chart,
    encounter(facts) {
      const reference = chart.encounter(facts);
      omop.row('visit_occurrence', {
        visit_occurrence_id: cdmId(reference),
        person_id,
        visit_concept_id: VISITS[facts.class ?? 'AMB'],
        visit_start_date: facts.date,
        visit_end_date: facts.date,
        visit_type_concept_id: EHR,
        provider_id: by(facts.specialty),
        visit_source_value: `${facts.specialty.replaceAll('-', ' ')} visit`,
        visit_source_concept_id: 0,
      });
      return reference;
    },
    condition(facts) {
      const reference = chart.condition(facts);
      omop.row('condition_occurrence', {
        condition_occurrence_id: cdmId(reference),
        person_id,
        condition_concept_id: omop.concept(coded('SNOMED', facts.snomed, facts.text, 'Condition')),
        condition_start_date: facts.date,
        condition_type_concept_id: EHR,
        condition_status_concept_id: 0,
        visit_occurrence_id: visit(facts.encounter),
        condition_source_value: facts.text,
        condition_source_concept_id: omop.concept(icdOf(facts)),
        condition_status_source_value: facts.verification ?? 'confirmed',
      });
      return reference;
    },
    order(facts) {
      const reference = chart.order(facts);
      drug(facts, reference, PRESCRIPTION);
      return reference;
    },
    dispense(facts) {
      const reference = chart.dispense(facts);
      drug(facts, reference, DISPENSING);
      return reference;
    },
    procedure(facts) {
      const reference = chart.procedure(facts);
      omop.row('procedure_occurrence', {
        procedure_occurrence_id: cdmId(reference),
        person_id,
        procedure_concept_id: omop.concept(coded('SNOMED', facts.snomed, facts.text, 'Procedure')),
        procedure_date: facts.date,
        procedure_type_concept_id: EHR,
        visit_occurrence_id: visit(facts.encounter),
        procedure_source_value: facts.text,
        procedure_source_concept_id: omop.concept(coded('CPT4', facts.cpt, facts.text, 'Procedure')),
      });
      return reference;
    },
    observation(facts) {
      const reference = chart.observation(facts);
      omop.row('measurement', {
        measurement_id: cdmId(reference),
        person_id,
        measurement_concept_id: omop.concept(coded('LOINC', facts.loinc, facts.text, 'Measurement')),
        measurement_date: facts.date,
        measurement_type_concept_id: EHR,
        value_as_number: facts.value,
        unit_concept_id: 0,
        visit_occurrence_id: visit(facts.encounter),
        measurement_source_value: facts.text,
        measurement_source_concept_id: 0,
        unit_source_value: facts.unit,
      });
      return reference;
    },
    allergy(facts) {
      const reference = chart.allergy(facts);
      omop.row('observation', {
        observation_id: cdmId(reference),
        person_id,
        observation_concept_id: 0,
        observation_date: facts.date,
        observation_type_concept_id: EHR,
        value_as_string: facts.reaction,
        visit_occurrence_id: visit(facts.encounter),
        observation_source_value: `Allergy to ${facts.text}`,
        observation_source_concept_id: 0,
      });
      return reference;
    },
    consent(facts) {
      const decision = facts.decision === 'permit' ? 'granted' : 'refused';
      omop.row('research_authorization', { person_id, decision, decided_date: facts.date });
      return chart.consent(facts);
    },
    note(facts) {
      const reference = chart.note(facts);
      const { code, display } = noteTypes[facts.type];
      omop.row('note', {
        note_id: cdmId(reference),
        person_id,
        note_date: facts.date,
        note_type_concept_id: EHR,
        note_class_concept_id: omop.concept(coded('LOINC', code, display, 'Note')),
        note_text: facts.text,
        encoding_concept_id: UTF_8,
        language_concept_id: ENGLISH,
        provider_id: by(facts.specialty),
        visit_occurrence_id: visit(facts.encounter),
        note_source_value: display,
      });
      return reference;
    },
  };
}

function writePerson(omop: OmopWriter, person_id: string, patient: PatientFacts): void {
  const [year, month, day] = patient.birthDate.split('-').map(Number);
  omop.row('person', {
    person_id,
    gender_concept_id: patient.sex === 'female' ? 8532 : 8507,
    year_of_birth: year,
    month_of_birth: month,
    day_of_birth: day,
    race_concept_id: RACES[patient.race] ?? 0,
    ethnicity_concept_id: patient.ethnicity === 'Hispanic or Latino' ? 38003563 : 38003564,
    person_source_value: patient.recordNumber,
    gender_source_value: patient.sex === 'female' ? 'F' : 'M',
    race_source_value: patient.race,
    ethnicity_source_value: patient.ethnicity,
  });
  if (patient.deathDate) {
    omop.row('death', { person_id, death_date: patient.deathDate, death_type_concept_id: EHR });
  }
}

function icdOf({ date, icd9, icd10, text }: ConditionFacts): CodedConcept | undefined {
  return date < icd10From ? coded('ICD9CM', icd9, text, 'Condition') : coded('ICD10CM', icd10, text, 'Condition');
}

function coded(vocabulary: string, code: string | undefined, name: string, domain: string): CodedConcept | undefined {
  return code === undefined ? undefined : { vocabulary, code, name, domain };
}
