/** Completeness: what should be there is there. Rules R80, R81 and R83. */
import { type Asked, type CheckKind, checkOf, judge, type QualityCheck } from './check.ts';
import { datedTables, eventTables } from './checked-tables.ts';
import { codedMeasurements } from './value-checks.ts';

const kindOf = (kind: string, share: number, context: CheckKind['context'] = 'verification'): CheckKind => ({
  kind,
  group: 'completeness',
  category: 'completeness',
  context,
  threshold: { share },
});

export function completenessChecks({ limits }: Asked): QualityCheck[] {
  return [
    ...dateChecks(),
    ...nameChecks(),
    ...measurementChecks(),
    ...noteChecks(limits.shortest_note),
    ...personChecks(),
  ];
}

function dateChecks(): QualityCheck[] {
  return datedTables
    .filter(({ table }) => table !== 'person')
    .map(({ table, id, rows, start }) =>
      checkOf(
        kindOf('missing-date', 0.05),
        table,
        `${rows} without a date`,
        judge(table, id, { fault: `own.${start} IS NULL` }),
      ),
    );
}

function nameChecks(): QualityCheck[] {
  return [
    ...eventTables.flatMap(({ table, id, rows, text }) =>
      text === undefined
        ? []
        : checkOf(
            kindOf('missing-text', 0.01),
            table,
            `${rows} without words for what it was`,
            judge(table, id, { fault: `main.is_blank(own.${text})` }),
          ),
    ),
    ...eventTables.flatMap(({ table, id, rows, coded }) =>
      coded === undefined
        ? []
        : checkOf(
            kindOf('missing-code', 0.1),
            table,
            `${rows} without any code`,
            judge(table, id, {
              fault: 'codes.row_id IS NULL',
              joins: `LEFT JOIN (SELECT DISTINCT row_id FROM coding WHERE table_name = '${table}') codes ON codes.row_id = own.${id}`,
              where: coded,
            }),
          ),
    ),
    checkOf(
      kindOf('missing-system', 0.05),
      'coding',
      'Codes that do not say their code system',
      judge('coding', 'row_id', { fault: 'main.is_blank(own.vocabulary_id)' }),
    ),
  ];
}

function measurementChecks(): QualityCheck[] {
  return [
    checkOf(
      kindOf('missing-value', 0.05),
      'measurement',
      'Measurements without a value, as a number or in words',
      judge('measurement', 'measurement_id', {
        fault: 'own.value_as_number IS NULL AND main.is_blank(own.value_source_value)',
      }),
    ),
    checkOf(
      kindOf('missing-unit', 0.05),
      'measurement',
      'Numbers without a unit, of the codes whose plausible range is known',
      judge('measurement', 'measurement_id', {
        fault: 'main.is_blank(own.unit_source_value)',
        joins: codedMeasurements,
        where: 'own.value_as_number IS NOT NULL',
        part: 'known_code.name',
      }),
    ),
  ];
}

function noteChecks(shortest: number): QualityCheck[] {
  return [
    checkOf(
      { ...kindOf('empty-note', 0), threshold: { rows: 0 } },
      'note',
      'Notes without text',
      judge('note', 'note_id', { fault: 'main.is_blank(own.note_text)' }),
    ),
    checkOf(
      kindOf('short-note', 0.05),
      'note',
      `Notes of fewer than ${shortest} characters`,
      judge('note', 'note_id', {
        // From the first letter to the last there are as many: found without copying the text.
        fault: `NOT regexp_matches(own.note_text, '(?s)\\S.{${shortest - 2}}.*\\S')`,
        where: 'NOT main.is_blank(own.note_text)',
      }),
    ),
  ];
}

function personChecks(): QualityCheck[] {
  const events = eventTables.map(({ table }) => `SELECT person_id FROM ${table}`).join(' UNION ALL ');
  return [
    checkOf(
      kindOf('missing-birth-date', 0.01),
      'person',
      'Persons without a birth date',
      judge('person', 'person_id', { fault: 'own.birth_date IS NULL' }),
    ),
    checkOf(
      kindOf('missing-sex', 0.05),
      'person',
      'Persons whose sex is missing or unknown',
      judge('person', 'person_id', { fault: `coalesce(own.sex, 'unknown') = 'unknown'` }),
    ),
    checkOf(
      kindOf('no-event', 0.05, 'validation'),
      'person',
      'Persons of whom nothing is recorded: no visit, diagnosis, drug, note or other event',
      judge('person', 'person_id', {
        fault: 'event.person_id IS NULL',
        joins: `LEFT JOIN (SELECT DISTINCT person_id FROM (${events})) event ON event.person_id = own.person_id`,
      }),
    ),
    checkOf(
      kindOf('no-identity', 0.05),
      'person',
      'Persons without a record number, and without name and birth date: tables cannot be linked to them',
      judge('person', 'person_id', {
        fault: 'NOT coalesce(identity.linkable, false)',
        joins: `LEFT JOIN (
          SELECT person_id, bool_or(NOT main.is_blank(record_number) OR (NOT main.is_blank(family_name)
            AND NOT main.is_blank(given_name) AND coalesce(length(birth_date_source), 0) >= 10)) AS linkable
          FROM person_identity GROUP BY person_id) identity ON identity.person_id = own.person_id`,
        // Records without names on purpose (OMOP) have no such table.
        where: 'EXISTS (SELECT 1 FROM person_identity)',
      }),
    ),
  ];
}
