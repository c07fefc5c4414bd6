/** A live value as the text asks for it. Rules R23 to R25 of SPEC.md. */
import { fixed } from '../../analysis/index.ts';
import { NO_NUMBER, pRelation, pText, withMinus } from '../statistic-numbers.ts';
import type { LiveValue } from './live-value.ts';
import { numberWords } from './number-words.ts';

const SMALL = 10;
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** What a format is asked of and cannot do; `tip` says what can be done. */
export interface FormatProblem {
  readonly message: string;
  readonly tip: string;
}

/**
 * The printed value. `format` is empty, a number of decimals, `words` (below ten, as journals ask for), `Words` (to begin a
 * sentence), `one|more` (the first word where the value is 1), `year` or `day` of a date, `=` of a P value (`= 0.030`, `< 0.001`).
 */
export function printValue(one: LiveValue, format: string): string | FormatProblem {
  const { name, value, digits } = one;
  if (/^\d$/.test(format)) {
    if (typeof value === 'string') return problem(`\`${name}\` is no number.`, 'Leave the number of decimals out.');
    return numberText(one, value, Number(format));
  }
  if (format === 'words' || format === 'Words') return inWords(name, value, format === 'Words');
  if (format.includes('|')) return oneOrMore(name, value, format);
  if (format === 'year' || format === 'day') return ofDate(name, value, format);
  if (format === '=') return related(one);
  if (format !== '')
    return problem(
      `There is no format \`${format}\`.`,
      'There is: a number of decimals (0 to 9), words, Words, one|more, year, day, and = of a P value.',
    );
  if (typeof value === 'string') return value;
  if (isP(one)) return pText(value);
  // The ends of a range are printed as tables print them: 18–82, not 18.0–82.0.
  if (value !== null && /\.(?:min|max)$/.test(name)) return String(Number(fixed(value, digits)));
  return numberText(one, value, digits);
}

function numberText(one: LiveValue, value: number | null, digits: number): string {
  if (value === null) return one.absent ?? NO_NUMBER;
  if (isP(one)) return pText(value, digits);
  const text = fixed(value, digits);
  return one.kind === 'statistic' || one.kind === 'agreement' ? withMinus(text) : text;
}

function isP({ kind, name }: LiveValue): boolean {
  return kind === 'statistic' && /\.(?:p|pAdjusted)$/.test(name);
}

/** `P {{tophi.p:=}}` reads well whether P is told or only said to be small. */
function related(one: LiveValue): string | FormatProblem {
  if (!isP(one)) return problem(`\`${one.name}\` is no P value.`, 'Leave the format out.');
  return typeof one.value === 'number' ? pRelation(one.value) : NO_NUMBER;
}

function inWords(name: string, value: LiveValue['value'], begins: boolean): string | FormatProblem {
  if (typeof value !== 'number' || !Number.isInteger(value))
    return problem(`\`${name}\` is no whole number, which words could say.`, 'Leave the format out.');
  const words = begins || value < SMALL ? numberWords(value) : undefined;
  if (words === undefined)
    return begins
      ? problem(`\`${name}\` is too large for words.`, 'Begin the sentence with another word.')
      : fixed(value, 0);
  return begins ? `${words.charAt(0).toUpperCase()}${words.slice(1)}` : words;
}

function oneOrMore(name: string, value: LiveValue['value'], format: string): string | FormatProblem {
  const [one = '', more = '', ...others] = format.split('|');
  if (typeof value !== 'number' || others.length > 0)
    return problem(`\`${name}:${format}\` cannot choose a word.`, 'Write two words: {{improved.n:patient|patients}}.');
  return value === 1 ? one : more;
}

function ofDate(name: string, value: LiveValue['value'], format: 'year' | 'day'): string | FormatProblem {
  const [, year, month, day] = (typeof value === 'string' && /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(value)) || [];
  if (year === undefined) return problem(`\`${name}\` is no date.`, 'Leave the format out.');
  if (format === 'year') return year;
  return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(' ');
}

function problem(message: string, tip: string): FormatProblem {
  return { message, tip };
}
