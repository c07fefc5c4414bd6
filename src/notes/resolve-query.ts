/**
 * A query made ready: term sets looked up, assertion functions and sections moved to the words that they are about, one
 * matcher a leaf. Rules R33 and R36 to R41 of SPEC.md.
 */
import { type DayRange, dayRange, nearest } from '../base/index.ts';
import type { Assertion } from './assertion.ts';
import { type Matcher, matcherOf, type Pattern } from './match-text.ts';
import { queryError } from './parse-query.ts';
import {
  type AssertionFunction,
  isSectionCondition,
  type Query,
  type QueryWord,
  queryWords,
  type TermSets,
} from './query.ts';
import { tokenize } from './tokens.ts';

/** What is asked of a note. */
export type Plan =
  | WordsPlan
  | { readonly kind: 'and' | 'or'; readonly of: readonly Plan[] }
  | { readonly kind: 'not' | 'note'; readonly of: Plan }
  | { readonly kind: 'person'; readonly of: Plan }
  | { readonly kind: 'section'; readonly holds: SectionTest }
  | { readonly kind: 'type' | 'specialty'; readonly holds: (value: string) => boolean }
  | { readonly kind: 'date'; readonly from: string; readonly to: string };

/** Words to be found, and what must be said of them where they stand. */
export interface WordsPlan {
  readonly kind: 'words';
  readonly patterns: readonly Pattern[];
  readonly find: Matcher;
  readonly assertions: readonly AssertionFunction[];
  readonly sections: readonly SectionTest[];
}

/** A section as its kind and its heading. */
export type SectionTest = (kind: string, heading: string) => boolean;

/** Makes a query ready. Error `notes.query`, with the column, where it names a term set that there is not. */
export function resolveQuery(query: Query, termSets: TermSets): Plan {
  return resolve(query, { termSets, assertions: [], sections: [] });
}

interface Context {
  readonly termSets: TermSets;
  readonly assertions: readonly AssertionFunction[];
  readonly sections: readonly SectionTest[];
}

function resolve(query: Query, context: Context): Plan {
  switch (query.kind) {
    case 'text':
      return wordsPlan([query], context);
    case 'terms':
      return wordsPlan(termPatterns(query, context.termSets), context);
    case 'and':
      return resolveAnd(query.of, context);
    case 'or':
      return { kind: 'or', of: query.of.map((one) => resolve(one, context)) };
    case 'not':
      return { kind: 'not', of: resolve(query.of, context) };
    case 'assertion':
      return resolve(query.of, { ...context, assertions: [...context.assertions, query.name] });
    case 'person':
    case 'note':
      return { kind: query.kind, of: resolve(query.of, { ...context, sections: [] }) };
    case 'filter':
      return query.name === 'section'
        ? { kind: 'section', holds: sectionTest(query) }
        : { kind: query.name, holds: (value) => hasWords(value, query.value) };
    case 'date':
      return { kind: 'date', ...limits(query.from && dayRange(query.from), query.to && dayRange(query.to)) };
  }
}

const FIRST_DAY = '0000-01-01';
const LAST_DAY = '9999-12-31';

function limits(from: DayRange | undefined, to: DayRange | undefined): { from: string; to: string } {
  return { from: from?.earliest ?? FIRST_DAY, to: to?.latest ?? LAST_DAY };
}

/** Beside words, a section is where the words must stand; on its own, the note must have it. */
function resolveAnd(of: readonly Query[], context: Context): Plan {
  const rest = of.filter((one) => !isSectionCondition(one));
  if (!rest.some(hasWordsOfItsOwn)) return { kind: 'and', of: of.map((one) => resolve(one, context)) };
  const sections = [...context.sections, ...of.filter(isSectionCondition).map(sectionTest)];
  return { kind: 'and', of: rest.map((one) => resolve(one, { ...context, sections })) };
}

/** Whether the query has words that a section beside it is about: not those within `note(...)` and `person(...)`. */
function hasWordsOfItsOwn(query: Query): boolean {
  if (query.kind === 'text' || query.kind === 'terms') return true;
  if (query.kind === 'not' || query.kind === 'assertion') return hasWordsOfItsOwn(query.of);
  return (query.kind === 'and' || query.kind === 'or') && query.of.some(hasWordsOfItsOwn);
}

/** A condition on sections, asked of one section. */
function sectionTest(query: Query): SectionTest {
  if (query.kind === 'filter') return (kind, heading) => hasWords(kind, query.value) || hasWords(heading, query.value);
  if (query.kind === 'not') {
    const inner = sectionTest(query.of);
    return (kind, heading) => !inner(kind, heading);
  }
  if (query.kind !== 'and' && query.kind !== 'or') throw new Error('Not a condition on sections');
  const tests = query.of.map(sectionTest);
  return query.kind === 'and'
    ? (kind, heading) => tests.every((test) => test(kind, heading))
    : (kind, heading) => tests.some((test) => test(kind, heading));
}

function hasWords(text: string, words: readonly QueryWord[]): boolean {
  return matcherOf([{ words }])(tokenize(text)).length > 0;
}

function wordsPlan(patterns: readonly Pattern[], { assertions, sections }: Context): WordsPlan {
  return { kind: 'words', patterns, find: matcherOf(patterns), assertions, sections };
}

function termPatterns(query: Extract<Query, { kind: 'terms' }>, termSets: TermSets): Pattern[] {
  const texts = Object.hasOwn(termSets, query.name) ? termSets[query.name] : undefined;
  if (!texts) {
    const names = Object.keys(termSets);
    const near = nearest(query.name, names);
    const all = names.length > 0 ? `There are: ${names.map((name) => `@${name}`).join(', ')}.` : undefined;
    throw queryError('There is no such term set.', query.column, near ? `Did you mean @${near}?` : all);
  }
  return texts.map((text) => ({ words: queryWords(text) })).filter((pattern) => pattern.words.length > 0);
}

/** Whether what is said of a mention is what the function asks for. */
export function asserts(name: AssertionFunction, said: Assertion): boolean {
  if (name === 'affirmed') return said.assertion === 'affirmed';
  if (name === 'not_negated') return !said.negated;
  if (name === 'family') return said.experiencer === 'family';
  return said[name];
}
