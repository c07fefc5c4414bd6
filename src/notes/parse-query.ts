/** The parser of the search language: recursive descent, one function a rule of the grammar in docs/search.md. */
import { filterNames, readFilter } from './parse-filter.ts';
import { readTerm } from './parse-term.ts';
import { type AssertionFunction, assertionFunctions, type Level, levels, type Query } from './query.ts';
import { QueryReader, queryError } from './query-reader.ts';

/** The query that a text means. Error `notes.query`, with the column (from 1) of the character that is wrong. */
export function parseQuery(text: string): Query {
  const reader = new QueryReader(text);
  if (reader.atEnd()) throw queryError('The query is empty.', reader.column(), 'Write a word, such as: psoriasis');
  const query = readOr(reader);
  if (!reader.atEnd()) throw queryError('This closing bracket opens nowhere.', reader.column());
  return query;
}

const OR = /OR(?![^\s()"=@])/y;
const AND = /AND(?![^\s()"=@])/y;
const NOT = /NOT(?![^\s()"=@])/y;
const WITHIN = /WITHIN(?![^\s()"=@])/y;
const OF = /OF(?![^\s()"=@])/y;
const NUMBER = /\d+/y;
const UNIT = /(?:days?|weeks?)(?![^\s()"=@])/y;
const NAME = /[A-Za-z_]+(?=[:(])/y;
const OPEN = /\(/y;
const CLOSE = /\)/y;
const COLON = /:/y;

function readOr(reader: QueryReader): Query {
  const of = [readAnd(reader)];
  while (reader.take(OR)) of.push(readAnd(reader));
  return join('or', of);
}

function readAnd(reader: QueryReader): Query {
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

function readUnary(reader: QueryReader): Query {
  return reader.deeper(() => (reader.take(NOT) ? { kind: 'not', of: readUnary(reader) } : readWithin(reader)));
}

function readWithin(reader: QueryReader): Query {
  const left = readPrimary(reader);
  if (!reader.take(WITHIN)) return left;
  const days = readDays(reader);
  if (!reader.take(OF)) throw queryError('OF is missing after the time.', reader.column(), WITHIN_TIP);
  if (reader.looksAt(NOT)) throw queryError('NOT needs brackets here.', reader.column(), 'Write: OF (NOT b)');
  const right = readPrimary(reader);
  if (reader.looksAt(WITHIN))
    throw queryError('Which two does it join? Use brackets.', reader.column(), '(a WITHIN 30 days OF b) WITHIN ...');
  return { kind: 'within', left, right, days };
}

const WITHIN_TIP = 'For example: rash WITHIN 90 days OF methotrexate';
const DAYS_OF_WEEK = 7;
const MOST_DAYS = 36_525;

function readDays(reader: QueryReader): number {
  const column = reader.column();
  const count = reader.take(NUMBER);
  if (count === undefined) throw queryError('A number of days must follow.', column, WITHIN_TIP);
  const unit = reader.take(UNIT);
  if (unit === undefined)
    throw queryError('The unit is missing: day, days, week or weeks.', reader.column(), WITHIN_TIP);
  const days = Number(count) * (unit.startsWith('week') ? DAYS_OF_WEEK : 1);
  if (days > MOST_DAYS) throw queryError(`At most ${MOST_DAYS} days, a hundred years.`, column);
  return days;
}

function readPrimary(reader: QueryReader): Query {
  if (reader.atEnd())
    throw queryError('Something is missing at the end.', reader.column(), 'AND, OR and NOT need a word after them.');
  if ([OR, AND, WITHIN].some((operator) => reader.looksAt(operator)))
    throw queryError('A word is missing before this.', reader.column());
  const character = reader.peek();
  if (character === '(') return readBrackets(reader);
  if (character === ')') throw queryError('A word is missing before this bracket.', reader.column());
  return reader.looksAt(NAME) ? readNamed(reader) : readWords(reader);
}

function readBrackets(reader: QueryReader): Query {
  const column = reader.column();
  reader.take(OPEN);
  const query = readOr(reader);
  if (!reader.take(CLOSE)) throw queryError('This bracket is never closed.', column);
  return query;
}

/** A term; what ends in a bracket or a colon is none. */
function readWords(reader: QueryReader): Query {
  const start = reader.at;
  const term = readTerm(reader);
  const after = reader.text.charAt(reader.at);
  const isTight = reader.at > start && !/\s/.test(reader.text.charAt(reader.at - 1));
  if (isTight && (after === ':' || after === '(') && !/["@]/.test(reader.text.charAt(start)))
    throw queryError('This is neither a filter nor a function.', start + 1, NAMES_TIP);
  return term;
}

const NAMES_TIP = `Functions: ${[...assertionFunctions, ...levels].join(', ')}; filters: ${filterNames.join(', ')}. Anything else goes in quotes.`;

function readNamed(reader: QueryReader): Query {
  const column = reader.column();
  const name = reader.takeTight(NAME) ?? '';
  if (reader.peek() === '(') return readFunction(reader, name, column);
  reader.take(COLON);
  const filter = readFilter(reader, name);
  if (!filter) throw queryError('There is no such filter.', column, NAMES_TIP);
  return filter;
}

function readFunction(reader: QueryReader, name: string, column: number): Query {
  if ((assertionFunctions as readonly string[]).includes(name))
    return { kind: 'assertion', name: name as AssertionFunction, of: readBrackets(reader) };
  if ((levels as readonly string[]).includes(name)) return { kind: name as Level, of: readBrackets(reader) };
  throw queryError('There is no such function.', column, NAMES_TIP);
}
