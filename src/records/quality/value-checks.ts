/** Conformance of units, and plausibility, atemporal: values that a living person can have. Rules R85 to R87. */
import { type Asked, type CheckKind, checkOf, judge, type QualityCheck } from './check.ts';
import { eventTables } from './checked-tables.ts';

const atemporal = {
  group: 'plausibility',
  category: 'atemporal',
  context: 'verification',
} as const satisfies Partial<CheckKind>;

/** Joins the code whose plausible ranges are known: `known_code.name`, such as `LOINC 2160-0`. */
export const codedMeasurements = `
  JOIN (SELECT coding.row_id, min(known.code_id) AS code_id
        FROM coding JOIN known_code known ON known.vocabulary_id = coding.vocabulary_id AND known.code = trim(coding.code)
        WHERE coding.table_name = 'measurement' GROUP BY coding.row_id) coded ON coded.row_id = own.measurement_id
  JOIN known_code ON known_code.code_id = coded.code_id`;

/** The range of the code in the unit of the row. */
const inUnit =
  'JOIN plausible_range known ON known.code_id = coded.code_id AND known.unit = main.unit_key(own.unit_source_value)';

export function valueChecks({ limits }: Asked): QualityCheck[] {
  return [
    checkOf(
      {
        kind: 'unknown-unit',
        group: 'conformance',
        category: 'value',
        context: 'verification',
        threshold: { share: 0.05 },
      },
      'measurement',
      'Numbers in a unit that their code is not known to have',
      judge('measurement', 'measurement_id', {
        fault: 'known.code_id IS NULL',
        joins: `${codedMeasurements} LEFT ${inUnit}`,
        where: 'own.value_as_number IS NOT NULL AND NOT main.is_blank(own.unit_source_value)',
        part: 'known_code.name',
      }),
    ),
    checkOf(
      { kind: 'value-range', ...atemporal, threshold: { share: 0.01 } },
      'measurement',
      'Numbers outside of what is plausible for their code and unit',
      judge('measurement', 'measurement_id', {
        fault: 'own.value_as_number NOT BETWEEN known.low AND known.high',
        joins: `${codedMeasurements} ${inUnit}`,
        where: 'own.value_as_number IS NOT NULL',
        part: 'known_code.name',
      }),
    ),
    ...drugFigures(),
    ...ages(limits.earliest_birth, limits.oldest_age),
  ];
}

/** The limits of days and refills are those of the Data Quality Dashboard; a quantity may be in grams or millilitres. */
function drugFigures(): QualityCheck[] {
  const figures = [
    { column: 'days_supply', what: 'supply lasts fewer than 1 or more than 365 days', fault: 'NOT BETWEEN 1 AND 365' },
    {
      column: 'quantity',
      what: 'quantity is 0 or less, or more than 10,000',
      fault: 'NOT BETWEEN 0.0000001 AND 10000',
    },
    { column: 'refills', what: 'refills are fewer than 0 or more than 24', fault: 'NOT BETWEEN 0 AND 24' },
  ];
  return figures.map(({ column, what, fault }) =>
    checkOf(
      { kind: `${column.replace('_', '-')}-range`, ...atemporal, threshold: { share: 0.01 } },
      'drug_exposure',
      `Drugs whose ${what}`,
      judge('drug_exposure', 'drug_exposure_id', {
        fault: `own.${column} ${fault}`,
        where: `own.${column} IS NOT NULL`,
      }),
    ),
  );
}

function ages(earliestBirth: number, oldest: number): QualityCheck[] {
  const youngest = 'main.last_possible(own.birth_date, own.birth_date_source)';
  return [
    checkOf(
      { kind: 'early-birth', ...atemporal, threshold: { share: 0.01 } },
      'person',
      `Persons born before ${earliestBirth}`,
      judge('person', 'person_id', {
        fault: `year(${youngest}) < ${earliestBirth}`,
        where: 'own.birth_date IS NOT NULL',
      }),
    ),
    checkOf(
      { kind: 'old-age', ...atemporal, threshold: { share: 0.01 } },
      'person',
      `Persons who were older than ${oldest} at their death, or at the last event where no death is recorded`,
      judge('person', 'person_id', {
        fault: `main.completed_years(${youngest}, coalesce(own.death_date, seen.last_day)) > ${oldest}`,
        joins: `LEFT JOIN (${lastDays()}) seen ON seen.person_id = own.person_id`,
        where: 'own.birth_date IS NOT NULL AND coalesce(own.death_date, seen.last_day) IS NOT NULL',
      }),
    ),
  ];
}

/** The last day that anything is recorded of a person: of each table first, so that little is brought together. */
function lastDays(): string {
  const each = eventTables.map(
    ({ table, start }) => `SELECT person_id, max(${start}) AS last_day FROM ${table} GROUP BY person_id`,
  );
  return `SELECT person_id, max(last_day) AS last_day FROM (${each.join(' UNION ALL ')}) GROUP BY person_id`;
}
