/** What to look for besides a term, in the notes that may be seen (R77 of SPEC.md). */
import { type Suggestion, suggestionsFor, suggestionsInOrder } from '../suggest.ts';
import { tokenize } from '../tokens.ts';
import type { PostingLists } from './posting-lists.ts';
import { anyOf } from './set-operations.ts';
import { definitionsBeginning, partsOf, wordTerm } from './terms.ts';

/**
 * Suggestions for a term, each with the exact number of notes that have it, which is also what they are ordered by.
 * @param notesWith counts the notes that have words in a row
 */
export function suggestTerms(term: string, lists: PostingLists, notesWith: (term: string) => number): Suggestion[] {
  const vocabulary = lists.termsFrom(wordTerm('')).map(({ term: word, notes }) => ({ word: word.slice(1), notes }));
  const found = suggestionsFor(term, vocabulary, definitions(lists))
    .map((suggestion) => ({ ...suggestion, notes: notesWith(suggestion.term) }))
    .filter(({ notes }) => notes > 0);
  return suggestionsInOrder(found);
}

/** What is written in several ways is one definition: a note that has two of them counts once. */
function* definitions(lists: PostingLists) {
  for (const same of Map.groupBy(lists.termsFrom(definitionsBeginning), ({ term }) => folded(term)).values()) {
    const notes = anyOf(
      same.map(({ term }) => lists.counted(term, undefined)),
      false,
    ).notes.length;
    const [short, long] = partsOf(same[0]?.term ?? '');
    if (notes > 0) yield { short, long, notes };
  }
}

function folded(term: string): string {
  return partsOf(term)
    .map((part) => tokenize(part).words.join(' '))
    .join('\t');
}
