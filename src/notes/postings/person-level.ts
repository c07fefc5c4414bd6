/** `person(...)`: operators between the notes of a person. Rule R39 of SPEC.md. */
import type { Plan } from '../resolve-query.ts';
import { type Found, withoutMentions } from './found.ts';
import type { Search } from './search.ts';
import { anyOf, either, only } from './set-operations.ts';

/** All notes of the persons of whom the plan is true, with the mentions of what it asks for. */
export function findPersons(search: Search, plan: Plan): Found {
  const { meant, asked } = meantPersons(search, plan);
  const mentions = only(anyOf(asked, search.places), isOneOf(search, meant));
  return either(mentions, withoutMentions(notesOf(search, meant), search.places));
}

/** Persons, and what was found of what was asked of their notes (of the notes of others too). */
export interface MeantPersons {
  readonly meant: Persons;
  readonly asked: readonly Found[];
}

/** The persons of whom a plan is true. */
export function meantPersons(search: Search, plan: Plan): MeantPersons {
  const asked: Found[] = [];
  const meant = personsOf(search, plan, asked);
  return { meant, asked: search.places ? [anyOf(asked, true)] : asked };
}

/** A 1 for each person who is meant. */
type Persons = Uint8Array;

/** The persons of whom a plan is true; what it asks of notes, and does not deny, goes to `asked`. */
function personsOf(search: Search, plan: Plan, asked: Found[]): Persons {
  switch (plan.kind) {
    case 'and':
      return joined(search, plan.of, asked, (a, b) => a & b);
    case 'or':
      return joined(search, plan.of, asked, (a, b) => a | b);
    case 'not':
      return personsOf(search, plan.of, []).map((meant) => 1 - meant);
    case 'person':
      return personsOf(search, plan.of, asked);
    default: {
      const found = search.find(search, plan);
      asked.push(found);
      return personsWith(search, found.notes);
    }
  }
}

function joined(search: Search, of: readonly Plan[], asked: Found[], join: (a: number, b: number) => number): Persons {
  return of
    .map((one) => personsOf(search, one, asked))
    .reduce((a, b) => a.map((meant, i) => join(meant, b[i] as number)));
}

function personsWith({ columns, persons }: Search, notes: Int32Array): Persons {
  const meant = new Uint8Array(persons);
  for (const note of notes) meant[columns.person[note] as number] = 1;
  return meant;
}

function isOneOf({ columns }: Search, persons: Persons): (note: number) => boolean {
  const { person } = columns;
  return (note) => persons[person[note] as number] === 1;
}

/** Few persons' notes are gathered, many persons' picked out. */
function notesOf(search: Search, persons: Persons): Int32Array {
  const few = persons.length >> 4;
  const numbers: number[] = [];
  for (let i = persons.indexOf(1); i >= 0 && numbers.length <= few; i = persons.indexOf(1, i + 1)) numbers.push(i);
  if (numbers.length > few) return search.everyNote().filter(isOneOf(search, persons));
  const lists = numbers.map((person) => search.notesOfPerson(person));
  const all = new Int32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all.sort();
}
