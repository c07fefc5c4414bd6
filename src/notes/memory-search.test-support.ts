/** Answers queries from notes in memory by evaluate-plan.ts, without an index. */
import { dayNumber, dayRange, type NumberRange, type PartialDate, yearsBetween } from '../base/index.ts';
import { analyseNote } from './analyse-note.ts';
import { assertionAt } from './assertion.ts';
import { mentionsOf, type OtherNotes } from './evaluate-plan.ts';
import type { TestNote } from './note-store.test-support.ts';
import type { Query, TermSets } from './query.ts';
import type { Days, ReadNote } from './read-note.ts';
import { type Plan, resolveQuery, type WithinPlan } from './resolve-query.ts';
import type { Mention } from './stored-note.ts';
import { tokenize } from './tokens.ts';

/** The mentions of the notes of which the query is true, by note id. */
export function memorySearch(query: Query, notes: readonly TestNote[], termSets: TermSets): Map<string, Mention[]> {
  return hitsOf(resolveQuery(query, termSets), notes.map(readNote));
}

function hitsOf(plan: Plan, notes: readonly ReadNote[]): Map<string, Mention[]> {
  const others = othersIn(notes);
  return new Map(
    notes.flatMap((note) => {
      const mentions = mentionsOf(plan, note, others);
      return mentions ? [[note.noteId, mentions] as const] : [];
    }),
  );
}

/** Every question is answered from a set that is made when it is first asked. */
function othersIn(notes: readonly ReadNote[]): OtherNotes {
  const persons = new Map<Plan, Set<string>>();
  const sides = { left: new Map<Plan, Set<string>>(), right: new Map<Plan, Set<string>>() };
  const everybody = new Set(notes.map((note) => note.personId));
  return {
    isOfPerson: (plan, { personId }) => known(persons, plan, () => personsOf(plan.of, notes, everybody)).has(personId),
    isWithin: (plan, side, { noteId }) => known(sides[side], plan, () => sideOf(plan, side, notes)).has(noteId),
  };
}

function known(sets: Map<Plan, Set<string>>, plan: Plan, make: () => Set<string>): Set<string> {
  const set = sets.get(plan) ?? make();
  sets.set(plan, set);
  return set;
}

function personsOf(plan: Plan, notes: readonly ReadNote[], everybody: ReadonlySet<string>): Set<string> {
  const ask = (one: Plan) => personsOf(one, notes, everybody);
  if (plan.kind === 'and') return plan.of.map(ask).reduce((all, one) => all.intersection(one), new Set(everybody));
  if (plan.kind === 'or') return plan.of.map(ask).reduce((all, one) => all.union(one), new Set());
  if (plan.kind === 'not') return everybody.difference(ask(plan.of));
  if (plan.kind === 'person') return ask(plan.of);
  const hits = hitsOf(plan, notes);
  return new Set(notes.filter((note) => hits.has(note.noteId)).map((note) => note.personId));
}

function sideOf(plan: WithinPlan, side: 'left' | 'right', notes: readonly ReadNote[]): Set<string> {
  const [own, their] = [hitsOf(plan[side], notes), hitsOf(plan[side === 'left' ? 'right' : 'left'], notes)];
  const theirs = Map.groupBy(
    notes.filter((note) => their.has(note.noteId)),
    (note) => note.personId,
  );
  const counts = ({ noteId, personId, days }: ReadNote) =>
    own.has(noteId) &&
    nearAnyOf(
      (theirs.get(personId) ?? []).map((note) => note.days),
      plan.days,
    )(days);
  return new Set(notes.filter(counts).map((note) => note.noteId));
}

function readNote(note: TestNote): ReadNote {
  const { text, type, specialty, author, sex } = note;
  return {
    noteId: note.note_id,
    personId: note.person_id,
    type,
    specialty,
    author,
    sex,
    age: ageOf(note),
    days: daysOf(note.note_date_source),
    text: () => text,
    tokens: () => tokenize(text),
    analysis: () => analyseNote(text),
    assertionAt: (start, end) => assertionAt(analyseNote(text), start, end),
  };
}

function daysOf(date: string | null): Days | null {
  if (date === null) return null;
  const { earliest, latest } = dayRange(date as PartialDate);
  return { first: earliest, last: latest };
}

/**
 * Makes the test whether one of these dates may lie within so many days of another (R55 of SPEC.md): the least distance
 * counts that two partial dates may have. A note without a date (`null`) is near none.
 */
function nearAnyOf(dates: readonly (Days | null)[], days: number): (date: Days | null) => boolean {
  const ranges = dates
    .filter((date) => date !== null)
    .map(({ first, last }) => ({ first: dayNumber(first), last: dayNumber(last) }))
    .toSorted((a, b) => a.first - b.first);
  let latest = Number.NEGATIVE_INFINITY;
  const latestUpTo = ranges.map(({ last }) => (latest = Math.max(latest, last)));
  return (date) => {
    if (!date) return false;
    const begun = countUpTo(ranges, dayNumber(date.last) + days);
    return begun > 0 && (latestUpTo[begun - 1] ?? 0) >= dayNumber(date.first) - days;
  };
}

/** How many ranges begin at or before a day. */
function countUpTo(ranges: readonly { readonly first: number }[], day: number): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.first ?? 0) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function ageOf({ birth, note_date_source: date }: TestNote): NumberRange | null {
  return birth === null || date === null ? null : yearsBetween(birth as PartialDate, date as PartialDate);
}
