/** Which words of the vocabulary a word of a query stands for (R30 and the forms of words in SPEC.md). */
import { type QueryWord, wordTest } from '../query-word.ts';
import { fold } from '../tokens.ts';
import type { PostingLists } from './posting-lists.ts';
import { surfacesOf, surfaceTerm, wordTerm } from './terms.ts';

/** The terms whose mentions are meant, without those of others, which are a part of them. */
export interface Expansion {
  readonly terms: readonly string[];
  readonly except: readonly string[];
}

export function expandWord(word: QueryWord, lists: PostingLists): Expansion {
  if (word.form === 'word') return { terms: [wordTerm(word.text)], except: [] };
  if (word.form === 'exact') return expandSurface(word.text, lists);
  const terms = lists.termsFrom(wordTerm(literalBeginning(word))).map(({ term }) => term);
  if (word.form === 'prefix') return { terms, except: [] };
  const holds = wordTest(word);
  return { terms: terms.filter((term) => holds(term.slice(1), () => term.slice(1))), except: [] };
}

/** A word as it is folded has no term of its own as a surface: it is the word without its other surfaces. */
function expandSurface(surface: string, lists: PostingLists): Expansion {
  const word = fold(surface);
  if (word !== surface) return { terms: [surfaceTerm(word, surface)], except: [] };
  return { terms: [wordTerm(word)], except: lists.termsFrom(surfacesOf(word)).map(({ term }) => term) };
}

function literalBeginning(word: QueryWord): string {
  if (word.form === 'fuzzy') return '';
  return word.form === 'wild' ? (/^[^*?]*/.exec(word.text)?.[0] ?? '') : word.text;
}
