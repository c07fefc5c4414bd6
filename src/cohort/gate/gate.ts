/**
 * The gate before every query of a study. It opens the records and the notes of one snapshot and lets through only what
 * belongs to persons who may be used for research; nothing below this room opens them in another way. Rules R1 to R3,
 * R51 and R70 to R72.
 *
 * In DuckDB the tables of the snapshot stand in the schema `main`; the gate makes a schema `authorized` with a view of
 * each table, without the rows of anybody else, and puts it first. DuckDB looks on in `main` for what it does not find
 * there: `person_identity` and `research_authorization`, which are not research data, have a view that fails. A query of a
 * study that names `main` or anything else before the gate does not run (`behind-gate.ts`).
 *
 * `narrowTo` makes a third schema, `found`: copies of what a run asks again and again, of those found and authorized alone.
 */
import { ChartproofError, canonicalJson, type PersonId, type SnapshotId } from '../../base/index.ts';
import {
  type NoteAnswer,
  type NoteCopies,
  type NoteHead,
  type NoteStore,
  type OpenedNote,
  parseQuery,
  type StoredNote,
  type Suggestion,
  type TermSets,
  type VocabularyWord,
} from '../../notes/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import { type Parameters, type Records, type TableName, tables, type UsedCodes } from '../../records/index.ts';
import { requireBehindGate, withoutValues } from './behind-gate.ts';
import { fillNoteTable, narrow, putBehind, unitsOf } from './gate-tables.ts';
import type { PersonIds } from './person-ids.ts';
import { onlyNamed, sharedSetsOf } from './term-sets.ts';

/** What a study may see of one snapshot. Close it. */
export interface Gate {
  readonly snapshot: SnapshotId;
  readonly protocol: Protocol;
  /** Of the analysis of the notes (`NoteStore.version`). */
  readonly notesVersion: string;
  /** The term sets that a note query names, as they are while the gate is open. Errors as {@link findNotes}. */
  termSetsOf(query: string): TermSets;
  /** Those shared by all studies that the arms and exclusions of the protocol name. Errors as {@link findNotes}. */
  sharedTermSets(): TermSets;
  /** Whether a person may be used: what is known of anybody else is not to be shown. */
  isAuthorized(personId: string): boolean;
  /** Whether an authorized person never answered, which the protocol takes for a grant. */
  isSilent(personId: string): boolean;
  /**
   * Rows of one SELECT of tables that hold authorized persons only. Values as `Records.all` gives them.
   * Errors: `cohort.not-behind-gate` where it names anything else, `cohort.query-failed`.
   */
  all<Row = Record<string, unknown>>(sql: string, parameters?: Parameters): Promise<Row[]>;
  /**
   * The exact answer to a note query, of authorized persons alone, or of some of them; with the term sets of the study
   * unless others are given. Errors: `notes.query` with its column, `protocol.invalid-term-set`.
   */
  findNotes(query: string, termSets?: TermSets, persons?: readonly string[]): NoteAnswer;
  /** What to look for besides a term, and in how many notes of authorized persons it stands; nothing that is in none. */
  suggestTerms(term: string): readonly Suggestion[];
  /** The commonest words of authorized persons' notes that begin so, and in how many of those they stand. */
  wordsFrom(beginning: string, most: number): readonly VocabularyWord[];
  /** A note by its source id (`DocumentReference/1`); `undefined` where there is none that may be seen. */
  note(source: string): StoredNote | undefined;
  /** The same note as its reader sees it. */
  openNote(source: string): OpenedNote | undefined;
  /** What is known of the notes of an authorized person, by date. */
  notesOf(personId: PersonId): readonly NoteHead[];
  /** What the notes of an authorized person repeat of earlier ones of the same person (`NoteStore.copiesOf`). */
  copiesOf(personId: PersonId): readonly NoteCopies[];
  /** Fills a table with the hits of a note query, once, and gives its name; term sets as {@link findNotes}. */
  noteTable(query: string, termSets?: TermSets): Promise<string>;
  /** The units that measurements of the records have, in order: of no person. */
  measurementUnits(): Promise<readonly string[]>;
  /**
   * Keeps what a query of all persons gives (tables named `main.person`; a column `person_id`) while the gate is open:
   * `main.NAME` of the name returned, to be counted, and behind the gate NAME, with the rows of the authorized alone.
   */
  tableBefore(sql: string, parameters?: Parameters): Promise<string>;
  /** The codings by their code (`Records.usedCodes`): for queries before the gate alone. */
  usedCodes(): Promise<UsedCodes>;
  /** Keeps what a query gives that is of no person, such as codes, as `main.NAME`: for queries before the gate alone. */
  codesBefore(sql: string, parameters?: Parameters): Promise<string>;
  /**
   * Makes the schema `found`, in place of the one before it: the rows of the persons of a kept table alone, if they are
   * authorized, of the tables and columns that `queries` name. To ask of these is quicker than of all.
   */
  narrowTo(kept: string, queries: readonly string[]): Promise<void>;
  /** How many rows a query gives that names tables of all persons (`main.person`): the number and nothing else. */
  countBefore(sql: string, parameters?: Parameters): Promise<number>;
  /** The same for each of the kinds in its one column `kind`, which are no values of a person. */
  countKindsBefore(sql: string): Promise<ReadonlyMap<string, number>>;
  close(): void;
}

