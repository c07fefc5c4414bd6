import type { TableName } from '../tables.ts';

/** A table of what happened to persons, and the columns that checks ask for. */
export interface EventTable {
  readonly table: TableName;
  readonly id: string;
  /** What its rows are, in plain words. */
  readonly rows: string;
  readonly start: string;
  readonly end?: string;
  /** The text that says what it was. */
  readonly text?: string;
  /** SQL on `own`: rows that should carry a code; none where it is left out. */
  readonly coded?: string;
}

/** What happened to persons. */
export const eventTables: readonly EventTable[] = [
  {
    table: 'visit_occurrence',
    id: 'visit_occurrence_id',
    rows: 'Visits',
    start: 'visit_start_date',
    end: 'visit_end_date',
  },
  {
    table: 'condition_occurrence',
    id: 'condition_occurrence_id',
    rows: 'Diagnoses',
    start: 'condition_start_date',
    end: 'condition_end_date',
    text: 'condition_source_value',
    coded: 'true',
  },
  {
    table: 'drug_exposure',
    id: 'drug_exposure_id',
    rows: 'Drugs',
    start: 'drug_exposure_start_date',
    end: 'drug_exposure_end_date',
    text: 'drug_source_value',
    // A pharmacy's table has words only.
    coded: `coalesce(own.drug_kind, '') <> 'table'`,
  },
  {
    table: 'procedure_occurrence',
    id: 'procedure_occurrence_id',
    rows: 'Procedures',
    start: 'procedure_date',
    text: 'procedure_source_value',
    coded: 'true',
  },
  {
    table: 'measurement',
    id: 'measurement_id',
    rows: 'Measurements',
    start: 'measurement_date',
    text: 'measurement_source_value',
    coded: 'true',
  },
  {
    table: 'observation',
    id: 'observation_id',
    rows: 'Observations',
    start: 'observation_date',
    text: 'observation_source_value',
    // Allergies and habits are often told in words alone: no code is expected.
  },
  { table: 'note', id: 'note_id', rows: 'Notes', start: 'note_date' },
  { table: 'media', id: 'media_id', rows: 'Photographs and other media', start: 'media_date' },
];

/** Every table with dates: births and deaths, and decisions about research, beside the events. */
export const datedTables: readonly EventTable[] = [
  { table: 'person', id: 'person_id', rows: 'Persons', start: 'birth_date', end: 'death_date' },
  ...eventTables,
  {
    table: 'research_authorization',
    id: 'person_id',
    rows: 'Decisions about research',
    start: 'decided_date',
  },
];

/** What the rows of the other tables are, in plain words. */
export const otherRows: Readonly<Record<string, string>> = {
  person_identity: 'Names and numbers',
  coding: 'Codes',
  provider: 'Providers',
  care_site: 'Places of care',
};

/** The tables of checks that follow references, with the column that names a row in examples. */
export const rowIds = {
  person: 'person_id',
  person_identity: 'person_id',
  visit_occurrence: 'visit_occurrence_id',
  condition_occurrence: 'condition_occurrence_id',
  drug_exposure: 'drug_exposure_id',
  procedure_occurrence: 'procedure_occurrence_id',
  measurement: 'measurement_id',
  observation: 'observation_id',
  note: 'note_id',
  media: 'media_id',
  provider: 'provider_id',
  care_site: 'care_site_id',
  coding: 'row_id',
  research_authorization: 'person_id',
} as const satisfies Partial<Record<TableName, string>>;
