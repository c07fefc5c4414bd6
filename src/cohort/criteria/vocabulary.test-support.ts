/** Vocabularies of a test, put in the place of those of the snapshot. */
import type { Records } from '../../records/index.ts';

/** A code with its system: `ICD9CM 274.0`. */
export type SystemCode = `${string} ${string}`;

/** Small vocabularies. A mapping is from, to and the kind of relationship; an ancestor is above and below. */
export interface TestVocabulary {
  readonly concepts: readonly SystemCode[];
  readonly mappings: readonly (readonly [from: SystemCode, to: SystemCode, relationship: string])[];
  readonly ancestors: readonly (readonly [above: SystemCode, below: SystemCode])[];
}

/** Puts these vocabularies into the records before a gate. Concept ids are places in the list. */
export async function useVocabulary(
  records: Records,
  { concepts, mappings, ancestors }: TestVocabulary,
): Promise<void> {
  const id = (code: SystemCode): number => concepts.indexOf(code);
  await replace(
    records,
    'concept',
    concepts.map((one, at) => {
      const [system, code] = one.split(' ');
      return `SELECT ${at}::BIGINT AS concept_id, '${system}' AS vocabulary_id, '${code}' AS concept_code`;
    }),
  );
  await replace(
    records,
    'concept_relationship',
    mappings.map(
      ([from, to, kind]) =>
        `SELECT ${id(from)}::BIGINT AS concept_id_1, ${id(to)}::BIGINT AS concept_id_2, '${kind}' AS relationship_id`,
    ),
  );
  await replace(
    records,
    'concept_ancestor',
    ancestors.map(
      ([above, below]) =>
        `SELECT ${id(above)}::BIGINT AS ancestor_concept_id, ${id(below)}::BIGINT AS descendant_concept_id`,
    ),
  );
}

/** The columns that are not named are empty, as the view behind the gate was made for them. */
async function replace(records: Records, table: string, rows: readonly string[]): Promise<void> {
  const columns = await records.all<{ name: string; type: string }>(
    `SELECT column_name AS name, data_type AS type FROM duckdb_columns()
     WHERE schema_name = 'main' AND table_name = $table ORDER BY column_index`,
    { table },
  );
  const empty = `SELECT ${columns.map(({ name, type }) => `NULL::${type} AS ${name}`).join(', ')} LIMIT 0`;
  const all = [`(${empty})`, ...rows].join(' UNION ALL BY NAME ');
  await records.run(`CREATE OR REPLACE VIEW main.${table} AS ${all}`);
}
