/**
 * Answers a plan from the postings, as sets of notes: each part of the plan gives the notes of which it is true, with
 * the mentions that make it so, and AND, OR and NOT join these sets. No note is read. Rules R35 to R43 of SPEC.md.
 */
import { dayNumber } from '../../base/index.ts';
import { sexes } from '../query.ts';
import type { Plan } from '../resolve-query.ts';
import { type Found, withoutMentions } from './found.ts';
import { mayMeet } from './meeting-mentions.ts';
import { NO_AGE, type NoteColumns, UNDATED } from './note-columns.ts';
import { findPersons } from './person-level.ts';
import type { Evaluation, Search } from './search.ts';
import { findSentences } from './sentence-level.ts';
import { anyOf, both, among as notesAmong, only, without } from './set-operations.ts';
import { partsOf, valuesOf } from './terms.ts';
import { findWithin } from './within.ts';

/** How a plan is searched: mentions have to be told apart where two parts of it may find the same one. */
export function searchFor(evaluation: Evaluation, plan: Plan): Search {
  const places = mayMeet(plan, (word) => evaluation.leaves.expand(word));
  return { ...evaluation, places, find };
}

/** The notes of which the plan is true; with `among`, of these notes. */
function find(search: Search, plan: Plan, among?: Int32Array): Found {
  const { places } = search;
  const within = (found: Found): Found => (among ? notesAmong(found, among) : found);
  switch (plan.kind) {
    case 'words':
      return search.leaves.find(plan, places, among);
    case 'and':
      return findAll(search, plan.of, among);
    case 'or':
      return anyOf(
        plan.of.map((one) => find(search, one, among)),
        places,
      );
    case 'not':
      return withoutMentions(without(every(search, among), find(search, plan.of, among).notes).notes, places);
    case 'note':
      return find(search, plan.of, among);
    case 'sentence':
      return within(findSentences(search, plan.of));
    case 'person':
      return within(findPersons(search, plan.of));
    case 'within':
      return within(findWithin(search, plan));
    case 'section':
      return within(search.leaves.withSection(plan.holds, places));
    case 'attribute':
      return within(withAttribute(search, plan));
    case 'date':
    case 'age':
    case 'sex':
      return only(every(search, among), testOf(search.columns, plan));
  }
}

function every(search: Search, among: Int32Array | undefined): Found {
  return withoutMentions(among ?? search.everyNote(), search.places);
}

type Test = Extract<Plan, { kind: 'date' | 'age' | 'sex' }>;

/** First what the postings tell, then what is tested note by note, then what must not be. */
function findAll(search: Search, plans: readonly Plan[], among: Int32Array | undefined): Found {
  const tests = plans.filter(isTest);
  const denied = plans.filter((plan) => plan.kind === 'not');
  const rest = rarestFirst(
    search,
    plans.filter((plan) => !isTest(plan) && plan.kind !== 'not'),
  );
  let found: Found | undefined;
  for (const plan of rest) {
    const next = find(search, plan, found?.notes ?? among);
    found = found ? both(found, next) : next;
  }
  found ??= every(search, among);
  for (const test of tests) found = only(found, testOf(search.columns, test));
  for (const plan of denied) found = without(found, find(search, plan.of, found.notes).notes);
  return found;
}

function rarestFirst({ leaves }: Search, plans: readonly Plan[]): Plan[] {
  const size = (plan: Plan): number => (plan.kind === 'words' ? leaves.frequency(plan) : Number.MAX_SAFE_INTEGER);
  return plans
    .map((plan) => ({ plan, size: size(plan) }))
    .sort((a, b) => a.size - b.size)
    .map(({ plan }) => plan);
}

function isTest(plan: Plan): plan is Test {
  return plan.kind === 'date' || plan.kind === 'age' || plan.kind === 'sex';
}

/** A test of one note, by its columns. */
function testOf(columns: NoteColumns, plan: Test): (note: number) => boolean {
  if (plan.kind === 'sex') {
    const wanted = sexes.indexOf(plan.sex);
    return (note) => columns.sex[note] === wanted;
  }
  if (plan.kind === 'age') {
    const { youngest, oldest } = columns;
    return (note) =>
      youngest[note] !== NO_AGE && (youngest[note] as number) <= plan.to && (oldest[note] as number) >= plan.from;
  }
  const [from, to] = [dayNumber(plan.from), dayNumber(plan.to)];
  const { firstDay, lastDay } = columns;
  return (note) => firstDay[note] !== UNDATED && (firstDay[note] as number) <= to && (lastDay[note] as number) >= from;
}

function withAttribute({ lists, places }: Search, plan: Extract<Plan, { kind: 'attribute' }>): Found {
  const terms = lists.termsFrom(valuesOf(plan.name)).filter(({ term }) => plan.holds(partsOf(term)[1]));
  return withoutMentions(
    anyOf(
      terms.map(({ term }) => lists.counted(term, undefined)),
      false,
    ).notes,
    places,
  );
}
