import type { PartialDate } from '../base/index.ts';
import type { QueryWord } from './query-word.ts';

/** A parsed query of the search language (grammar and meaning: docs/search.md). */
export type Query =
  | { readonly kind: 'text'; readonly words: readonly QueryWord[]; readonly near?: number }
  | { readonly kind: 'terms'; readonly name: string; readonly column: number }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Query[] }
  | { readonly kind: 'not'; readonly of: Query }
  | { readonly kind: 'assertion'; readonly name: AssertionFunction; readonly of: Query }
  | { readonly kind: Level; readonly of: Query }
  | { readonly kind: 'within'; readonly left: Query; readonly right: Query; readonly days: number }
  | { readonly kind: 'filter'; readonly name: ValueFilter; readonly value: readonly QueryWord[] }
  | { readonly kind: 'date'; readonly from?: PartialDate; readonly to?: PartialDate }
  /** Completed years, both included. */
  | { readonly kind: 'age'; readonly from?: number; readonly to?: number }
  | { readonly kind: 'sex'; readonly sex: Sex };

export const assertionFunctions = [
  'affirmed',
  'negated',
  'not_negated',
  'possible',
  'historical',
  'hypothetical',
  'family',
  'other',
] as const;
export type AssertionFunction = (typeof assertionFunctions)[number];

/** What AND, OR and NOT hold of. */
export const levels = ['person', 'note', 'sentence'] as const;
export type Level = (typeof levels)[number];

export const valueFilters = ['type', 'specialty', 'author', 'section'] as const;
export type ValueFilter = (typeof valueFilters)[number];

/** As the records have it (FHIR administrative gender). */
export const sexes = ['female', 'male', 'other', 'unknown'] as const;
export type Sex = (typeof sexes)[number];

/** The texts of each term set that a query may name: `@psoriasis` looks up `psoriasis`. */
export type TermSets = Readonly<Record<string, readonly string[]>>;

/** Whether the query names sections and nothing else, so that it can be asked of a single mention. */
export function isSectionCondition(query: Query): boolean {
  if (query.kind === 'filter') return query.name === 'section';
  if (query.kind === 'not') return isSectionCondition(query.of);
  return (query.kind === 'and' || query.kind === 'or') && query.of.every(isSectionCondition);
}
