/** Whether two parts of a plan may find the same mention, which is told once (R42): else mentions can just be counted. */
import type { Pattern } from '../match-text.ts';
import type { QueryWord } from '../query-word.ts';
import type { Plan } from '../resolve-query.ts';
import type { Expansion } from './expand.ts';

export function mayMeet(plan: Plan, expand: (word: QueryWord) => Expansion): boolean {
  const patterns = patternsOf(plan);
  if (patterns.length < 2) return false;
  const seen = new Map<number, Set<string>>();
  for (const { words, near } of patterns) {
    const [first] = words;
    if (!first) continue;
    if (near !== undefined) return true;
    const { terms } = expand(first);
    const known = seen.get(words.length) ?? new Set();
    if (terms.some((term) => known.has(wordOf(term)))) return true;
    for (const term of terms) known.add(wordOf(term));
    seen.set(words.length, known);
  }
  return false;
}

/** A surface is a mention of its word. */
function wordOf(term: string): string {
  return term.slice(1).split(' ', 1)[0] ?? '';
}

/** What can give mentions. */
function patternsOf(plan: Plan): readonly Pattern[] {
  switch (plan.kind) {
    case 'words':
      return plan.patterns;
    case 'and':
    case 'or':
      return plan.of.flatMap(patternsOf);
    case 'note':
    case 'person':
    case 'sentence':
      return patternsOf(plan.of);
    case 'within':
      return [...patternsOf(plan.left), ...patternsOf(plan.right)];
    default:
      return [];
  }
}
