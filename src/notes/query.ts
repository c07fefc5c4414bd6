import type { PartialDate } from '../base/index.ts';
import { tokenize } from './tokens.ts';

/** A parsed query of the search language (grammar and meaning: docs/search.md). */
export type Query =
  | { readonly kind: 'text'; readonly words: readonly QueryWord[]; readonly near?: number }
  | { readonly kind: 'terms'; readonly name: string; readonly column: number }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Query[] }
  | { readonly kind: 'not'; readonly of: Query }
  | { readonly kind: 'assertion'; readonly name: AssertionFunction; readonly of: Query }
  | { readonly kind: 'person' | 'note'; readonly of: Query }
  | { readonly kind: 'filter'; readonly name: ValueFilter; readonly value: readonly QueryWord[] }
  | { readonly kind: 'date'; readonly from?: PartialDate; readonly to?: PartialDate };

/** A folded word, or the beginning of one. */
export interface QueryWord {
  readonly text: string;
  readonly prefix: boolean;
}

export const assertionFunctions = [
  'affirmed',
  'negated',
  'not_negated',
  'possible',
  'historical',
  'hypothetical',
  'family',
] as const;
export type AssertionFunction = (typeof assertionFunctions)[number];

export const valueFilters = ['type', 'specialty', 'section'] as const;
export type ValueFilter = (typeof valueFilters)[number];

/** The texts of each term set that a query may name: `@psoriasis` looks up `psoriasis`. */
export type TermSets = Readonly<Record<string, readonly string[]>>;

/** The words of a text as a query has them: `calcif*` is the beginning of a word. */
export function queryWords(text: string): QueryWord[] {
  const tokens = tokenize(text);
  return tokens.words.map((word, i) => ({ text: word, prefix: text.charAt(tokens.ends[i] ?? -1) === '*' }));
}

/** Whether the query names sections and nothing else, so that it can be asked of a single mention. */
export function isSectionCondition(query: Query): boolean {
  if (query.kind === 'filter') return query.name === 'section';
  if (query.kind === 'not') return isSectionCondition(query.of);
  return (query.kind === 'and' || query.kind === 'or') && query.of.every(isSectionCondition);
}
