/** Full stops that end no sentence: after titles, short forms, initials and numbers of lists (R9 of SPEC.md). */
import { ASCII, asciiSet, isDigit, isIn, isUpperAt } from './characters.ts';

/** Never the last word of a sentence. */
const TITLES = new Set('dr mr mrs ms prof st vs eg ie e.g i.e cf fig figs approx'.split(' '));
/** The last word only where a capital follows. */
const SHORT_FORMS = new Set(
  'pt pts hx dx rx tx fx sx wk wks mo mos yr yrs hr hrs min mins sec dept max avg temp resp no nos etc al ca ml mg cm mm kg lb lbs oz tab tabs cap caps'.split(
    ' ',
  ),
);

const WORD_WINDOW = 24;

/** Is the full stop at `dot` one of a short form, an initial or a list number? `next` is where the text goes on. */
export function isAbbreviation(text: string, sentence: number, dot: number, next: number): boolean {
  const from = Math.max(sentence, dot - WORD_WINDOW);
  const word = wordBefore(text, from, dot);
  if (word === '' || isLong(word)) return false;
  const small = word.toLowerCase();
  if (TITLES.has(small)) return true;
  const capital = isUpperAt(text, next);
  const goesOn = next < text.length && !capital;
  if (SHORT_FORMS.has(small)) return small === 'no' ? isDigit(text.charCodeAt(next)) : goesOn;
  if (isDigit(word.charCodeAt(0))) return /^\d{1,2}$/.test(word) && beginsSentence(text, sentence, from, dot, word);
  if (word.length > 2 && word.includes('.')) return /^(?:\p{L}\.)+\p{L}$/u.test(word) && goesOn;
  return /^\p{L}$/u.test(word) && (goesOn || isInitial(text.slice(from, dot), capital));
}

const IN_WORD = asciiSet(/[A-Za-z0-9.]/);

/** The letters, digits and stops before the one at `dot`, as far back as `from`. */
function wordBefore(text: string, from: number, dot: number): string {
  let at = dot;
  while (at > from && isIn(IN_WORD, text.charCodeAt(at - 1))) at--;
  if (at === from || text.charCodeAt(at - 1) < ASCII) return text.slice(at, dot);
  return /[\p{L}\p{N}.]*$/u.exec(text.slice(from, dot))?.[0] ?? '';
}

const SHORT_FORM_LONGEST = 6;

/** Is it a plain word, longer than any short form? So are most. */
function isLong(word: string): boolean {
  return word.length > SHORT_FORM_LONGEST && !word.includes('.');
}

/** `2. ` begins an item where nothing stands before it. */
function beginsSentence(text: string, sentence: number, from: number, dot: number, number: string): boolean {
  return dot - number.length <= sentence + 2 && text.slice(from, dot).trim() === number;
}

/** `John Q. Public`, `Dr. J. Smith`; but not `hepatitis C. The`. */
function isInitial(before: string, capital: boolean): boolean {
  return capital && /(?:\p{Lu}\p{Ll}+|\b[DM]rs?\.|\p{Lu}\.)[ \t]+\p{Lu}$/u.test(before);
}
