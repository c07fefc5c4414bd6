/** The answer to a plan, counted from sets of notes; texts are read for highlights alone. */
import { type Day, once } from '../../base/index.ts';
import type { NoteParagraphs } from '../copies.ts';
import type { NoteAnswer, NoteCount, NoteCounts, NoteTotals, Page, PersonCount } from '../note-answer.ts';
import type { NoteHead, NoteHit } from '../stored-note.ts';
import { withoutCopies } from './count-once.ts';
import type { Found } from './found.ts';
import type { NoteColumns } from './note-columns.ts';
import type { PersonList, PersonTally } from './person-tally.ts';

/** What an answer needs to know of notes and persons, by their numbers. */
export interface Directory {
  readonly columns: NoteColumns;
  readonly tally: PersonTally;
  readonly persons: () => PersonList;
  readonly noteId: (note: number) => bigint;
  readonly head: (note: number) => NoteHead;
  readonly hit: (note: number) => NoteHit;
  readonly paragraphs: (note: number) => NoteParagraphs;
}

/** What was found: the notes, and the counts by person. Each is worked out when it is asked for. */
export interface Answering {
  readonly found: () => Found;
  readonly byPerson: () => PersonCount[];
  /** The same notes with the place of every mention. */
  readonly placed: () => Found;
}

export function answerOf({ found, byPerson, placed }: Answering, directory: Directory): NoteAnswer {
  return {
    ...noteCounts(found, byPerson, directory),
    *highlights(page) {
      const { notes } = found();
      for (const i of paged(inNoteOrder(found(), directory), page)) yield directory.hit(notes[i] as number);
    },
    withoutCopies: () => {
      const all = placed();
      const order = inNoteOrder(all, directory);
      const left = withoutCopies(all, order, directory.columns.person, directory.paragraphs);
      return noteCounts(
        () => left,
        () => directory.tally.ofNotes(left, directory.columns, directory.persons()),
        directory,
      );
    },
  };
}

function noteCounts(found: () => Found, byPerson: () => PersonCount[], directory: Directory): NoteCounts {
  const persons = once(byPerson);
  return {
    totals: totalsOf(persons()),
    byPerson: (order) => (order === 'mentions' ? persons().toSorted((a, b) => b.mentions - a.mentions) : persons()),
    *byNote(page) {
      const { notes, counts } = found();
      for (const i of paged(inNoteOrder(found(), directory), page)) {
        const count: NoteCount = { ...directory.head(notes[i] as number), mentions: counts[i] as number };
        yield count;
      }
    },
  };
}

function totalsOf(persons: readonly PersonCount[]): NoteTotals {
  let [mentions, notes] = [0, 0];
  let [first, last]: [Day | null, Day | null] = [null, null];
  for (const person of persons) {
    mentions += person.mentions;
    notes += person.notes;
    if (person.first !== null && (first === null || person.first < first)) first = person.first;
    if (person.last !== null && (last === null || person.last > last)) last = person.last;
  }
  return { mentions, notes, persons: persons.length, first, last };
}

/** By person, day (undated last), note: indexes into what was found. */
function inNoteOrder({ notes }: Found, { columns, persons, noteId }: Directory): Int32Array {
  const { rank } = persons();
  const { person, firstDay } = columns;
  const compare = (i: number, j: number): number => {
    const [a, b] = [notes[i] as number, notes[j] as number];
    return (
      (rank[person[a] as number] as number) - (rank[person[b] as number] as number) ||
      (firstDay[a] as number) - (firstDay[b] as number) ||
      (noteId(a) < noteId(b) ? -1 : 1)
    );
  };
  return Int32Array.from(notes, (_, i) => i).sort(compare);
}

function paged(list: Int32Array, page: Page | undefined): Int32Array {
  return page ? list.subarray(page.from, page.from + page.count) : list;
}
