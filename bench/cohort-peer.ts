/**
 * The account of `cohort-protocol.yaml` as somebody would write it who knows DuckDB and these records well: every table
 * read once where that can be, what several counts need kept in a temporary table, exclusions asked of those alone who are
 * left by the gate. Only the dates of diagnoses are coarse, so that it looks at the source of no other. It knows how these
 * records write codes and units, where the program finds out, and keeps nothing.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { literal, openDuckDb } from '../src/records/duckdb.ts';
import type { Manifest } from '../src/records/manifest.ts';
import type { Workspace } from '../src/workspace/index.ts';

/** The counts of an account: what both sides must agree on. */
export interface Account {
  readonly identified: number;
  readonly arms: readonly { readonly id: string; readonly found: number; readonly authorized: number }[];
  /** Candidates by the ids of the arms that found them, joined by `+`; in order. */
  readonly overlap: Readonly<Record<string, number>>;
  readonly candidates: number;
  /** By exclusion: of whom it is the first that holds, and of whom it holds. */
  readonly exclusions: readonly { readonly id: string; readonly first: number; readonly all: number }[];
  readonly included: number;
}

/** Works the account out on the Parquet files of a snapshot, in a DuckDB of its own that may use as much as the program's. */
export async function accountByHand(workspace: Workspace, { tables }: Pick<Manifest, 'tables'>): Promise<Account> {
  const spill = join(workspace.paths.records, 'spill');
  mkdirSync(spill, { recursive: true });
  const instance = await openDuckDb(':memory:', { memory: '1GB', threads: 2 }, spill);
  const connection = await instance.connect();
  try {
    for (const [table, { file }] of Object.entries(tables)) {
      const path = literal(join(workspace.paths.records, file));
      await connection.run(`CREATE VIEW ${table} AS SELECT * FROM read_parquet(${path})`);
    }
    for (const statement of STATEMENTS) await connection.run(statement);
    const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
    const [total] = await rows(TOTALS);
    const overlap = await rows('SELECT arms, count(*) FROM judged GROUP BY arms');
    const exclusions = await rows('SELECT name, first, every FROM per_rule ORDER BY place');
    const [identified, candidates, included, ...counts] = (total ?? []).map(Number);
    return {
      identified: identified ?? 0,
      arms: ARMS.map((id, at) => ({ id, found: counts[2 * at] ?? 0, authorized: counts[2 * at + 1] ?? 0 })),
      overlap: sortedEntries(overlap.map(([bits, n]) => [namesOf(Number(bits)), Number(n)])),
      candidates: candidates ?? 0,
      exclusions: exclusions.map(([id, first, all]) => ({ id: String(id), first: Number(first), all: Number(all) })),
      included: included ?? 0,
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const ARMS = ['coded', 'treated', 'text'];

/** Counts by name, so that equal ones are written alike. */
export function sortedEntries(counts: readonly (readonly [string, number])[]): Record<string, number> {
  return Object.fromEntries(counts.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** In `judged` an arm is a bit. */
function namesOf(bits: number): string {
  return ARMS.filter((_, at) => bits & (1 << at)).join('+');
}

const IN_PERIOD = (first: string, last = first) => `${last} >= DATE '2016-01-01' AND ${first} <= DATE '2020-12-31'`;

const STATEMENTS = [
  `CREATE TEMP TABLE authorized AS
   SELECT person_id FROM person ANTI JOIN (
     SELECT person_id FROM research_authorization WHERE decided_date <= DATE '2021-06-30' GROUP BY person_id
     HAVING max(decided_date) FILTER (decision = 'refused') >= coalesce(max(decided_date) FILTER (decision = 'granted'), DATE '1900-01-01')
   ) USING (person_id)`,
  // One pass over the codes for all sets.
  `CREATE TEMP TABLE coded AS
   SELECT row_id, CASE
       WHEN code LIKE 'I05%' THEN 'stenosis' WHEN code LIKE 'E05%' THEN 'thyroid' WHEN code LIKE 'K92%' OR code LIKE 'I61%' THEN 'bleeding'
       ELSE 'fibrillation' END AS what
   FROM coding
   WHERE table_name = 'condition_occurrence' AND (
     (vocabulary_id = 'ICD10CM' AND (code LIKE 'I48%' OR code LIKE 'I05%' OR code LIKE 'E05%' OR code LIKE 'I61%' OR (code LIKE 'K92%' AND code <> 'K92.9')))
     OR (vocabulary_id = 'ICD9CM' AND code LIKE '427.31%')
     OR (vocabulary_id = 'SNOMED' AND code IN (
       SELECT concept_code FROM concept JOIN concept_ancestor ON descendant_concept_id = concept_id
       WHERE ancestor_concept_id = (SELECT concept_id FROM concept WHERE concept_code = '49436004'))))`,
  `CREATE TEMP TABLE diagnosis AS
   SELECT DISTINCT what, person_id, condition_occurrence_id AS id, condition_start_date AS first, CASE length(condition_start_date_source)
       WHEN 4 THEN make_date(year(condition_start_date), 12, 31) WHEN 7 THEN last_day(condition_start_date) ELSE condition_start_date END AS last
   FROM condition_occurrence JOIN coded ON row_id = condition_occurrence_id
   WHERE coalesce(verification_status, '') NOT IN ('refuted', 'entered-in-error')`,
  `CREATE TEMP TABLE drug AS
   SELECT person_id, drug_exposure_start_date AS day, CASE WHEN drug_source_value ILIKE '%amiodarone%' THEN 'amiodarone' ELSE 'anticoagulant' END AS what
   FROM drug_exposure
   WHERE status <> 'cancelled' AND regexp_matches(drug_source_value, '\\b(apixaban|rivaroxaban|warfarin|eliquis|amiodarone)\\b', 'i')`,
  `CREATE TEMP TABLE found AS
   SELECT person_id, bit_or(arm) AS arms FROM (
     SELECT person_id, 1 AS arm FROM diagnosis WHERE what = 'fibrillation' AND ${IN_PERIOD('first', 'last')}
       GROUP BY person_id HAVING count(DISTINCT (first, last)) >= 2
     UNION ALL
     SELECT person_id, 2 FROM diagnosis WHERE what = 'fibrillation'
       AND person_id IN (SELECT person_id FROM drug WHERE what = 'anticoagulant' AND ${IN_PERIOD('day')})
     UNION ALL
     SELECT person_id, 4 FROM note WHERE note_text ILIKE '%atrial fibrillation%' AND ${IN_PERIOD('note_date')}
   ) GROUP BY person_id`,
  'CREATE TEMP TABLE candidate AS SELECT person_id, arms FROM found SEMI JOIN authorized USING (person_id)',
  // A visit is wanted three times.
  `CREATE TEMP TABLE visit AS
   SELECT person_id, visit_start_date AS day, visit_class IN ('IMP', 'ACUTE', 'NONAC', 'SS', 'OBSENC') AS inpatient
   FROM visit_occurrence SEMI JOIN candidate USING (person_id)`,
  `CREATE TEMP TABLE contact AS
   SELECT person_id, day FROM visit
   UNION ALL SELECT person_id, measurement_date FROM measurement SEMI JOIN candidate USING (person_id)
   UNION ALL SELECT person_id, procedure_date FROM procedure_occurrence SEMI JOIN candidate USING (person_id)
   UNION ALL SELECT person_id, note_date FROM note SEMI JOIN candidate USING (person_id)`,
  `CREATE TEMP TABLE ruled AS
   SELECT DISTINCT person_id, rule FROM (
     SELECT person_id, 0 AS rule FROM person WHERE birth_date > DATE '1998-01-01'
     UNION ALL
     SELECT person_id, 1 FROM candidate ANTI JOIN (
       SELECT person_id FROM visit WHERE ${IN_PERIOD('day')} GROUP BY person_id HAVING count(DISTINCT day) >= 2) USING (person_id)
     UNION ALL
     SELECT person_id, 2 FROM measurement
     WHERE ${IN_PERIOD('measurement_date')} AND value_as_number * CASE unit_source_value WHEN 'umol/L' THEN 113.12 / 10000 ELSE 1 END >= 4
       AND measurement_id IN (SELECT row_id FROM coding WHERE table_name = 'measurement' AND vocabulary_id = 'LOINC' AND code = '2160-0')
     UNION ALL
     SELECT own.person_id, 3 FROM diagnosis own JOIN diagnosis other USING (person_id)
     WHERE own.what = 'stenosis' AND other.what = 'fibrillation' AND own.first <= other.last
     UNION ALL
     SELECT own.person_id, 4 FROM diagnosis own JOIN drug other USING (person_id)
     WHERE own.what = 'bleeding' AND other.what = 'anticoagulant' AND ${IN_PERIOD('other.day')}
       AND own.first < other.day AND own.last >= other.day - 90
     UNION ALL
     SELECT person_id, 5 FROM (
       SELECT person_id FROM drug WHERE what = 'amiodarone' UNION SELECT person_id FROM diagnosis WHERE what = 'thyroid')
     WHERE person_id NOT IN (SELECT person_id FROM visit WHERE inpatient)
     UNION ALL
     SELECT person_id, 6 FROM diagnosis WHERE what = 'fibrillation' AND person_id NOT IN (
       SELECT person_id FROM contact JOIN diagnosis USING (person_id)
       WHERE what = 'fibrillation' AND day > first AND day <= last + INTERVAL 1 YEAR)
     UNION ALL
     SELECT person_id, 7 FROM person WHERE ${IN_PERIOD('death_date')}
   ) SEMI JOIN candidate USING (person_id)`,
  `CREATE TEMP TABLE judged AS
   SELECT person_id, arms, first FROM candidate LEFT JOIN (SELECT person_id, min(rule) AS first FROM ruled GROUP BY person_id) USING (person_id)`,
  `CREATE TEMP TABLE per_rule AS
   SELECT place, name, (SELECT count(*) FROM judged WHERE first = place) AS first, (SELECT count(*) FROM ruled WHERE rule = place) AS every
   FROM (SELECT unnest(range(8)) AS place, unnest(['minor', 'seldom-seen', 'kidney', 'stenosis', 'bled', 'other-rhythm', 'lost', 'died']) AS name)`,
];

const TOTALS = `
  SELECT (SELECT count(*) FROM found), (SELECT count(*) FROM judged), (SELECT count(*) FROM judged WHERE first IS NULL),
    ${[1, 2, 4].map((bit) => `(SELECT count(*) FROM found WHERE arms & ${bit} > 0), (SELECT count(*) FROM judged WHERE arms & ${bit} > 0)`).join(', ')}`;
