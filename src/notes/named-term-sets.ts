import type { Query } from './query.ts';

/** The names of the term sets that a query asks for, each once, in the order of the query. */
export function namedTermSets(query: Query): string[] {
  return [...new Set(namesIn(query))];
}

/** Whatever parts a query of some kind has: parts are objects, and a term set is one that says so. */
function namesIn(part: unknown): string[] {
  if (part === null || typeof part !== 'object') return [];
  if ('kind' in part && part.kind === 'terms' && 'name' in part) return [String(part.name)];
  return Object.values(part).flatMap(namesIn);
}
