/** Words, phrases and term sets of the search language: the rule `term` of the grammar in docs/search.md. */
import type { Query } from './query.ts';
import { type QueryReader, queryError } from './query-reader.ts';
import { exactWords, type QueryWord, queryWords } from './query-word.ts';

type Text = Extract<Query, { kind: 'text' }>;

/** Reads a word, a phrase or a term set. */
export function readTerm(reader: QueryReader): Query {
  const first = reader.peek();
  if (first === '@') return readTermSet(reader);
  const term = first === '=' ? readExact(reader) : first === '"' ? readPhrase(reader) : readWord(reader);
  reader.skipBlank();
  return term;
}

/** Reads a word or a phrase without more to it: the value of a filter. */
export function readWords(reader: QueryReader): readonly QueryWord[] {
  const column = reader.column();
  const text = reader.peek() === '"' ? readQuoted(reader) : reader.takeTight(WORD);
  return wordsOf(text ?? '', column);
}

const WORD = /[^\s()"[\]:@~]+/y;
const PHRASE = /"[^"]*"/y;
const TILDE = /~\d{0,9}/y;
const SET = /@[A-Za-z0-9_][A-Za-z0-9_-]*/y;
const EXACT = /=/y;
const MOST_BETWEEN = 9999;

function readTermSet(reader: QueryReader): Query {
  const column = reader.column();
  const name = reader.take(SET);
  if (name === undefined) throw queryError('The name of a term set must follow the @.', column);
  return { kind: 'terms', name: name.slice(1), column };
}

function readWord(reader: QueryReader): Text {
  const column = reader.column();
  const text = reader.takeTight(WORD);
  if (text === undefined)
    throw queryError('This character cannot stand here.', column, 'Put text with special characters in quotes.');
  const words = wordsOf(text, column);
  return reader.peek() === '~' ? fuzzy(reader, words, column) : { kind: 'text', words };
}

function fuzzy(reader: QueryReader, [word, ...more]: readonly QueryWord[], column: number): Text {
  const tilde = reader.column();
  const edits = Number(reader.takeTight(TILDE)?.slice(1));
  if (word?.form !== 'word' || more.length > 0)
    throw queryError('Only a single word without signs can be fuzzy.', column, 'For words near one another: "a b"~3');
  if (edits !== 1 && edits !== 2) throw queryError('One or two letters may differ.', tilde, 'For example: fever~1');
  return { kind: 'text', words: [{ form: 'fuzzy', text: word.text, edits }] };
}

function readPhrase(reader: QueryReader): Text {
  const column = reader.column();
  const words = wordsOf(readQuoted(reader), column + 1);
  if (reader.peek() !== '~') return { kind: 'text', words };
  const tilde = reader.column();
  const digits = reader.takeTight(TILDE)?.slice(1) ?? '';
  if (digits === '') throw queryError('A number of words must follow.', tilde, 'For example: "a b"~3');
  if (Number(digits) > MOST_BETWEEN) throw queryError(`At most ${MOST_BETWEEN} words can stand between.`, tilde);
  if (words.length < 2)
    throw queryError('Near what? Two words at least are needed.', column, 'For a word that differs a little: fever~1');
  if (words.some((word) => word.form !== 'word'))
    throw queryError('Neither * nor ? can stand in a phrase with ~.', column, 'Write each form of the word with OR.');
  return { kind: 'text', words, near: Number(digits) };
}

function readQuoted(reader: QueryReader): string {
  const column = reader.column();
  const quoted = reader.takeTight(PHRASE);
  if (quoted === undefined) throw queryError('This quotation mark is never closed.', column);
  return quoted.slice(1, -1);
}

function readExact(reader: QueryReader): Text {
  const column = reader.column();
  reader.takeTight(EXACT);
  const start = reader.column();
  const isQuoted = reader.peek() === '"';
  const text = isQuoted ? readQuoted(reader) : reader.takeTight(WORD);
  if (text === undefined) throw queryError('A word must follow the = at once.', column, EXACT_TIP);
  const sign = text.search(/[*?]/);
  if (sign >= 0)
    throw queryError('What is written exactly has no * or ?.', start + sign + (isQuoted ? 1 : 0), EXACT_TIP);
  if (reader.peek() === '~') throw queryError('What is written exactly cannot be near.', reader.column(), EXACT_TIP);
  return { kind: 'text', words: named(exactWords(text), column) };
}

const EXACT_TIP = 'For example: =CREST, ="CREST syndrome"';

/** The words of a text that stands at a column. */
function wordsOf(text: string, column: number): readonly QueryWord[] {
  const lone = LONE.exec(text);
  const words = queryWords(text);
  if (lone && words.length > 0)
    throw queryError('This sign stands for letters of a word, and touches none.', column + lone.index, LONE_TIP);
  return named(words, column);
}

function named(words: readonly QueryWord[], column: number): readonly QueryWord[] {
  if (words.length === 0) throw queryError('There is no letter or digit to search for.', column);
  return words;
}

/** Stars and question marks between what is neither letter nor digit. */
const LONE = /(?<![\p{L}\p{N}\p{Co}\p{M}*?])[*?]+(?![\p{L}\p{N}\p{Co}*?])/u;
const LONE_TIP = 'For words between two others: "a b"~3';
