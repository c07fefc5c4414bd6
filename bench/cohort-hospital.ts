/**
 * Persons for measuring a cohort: any number of them, straight into a snapshot in the format of the workspace, the same on
 * every run. Written by DuckDB, since the import is not what is measured.
 *
 * Realistic: some 70 rows a person, from none to several hundred, sorted by person; ids in no order; two codes to a
 * diagnosis, one of them in a hierarchy; values in two units; one diagnosis in fifty dated by its month or year; 2.5 % of the
 * persons with the disease of the protocol, and codes like its own with others; refusals, revocations, silence.
 * Not realistic: diseases hang together in no other way; notes are one sentence and few.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type SnapshotId, silent } from '../src/base/index.ts';
import { indexNotes } from '../src/notes/index.ts';
import { literal, openDuckDb } from '../src/records/duckdb.ts';
import { openRecords, type TableName, tables } from '../src/records/index.ts';
import { publishManifest } from '../src/records/manifest.ts';
import { initWorkspace, type Workspace } from '../src/workspace/index.ts';

const SNAPSHOT = '0123456789abcdef' as SnapshotId;

/** A workspace with so many persons, its notes indexed. */
export async function cohortHospital(dir: string, persons: number): Promise<Workspace> {
  const workspace = initWorkspace(dir);
  await writeRecords(workspace, persons);
  const records = await openRecords(workspace);
  await indexNotes(workspace, records, { progress: silent }).finally(() => records.close());
  return workspace;
}

/** So many persons are written at a time: DuckDB sorts no more rows than fit into memory. */
const AT_A_TIME = 100_000;

