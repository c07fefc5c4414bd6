/**
 * Tables that only imports read. They stand in the snapshot, since a later import needs them: a Medication may come
 * after the order that names it, a newer version of a Condition next year.
 */
const provenance = { src_file: 'VARCHAR', src_line: 'BIGINT', src_id: 'VARCHAR', src_updated: 'VARCHAR' } as const;

export const internalTables = {
  /** The version of every resource that stands. */
  resource: {
    resource_id: 'BIGINT',
    resource_type: 'VARCHAR',
    updated_ms: 'BIGINT', // meta.lastUpdated in milliseconds since 1970; the least number where there is none
    content: 'VARCHAR', // hash of the line, with the version of the mapping before it
    ...provenance,
  },
  /** Medication resources, which drug rows name. */
  medication: {
    medication_id: 'BIGINT',
    drug_source_value: 'VARCHAR',
    dose_form: 'VARCHAR',
    route: 'VARCHAR', // what the form or the text says
    ...provenance,
  },
  medication_coding: {
    medication_id: 'BIGINT',
    vocabulary_id: 'VARCHAR',
    code: 'VARCHAR',
    display: 'VARCHAR',
    rank: 'INTEGER',
    ...provenance,
  },
  /** Which drug row names which Medication. */
  medication_link: {
    drug_exposure_id: 'BIGINT',
    person_id: 'BIGINT',
    medication_id: 'BIGINT',
    stated_route: 'VARCHAR', // by the drug row itself: goes before the medication's
    ...provenance,
  },
  /** Other ids of a provider: its identifiers (`Practitioner?identifier=...`), its roles. */
  provider_alias: {
    alias_id: 'BIGINT',
    provider_id: 'BIGINT', // may itself be an alias
    ...provenance,
  },
  /** Deaths that come apart from their persons, as OMOP has them. */
  death: {
    person_id: 'BIGINT',
    death_date: 'DATE',
    death_date_source: 'VARCHAR',
    ...provenance,
  },
  /** Other ids of a care site: its identifiers (`Location?identifier=...`). */
  care_site_alias: {
    alias_id: 'BIGINT',
    care_site_id: 'BIGINT',
    ...provenance,
  },
  /** From PractitionerRole. */
  provider_specialty: {
    provider_id: 'BIGINT', // may be an alias
    specialty_source_value: 'VARCHAR',
    ...provenance,
  },
} as const;
