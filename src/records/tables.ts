/**
 * The tables of the record store: OMOP CDM 5.4 names and columns, plus what OMOP lacks (`coding`,
 * `research_authorization`, `person_identity`, `media`). Every `*_date` is the earliest day that the source may mean, with the
 * source's own text and precision beside it in `*_date_source`. Every row ends with where it came from.
 */

/**
 * What `research_authorization` says. `requested` is no decision but a letter that asked for one; `revoked` takes back what
 * was granted, and refuses as `refused` does.
 */
export const authorizationDecisions = ['granted', 'refused', 'revoked', 'requested'] as const;
export type AuthorizationDecision = (typeof authorizationDecisions)[number];

type ColumnType = 'BIGINT' | 'INTEGER' | 'DOUBLE' | 'DATE' | 'VARCHAR';
export type Columns = Readonly<Record<string, ColumnType>>;

/** Where a row came from; `src_id` is the resource's own name, such as `Condition/123`. */
const provenance = { src_file: 'VARCHAR', src_line: 'BIGINT', src_id: 'VARCHAR', src_updated: 'VARCHAR' } as const;

export const tables = {
  person: {
    person_id: 'BIGINT',
    sex: 'VARCHAR', // female, male, other, unknown: FHIR administrative gender
    birth_date: 'DATE',
    birth_date_source: 'VARCHAR',
    death_date: 'DATE',
    death_date_source: 'VARCHAR',
    race_source_value: 'VARCHAR',
    ethnicity_source_value: 'VARCHAR',
    person_source_value: 'VARCHAR', // Patient/123
    ...provenance,
  },
  /** Names and numbers, apart from the research tables: read for linkage, and to count whom it cannot tell apart. */
  person_identity: {
    person_id: 'BIGINT',
    record_number: 'VARCHAR',
    family_name: 'VARCHAR',
    given_name: 'VARCHAR',
    birth_date_source: 'VARCHAR',
    ...provenance,
  },
  visit_occurrence: {
    visit_occurrence_id: 'BIGINT',
    person_id: 'BIGINT',
    visit_start_date: 'DATE',
    visit_start_date_source: 'VARCHAR',
    visit_end_date: 'DATE',
    visit_end_date_source: 'VARCHAR',
    visit_source_value: 'VARCHAR',
    visit_class: 'VARCHAR', // AMB, IMP, EMER, ...
    provider_id: 'BIGINT',
    care_site_id: 'BIGINT',
    ...provenance,
  },
  condition_occurrence: {
    condition_occurrence_id: 'BIGINT',
    person_id: 'BIGINT',
    condition_start_date: 'DATE',
    condition_start_date_source: 'VARCHAR',
    condition_end_date: 'DATE',
    condition_end_date_source: 'VARCHAR',
    condition_source_value: 'VARCHAR', // text as shown
    condition_status_source_value: 'VARCHAR', // clinical status
    verification_status: 'VARCHAR', // confirmed, provisional, refuted, entered-in-error, ...
    visit_occurrence_id: 'BIGINT',
    provider_id: 'BIGINT',
    ...provenance,
  },
  drug_exposure: {
    drug_exposure_id: 'BIGINT',
    person_id: 'BIGINT',
    drug_exposure_start_date: 'DATE',
    drug_exposure_start_date_source: 'VARCHAR',
    drug_exposure_end_date: 'DATE',
    drug_exposure_end_date_source: 'VARCHAR',
    drug_kind: 'VARCHAR', // order, dispense, administration, statement, table
    drug_source_value: 'VARCHAR', // text as shown
    route: 'VARCHAR', // topical, intravenous, oral, ...; null where the source says nothing
    route_source_value: 'VARCHAR',
    dose_form: 'VARCHAR',
    sig: 'VARCHAR',
    dose: 'DOUBLE', // at one time, in dose_unit
    dose_unit: 'VARCHAR',
    times_per_day: 'DOUBLE', // 2 of twice daily, 0.5 of every other day; null where it is as needed or not said in numbers
    frequency_source_value: 'VARCHAR', // BID, every 8 h, 2 a day
    quantity: 'DOUBLE',
    quantity_unit: 'VARCHAR',
    refills: 'INTEGER',
    days_supply: 'INTEGER',
    status: 'VARCHAR',
    visit_occurrence_id: 'BIGINT',
    provider_id: 'BIGINT',
    ...provenance,
  },
  procedure_occurrence: {
    procedure_occurrence_id: 'BIGINT',
    person_id: 'BIGINT',
    procedure_date: 'DATE',
    procedure_date_source: 'VARCHAR',
    procedure_source_value: 'VARCHAR',
    status: 'VARCHAR',
    visit_occurrence_id: 'BIGINT',
    provider_id: 'BIGINT',
    ...provenance,
  },
  measurement: {
    measurement_id: 'BIGINT',
    person_id: 'BIGINT',
    measurement_date: 'DATE',
    measurement_date_source: 'VARCHAR',
    measurement_source_value: 'VARCHAR',
    value_as_number: 'DOUBLE', // null where an operator makes it no number: <5
    operator: 'VARCHAR', // <, <=, >=, >
    value_source_value: 'VARCHAR',
    unit_source_value: 'VARCHAR',
    range_low: 'DOUBLE', // of the reference range, in the unit of the value
    range_high: 'DOUBLE',
    range_source_value: 'VARCHAR', // as the laboratory wrote it
    status: 'VARCHAR',
    visit_occurrence_id: 'BIGINT',
    ...provenance,
  },
  /** Allergies and other facts that are no condition. */
  observation: {
    observation_id: 'BIGINT',
    person_id: 'BIGINT',
    observation_date: 'DATE',
    observation_date_source: 'VARCHAR',
    observation_kind: 'VARCHAR', // allergy, social-history, ...
    observation_source_value: 'VARCHAR',
    value_source_value: 'VARCHAR',
    status: 'VARCHAR',
    visit_occurrence_id: 'BIGINT',
    ...provenance,
  },
  note: {
    note_id: 'BIGINT',
    person_id: 'BIGINT',
    note_date: 'DATE',
    note_date_source: 'VARCHAR',
    note_type_source_value: 'VARCHAR', // Progress note, Consultation note, ...
    note_title: 'VARCHAR',
    note_text: 'VARCHAR',
    status: 'VARCHAR',
    visit_occurrence_id: 'BIGINT',
    provider_id: 'BIGINT',
    specialty: 'VARCHAR', // of the author
    ...provenance,
  },
  /** Photographs and other media: where the file is, never its bytes. */
  media: {
    media_id: 'BIGINT',
    person_id: 'BIGINT',
    media_date: 'DATE',
    media_date_source: 'VARCHAR',
    media_source_value: 'VARCHAR', // photograph, modality or view, as shown
    body_site: 'VARCHAR',
    content_type: 'VARCHAR', // image/jpeg, ...
    media_path: 'VARCHAR', // the file beside the export; null where the bytes stood in the line
    status: 'VARCHAR',
    visit_occurrence_id: 'BIGINT',
    provider_id: 'BIGINT',
    ...provenance,
  },
  provider: {
    provider_id: 'BIGINT',
    specialty_source_value: 'VARCHAR',
    provider_source_value: 'VARCHAR',
    ...provenance,
  },
  /** Where care is given: hospitals and departments (Organization), wards and rooms (Location). */
  care_site: {
    care_site_id: 'BIGINT',
    care_site_name: 'VARCHAR',
    care_site_kind: 'VARCHAR', // organization, location
    place_of_service_source_value: 'VARCHAR', // its type, as shown
    care_site_source_value: 'VARCHAR', // Organization/1
    ...provenance,
  },
  /** Every code of every row above: OMOP keeps one concept a row, records carry several. */
  coding: {
    person_id: 'BIGINT',
    table_name: 'VARCHAR', // condition_occurrence, drug_exposure, ...
    row_id: 'BIGINT',
    vocabulary_id: 'VARCHAR', // ICD10CM, RxNorm, ...; the system's URI where it is unknown
    code: 'VARCHAR',
    display: 'VARCHAR',
    rank: 'INTEGER', // order in the source, from 0
    ...provenance,
  },
  /** What a person decided about the use of the record for research; the last one by date holds. And each letter that asked. */
  research_authorization: {
    person_id: 'BIGINT',
    decision: 'VARCHAR', // of authorizationDecisions
    decided_date: 'DATE',
    decided_date_source: 'VARCHAR',
    ...provenance,
  },
  /** Codes and what they mean: from an OMOP vocabulary, or from the files of a classification (ICD). */
  concept: {
    concept_id: 'BIGINT',
    concept_name: 'VARCHAR',
    domain_id: 'VARCHAR',
    vocabulary_id: 'VARCHAR', // ICD10CM, SNOMED, ...
    concept_class_id: 'VARCHAR',
    standard_concept: 'VARCHAR', // S, C or null
    concept_code: 'VARCHAR', // as the vocabulary writes it: L94.2
    ...provenance,
  },
  concept_relationship: {
    concept_id_1: 'BIGINT',
    concept_id_2: 'BIGINT',
    relationship_id: 'VARCHAR', // Maps to, ...
    ...provenance,
  },
  concept_ancestor: {
    ancestor_concept_id: 'BIGINT',
    descendant_concept_id: 'BIGINT',
    min_levels_of_separation: 'INTEGER',
    ...provenance,
  },
} as const satisfies Readonly<Record<string, Columns>>;

export type TableName = keyof typeof tables;
