/**
 * The index of one snapshot, open for questions. This is the face that another engine has to have in place of ours: it
 * resolves a plan to notes and persons, exactly, and reads highlights of the notes that are shown.
 */
import type Database from 'better-sqlite3';
import { once, type PersonId } from '../../base/index.ts';
import type { NoteAnswer } from '../note-answer.ts';
import { type Plan, wordsPlanOf } from '../resolve-query.ts';
import type { NoteHit } from '../stored-note.ts';
import type { Suggestion, VocabularyWord } from '../suggest.ts';
import { searchFor } from './evaluate.ts';
import { highlighter } from './highlights.ts';
import { LeafSearch } from './leaf.ts';
import { answerOf, type Directory } from './note-answers.ts';
import { decodeColumns, type NoteColumns } from './note-columns.ts';
import { meantPersons } from './person-level.ts';
import { type PersonList, PersonTally } from './person-tally.ts';
import { PostingLists } from './posting-lists.ts';
import type { NoteReader } from './read-notes.ts';
import type { Evaluation } from './search.ts';
import { suggestTerms, wordsFrom } from './suggest-terms.ts';

/** Answers plans from the notes of one snapshot. */
export interface NoteIndex {
  /** The exact answer; of those persons alone where any are named. */
  resolve(plan: Plan, persons?: ReadonlySet<string>): NoteAnswer;
  /** Tells the places of a plan in a note that is shown, whether or not anybody looked for it; by the note's number. */
  highlighter(plan: Plan): (note: number) => NoteHit;
  /** What to look for besides a term, with the exact number of notes; none that has no note of those persons. */
  suggest(term: string, persons?: ReadonlySet<string>): Suggestion[];
  /** The commonest words that begin so, with the number of notes of those persons; none that has no note of theirs. */
  wordsFrom(beginning: string, most: number, persons?: ReadonlySet<string>): VocabularyWord[];
}

/** Opens the index within a reading transaction: it stays as it was at the first question. */
export function openIndex(database: Database.Database, number: bigint, reader: NoteReader): NoteIndex {
  const columns = readColumns(database);
  const live = liveNotes(database, number, columns.count);
  const persons = once(() => readPersons(database));
  const tally = new PersonTally(countPersons(database));
  const evaluations = new WeakMap<ReadonlySet<string>, OpenEvaluation>();
  const all = once(() => evaluationOf(database, columns, live, tally.size));
  const evaluationFor = (allowed: ReadonlySet<string> | undefined): OpenEvaluation => {
    if (!allowed) return all();
    let evaluation = evaluations.get(allowed);
    if (!evaluation) {
      evaluation = evaluationOf(database, columns, allowedNotes(live, columns, persons(), allowed), tally.size);
      evaluations.set(allowed, evaluation);
    }
    return evaluation;
  };
  return {
    resolve: (plan, allowed) => {
      const { lists, whole } = evaluationFor(allowed);
      const evaluation = { ...evaluationFor(allowed), leaves: new LeafSearch(lists) };
      const search = searchFor(evaluation, plan);
      const found = once(() => search.find(search, plan));
      const byPerson = () =>
        plan.kind === 'person'
          ? tally.ofPersons(meantPersons(search, plan.of), whole(), columns, persons())
          : tally.ofNotes(found(), columns, persons());
      const directory: Directory = { columns, tally, persons, ...reader, hit: highlighter(plan, evaluation, reader) };
      return answerOf({ found, byPerson, placed: () => search.find({ ...search, places: true }, plan) }, directory);
    },
    highlighter: (plan) => highlighter(plan, all(), reader),
    suggest: (term, allowed) => {
      const { lists, leaves } = evaluationFor(allowed);
      const notesWith = (text: string): number => leaves.find(wordsPlanOf(text), false).notes.length;
      return suggestTerms(term, lists, notesWith);
    },
    wordsFrom: (beginning, most, allowed) => wordsFrom(beginning, most, evaluationFor(allowed).lists),
  };
}