async function writeRecords(workspace: Workspace, persons: number): Promise<void> {
  const spill = folderOf(workspace, 'spill');
  const instance = await openDuckDb(':memory:', { memory: '4GB', threads: 2 }, spill);
  const connection = await instance.connect();
  const written: Record<string, { file: string; rows: number }> = {};
  try {
    for (const statement of [...MACROS, everybody(persons)]) await connection.run(statement);
    for (const table of Object.keys(ROWS) as (keyof typeof ROWS)[]) {
      folderOf(workspace, table);
      const file = `${table}/${SNAPSHOT}.parquet`;
      const parts: string[] = [];
      for (let first = 0; first < ('person_id' in tables[table] ? persons : 1); first += AT_A_TIME) {
        await connection.run(
          `CREATE OR REPLACE VIEW people AS SELECT * FROM everybody WHERE place BETWEEN ${first} AND ${first + AT_A_TIME - 1}`,
        );
        const part = join(spill, `${table}-${first}.parquet`);
        await copy(connection, rowsOf(table, ROWS[table]), part);
        parts.push(literal(part));
      }
      const path = join(workspace.paths.records, file);
      written[table] = {
        file,
        rows: await copy(connection, `SELECT * FROM read_parquet([${parts.join(', ')}])`, path),
      };
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(spill, { recursive: true, force: true });
  }
  publishManifest(workspace, { snapshot: SNAPSHOT, parent: null, mapping: 1, tables: written, inputs: [] });
}

function folderOf(workspace: Workspace, name: string): string {
  const path = join(workspace.paths.records, name);
  mkdirSync(path, { recursive: true });
  return path;
}

async function copy(connection: DuckDBConnection, query: string, path: string): Promise<number> {
  const done = await connection.runAndReadAll(
    `COPY (${query}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 65536)`,
  );
  return Number(done.getRows()[0]?.[0]);
}

/** In the order of an import; columns that the query leaves out are null. */
function rowsOf(table: TableName, query: string): string {
  const columns = Object.entries(tables[table]);
  const none = columns.map(([column, type]) => `NULL::${type} AS ${column}`).join(', ');
  const typed = columns.map(([column, type]) => `${column}::${type} AS ${column}`).join(', ');
  const keys = ['person_id', 'table_name', 'row_id', 'rank'].filter((key) => key in tables[table]);
  return `SELECT ${typed} FROM (SELECT ${none} LIMIT 0) UNION ALL BY NAME (${query})${keys.length > 0 ? ` ORDER BY ${keys.join(', ')}` : ''}`;
}

/** `u(n, k, what)`: a fraction, always the same; `many(mean, n, what)`: a whole number with a long tail. */
const MACROS = [
  // The hash of several is no mixture of them; that of a number is.
  'CREATE MACRO u(n, k, what) AS (hash(hash(n, k, what)) >> 11)::DOUBLE / 9007199254740992',
  'CREATE MACRO many(mean, n, what) AS floor(-ln(1 - u(n, 0, what)) * mean)::INTEGER',
  'CREATE MACRO id(n, k, what) AS (hash(hash(n, k, what)) >> 2)::BIGINT',
  // More often a low place of the list.
  'CREATE MACRO one(list, fraction) AS list[1 + floor(fraction * fraction * len(list))::INTEGER]',
  `CREATE MACRO day_of(n, k, what) AS DATE '2012-01-01' + floor(u(n, k, what) * 3650)::INTEGER`,
];

/** By person id, numbered from 0. */
function everybody(persons: number): string {
  return `CREATE TABLE everybody AS
    SELECT *, row_number() OVER (ORDER BY person_id) - 1 AS place
    FROM (SELECT range AS n, id(range, 0, 'person') AS person_id, u(range, 0, 'ill') < 0.025 AS ill FROM range(${persons}))`;
}

function eventsOf(mean: number, what: string): string {
  return `SELECT n, person_id, ill, unnest(range(many(${mean}, n, '${what}'))) AS k FROM people`;
}

const SOURCE = `strftime(day, '%Y-%m-%d')`;

/** Diagnoses: any code of some thousand, and those of the protocol with who is ill, now and then with others. */
const CONDITIONS = `
  SELECT n, k, person_id, id(n, k, 'condition') AS row_id, day_of(n, k, 'condition-day') AS day,
    u(n, k, 'coarse') AS coarse, u(n, k, 'verified') AS verified,
    CASE
      WHEN ill AND u(n, k, 'own') < 0.35 THEN one(['I48.91', 'I48.0', 'I48.20', 'I48.11', '427.31'], u(n, k, 'which'))
      WHEN u(n, k, 'own') > CASE WHEN ill THEN 0.95 ELSE 0.995 END
        THEN one(['K92.2', 'K92.1', 'E05.90', 'I05.0', 'I61.9', 'K92.9', 'I48.92'], u(n, k, 'which'))
      ELSE chr(65 + floor(26 * u(n, k, 'letter') ** 2)::INTEGER) || lpad(floor(100 * u(n, k, 'two'))::INTEGER::VARCHAR, 2, '0')
        || CASE WHEN u(n, k, 'end') < 0.3 THEN '' ELSE '.' || floor(10 * u(n, k, 'end'))::INTEGER END
    END AS code
  FROM (${eventsOf(8, 'conditions')})`;

const DRUGS = `
  SELECT n, k, person_id, id(n, k, 'drug') AS row_id, day_of(n, k, 'drug-day') AS day, u(n, k, 'status') AS status, u(n, k, 'kind') AS kind,
    CASE
      WHEN u(n, k, 'own') < CASE WHEN ill THEN 0.2 ELSE 0.004 END
        THEN one(['apixaban 5 MG Oral Tablet [Eliquis]', 'rivaroxaban 20 MG Oral Tablet', 'Warfarin Sodium 5 MG Oral Tablet', 'amiodarone hydrochloride 200 MG Oral Tablet'], u(n, k, 'which'))
      ELSE 'substance ' || floor(2000 * u(n, k, 'which') ** 3)::INTEGER || one([' 10', ' 25', ' 50', ' 100'], u(n, k, 'strength')) || ' MG Oral Tablet'
    END AS name
  FROM (${eventsOf(8, 'drugs')})`;

const MEASUREMENTS = `
  SELECT n, k, person_id, id(n, k, 'measurement') AS row_id, day_of(n, k, 'measurement-day') AS day,
    one(['2160-0', '2345-7', '4548-4', '2951-2', '2823-3', '718-7', '6690-2', '1742-6'], u(n, k, 'test')) AS code,
    u(n, k, 'unit') < 0.3 AS molar, round(0.5 + 0.4 * u(n, k, 'value') + 0.02 / (1.002 - u(n, k, 'rare')), 2) AS value
  FROM (${eventsOf(14, 'measurements')})`;

const VISITS = `
  SELECT n, k, person_id, id(n, k, 'visit') AS row_id, day_of(n, k, 'visit-day') AS day,
    one(['AMB', 'AMB', 'AMB', 'VR', 'EMER', 'IMP'], u(n, k, 'class')) AS class
  FROM (${eventsOf(12, 'visits')})`;

const PROCEDURES = `
  SELECT n, k, person_id, id(n, k, 'procedure') AS row_id, day_of(n, k, 'procedure-day') AS day
  FROM (${eventsOf(3, 'procedures')})`;

/** The file and line that an import names. */
function from(type: string): string {
  return `'${type}.ndjson' AS src_file, n * 100 + k AS src_line, '${type}/' || n || '-' || k AS src_id, '2021-07-01T00:00:00Z' AS src_updated`;
}

function codes(table: string, type: string, vocabulary: string, code: string, events: string, rank = 0): string {
  return `SELECT n, k, person_id, '${table}' AS table_name, row_id, ${vocabulary} AS vocabulary_id, ${code} AS code, ${rank} AS rank, ${from(type)} FROM (${events})`;
}

const ICD = `CASE WHEN code[1] BETWEEN '0' AND '9' THEN 'ICD9CM' ELSE 'ICD10CM' END`;
/** Every such diagnosis is one that stands below the SNOMED code of the protocol; others stand for themselves. */
const SNOMED = `CASE WHEN code = '427.31' OR starts_with(code, 'I48') THEN '28282500' || (1 + length(code) % 4) ELSE (100000000 + hash(code) % 5000)::VARCHAR END`;

const ROWS = {
  person: `SELECT person_id, CASE WHEN u(n, 0, 'sex') < 0.5 THEN 'female' ELSE 'male' END AS sex,
      day AS birth_date, ${SOURCE} AS birth_date_source, died AS death_date, strftime(died, '%Y-%m-%d') AS death_date_source,
      'Patient/' || n AS person_source_value, ${from('Patient')}
    FROM (SELECT n, 0 AS k, person_id, DATE '1925-01-01' + floor(u(n, 0, 'birth') * 32000)::INTEGER AS day,
      CASE WHEN u(n, 0, 'dead') < 0.06 THEN day_of(n, 0, 'death') END AS died FROM people)`,
  visit_occurrence: `SELECT row_id AS visit_occurrence_id, person_id, day AS visit_start_date, ${SOURCE} AS visit_start_date_source,
      day AS visit_end_date, ${SOURCE} AS visit_end_date_source, class AS visit_class, ${from('Encounter')} FROM (${VISITS})`,
  condition_occurrence: `SELECT row_id AS condition_occurrence_id, person_id,
      CASE WHEN coarse < 0.01 THEN date_trunc('year', day) WHEN coarse < 0.02 THEN date_trunc('month', day) ELSE day END AS condition_start_date,
      left(${SOURCE}, CASE WHEN coarse < 0.01 THEN 4 WHEN coarse < 0.02 THEN 7 ELSE 10 END) AS condition_start_date_source,
      CASE WHEN verified < 0.9 THEN 'confirmed' WHEN verified < 0.93 THEN 'refuted' WHEN verified < 0.97 THEN 'provisional' END AS verification_status,
      'Diagnosis ' || code AS condition_source_value, ${from('Condition')} FROM (${CONDITIONS})`,
  drug_exposure: `SELECT row_id AS drug_exposure_id, person_id, day AS drug_exposure_start_date, ${SOURCE} AS drug_exposure_start_date_source,
      CASE WHEN kind < 0.6 THEN 'order' ELSE 'dispense' END AS drug_kind, name AS drug_source_value, 'oral' AS route, 30 AS days_supply,
      CASE WHEN status < 0.9 THEN 'completed' WHEN status < 0.95 THEN 'cancelled' ELSE 'active' END AS status, ${from('MedicationRequest')} FROM (${DRUGS})`,
  procedure_occurrence: `SELECT row_id AS procedure_occurrence_id, person_id, day AS procedure_date, ${SOURCE} AS procedure_date_source,
      'completed' AS status, ${from('Procedure')} FROM (${PROCEDURES})`,
  measurement: `SELECT row_id AS measurement_id, person_id, day AS measurement_date, ${SOURCE} AS measurement_date_source,
      CASE WHEN molar THEN round(value * 88.4) ELSE value END AS value_as_number,
      (CASE WHEN molar THEN round(value * 88.4) ELSE value END)::VARCHAR AS value_source_value,
      CASE WHEN molar THEN 'umol/L' ELSE 'mg/dL' END AS unit_source_value, 'final' AS status, ${from('Observation')} FROM (${MEASUREMENTS})`,
  note: `SELECT id(n, 0, 'note') AS note_id, person_id, day AS note_date, ${SOURCE} AS note_date_source, 'Progress note' AS note_type_source_value,
      CASE WHEN ill OR u(n, 0, 'words') < 0.05 THEN 'Palpitations. Atrial fibrillation on the ECG.' ELSE 'Doing well, no complaints.' END AS note_text, ${from('DocumentReference')}
    FROM (SELECT n, 0 AS k, person_id, ill, day_of(n, 0, 'note-day') AS day FROM people WHERE u(n, 0, 'noted') < 0.02 OR (ill AND u(n, 0, 'noted') < 0.3))`,
  coding: `SELECT person_id, table_name, row_id, vocabulary_id, code, rank, src_file, src_line, src_id, src_updated FROM (
      ${[
        codes('condition_occurrence', 'Condition', ICD, 'code', CONDITIONS),
        codes('condition_occurrence', 'Condition', `'SNOMED'`, SNOMED, CONDITIONS, 1),
        codes('drug_exposure', 'MedicationRequest', `'RxNorm'`, '(200000 + hash(name) % 9000)::VARCHAR', DRUGS),
        codes('measurement', 'Observation', `'LOINC'`, 'code', MEASUREMENTS),
        codes('procedure_occurrence', 'Procedure', `'CPT4'`, '(10000 + hash(row_id) % 3000)::VARCHAR', PROCEDURES),
      ].join(' UNION ALL ')})`,
  research_authorization: `SELECT person_id, decision, day AS decided_date, ${SOURCE} AS decided_date_source, ${from('Consent')} FROM (
      SELECT n, 0 AS k, person_id, CASE WHEN u(n, 0, 'refused') < 0.06 THEN 'refused' ELSE 'granted' END AS decision, day_of(n, 0, 'decided') AS day
      FROM people WHERE u(n, 0, 'asked') < 0.8
      UNION ALL SELECT n, 1, person_id, 'refused', DATE '2022-01-01' - floor(u(n, 0, 'revoked') * 20000)::INTEGER % 900 FROM people WHERE u(n, 0, 'revoked') < 0.02)`,
  concept: `SELECT 1 + range AS concept_id, 'Diagnosis ' || range AS concept_name, 'SNOMED' AS vocabulary_id, (100000000 + range)::VARCHAR AS concept_code FROM range(5000)
    UNION ALL SELECT 9000, 'Atrial fibrillation', 'SNOMED', '49436004'
    UNION ALL SELECT 9000 + range, 'A kind of it', 'SNOMED', '28282500' || range FROM range(1, 5)`,
  concept_ancestor:
    'SELECT 9000 AS ancestor_concept_id, 9000 + range AS descendant_concept_id, least(range, 1) AS min_levels_of_separation FROM range(5)',
} satisfies Partial<Record<TableName, string>>;
