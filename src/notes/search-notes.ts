/**
 * Answers a plan from `notes.sqlite`: candidates by the index, in order, each read and asked. First every
 * `person(...)` of the plan becomes a table of persons: each of its conditions is searched by itself, and their
 * persons are joined as the condition says. All of it streams. Rules R39 and R43 of SPEC.md.
 */
import type Database from 'better-sqlite3';
import type { NoteId, PartialDate, PersonId } from '../base/index.ts';
import type { NoteAnalysis } from './analysis.ts';
import { candidatesOf } from './candidates.ts';
import { mentionsOf, type ReadNote } from './evaluate-plan.ts';
import type { Plan } from './resolve-query.ts';
import { decodeAnalysis } from './stored-analysis.ts';
import type { NoteHead, NoteHit } from './stored-note.ts';
import { type Tokens, tokenize } from './tokens.ts';

/** The columns of a note without its text; ids as decimal text. */
export const HEAD = `id, CAST(note_id AS TEXT) AS noteId, CAST(person_id AS TEXT) AS personId, source, date, first_day,
  last_day, type, title, specialty, author`;

/** Notes in the order in which they are told: by person, then date (undated last), then note. */
export const IN_ORDER = 'person_id, first_day IS NULL, first_day, note_id';

/** A row of {@link HEAD}. */
export interface HeadRow {
  readonly id: bigint;
  readonly noteId: string;
  readonly personId: string;
  readonly source: string;
  readonly date: string | null;
  readonly first_day: string | null;
  readonly last_day: string | null;
  readonly type: string | null;
  readonly title: string | null;
  readonly specialty: string | null;
  readonly author: string | null;
}

/** The notes as readers know them. */
export function headOf(row: HeadRow): NoteHead {
  return {
    noteId: row.noteId as NoteId,
    personId: row.personId as PersonId,
    source: row.source,
    date: row.date as PartialDate | null,
    day: row.first_day,
    type: row.type,
    title: row.title,
    specialty: row.specialty,
    author: row.author,
  };
}

/** The rows that stand in the snapshot of a number. */
export function inSnapshot(number: bigint): string {
  return `added <= ${number} AND (removed IS NULL OR removed > ${number})`;
}

/** The notes of a snapshot of which the plan is true. The connection is this search's own: it makes temporary tables. */
export function* searchNotes(database: Database.Database, number: bigint, plan: Plan): Generator<NoteHit> {
  database.unsafeMode(true); // tables of persons are filled while notes are read: other tables, so no harm
  const search: Search = { database, number, persons: new Map() };
  findPersons(search, plan);
  for (const { head, note } of candidates(search, plan)) {
    const mentions = mentionsOf(plan, note, (one, personId) => isPerson(search, one, personId));
    if (mentions) yield { ...headOf(head), mentions };
  }
}

interface Search {
  readonly database: Database.Database;
  readonly number: bigint;
  /** The table of each `person(...)` and how to look into it. */
  readonly persons: Map<Plan, { readonly table: string; readonly has: Database.Statement<[bigint]> }>;
}

function* candidates(search: Search, plan: Plan): Generator<{ head: HeadRow; note: ReadNote }> {
  const { database, number } = search;
  const { sql, parameters } = candidatesOf(plan, (one) => personsOf(search, one).table);
  const rows = database.prepare<string[], HeadRow>(
    `SELECT ${HEAD} FROM note WHERE ${inSnapshot(number)} AND ${sql} ORDER BY ${IN_ORDER}`,
  );
  const read = reading(database);
  for (const head of rows.iterate(...parameters)) yield { head, note: read(head) };
}

/** How notes are read: a text only when it is asked for. */
function reading(database: Database.Database): (head: HeadRow) => ReadNote {
  const body = database.prepare<[bigint], { text: string; analysis: Uint8Array }>(
    'SELECT text, analysis FROM body WHERE id = ?',
  );
  return ({ id, personId, type, specialty, first_day, last_day }) => {
    let stored: { text: string; analysis: Uint8Array } | undefined;
    let tokens: Tokens | undefined;
    let analysis: NoteAnalysis | undefined;
    const load = () => (stored ??= body.get(id) ?? { text: '', analysis: new Uint8Array() });
    return {
      personId,
      type,
      specialty,
      days: first_day === null ? null : { first: first_day, last: last_day ?? first_day },
      text: () => load().text,
      tokens: () => (tokens ??= tokenize(load().text)),
      analysis: () => (analysis ??= decodeAnalysis(load().analysis, load().text)),
    };
  };
}

/** Makes the table of every `person(...)`, the inner ones first. */
function findPersons(search: Search, plan: Plan): void {
  if (plan.kind === 'and' || plan.kind === 'or') for (const one of plan.of) findPersons(search, one);
  if (plan.kind === 'not' || plan.kind === 'note') findPersons(search, plan.of);
  if (plan.kind !== 'person') return;
  const condition = personCondition(search, plan.of);
  const everybody = `SELECT DISTINCT person_id FROM note WHERE ${inSnapshot(search.number)}`;
  const table = newTable(search);
  search.database.exec(`INSERT INTO ${table} SELECT person_id FROM (${everybody}) WHERE ${condition}`);
  search.persons.set(plan, { table, has: search.database.prepare(`SELECT 1 FROM ${table} WHERE person_id = ?`) });
}

/** SQL on `person_id`: operators between notes of a person, everything else asked of single notes. */
function personCondition(search: Search, plan: Plan): string {
  if (plan.kind === 'and' || plan.kind === 'or') {
    return `(${plan.of.map((one) => personCondition(search, one)).join(plan.kind === 'and' ? ' AND ' : ' OR ')})`;
  }
  if (plan.kind === 'not') return `NOT ${personCondition(search, plan.of)}`;
  if (plan.kind === 'person') return personCondition(search, plan.of);
  findPersons(search, plan);
  const table = newTable(search);
  const add = search.database.prepare(`INSERT INTO ${table} (person_id) VALUES (?)`);
  let last: string | undefined;
  for (const { head, note } of candidates(search, plan)) {
    if (head.personId === last) continue; // one note of a person is enough
    if (!mentionsOf(plan, note, (one, personId) => isPerson(search, one, personId))) continue;
    last = head.personId;
    add.run(BigInt(last));
  }
  return `person_id IN (SELECT person_id FROM ${table})`;
}

let tables = 0;

function newTable({ database }: Search): string {
  const table = `temp.person_${tables++}`;
  database.exec(`CREATE TABLE ${table} (person_id INTEGER PRIMARY KEY)`);
  return table;
}

function personsOf(search: Search, plan: Plan) {
  const persons = search.persons.get(plan);
  if (!persons) throw new Error('A person condition was not searched');
  return persons;
}

function isPerson(search: Search, plan: Plan, personId: string): boolean {
  return personsOf(search, plan).has.get(BigInt(personId)) !== undefined;
}
