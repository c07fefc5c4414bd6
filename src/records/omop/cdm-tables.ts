/**
 * The tables of the OMOP CDM that are read, and of each the columns. CDM 5.3 and 5.4 have all of them under the same
 * names; what differs between the two is not read. (OHDSI, OMOP CDM v5.3 and v5.4.)
 */

/** What a cell holds. A `date` is also taken from the `..._datetime` beside it; `verbatim` is kept letter by letter. */
type CellType = 'id' | 'whole' | 'number' | 'date' | 'text' | 'verbatim';

/** A table of the CDM, as it is read. */
export interface CdmTable {
  /** The columns that name a row. None of their cells may be empty. */
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, CellType>>;
  /** Columns that the file must have, besides the key. */
  readonly required: readonly string[];
  /** Whether every row belongs to a person. */
  readonly ofPerson: boolean;
}

const visitAndProvider = { visit_occurrence_id: 'id', provider_id: 'id' } as const;

export const cdmTables = {
  person: {
    key: ['person_id'],
    required: ['gender_concept_id', 'year_of_birth'],
    ofPerson: true,
    columns: {
      person_id: 'id',
      gender_concept_id: 'id',
      gender_source_value: 'text',
      year_of_birth: 'whole',
      month_of_birth: 'whole',
      day_of_birth: 'whole',
      birth_datetime: 'date',
      race_concept_id: 'id',
      race_source_value: 'text',
      ethnicity_concept_id: 'id',
      ethnicity_source_value: 'text',
      person_source_value: 'text',
    },
  },
  death: {
    key: ['person_id'],
    required: ['death_date'],
    ofPerson: true,
    columns: { person_id: 'id', death_date: 'date' },
  },
  visit_occurrence: {
    key: ['visit_occurrence_id'],
    required: ['person_id', 'visit_concept_id', 'visit_start_date'],
    ofPerson: true,
    columns: {
      ...visitAndProvider,
      person_id: 'id',
      visit_concept_id: 'id',
      visit_source_concept_id: 'id',
      visit_source_value: 'text',
      visit_start_date: 'date',
      visit_end_date: 'date',
      care_site_id: 'id',
    },
  },
  condition_occurrence: {
    key: ['condition_occurrence_id'],
    required: ['person_id', 'condition_concept_id', 'condition_start_date'],
    ofPerson: true,
    columns: {
      ...visitAndProvider,
      condition_occurrence_id: 'id',
      person_id: 'id',
      condition_concept_id: 'id',
      condition_source_concept_id: 'id',
      condition_source_value: 'text',
      condition_start_date: 'date',
      condition_end_date: 'date',
      condition_status_concept_id: 'id',
      condition_status_source_value: 'text',
    },
  },
  drug_exposure: {
    key: ['drug_exposure_id'],
    required: ['person_id', 'drug_concept_id', 'drug_exposure_start_date'],
    ofPerson: true,
    columns: {
      ...visitAndProvider,
      drug_exposure_id: 'id',
      person_id: 'id',
      drug_concept_id: 'id',
      drug_source_concept_id: 'id',
      drug_source_value: 'text',
      drug_exposure_start_date: 'date',
      drug_exposure_end_date: 'date',
      drug_type_concept_id: 'id',
      refills: 'whole',
      quantity: 'number',
      days_supply: 'whole',
      sig: 'text',
      route_concept_id: 'id',
      route_source_value: 'text',
      dose_unit_source_value: 'text',
    },
  },
  procedure_occurrence: {
    key: ['procedure_occurrence_id'],
    required: ['person_id', 'procedure_concept_id', 'procedure_date'],
    ofPerson: true,
    columns: {
      ...visitAndProvider,
      procedure_occurrence_id: 'id',
      person_id: 'id',
      procedure_concept_id: 'id',
      procedure_source_concept_id: 'id',
      procedure_source_value: 'text',
      procedure_date: 'date',
    },
  },
  measurement: {
    key: ['measurement_id'],
    required: ['person_id', 'measurement_concept_id', 'measurement_date'],
    ofPerson: true,
    columns: {
      measurement_id: 'id',
      person_id: 'id',
      measurement_concept_id: 'id',
      measurement_source_concept_id: 'id',
      measurement_source_value: 'text',
      measurement_date: 'date',
      operator_concept_id: 'id',
      value_as_number: 'number',
      value_as_concept_id: 'id',
      value_source_value: 'text',
      unit_concept_id: 'id',
      unit_source_value: 'text',
      range_low: 'number',
      range_high: 'number',
      visit_occurrence_id: 'id',
    },
  },
  observation: {
    key: ['observation_id'],
    required: ['person_id', 'observation_concept_id', 'observation_date'],
    ofPerson: true,
    columns: {
      observation_id: 'id',
      person_id: 'id',
      observation_concept_id: 'id',
      observation_source_concept_id: 'id',
      observation_source_value: 'text',
      observation_date: 'date',
      value_as_number: 'number',
      value_as_string: 'text',
      value_as_concept_id: 'id',
      value_source_value: 'text',
      visit_occurrence_id: 'id',
    },
  },
  note: {
    key: ['note_id'],
    required: ['person_id', 'note_date', 'note_text'],
    ofPerson: true,
    columns: {
      ...visitAndProvider,
      note_id: 'id',
      person_id: 'id',
      note_date: 'date',
      note_type_concept_id: 'id',
      note_class_concept_id: 'id',
      note_title: 'text',
      note_text: 'verbatim',
      note_source_value: 'text',
    },
  },
  provider: {
    key: ['provider_id'],
    required: [],
    ofPerson: false,
    columns: {
      provider_id: 'id',
      provider_name: 'text',
      provider_source_value: 'text',
      specialty_concept_id: 'id',
      specialty_source_value: 'text',
    },
  },
  care_site: {
    key: ['care_site_id'],
    required: [],
    ofPerson: false,
    columns: {
      care_site_id: 'id',
      care_site_name: 'text',
      place_of_service_concept_id: 'id',
      place_of_service_source_value: 'text',
    },
  },
  /** No table of the CDM, which has no place for consent: a file of ours that may lie beside the others. */
  research_authorization: {
    key: ['person_id', 'decision', 'decided_date'],
    required: [],
    ofPerson: true,
    columns: { person_id: 'id', decision: 'text', decided_date: 'date' },
  },
  /** Says which database the files are of. */
  cdm_source: {
    key: ['cdm_source_name'],
    required: [],
    ofPerson: false,
    columns: { cdm_source_name: 'text' },
  },
  concept: {
    key: ['concept_id'],
    required: ['concept_name', 'vocabulary_id', 'concept_code'],
    ofPerson: false,
    columns: {
      concept_id: 'id',
      concept_name: 'text',
      domain_id: 'text',
      vocabulary_id: 'text',
      concept_class_id: 'text',
      standard_concept: 'text',
      concept_code: 'text',
    },
  },
  concept_relationship: {
    key: ['concept_id_1', 'concept_id_2', 'relationship_id'],
    required: [],
    ofPerson: false,
    columns: { concept_id_1: 'id', concept_id_2: 'id', relationship_id: 'text', invalid_reason: 'text' },
  },
  concept_ancestor: {
    key: ['ancestor_concept_id', 'descendant_concept_id'],
    required: [],
    ofPerson: false,
    columns: { ancestor_concept_id: 'id', descendant_concept_id: 'id', min_levels_of_separation: 'whole' },
  },
} as const satisfies Readonly<Record<string, CdmTable>>;

export type CdmTableName = keyof typeof cdmTables;
export const cdmTableNames = Object.keys(cdmTables) as CdmTableName[];

/** Whether rows of the table are stored; those of other tables are counted only. */
export function isMapped(table: string): table is CdmTableName {
  return Object.hasOwn(cdmTables, table);
}

/** The table as any table is: the columns by name. */
export function cdmTable(name: CdmTableName): CdmTable {
  return cdmTables[name];
}

/** The other tables of CDM 5.3 and 5.4, of its vocabularies and results: known by name, counted as unmapped. */
export const otherTables: ReadonlySet<string> = new Set([
  'attribute_definition',
  'cohort',
  'cohort_attribute',
  'cohort_definition',
  'concept_class',
  'concept_synonym',
  'condition_era',
  'cost',
  'device_exposure',
  'domain',
  'dose_era',
  'drug_era',
  'drug_strength',
  'episode',
  'episode_event',
  'fact_relationship',
  'location',
  'metadata',
  'note_nlp',
  'observation_period',
  'payer_plan_period',
  'relationship',
  'source_to_concept_map',
  'specimen',
  'visit_detail',
  'vocabulary',
]);
