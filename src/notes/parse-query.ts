/** The parser of the search language: recursive descent, one function a rule of the grammar in docs/search.md. */
import { ChartproofError, dayRange, type PartialDate, parsePartialDate } from '../base/index.ts';
import {
  type AssertionFunction,
  assertionFunctions,
  type Query,
  queryWords,
  type ValueFilter,
  valueFilters,
} from './query.ts';

/** The query that a text means. Error `notes.query`, with the column (from 1) of the character that is wrong. */
export function parseQuery(text: string): Query {
  const reader = new Reader(text);
  if (reader.atEnd()) throw queryError('The query is empty.', reader.column(), 'Write a word, such as: psoriasis');
  const query = readOr(reader);
  if (!reader.atEnd()) throw queryError('This closing bracket opens nowhere.', reader.column());
  return query;
}

/** An error at a character of a query; columns count from 1. */
export function queryError(message: string, column: number, tip?: string): ChartproofError {
  const place = { file: 'query', line: 1, column };
  return new ChartproofError('notes.query', message, tip === undefined ? { place } : { place, tip });
}

const DEEPEST = 100;

/** Where the parser is in the text. */
class Reader {
  readonly text: string;
  at = 0;
  depth = 0;

  constructor(text: string) {
    this.text = text;
    this.skipBlank();
  }

  atEnd(): boolean {
    return this.at >= this.text.length;
  }

  column(): number {
    return this.at + 1;
  }

  peek(): string {
    return this.text.charAt(this.at);
  }

  /** Takes what the pattern (sticky) matches here, and the white space after it. */
  take(pattern: RegExp): string | undefined {
    const found = this.takeTight(pattern);
    if (found !== undefined) this.skipBlank();
    return found;
  }

