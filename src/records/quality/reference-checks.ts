/** Conformance, relational: a reference leads to a row, and an id names one row. Rule R76. */
import { type TableName, tables } from '../tables.ts';
import { type CheckKind, checkOf, judge, type QualityCheck } from './check.ts';
import { datedTables, eventTables, otherRows, rowIds } from './checked-tables.ts';

const relational = {
  group: 'conformance',
  category: 'relational',
  context: 'verification',
  threshold: { rows: 0 },
} as const satisfies Omit<CheckKind, 'kind'>;

/** The references of the record store: the column, and the table whose rows it names. */
const REFERENCES = [
  { kind: 'orphan-person', column: 'person_id', to: 'person', what: 'person' },
  { kind: 'orphan-visit', column: 'visit_occurrence_id', to: 'visit_occurrence', what: 'visit' },
  { kind: 'orphan-provider', column: 'provider_id', to: 'provider', what: 'provider' },
  { kind: 'orphan-care-site', column: 'care_site_id', to: 'care_site', what: 'place of care' },
] as const;

export function referenceChecks(): QualityCheck[] {
  return [...REFERENCES.flatMap(orphans), orphanCodes(), ...eventsAndPlaces().map(duplicateIds)];
}

function orphans({ kind, column, to, what }: (typeof REFERENCES)[number]): QualityCheck[] {
  const tables = tablesWith(column).filter((table) => table !== to);
  return tables.map((table) =>
    checkOf(
      { kind, ...relational },
      table,
      `${rowsOf(table)} whose ${what} is not in the records`,
      judge(table, rowIds[table], {
        fault: 'target.id IS NULL',
        joins: `LEFT JOIN (SELECT DISTINCT ${column} AS id FROM ${to}) target ON target.id = own.${column}`,
        // A row without a person belongs to nobody; other references may be left out.
        where: to === 'person' ? 'true' : `own.${column} IS NOT NULL`,
      }),
    ),
  );
}

function orphanCodes(): QualityCheck {
  return checkOf(
    { kind: 'orphan-code', ...relational },
    'coding',
    'Codes whose row is not in the records',
    judge('coding', 'row_id', {
      fault: 'target.row_id IS NULL',
      joins: `LEFT JOIN (${codedRows()}) target ON target.table_name = own.table_name AND target.row_id = own.row_id`,
      part: 'own.table_name',
    }),
  );
}

function duplicateIds(table: keyof typeof rowIds): QualityCheck {
  return checkOf(
    { kind: 'duplicate-id', ...relational },
    table,
    `${rowsOf(table)} whose id another row has too`,
    `SELECT ${rowIds[table]} AS row_id, min(src_file) AS src_file, min(src_line) AS src_line,
            count(*) > 1 AS fault, NULL::VARCHAR AS part
     FROM ${table} GROUP BY ${rowIds[table]}`,
  );
}

function rowsOf(table: TableName): string {
  return datedTables.find((dated) => dated.table === table)?.rows ?? otherRows[table] ?? table;
}

function tablesWith(column: string): (keyof typeof rowIds)[] {
  return (Object.keys(rowIds) as (keyof typeof rowIds)[]).filter((table) => column in tables[table]);
}

/** The ids that a code may stand at. */
function codedRows(): string {
  const parts = eventTables.map(
    ({ table, id }) => `SELECT DISTINCT '${table}' AS table_name, ${id} AS row_id FROM ${table}`,
  );
  return parts.join(' UNION ALL ');
}

function eventsAndPlaces(): (keyof typeof rowIds)[] {
  const events = eventTables.map(({ table }) => table as TableName & keyof typeof rowIds);
  return ['person', ...events, 'provider', 'care_site'];
}
