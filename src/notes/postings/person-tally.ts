/** Counts by person, in arrays that are made once and cleaned where they were used. */
import { type Day, dayOfNumber, type PersonId } from '../../base/index.ts';
import type { PersonCount } from '../note-answer.ts';
import type { Found } from './found.ts';
import { type NoteColumns, UNDATED } from './note-columns.ts';
import type { MeantPersons } from './person-level.ts';

const NEVER = -UNDATED;

/** The ids of persons by their numbers, and the numbers in the order of the ids. */
export interface PersonList {
  readonly ids: readonly PersonId[];
  readonly order: Int32Array;
  /** The place of each number in that order. */
  readonly rank: Int32Array;
}

export class PersonTally {
  readonly size: number;
  private readonly notes: Int32Array;
  private readonly mentions: Int32Array;
  private readonly first: Int32Array;
  private readonly last: Int32Array;

  /** For so many persons. */
  constructor(size: number) {
    this.size = size;
    this.notes = new Int32Array(size);
    this.mentions = new Int32Array(size);
    this.first = new Int32Array(size).fill(UNDATED);
    this.last = new Int32Array(size).fill(NEVER);
  }

  /** The counts of each person who has one of the notes, in the order of their ids. */
  ofNotes(
    { notes, counts }: Found,
    { person, firstDay }: NoteColumns,
    { ids, order, rank }: PersonList,
  ): PersonCount[] {
    const ranks = new Int32Array(Math.min(notes.length, this.size));
    let size = 0;
    for (let i = 0; i < notes.length; i++) {
      const note = notes[i] as number;
      const of = person[note] as number;
      if (this.notes[of] === 0) ranks[size++] = rank[of] as number;
      this.addNote(of, counts[i] as number, firstDay[note] as number);
    }
    return Array.from(ranks.subarray(0, size).sort(), (at) => this.take(order[at] as number, ids));
  }

  /**
   * The counts of persons all of whose notes count, in the order of their ids.
   * @param whole the tally of every note of everybody, which has to be another
   */
  ofPersons(
    { meant, asked }: MeantPersons,
    whole: PersonTally,
    { person }: NoteColumns,
    list: PersonList,
  ): PersonCount[] {
    for (const { notes, counts } of asked) {
      for (let i = 0; i < notes.length; i++) {
        const of = person[notes[i] as number] as number;
        this.mentions[of] = (this.mentions[of] as number) + (counts[i] as number);
      }
    }
    const found: PersonCount[] = [];
    for (const of of list.order) {
      if (meant[of] !== 1 || whole.notes[of] === 0) continue;
      const mentions = this.mentions[of] as number;
      found.push({
        personId: list.ids[of] as PersonId,
        notes: whole.notes[of] as number,
        mentions,
        ...daysBetween(whole.first[of] as number, whole.last[of] as number),
      });
    }
    this.mentions.fill(0);
    return found;
  }

  /** Adds every one of the notes. */
  addAll(notes: Int32Array, { person, firstDay }: NoteColumns): void {
    for (const note of notes) this.addNote(person[note] as number, 0, firstDay[note] as number);
  }

  private addNote(person: number, mentions: number, day: number): void {
    this.notes[person] = (this.notes[person] as number) + 1;
    this.mentions[person] = (this.mentions[person] as number) + mentions;
    if (day < (this.first[person] as number)) this.first[person] = day;
    if (day !== UNDATED && day > (this.last[person] as number)) this.last[person] = day;
  }

  private take(person: number, ids: readonly PersonId[]): PersonCount {
    const count = {
      personId: ids[person] as PersonId,
      notes: this.notes[person] as number,
      mentions: this.mentions[person] as number,
      ...daysBetween(this.first[person] as number, this.last[person] as number),
    };
    this.notes[person] = 0;
    this.mentions[person] = 0;
    this.first[person] = UNDATED;
    this.last[person] = NEVER;
    return count;
  }
}

function daysBetween(first: number, last: number): { first: Day | null; last: Day | null } {
  return last === NEVER ? { first: null, last: null } : { first: dayOfNumber(first), last: dayOfNumber(last) };
}