  /** As {@link take}, but leaves white space, since `a *` is not `a*`. */
  takeTight(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  looksAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  skipBlank(): void {
    while (this.at < this.text.length && /\s/.test(this.text.charAt(this.at))) this.at++;
  }
}

const OR = /OR(?![^\s()"])/y;
const AND = /AND(?![^\s()"])/y;
const NOT = /NOT(?![^\s()"])/y;
const TO = /TO(?=\s)/y;
const NAME = /[A-Za-z_]+(?=[:(])/y;
const OPEN = /\(/y;
const CLOSE = /\)/y;
const COLON = /:/y;
const WORD = /[^\s()"[\]:@~*]+\*?/y;
const PHRASE = /"[^"]*"/y;
const NEAR = /~\d{1,4}/y;
const SET = /@[A-Za-z0-9_][A-Za-z0-9_-]*/y;
const DATE = /\*|[0-9][0-9-]*/y;

function readOr(reader: Reader): Query {
  const of = [readAnd(reader)];
  while (reader.take(OR)) of.push(readAnd(reader));
  return join('or', of);
}

function readAnd(reader: Reader): Query {
  const of = [readUnary(reader)];
  while (!reader.atEnd() && reader.peek() !== ')' && !reader.looksAt(OR)) {
    reader.take(AND);
    of.push(readUnary(reader));
  }
  return join('and', of);
}

/** Brackets within the same operator mean nothing: (a b) c is a b c. */
function join(kind: 'and' | 'or', of: readonly Query[]): Query {
  const [only] = of;
  if (of.length === 1 && only) return only;
  return { kind, of: of.flatMap((one) => (one.kind === kind ? one.of : [one])) };
}

function readUnary(reader: Reader): Query {
  if (++reader.depth > DEEPEST) throw queryError(`More than ${DEEPEST} levels of brackets.`, reader.column());
  const query: Query = reader.take(NOT) ? { kind: 'not', of: readUnary(reader) } : readPrimary(reader);
  reader.depth--;
  return query;
}

function readPrimary(reader: Reader): Query {
  if (reader.atEnd())
    throw queryError('Something is missing at the end.', reader.column(), 'AND, OR and NOT need a word after them.');
  if (reader.looksAt(OR) || reader.looksAt(AND)) throw queryError('A word is missing before this.', reader.column());
  const character = reader.peek();
  if (character === '(') return readBrackets(reader);
  if (character === '"') return readPhrase(reader);
  if (character === '@') return readTermSet(reader);
  if (character === ')') throw queryError('A word is missing before this bracket.', reader.column());
  return reader.looksAt(NAME) ? readNamed(reader) : readWord(reader);
}

function readBrackets(reader: Reader): Query {
  const column = reader.column();
  reader.take(OPEN);
  const query = readOr(reader);
  if (!reader.take(CLOSE)) throw queryError('This bracket is never closed.', column);
  return query;
}

function readWord(reader: Reader): Query {
  const column = reader.column();
  const text = reader.takeTight(WORD);
  if (text === undefined)
    throw queryError('This character cannot stand here.', column, 'Put text with special characters in quotes.');
  const next = reader.peek();
  if (next === ':' || next === '(') throw queryError('This is neither a filter nor a function.', column, NAMES_TIP);
  const midStar = text.endsWith('*') && !/^[\s()"]?$/.test(next); // `a*b` is not `a* b`
  if (midStar || next === '*' || next === '~') {
    throw queryError(
      midStar || next === '*' ? 'A star stands once, at the end of a word.' : 'Only a phrase in quotes can be near.',
      reader.column(),
    );
  }
  return textOf(reader, text, column);
}

function readPhrase(reader: Reader): Query {
  const column = reader.column();
  const quoted = reader.takeTight(PHRASE);
  if (quoted === undefined) throw queryError('This quotation mark is never closed.', column);
  if (reader.peek() !== '~') return textOf(reader, quoted.slice(1, -1), column);
  const nearColumn = reader.column();
  const near = reader.takeTight(NEAR);
  if (near === undefined) throw queryError('A number of words must follow.', nearColumn, 'For example: "a b"~3');
  const query = textOf(reader, quoted.slice(1, -1), column);
  if (query.kind !== 'text') return query;
  if (query.words.length < 2) throw queryError('Near what? Two words at least are needed.', column);
  if (query.words.some((word) => word.prefix)) throw queryError('A star cannot stand in a phrase with ~.', column);
  return { ...query, near: Number(near.slice(1)) };
}

function textOf(reader: Reader, text: string, column: number): Query {
  const words = queryWords(text);
  if (words.length === 0) throw queryError('There is no letter or digit to search for.', column);
  reader.skipBlank();
  return { kind: 'text', words };
}

function readTermSet(reader: Reader): Query {
  const column = reader.column();
  const name = reader.take(SET);
  if (name === undefined) throw queryError('The name of a term set must follow the @.', column);
  return { kind: 'terms', name: name.slice(1), column };
}

const NAMES_TIP = `Functions: ${[...assertionFunctions, 'person', 'note'].join(', ')}; filters: ${[...valueFilters, 'date'].join(', ')}. Anything else goes in quotes.`;

function readNamed(reader: Reader): Query {
  const column = reader.column();
  const name = reader.takeTight(NAME) ?? '';
  if (reader.peek() === '(') {
    const isAssertion = (assertionFunctions as readonly string[]).includes(name);
    if (!isAssertion && name !== 'person' && name !== 'note')
      throw queryError('There is no such function.', column, NAMES_TIP);
    const of = readBrackets(reader);
    if (isAssertion) return { kind: 'assertion', name: name as AssertionFunction, of };
    return { kind: name as 'person' | 'note', of };
  }
  reader.take(COLON);
  if (name === 'date') return readDates(reader);
  if (!(valueFilters as readonly string[]).includes(name))
    throw queryError('There is no such filter.', column, NAMES_TIP);
  return { kind: 'filter', name: name as ValueFilter, value: readValue(reader) };
}

function readValue(reader: Reader) {
  const column = reader.column();
  const text = reader.take(reader.peek() === '"' ? PHRASE : WORD);
  const words = queryWords(text ?? '');
  if (words.length === 0) throw queryError('The value of the filter is missing.', column);
  return words;
}

function readDates(reader: Reader): Query {
  const column = reader.column();
  if (!reader.take(/\[/y)) {
    const date = readDate(reader);
    if (date === undefined) throw queryError('A date is missing.', column, DATE_TIP);
    return { kind: 'date', from: date, to: date };
  }
  const from = readDate(reader);
  if (!reader.take(TO)) throw queryError('TO is missing between the two dates.', reader.column(), DATE_TIP);
  const to = readDate(reader);
  if (!reader.take(/\]/y)) throw queryError('This bracket is never closed.', column, DATE_TIP);
  if (from && to && dayRange(from).earliest > dayRange(to).latest)
    throw queryError('The second date is before the first.', column);
  return { kind: 'date', ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

const DATE_TIP = 'For example: date:2012, date:[2012-01 TO 2017-06-27], date:[* TO 2015]';

/** A date, or `undefined` for a star: no limit. */
function readDate(reader: Reader): PartialDate | undefined {
  const column = reader.column();
  const text = reader.take(DATE);
  if (text === '*') return undefined;
  const date = text === undefined ? undefined : parsePartialDate(text);
  if (date === undefined) throw queryError('This is not a date.', column, DATE_TIP);
  return date;
}