interface OpenEvaluation extends Evaluation {
  /** The tally of all notes that may be seen. */
  readonly whole: () => PersonTally;
}

function evaluationOf(
  database: Database.Database,
  columns: NoteColumns,
  visible: Uint8Array | undefined,
  persons: number,
): OpenEvaluation {
  const lists = new PostingLists(database, visible);
  const everyNote = once(() => {
    const notes = Int32Array.from({ length: columns.count }, (_, note) => note);
    return visible ? notes.filter((note) => visible[note] === 1) : notes;
  });
  const byPerson = once(() => groupedByPerson(everyNote(), columns.person, persons));
  return {
    lists,
    columns,
    persons,
    leaves: new LeafSearch(lists),
    everyNote,
    whole: once(() => {
      const tally = new PersonTally(persons);
      tally.addAll(everyNote(), columns);
      return tally;
    }),
    notesOfPerson: (person) => {
      const { notes, ends } = byPerson();
      return notes.subarray(ends[person - 1] ?? 0, ends[person]);
    },
  };
}

/** Notes by person: those of a person end where `ends` says, and begin where those of the person before end. */
function groupedByPerson(everyNote: Int32Array, person: Int32Array, persons: number) {
  const ends = new Int32Array(persons);
  for (const note of everyNote) (ends[person[note] as number] as number)++;
  for (let i = 1; i < persons; i++) (ends[i] as number) += ends[i - 1] as number;
  const notes = new Int32Array(everyNote.length);
  const next = Int32Array.from(ends, (_, i) => ends[i - 1] ?? 0);
  for (const note of everyNote) notes[(next[person[note] as number] as number)++] = note;
  return { notes, ends };
}

function readColumns(database: Database.Database): NoteColumns {
  return decodeColumns(
    database
      .prepare<[], { notes: number; columns: Uint8Array }>('SELECT notes, columns FROM segment ORDER BY first')
      .safeIntegers(false)
      .all(),
  );
}

/** A 1 for each note that stands in the snapshot; absent where all do. */
function liveNotes(database: Database.Database, number: bigint, count: number): Uint8Array | undefined {
  const last = database.prepare<[bigint], number>('SELECT last FROM snapshot WHERE number = ?').pluck();
  const gone = database.prepare<[bigint], number>('SELECT id FROM note WHERE removed <= ?').pluck();
  const end = last.safeIntegers(false).get(number) ?? 0;
  const dead = gone.safeIntegers(false).all(number);
  if (dead.length === 0 && end === count) return undefined;
  const live = new Uint8Array(count).fill(1, 0, end);
  for (const id of dead) live[id - 1] = 0;
  return live;
}

function allowedNotes(
  live: Uint8Array | undefined,
  { count, person }: NoteColumns,
  { ids }: PersonList,
  allowed: ReadonlySet<string>,
): Uint8Array {
  const isAllowed = Uint8Array.from(ids, (id) => (allowed.has(id) ? 1 : 0));
  const notes = new Uint8Array(count);
  for (let note = 0; note < count; note++) {
    notes[note] = (live ? (live[note] as number) : 1) & (isAllowed[person[note] as number] as number);
  }
  return notes;
}

function countPersons(database: Database.Database): number {
  return database.prepare<[], number>('SELECT count(*) FROM person').safeIntegers(false).pluck().get() ?? 0;
}

function readPersons(database: Database.Database): PersonList {
  const rows = database
    .prepare<[], [number, PersonId]>('SELECT id - 1, CAST(person_id AS TEXT) FROM person ORDER BY person_id')
    .safeIntegers(false)
    .raw()
    .all();
  const ids = Array.from<PersonId>({ length: rows.length });
  const order = new Int32Array(rows.length);
  const rank = new Int32Array(rows.length);
  rows.forEach(([person, id], at) => {
    ids[person] = id;
    order[at] = person;
    rank[person] = at;
  });
  return { ids, order, rank };
}
