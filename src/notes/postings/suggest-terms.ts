/** What to look for besides a term, in the notes that may be seen (R77 of SPEC.md). */
import { type Suggestion, suggestionsFor, suggestionsInOrder, type VocabularyWord } from '../suggest.ts';
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

/** How many words are counted for each that is asked for: words that only others' notes have come to nothing. */
const TRIED = 8;

/** The commonest words that begin so in the notes that may be seen, the commonest first, each with its number of notes. */
export function wordsFrom(beginning: string, most: number, lists: PostingLists): VocabularyWord[] {
  const [word, ...more] = tokenize(beginning).words;
  if (word === undefined || more.length > 0) return [];
  const commonest = lists.termsFrom(wordTerm(word)).sort((a, b) => b.notes - a.notes);
  return commonest
    .slice(0, most * TRIED)
    .map(({ term }) => ({ word: term.slice(1), notes: lists.counted(term, undefined).notes.length }))
    .filter(({ notes }) => notes > 0)
    .sort((a, b) => b.notes - a.notes || (a.word < b.word ? -1 : 1))
    .slice(0, most);
}