/** Tables that a study may not read. */
export const NOT_RESEARCH: ReadonlySet<string> = new Set(['person_identity', 'research_authorization']);

/** The tables that a study may read. */
export const researchTables = (Object.keys(tables) as TableName[]).filter((table) => !NOT_RESEARCH.has(table));

/** The term sets that a note query is asked with, the same each time. */
export type SetsOf = (query: string) => TermSets;

/** Who may be seen; `isOne` where the gate is opened for one person, whose notes alone are then looked at. */
export interface Seen {
  readonly authorized: PersonIds;
  readonly silent: PersonIds;
  readonly isOne: boolean;
}

/** The gate before records where the schema `authorized` stands (`open-gate.ts`), which it closes. */
export function gateOf(
  records: Records,
  notes: NoteStore,
  protocol: Protocol,
  setsOf: SetsOf,
  { authorized, silent, isOne }: Seen,
): Gate {
  const noteTables = new Map<string, Promise<string>>();
  const views = new Set<string>(researchTables);
  const look = looker(records, views);
  const seen = (personId: string): boolean => authorized.has(personId);
  let units: Promise<readonly string[]> | undefined;
  let kept = 0;
  return {
    snapshot: records.snapshot,
    protocol,
    notesVersion: notes.version,
    termSetsOf: (query) => onlyNamed(query, setsOf(query)),
    sharedTermSets: () => sharedSetsOf(protocol, setsOf),
    isAuthorized: seen,
    isSilent: (personId) => silent.has(personId),
    all: behindGate(records, look),
    findNotes: (query, termSets, persons) =>
      notes.find(
        parseQuery(query),
        termSets ?? setsOf(query),
        persons ? new Set(persons.filter(seen)) : authorized.asSet(),
      ),
    suggestTerms: (term) => notes.suggest(term, authorized.asSet()),
    wordsFrom: (beginning, most) => notes.wordsFrom(beginning, most, authorized.asSet()),
    note(source) {
      const note = notes.note(source);
      return note && seen(note.personId) ? note : undefined;
    },
    openNote(source) {
      const note = notes.open(source);
      return note && seen(note.personId) ? note : undefined;
    },
    notesOf: (personId) => (seen(personId) ? notes.notesOf(personId) : []),
    copiesOf: (personId) => (seen(personId) ? notes.copiesOf(personId) : []),
    noteTable(query, termSets) {
      const key = termSets ? `${query}\n${canonicalJson(termSets)}` : query;
      const known = noteTables.get(key);
      if (known) return known;
      const name = `note_hit_${noteTables.size}`;
      const sets = termSets ?? setsOf(query);
      const hits = notes.find(parseQuery(query), sets, isOne ? authorized.asSet() : undefined).byNote();
      const filled = fillNoteTable(records, name, hits).then(() => putBehind(records, views, name));
      noteTables.set(key, filled);
      return filled;
    },
    async tableBefore(sql, parameters) {
      const name = `kept_${kept++}`;
      await records.run(`CREATE TABLE main.${name} AS ${sql}`, parameters);
      await putBehind(records, views, name);
      return name;
    },
    async codesBefore(sql, parameters) {
      const name = `codes_${kept++}`;
      await records.run(`CREATE TABLE main.${name} AS ${sql}`, parameters);
      return name;
    },
    usedCodes: () => records.usedCodes(),
    narrowTo: (kept, queries) => narrow(records, views, kept, queries, look),
    measurementUnits() {
      units ??= unitsOf(records);
      return units;
    },
    async countBefore(sql, parameters) {
      const [row] = await records.all<{ n: string }>(`SELECT count(*) AS n FROM (${sql})`, parameters);
      if (!row) throw new ChartproofError('cohort.no-count', 'The records gave no count.');
      return Number(row.n);
    },
    async countKindsBefore(sql) {
      const rows = await records.all<{ kind: string; n: string }>(
        `SELECT kind::VARCHAR AS kind, count(*) AS n FROM (${sql}) GROUP BY kind`,
      );
      return new Map(rows.map(({ kind, n }) => [kind, Number(n)]));
    },
    close() {
      notes.close();
      records.close();
    },
  };
}

/** Lets queries of these views through and fails of any other; a text is looked at once. */
function looker(records: Records, views: ReadonlySet<string>): (sql: string) => Promise<void> {
  const known = new Set<string>();
  return async (sql) => {
    if (!known.has(sql)) await requireBehindGate(records, sql, views);
    known.add(sql);
  };
}

/** `Records.all` for queries that somebody looks at before. */
function behindGate(records: Records, look: (sql: string) => Promise<void>): Gate['all'] {
  return async <Row>(sql: string, parameters?: Parameters) => {
    await look(sql);
    try {
      return await records.all<Row>(sql, parameters);
    } catch (error) {
      throw withoutValues(error);
    }
  };
}
