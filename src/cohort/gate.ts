/**
 * The gate before every query of a study. It opens the records and the notes of one snapshot and lets through only what
 * belongs to persons who may be used for research; nothing below this room opens them in another way. Rules R1 to R3 and R51.
 *
 * In DuckDB the tables of the snapshot stand in the schema `main`; the gate makes a schema `authorized` with a view of
 * each table, without the rows of anybody else, and puts it first. DuckDB looks on in `main` for what it does not find
 * there: `person_identity` and `research_authorization`, which are not research data, have a view that fails.
 */
import { ChartproofError, type PersonId, type SnapshotId } from '../base/index.ts';
import {
  type NoteAnswer,
  type NoteHead,
  type NoteHit,
  type NoteStore,
  openNotes,
  parseQuery,
  type StoredNote,
  type TermSets,
} from '../notes/index.ts';
import type { Protocol } from '../protocol/index.ts';
import {
  addDateFunctions,
  openRecords,
  type Parameters,
  type Records,
  type TableName,
  tables,
} from '../records/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { authorizedPersons } from './authorization.ts';
import { termSetsOf } from './term-sets.ts';

/** What a study may see of one snapshot. Close it. */
export interface Gate {
  readonly snapshot: SnapshotId;
  readonly protocol: Protocol;
  readonly termSets: TermSets;
  /** Whether a person may be used: what is known of anybody else is not to be shown. */
  isAuthorized(personId: string): boolean;
  /** Rows of a query whose tables hold authorized persons only. Values as `Records.all` gives them. */
  all<Row = Record<string, unknown>>(sql: string, parameters?: Parameters): Promise<Row[]>;
  /** Every hit of a note query, by person and date. Errors of the query carry its column. */
  searchNotes(query: string): Iterable<NoteHit>;
  /** The exact answer to a note query, of authorized persons alone. Errors of the query carry its column. */
  findNotes(query: string): NoteAnswer;
  /** A note by its source id (`DocumentReference/1`); `undefined` where there is none that may be seen. */
  note(source: string): StoredNote | undefined;
  /** What is known of the notes of an authorized person, by date. */
  notesOf(personId: PersonId): readonly NoteHead[];
  /** Fills a table with the hits of a note query, once, and gives its name. */
  noteTable(query: string): Promise<string>;
  /** How many rows a query gives that names tables of all persons (`main.person`): the number and nothing else. */
  countBefore(sql: string, parameters?: Parameters): Promise<number>;
  close(): void;
}

const NOT_RESEARCH: ReadonlySet<string> = new Set(['person_identity', 'research_authorization']);

/** The tables that a study may read. */
export const researchTables = (Object.keys(tables) as TableName[]).filter((table) => !NOT_RESEARCH.has(table));

/**
 * Opens the gate of a study on a snapshot, the current one unless named. Decisions about research are those of the
 * snapshot and of the current one: it sees refusals that were imported up to now, and none that come while it is open.
 * Errors: `records.none`, `records.no-snapshot`, `notes.not-indexed`.
 */
export async function openGate(workspace: Workspace, protocol: Protocol, snapshot?: SnapshotId): Promise<Gate> {
  const records = await openRecords(workspace, snapshot, ['person', 'research_authorization']);
  let notes: NoteStore | undefined;
  try {
    notes = openNotes(workspace, records.snapshot);
    await raise(records, protocol);
    const rows = await records.all<{ person_id: string }>('SELECT person_id FROM authorized.gate');
    return behind(records, notes, protocol, new Set(rows.map((row) => row.person_id)));
  } catch (error) {
    notes?.close();
    records.close();
    throw error;
  }
}

async function raise(records: Records, protocol: Protocol): Promise<void> {
  await addDateFunctions(records);
  const { sql, parameters } = authorizedPersons(protocol);
  await records.run('CREATE SCHEMA authorized');
  await records.run(`CREATE TABLE authorized.gate AS ${sql}`, parameters);
  for (const [table, columns] of Object.entries(tables)) {
    const rows = NOT_RESEARCH.has(table) ? refused(table) : gated(table, 'person_id' in columns);
    await records.run(`CREATE VIEW authorized.${table} AS ${rows}`);
  }
  await records.run(`SET search_path = 'authorized'`);
}

function gated(table: string, ofPersons: boolean): string {
  return `SELECT * FROM main.${table}${ofPersons ? ' SEMI JOIN authorized.gate USING (person_id)' : ''}`;
}

/** No rows but an error, however it is asked and even where the table is empty. */
function refused(table: string): string {
  return `SELECT 1 AS nothing WHERE error('${table} is not research data') IS NULL`;
}

function behind(records: Records, notes: NoteStore, protocol: Protocol, authorized: ReadonlySet<string>): Gate {
  const termSets = termSetsOf(protocol);
  const noteTables = new Map<string, Promise<string>>();
  const seen = (personId: string): boolean => authorized.has(personId);
  return {
    snapshot: records.snapshot,
    protocol,
    termSets,
    isAuthorized: seen,
    all: records.all,
    *searchNotes(query) {
      for (const hit of notes.search(parseQuery(query), termSets)) if (seen(hit.personId)) yield hit;
    },
    findNotes: (query) => notes.find(parseQuery(query), termSets, authorized),
    note(source) {
      const note = notes.note(source);
      return note && seen(note.personId) ? note : undefined;
    },
    notesOf: (personId) => (seen(personId) ? notes.notesOf(personId) : []),
    noteTable(query) {
      const known = noteTables.get(query);
      if (known) return known;
      const name = `note_hit_${noteTables.size}`;
      const filled = fillNoteTable(records, name, notes.search(parseQuery(query), termSets)).then(() => name);
      noteTables.set(query, filled);
      return filled;
    },
    async countBefore(sql, parameters) {
      const [row] = await records.all<{ n: string }>(`SELECT count(*) AS n FROM (${sql})`, parameters);
      if (!row) throw new ChartproofError('cohort.no-count', 'The records gave no count.');
      return Number(row.n);
    },
    close() {
      notes.close();
      records.close();
    },
  };
}

const HITS_A_TIME = 2000;

/** The hits of all persons in `main`, those of the authorized in front of it. */
async function fillNoteTable(records: Records, name: string, hits: Iterable<NoteHit>): Promise<void> {
  await records.run(
    `CREATE TABLE main.${name} (person_id BIGINT, note_id BIGINT, note_date DATE, note_date_source VARCHAR)`,
  );
  let waiting: NoteHit[] = [];
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
  await records.run(`CREATE VIEW authorized.${name} AS ${gated(name, true)}`);
}
