/**
 * A query made ready: term sets looked up, assertion functions and sections moved to the words that they are about, one
 * matcher a leaf. Rules R33, R36 to R41 and R52 to R60 of SPEC.md.
 */
import { type Day, type DayRange, dayRange, nearest } from '../base/index.ts';
import type { Said } from './assertion.ts';
import { type Matcher, matcherOf, type Pattern } from './match-text.ts';
import { printQuery } from './print-query.ts';
import { type AssertionFunction, isSectionCondition, type Query, type Sex, type TermSets } from './query.ts';
import { queryError } from './query-reader.ts';
import { type QueryWord, termWords } from './query-word.ts';
import { tokenize } from './tokens.ts';

/** What is asked of a note. */
export type Plan =
  | WordsPlan
  | { readonly kind: 'and' | 'or'; readonly of: readonly Plan[] }
  | { readonly kind: 'not'; readonly of: Plan }
  | { readonly kind: 'note' | 'sentence'; readonly of: Plan }
  | PersonPlan
  | WithinPlan
  | { readonly kind: 'section'; readonly holds: SectionTest }
  /** Of a note without the attribute, `holds` is asked of no words: it is false. */
  | { readonly kind: 'attribute'; readonly name: 'type' | 'specialty' | 'author'; readonly holds: ValueTest }
  | { readonly kind: 'date'; readonly from: Day; readonly to: Day }
  /** Completed years, both included; 0 and Infinity for no limit. */
  | { readonly kind: 'age'; readonly from: number; readonly to: number }
  | { readonly kind: 'sex'; readonly sex: Sex };

/** Asked of a person's notes together. */
export interface PersonPlan {
  readonly kind: 'person';
  readonly of: Plan;
}

/** A note of which one side is true, with a note of the same person of which the other is, so many days away at most. */
export interface WithinPlan {
  readonly kind: 'within';
  readonly left: Plan;
  readonly right: Plan;
  readonly days: number;
}

export type ValueTest = (value: string) => boolean;

/** A pattern as the query or a term set writes it. */
export interface Term extends Pattern {
  readonly term: string;
  /** The term set that it is of. */
  readonly set?: string;
}

/** Words to be found, and what must be said of them where they stand. */
export interface WordsPlan {
  readonly kind: 'words';
  readonly patterns: readonly Term[];
  readonly find: Matcher<Term>;
  readonly assertions: readonly AssertionFunction[];
  readonly sections: readonly SectionTest[];
}

/** A section as its kind and its heading. */
export type SectionTest = (kind: string, heading: string) => boolean;

/** Makes a query ready. Error `notes.query`, with the column, where it names a term set that there is not. */
export function resolveQuery(query: Query, termSets: TermSets): Plan {
  return resolve(query, { termSets, assertions: [], sections: [] });
}

/** A plan that finds the words of a text in a row. */
export function wordsPlanOf(text: string): WordsPlan {
  const words = tokenize(text).words.map((word): QueryWord => ({ form: 'word', text: word }));
  return wordsPlan([{ words, term: text }], { termSets: {}, assertions: [], sections: [] });
}

interface Context {
  readonly termSets: TermSets;
  readonly assertions: readonly AssertionFunction[];
  readonly sections: readonly SectionTest[];
}

function resolve(query: Query, context: Context): Plan {
  switch (query.kind) {
    case 'text':
      return wordsPlan([{ words: query.words, near: query.near, term: printQuery(query) }], context);
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
    case 'sentence':
      return { kind: 'sentence', of: resolve(query.of, context) };
    case 'within': {
      const [left, right] = [resolve(query.left, context), resolve(query.right, context)];
      return { kind: 'within', left, right, days: query.days };
    }
    case 'filter':
      return query.name === 'section'
        ? { kind: 'section', holds: sectionTest(query) }
        : { kind: 'attribute', name: query.name, holds: valueTest(query.value) };
    case 'date':
      return { kind: 'date', ...limits(query.from && dayRange(query.from), query.to && dayRange(query.to)) };
    case 'age':
      return { kind: 'age', from: query.from ?? 0, to: query.to ?? Number.POSITIVE_INFINITY };
    case 'sex':
      return query;
  }
}

const FIRST_DAY = '0000-01-01';
const LAST_DAY = '9999-12-31';

function limits(from: DayRange | undefined, to: DayRange | undefined): { from: Day; to: Day } {
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
  if (query.kind === 'within') return hasWordsOfItsOwn(query.left) || hasWordsOfItsOwn(query.right);
  if (query.kind === 'not' || query.kind === 'assertion' || query.kind === 'sentence')
    return hasWordsOfItsOwn(query.of);
  return (query.kind === 'and' || query.kind === 'or') && query.of.some(hasWordsOfItsOwn);
}

/** A condition on sections, asked of one section. */
function sectionTest(query: Query): SectionTest {
  if (query.kind === 'filter') {
    const named = valueTest(query.value);
    return (kind, heading) => named(kind) || named(heading);
  }
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

/** Whether a text has the words in a row. */
function valueTest(words: readonly QueryWord[]): ValueTest {
  const find = matcherOf([{ words }]);
  return (value) => find(tokenize(value), value).length > 0;
}

function wordsPlan(patterns: readonly Term[], { assertions, sections }: Context): WordsPlan {
  return { kind: 'words', patterns, find: matcherOf(patterns), assertions, sections };
}

function termPatterns(query: Extract<Query, { kind: 'terms' }>, termSets: TermSets): Term[] {
  const texts = Object.hasOwn(termSets, query.name) ? termSets[query.name] : undefined;
  if (!texts) {
    const names = Object.keys(termSets);
    const near = nearest(query.name, names);
    const all = names.length > 0 ? `There are: ${names.map((name) => `@${name}`).join(', ')}.` : undefined;
    throw queryError('There is no such term set.', query.column, near ? `Did you mean @${near}?` : all);
  }
  return texts
    .map((text): Term => ({ words: termWords(text), term: text, set: query.name }))
    .filter(({ words }) => words.length > 0);
}

/** Whether what is said of a mention is what the function asks for. */
export function asserts(name: AssertionFunction, said: Said): boolean {
  if (name === 'affirmed')
    return !(said.negated || said.possible || said.historical || said.hypothetical) && said.experiencer === 'patient';
  if (name === 'not_negated') return !said.negated;
  if (name === 'family') return said.experiencer === 'family';
  if (name === 'other') return said.experiencer === 'other';
  return said[name];
}
