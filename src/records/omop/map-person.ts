import { type CdmMapping, day, rowSql } from './mapping.ts';

/**
 * The birth date as precise as it is known. `birth_datetime` fills up what the other columns leave out, unless it is
 * the first day of what they say, which databases put where no day is known.
 */
const BIRTH = `CASE
  WHEN own.month_of_birth IS NOT NULL AND own.day_of_birth IS NOT NULL AND own.year_of_birth IS NOT NULL
    THEN printf('%04d-%02d-%02d', own.year_of_birth, own.month_of_birth, own.day_of_birth)
  WHEN own.birth_datetime IS NOT NULL AND (own.year_of_birth IS NULL
      OR (year(own.birth_datetime) = own.year_of_birth
          AND month(own.birth_datetime) = coalesce(own.month_of_birth, month(own.birth_datetime))
          AND NOT (day(own.birth_datetime) = 1 AND (month(own.birth_datetime) = 1 OR own.month_of_birth IS NOT NULL))))
    THEN strftime(own.birth_datetime, '%Y-%m-%d')
  WHEN own.month_of_birth IS NOT NULL AND own.year_of_birth IS NOT NULL
    THEN printf('%04d-%02d', own.year_of_birth, own.month_of_birth)
  WHEN own.year_of_birth IS NOT NULL THEN printf('%04d', own.year_of_birth) END`;

const SEX = `CASE own.gender_concept_id WHEN 8507 THEN 'male' WHEN 8532 THEN 'female' WHEN 8521 THEN 'other'
  ELSE CASE lower(own.gender_source_value) WHEN 'm' THEN 'male' WHEN 'male' THEN 'male' WHEN 'f' THEN 'female'
    WHEN 'female' THEN 'female' WHEN 'o' THEN 'other' WHEN 'other' THEN 'other'
    ELSE CASE WHEN own.gender_source_value IS NOT NULL THEN 'unknown' END END END`;

/** A person; the number that the hospital has for the person stands apart, for linkage. */
export const personMapping: CdmMapping = {
  concepts: ['race_concept_id', 'ethnicity_concept_id'],
  rows: {
    ...rowSql('person', {
      person_id: 'own.person_id',
      sex: SEX,
      birth_date: `((${BIRTH}) || '-01-01')[1:10]::DATE`,
      birth_date_source: BIRTH,
      death_date: 'NULL::DATE',
      death_date_source: 'NULL::VARCHAR',
      race_source_value: 'coalesce(race_concept.name, own.race_source_value)',
      ethnicity_source_value: 'coalesce(ethnicity_concept.name, own.ethnicity_source_value)',
      person_source_value: `'person/' || own.person_id`,
    }),
    ...rowSql('person_identity', {
      person_id: 'own.person_id',
      record_number: 'own.person_source_value',
      family_name: 'NULL::VARCHAR',
      given_name: 'NULL::VARCHAR',
      birth_date_source: BIRTH,
    }),
  },
};

/** A death joins its person when tables are written, whichever of the two came first. */
export const deathMapping: CdmMapping = {
  concepts: [],
  rows: rowSql('death', { person_id: 'own.person_id', ...day('death_date') }),
};

export const authorizationMapping: CdmMapping = {
  concepts: [],
  rows: rowSql('research_authorization', {
    person_id: 'own.person_id',
    decision: 'lower(own.decision)',
    ...day('decided_date'),
  }),
};
