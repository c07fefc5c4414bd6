/**
 * The tables that the gate keeps while it is open: views behind it, hits of notes, copies of those found. Only for `gate.ts`:
 * whoever has the records is past the gate.
 */
import { together } from '../../base/index.ts';
import type { NoteHead } from '../../notes/index.ts';
import { type Records, type TableName, tables } from '../../records/index.ts';

/** The rows of a table that belong to the authorized; all where it is of no persons. */
export function gated(table: string, ofPersons: boolean): string {
  return `SELECT * FROM main.${table}${ofPersons ? ' SEMI JOIN authorized.gate USING (person_id)' : ''}`;
}

/** Units are of no person: they are told of all measurements, so that what is counted before the gate is counted alike. */
export async function unitsOf(records: Records): Promise<readonly string[]> {
  const rows = await records.all<{ unit: string }>(
    'SELECT DISTINCT unit_source_value AS unit FROM main.measurement WHERE unit_source_value IS NOT NULL ORDER BY unit',
  );
  return rows.map(({ unit }) => unit);
}

/**
 * Copies of the rows of the persons of a kept table, of the tables and columns that queries name: the schema `found`. Each query
 * is looked at `meanwhile`.
 */
export async function narrow(
  records: Records,
  views: Set<string>,
  kept: string,
  asked: readonly string[],
  meanwhile: (query: string) => Promise<void>,
): Promise<void> {
  const queries = asked.join(' ');
  for (const view of views) if (view.startsWith('found.')) views.delete(view);
  const words = new Set(queries.match(/\w+/g));
  const named = new Set(queries.match(/(?<=\bfound\.)\w+/g));
  const copied = [...views].filter((view) => named.has(view));
  const copies = copied.map((table) => {
    const columns = Object.keys(tables[table as TableName] ?? { person_id: 'BIGINT' });
    const read = table in tables ? columns.filter((name) => name === 'person_id' || words.has(name)).join(', ') : '*';
    const rows = table === 'coding' ? codingsOf(queries) : '';
    return columns.includes('person_id')
      ? `CREATE TABLE found.${table} AS SELECT ${read} FROM main.${table} SEMI JOIN found.gate USING (person_id)${rows}`
      : `CREATE VIEW found.${table} AS SELECT * FROM main.${table}`;
  });
  await records.run(
    `DROP SCHEMA IF EXISTS found CASCADE; CREATE SCHEMA found;
     CREATE TABLE found.gate AS SELECT DISTINCT person_id FROM authorized.${kept}`,
  );
  for (const table of copied) views.add(`found.${table}`);
  await together([...copies.map((copy) => records.run(copy)), ...asked.map(meanwhile)]);
}

/** The codings of those tables alone whose codings the queries ask, in the words of `codes-sql.ts`. */
function codingsOf(queries: string): string {
  const asked = new Set(queries.match(/(?<=\bfound\.coding WHERE table_name = ')\w+(?=')/g));
  return asked.size === 0 ? '' : ` WHERE table_name IN ('${[...asked].join("', '")}')`;
}

const HITS_A_TIME = 2000;

/** Lets queries of the study name a table of `main`: they see the rows of the authorized. */
export async function putBehind(records: Records, views: Set<string>, name: string): Promise<string> {
  await records.run(`CREATE VIEW authorized.${name} AS ${gated(name, true)}`);
  views.add(name);
  return name;
}

/** The hits of all persons in `main`. */
export async function fillNoteTable(records: Records, name: string, hits: Iterable<NoteHead>): Promise<void> {
  await records.run(
    `CREATE TABLE main.${name} (person_id BIGINT, note_id BIGINT, note_date DATE, note_date_source VARCHAR)`,
  );
  let waiting: NoteHead[] = [];
  const store = async (): Promise<void> => {
    if (waiting.length === 0) return;
    await records.run(
      `INSERT INTO main.${name} SELECT unnest($1)::BIGINT, unnest($2)::BIGINT, nullif(unnest($3), '')::DATE, nullif(unnest($4), '')`,
      [
        waiting.map((hit) => hit.personId),
        waiting.map((hit) => hit.noteId),
        waiting.map((hit) => hit.day ?? ''),
        waiting.map((hit) => hit.date ?? ''),
      ],
    );
    waiting = [];
  };
  for (const hit of hits) if (waiting.push(hit) === HITS_A_TIME) await store();
  await store();
}
