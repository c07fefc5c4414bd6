import { type CdmMapping, day, numberText, reference, rowSql, shown } from './mapping.ts';

/** HL7 ActCode by the concepts of OMOP's visit domain. */
const VISIT_CLASS = `CASE own.visit_concept_id WHEN 9201 THEN 'IMP' WHEN 262 THEN 'IMP' WHEN 32037 THEN 'IMP' WHEN 42898160 THEN 'IMP'
  WHEN 9202 THEN 'AMB' WHEN 581477 THEN 'AMB' WHEN 9203 THEN 'EMER' WHEN 581385 THEN 'OBSENC' WHEN 581476 THEN 'HH' WHEN 5083 THEN 'VR' END`;

export const visitMapping: CdmMapping = {
  concepts: ['visit_concept_id', 'visit_source_concept_id'],
  codes: ['visit_concept_id', 'visit_source_concept_id'],
  rows: rowSql('visit_occurrence', {
    visit_occurrence_id: 'own.visit_occurrence_id',
    person_id: 'own.person_id',
    ...day('visit_start_date'),
    ...day('visit_end_date'),
    visit_source_value: shown('visit'),
    visit_class: VISIT_CLASS,
    ...reference('provider_id'),
    ...reference('care_site_id'),
  }),
};

const CONDITION_STATUS = `coalesce(condition_status_concept.name, own.condition_status_source_value)`;

/** What a status says of how sure a diagnosis is; "rule out" is a suspicion, "ruled out" is none any more. */
const VERIFICATION = `CASE
  WHEN regexp_matches(${CONDITION_STATUS}, '(?i)entered.in.error') THEN 'entered-in-error'
  WHEN regexp_matches(${CONDITION_STATUS}, '(?i)\\b(refuted|ruled.out|negated)\\b') THEN 'refuted'
  WHEN regexp_matches(${CONDITION_STATUS}, '(?i)\\b(preliminary|provisional|suspected|differential|possible|probable|rule.out|r/o)\\b')
    THEN 'provisional'
  WHEN regexp_matches(${CONDITION_STATUS}, '(?i)\\b(confirmed|final)\\b') THEN 'confirmed' END`;

export const conditionMapping: CdmMapping = {
  concepts: ['condition_concept_id', 'condition_source_concept_id', 'condition_status_concept_id'],
  codes: ['condition_concept_id', 'condition_source_concept_id'],
  rows: rowSql('condition_occurrence', {
    condition_occurrence_id: 'own.condition_occurrence_id',
    person_id: 'own.person_id',
    ...day('condition_start_date'),
    ...day('condition_end_date'),
    condition_source_value: shown('condition'),
    condition_status_source_value: CONDITION_STATUS,
    verification_status: VERIFICATION,
    ...reference('visit_occurrence_id'),
    ...reference('provider_id'),
  }),
};

export const procedureMapping: CdmMapping = {
  concepts: ['procedure_concept_id', 'procedure_source_concept_id'],
  codes: ['procedure_concept_id', 'procedure_source_concept_id'],
  rows: rowSql('procedure_occurrence', {
    procedure_occurrence_id: 'own.procedure_occurrence_id',
    person_id: 'own.person_id',
    ...day('procedure_date'),
    procedure_source_value: shown('procedure'),
    status: 'NULL::VARCHAR',
    ...reference('visit_occurrence_id'),
    ...reference('provider_id'),
  }),
};

/** The comparison that stands before a value; none where it is "=". */
const OPERATOR = `CASE own.operator_concept_id WHEN 4171754 THEN '<=' WHEN 4171755 THEN '>=' WHEN 4171756 THEN '<' WHEN 4172704 THEN '>' END`;

export const measurementMapping: CdmMapping = {
  concepts: ['measurement_concept_id', 'measurement_source_concept_id', 'value_as_concept_id', 'unit_concept_id'],
  codes: ['measurement_concept_id', 'measurement_source_concept_id'],
  rows: rowSql('measurement', {
    measurement_id: 'own.measurement_id',
    person_id: 'own.person_id',
    ...day('measurement_date'),
    measurement_source_value: shown('measurement'),
    value_as_number: `CASE WHEN ${OPERATOR} IS NULL THEN own.value_as_number END`,
    operator: OPERATOR,
    value_source_value: `coalesce(own.value_source_value, coalesce(${OPERATOR}, '') || ${numberText('value_as_number')}, value_as_concept.name)`,
    unit_source_value: 'coalesce(own.unit_source_value, unit_concept.code, unit_concept.name)',
    range_low: 'own.range_low',
    range_high: 'own.range_high',
    range_source_value: 'NULL::VARCHAR',
    status: 'NULL::VARCHAR',
    ...reference('visit_occurrence_id'),
  }),
};

export const observationMapping: CdmMapping = {
  concepts: ['observation_concept_id', 'observation_source_concept_id', 'value_as_concept_id'],
  codes: ['observation_concept_id', 'observation_source_concept_id'],
  rows: rowSql('observation', {
    observation_id: 'own.observation_id',
    person_id: 'own.person_id',
    ...day('observation_date'),
    observation_kind: `CASE WHEN regexp_matches(${shown('observation')}, '(?i)\\ballerg') THEN 'allergy' END`,
    observation_source_value: shown('observation'),
    value_source_value: `coalesce(own.value_as_string, ${numberText('value_as_number')}, value_as_concept.name, own.value_source_value)`,
    status: 'NULL::VARCHAR',
    ...reference('visit_occurrence_id'),
  }),
};

export const noteMapping: CdmMapping = {
  concepts: ['note_class_concept_id', 'note_type_concept_id'],
  codes: ['note_class_concept_id'],
  rows: rowSql('note', {
    note_id: 'own.note_id',
    person_id: 'own.person_id',
    ...day('note_date'),
    note_type_source_value: 'coalesce(note_class_concept.name, own.note_source_value, note_type_concept.name)',
    note_title: 'own.note_title',
    note_text: 'own.note_text',
    status: 'NULL::VARCHAR',
    ...reference('visit_occurrence_id'),
    ...reference('provider_id'),
    specialty: 'NULL::VARCHAR',
  }),
};
