/** What may come at a place of a query that somebody is writing, of the search language itself. Pure. */
import { filterNames } from './parse-filter.ts';
import { assertionFunctions, levels, sexes, valueFilters } from './query.ts';

/** What is being written at a place: from `from` to the place it is `beginning`. */
export interface QueryToken {
  readonly from: number;
  readonly beginning: string;
  /** A word; the name of a term set, after its @; the value of a filter; nothing of the kind, since nothing is begun. */
  readonly of: 'word' | 'terms' | 'nothing' | (typeof filterNames)[number];
  /** Within quotation marks, where neither operators nor term sets are. */
  readonly isQuoted: boolean;
}

/** A word of the search language. */
export interface LanguageWord {
  readonly kind: 'operator' | 'function' | 'filter' | 'value';
  /** What it puts into the query in place of what was begun. */
  readonly text: string;
  readonly meaning: string;
}

const FILTER = new RegExp(`(?:^|[\\s(])(${filterNames.join('|')}):("[^"]*|[^\\s()":]*)$`);
const TERMS = /(?:^|[\s(])@([\w-]*)$/;
const WORD = /[\p{L}\p{N}_]+$/u;

/** What stands before a place of a query and belongs to it. */
export function tokenAt(query: string, place: number): QueryToken {
  const before = query.slice(0, place);
  const filter = FILTER.exec(before);
  if (filter) {
    const [, name, value = ''] = filter;
    const beginning = value.replace(/^"/, '');
    return { from: before.length - value.length, beginning, of: name as QueryToken['of'], isQuoted: false };
  }
  const isQuoted = before.split('"').length % 2 === 0;
  const terms = isQuoted ? null : TERMS.exec(before);
  if (terms)
    return { from: before.length - (terms[1] ?? '').length - 1, beginning: terms[1] ?? '', of: 'terms', isQuoted };
  const word = WORD.exec(before)?.[0] ?? '';
  return { from: before.length - word.length, beginning: word, of: word === '' ? 'nothing' : 'word', isQuoted };
}

const OPERATORS: readonly LanguageWord[] = (
  [
    ['AND', 'both in the note'],
    ['OR', 'one of them at least'],
    ['NOT', 'without what follows'],
    ['WITHIN 90 days OF', 'notes of a person so near in time'],
  ] as const
).map(([text, meaning]) => ({ kind: 'operator', text, meaning }));

const MEANINGS: Readonly<Record<(typeof assertionFunctions)[number] | (typeof levels)[number], string>> = {
  affirmed: 'said to be so',
  negated: 'denied',
  not_negated: 'not denied; it may be possible, past or of somebody else',
  possible: 'left open',
  historical: 'of the past',
  hypothetical: 'what might come',
  family: 'about a relative',
  other: 'about somebody else',
  person: 'in any notes of the person together',
  note: 'in one note',
  sentence: 'in one sentence',
};

const FUNCTIONS: readonly LanguageWord[] = [...assertionFunctions, ...levels].map((name) => ({
  kind: 'function',
  text: `${name}(`,
  meaning: MEANINGS[name],
}));

const FILTER_MEANINGS: Readonly<Record<(typeof valueFilters)[number], string>> = {
  type: 'type of the note',
  specialty: 'specialty of the note',
  author: 'who wrote it',
  section: 'where in the note it stands',
};

const FILTERS: readonly LanguageWord[] = [
  ...valueFilters.map((name): LanguageWord => ({ kind: 'filter', text: `${name}:`, meaning: FILTER_MEANINGS[name] })),
  { kind: 'filter', text: 'date:', meaning: 'of a year, a month, or date:[2012 TO 2015]' },
  { kind: 'filter', text: 'age:', meaning: 'years of age at the note, or age:[18 TO 65]' },
  { kind: 'filter', text: 'sex:', meaning: 'as it is recorded' },
];

/** The words of the language that may come there: operators only in capitals, since in small letters they are words to search for. */
export function languageWords({ of, beginning, isQuoted }: QueryToken): readonly LanguageWord[] {
  if (of === 'sex') {
    const fitting = sexes.filter((sex) => sex.startsWith(beginning.toLowerCase()));
    return fitting.map((text) => ({ kind: 'value', text, meaning: 'sex as recorded' }));
  }
  if (isQuoted || (of !== 'word' && of !== 'nothing')) return [];
  return [...OPERATORS, ...FUNCTIONS, ...FILTERS].filter(({ text }) => text.startsWith(beginning));
}
