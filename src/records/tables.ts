/**
 * The tables of the record store: OMOP CDM 5.4 names and columns, plus what OMOP lacks (`coding`,
 * `research_authorization`, `person_identity`). Every `*_date` is the earliest day that the source may mean, with the
 * source's own text and precision beside it in `*_date_source`. Every row ends with where it came from.
 */

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
  /** Names and numbers, apart from the research tables: read for linkage and by nothing else. */
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
    value_as_number: 'DOUBLE',
    value_source_value: 'VARCHAR',
    unit_source_value: 'VARCHAR',
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
  provider: {
    provider_id: 'BIGINT',
    specialty_source_value: 'VARCHAR',
    provider_source_value: 'VARCHAR',
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
  /** What a person decided about the use of the record for research; the last one by date holds. */
  research_authorization: {
    person_id: 'BIGINT',
    decision: 'VARCHAR', // granted, refused
    decided_date: 'DATE',
    decided_date_source: 'VARCHAR',
    ...provenance,
  },
} as const satisfies Readonly<Record<string, Columns>>;

export type TableName = keyof typeof tables;
