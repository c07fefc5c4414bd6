/**
 * Cells of a CDM as SQL: from text, whatever the file, to the type of their column. A cell that does not fit its column
 * makes its row one for the quarantine, and says which column it is.
 */
import { authorizationDecisions, type Columns } from '../tables.ts';
import { type CdmTableName, cdmTable } from './cdm-tables.ts';

/** Functions that the queries below call. Text that databases write for no value is none. */
export const cellFunctions: readonly string[] = [
  `CREATE MACRO cdm_text(cell) AS CASE WHEN trim(cell) IN ('', '\\N', 'NULL') THEN NULL ELSE trim(cell) END`,
  // Vocabularies separated by tabs have quotes that are letters, unless they stand around the whole cell.
  `CREATE MACRO cdm_unquoted(cell) AS
     CASE WHEN length(cell) > 1 AND starts_with(cell, '"') AND ends_with(cell, '"') THEN replace(cell[2:-2], '""', '"')
          ELSE cell END`,
  `CREATE MACRO cdm_value(cell) AS
     CASE WHEN trim(cell) IN ('', '\\N', 'NULL', 'NA', 'NaN', 'nan') THEN NULL ELSE trim(cell) END`,
  // A cast alone would round 1.5, and 9007199254740993.0 by way of a floating point number.
  `CREATE MACRO cdm_id(cell) AS
     CASE WHEN TRY_CAST(cell AS BIGINT)::VARCHAR = cell THEN TRY_CAST(cell AS BIGINT)
          ELSE TRY_CAST(regexp_extract(cell, '^[+]?(-?[0-9]+)([.]0*)?$', 1) AS BIGINT) END`,
  `CREATE MACRO cdm_whole(cell) AS TRY_CAST(cdm_id(cell) AS INTEGER)`,
  `CREATE MACRO cdm_number(cell) AS
     CASE WHEN isfinite(TRY_CAST(cell AS DOUBLE)) THEN TRY_CAST(cell AS DOUBLE) END`,
  `CREATE MACRO cdm_date(cell) AS
     CASE WHEN regexp_full_match(cell, '[0-9]{8}') THEN TRY_CAST(try_strptime(cell, '%Y%m%d') AS DATE)
          WHEN regexp_matches(cell, '^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}($|[ T])') THEN TRY_CAST(split_part(replace(cell, 'T', ' '), ' ', 1) AS DATE) END`,
];

const TYPES = {
  id: { type: 'BIGINT', clean: 'cdm_value', cast: 'cdm_id' },
  whole: { type: 'INTEGER', clean: 'cdm_value', cast: 'cdm_whole' },
  number: { type: 'DOUBLE', clean: 'cdm_value', cast: 'cdm_number' },
  date: { type: 'DATE', clean: 'cdm_value', cast: 'cdm_date' },
  text: { type: 'VARCHAR', clean: 'cdm_text', cast: '' },
  verbatim: { type: 'VARCHAR', clean: '', cast: '' },
} as const;

/**
 * Rows of a CDM table from `cells`, a query with a column of text for each of `names`, and `version`, `src_file` and
 * `src_line`. Gives all columns of the table; `content`, a hash of all cells; and, of a row that cannot be stored,
 * `reason` and `element`. It is done in three steps, since DuckDB keeps a vector for every place where a name stands.
 */
export function typedRows(table: CdmTableName, names: readonly string[], cells: string): string {
  const columns = Object.entries(cdmTable(table).columns);
  const own = Object.keys(cdmTable(table).columns);
  const all = [...names].sort().map((name) => `coalesce(${cellName(name)}, '')`);
  const clean = columns.map(([name, type]) => `${cleanCell(name, type, names)} AS ${plainName(name)}`);
  const typed = columns.map(([name, type]) => `${TYPES[type].cast}(${plainName(name)}) AS ${name}`);
  const faults = [
    ...columns
      .filter(([, type]) => TYPES[type].cast !== '')
      .map(([name]) => ({
        when: `${plainName(name)} IS NOT NULL AND ${name} IS NULL`,
        reason: 'omop.bad-value',
        element: name,
      })),
    ...neededIn(table).map((name) => ({ when: `${name} IS NULL`, reason: 'omop.no-id', element: name })),
    ...(OWN_FAULTS[table] ?? []),
  ];
  const first = (what: 'reason' | 'element'): string =>
    `CASE ${faults.map((fault) => `WHEN ${fault.when} THEN '${fault[what]}'`).join(' ')} END`;
  return `
    SELECT version, src_file, src_line, ${own.join(', ')}, ${first('reason')} AS reason, ${first('element')} AS element, content
    FROM (
      SELECT *, ${typed.join(', ')}
      FROM (
        SELECT version, src_file, src_line, ${clean.join(', ')}, md5(concat_ws(chr(31), ${all.join(', ')})) AS content
        FROM (${cells})))`;
}

/** Cells that must not be empty. The day of a decision may be unknown. */
function neededIn(table: CdmTableName): readonly string[] {
  const { key, ofPerson } = cdmTable(table);
  return [...new Set([...key, ...(ofPerson ? ['person_id'] : [])])].filter(
    (name) => name !== 'decision' && name !== 'decided_date',
  );
}

/** What else keeps a row of a table out. */
const OWN_FAULTS: Partial<
  Record<CdmTableName, readonly { readonly when: string; readonly reason: string; readonly element: string }[]>
> = {
  person: [
    { when: 'year_of_birth NOT BETWEEN 1800 AND 2199', reason: 'omop.bad-value', element: 'year_of_birth' },
    { when: 'month_of_birth NOT BETWEEN 1 AND 12', reason: 'omop.bad-value', element: 'month_of_birth' },
    {
      when: `TRY_CAST(printf('%04d-%02d-%02d', coalesce(year_of_birth, 2000), coalesce(month_of_birth, 1), day_of_birth) AS DATE) IS NULL
        AND day_of_birth IS NOT NULL`,
      reason: 'omop.bad-value',
      element: 'day_of_birth',
    },
  ],
  note: [{ when: `coalesce(trim(note_text), '') = ''`, reason: 'note.empty', element: 'note_text' }],
  research_authorization: [
    {
      when: `coalesce(lower(decision), '') NOT IN (${authorizationDecisions.map((each) => `'${each}'`).join(', ')})`,
      reason: 'consent.no-decision',
      element: 'decision',
    },
  ],
};

/** The cell of a column, as text; of a date also from the time beside it; nothing where the file does not have it. */
function cleanCell(name: string, type: keyof typeof TYPES, names: readonly string[]): string {
  const time = type === 'date' ? [name.replace(/_date$/, '_datetime')] : [];
  const there = [...new Set([name, ...time])].filter((each) => names.includes(each));
  const cells = there.map((each) => `${TYPES[type].clean}(${cellName(each)})`);
  return cells.length === 0 ? 'NULL::VARCHAR' : `coalesce(${cells.join(', ')})`;
}

function plainName(name: string): string {
  return `"plain ${name}"`;
}

/** What the column with the text of a cell is called, apart from the typed one. */
export function cellName(name: string): string {
  return `"cell ${name.replaceAll('"', '""')}"`;
}

/** The columns that {@link typedRows} gives, with their types. */
export function typedColumns(table: CdmTableName): Columns {
  const own = Object.entries(cdmTable(table).columns).map(([name, type]) => [name, TYPES[type].type] as const);
  return {
    version: 'BIGINT',
    src_file: 'VARCHAR',
    src_line: 'BIGINT',
    ...Object.fromEntries(own),
    reason: 'VARCHAR',
    element: 'VARCHAR',
    content: 'VARCHAR',
  };
}
