/** The queries of linkage. They run on the staging database, on `table_row`, `person_key` and `decision`, and fill `link`. */
import type { Columns } from '../tables.ts';
import type { CheckField, LinkageRule } from './mapping-schema.ts';

const keys = {
  record_number: 'VARCHAR',
  family_name: 'VARCHAR',
  given_name: 'VARCHAR',
  first_name: 'VARCHAR',
  birth_date: 'VARCHAR',
  sex: 'VARCHAR',
} as const;

/** The rows that were read, with the keys of their persons. */
export const tableRowColumns = {
  src_file: 'VARCHAR',
  src_line: 'BIGINT',
  src_id: 'VARCHAR',
  resource_id: 'BIGINT',
  content: 'VARCHAR',
  source_patient: 'VARCHAR',
  ...keys,
} as const satisfies Columns;

/** The persons of the records: a row for each pair of record number and name, counted by `version`. */
export const personKeyColumns = { person_id: 'BIGINT', person: 'VARCHAR', ...keys } as const satisfies Columns;

/** What stewards decided about rows of this source. */
export const decisionColumns = {
  src_id: 'VARCHAR',
  person_id: 'BIGINT',
  verdict: 'VARCHAR',
} as const satisfies Columns;

/** The ordinal of what goes before the first rule of the mapping. */
export const CONFIRMED = -1;

/** `person_id` or `reason`, and by which rule. */
export const createLink = 'CREATE TABLE link (version BIGINT, person_id BIGINT, rule INTEGER, reason VARCHAR)';

/** Rows that are persons themselves. */
export const linkToSelf = 'INSERT INTO link SELECT version, resource_id, NULL, NULL FROM table_row';

/** What a steward confirmed goes before every rule, as long as the person is there (rule R109). */
export const applyConfirmed = `
  INSERT INTO link SELECT line.version, decision.person_id, ${CONFIRMED}, NULL
  FROM table_row line JOIN decision ON decision.src_id = line.src_id AND decision.verdict = 'confirmed'
  SEMI JOIN person_key person ON person.person_id = decision.person_id`;

/** Decides the rows that the rule finds somebody for, of those that no rule before it did. */
export function applyRule(rule: LinkageRule, ordinal: number): string {
  const viaSource = rule.match.includes('source_patient');
  const fields = rule.match.filter((field) => field !== 'source_patient');
  const equal = fields.map((field) => EQUAL[field]);
  const people = viaSource
    ? `JOIN (SELECT DISTINCT source_patient, person_id FROM table_row JOIN link USING (version)
             WHERE source_patient IS NOT NULL AND person_id IS NOT NULL) linked
         ON linked.source_patient = line.source_patient
       JOIN person_key person ON ${['person.person_id = linked.person_id', ...equal].join(' AND ')}`
    : `JOIN person_key person ON ${equal.join(' AND ')}`;
  const either = (conditions: readonly string[]) => (conditions.length === 0 ? 'false' : conditions.join(' OR '));
  return `
    INSERT INTO link
    WITH line AS (SELECT * FROM table_row ANTI JOIN link USING (version)),
    found AS (
      SELECT line.version, line.src_id, person.person_id,
             bool_or(coalesce(${either(rule.check.map((field) => `(${AGREES[field]})`))}, false)) AS agrees,
             bool_or(${either(rule.check.map((field) => `(line.${field} IS NOT NULL AND person.${field} IS NOT NULL)`))}) AS comparable
      FROM line ${people}
      GROUP BY ALL),
    decided AS (
      SELECT version, count(*) AS persons, any_value(person_id) AS person_id, bool_or(comparable AND NOT agrees) AS differs,
             bool_or(verdict IS NOT NULL) AS rejected
      FROM found LEFT JOIN (${rejected}) USING (src_id, person_id) GROUP BY version)
    SELECT version, CASE WHEN persons = 1 AND NOT differs AND NOT rejected THEN person_id END, ${ordinal},
           CASE WHEN persons > 1 THEN 'linkage.ambiguous' WHEN rejected THEN 'linkage.rejected'
                WHEN differs THEN 'linkage.contradiction' END
    FROM decided`;
}

const rejected = `SELECT * EXCLUDE (version) FROM decision WHERE verdict = 'rejected'`;

/** What is left has found nobody. */
export const decideRest = `
  INSERT INTO link SELECT version, NULL, NULL, 'linkage.none' FROM table_row ANTI JOIN link USING (version)`;

/** Whether given names agree (rule R22). */
export const GIVEN = `(line.given_name = person.given_name OR line.first_name = person.given_name
  OR line.given_name = person.first_name)`;

/** Fields that find a person. A birth date must be a whole day on both sides. */
const EQUAL: Readonly<Record<CheckField, string>> = {
  record_number: 'line.record_number = person.record_number',
  family_name: 'line.family_name = person.family_name',
  given_name: GIVEN,
  birth_date: '(line.birth_date = person.birth_date AND length(line.birth_date) = 10)',
};

/** Fields that confirm one. A year agrees with any day in it. */
const AGREES: Readonly<Record<CheckField, string>> = {
  ...EQUAL,
  birth_date: 'starts_with(line.birth_date, person.birth_date) OR starts_with(person.birth_date, line.birth_date)',
};
