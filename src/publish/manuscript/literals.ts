/**
 * Numbers that somebody typed: they do not change when the data do. Digits and number words count; what is a name, a citation, a
 * reference to a table or an address does not. Rules R26 and R27 of SPEC.md.
 */
import { NUMBER_WORD } from './number-words.ts';

/** A number in the text; `start` is an offset of what was searched. */
export interface Literal {
  readonly start: number;
  readonly text: string;
}

/** A table that the text refers to by a number. */
export interface TableReference {
  readonly start: number;
  readonly number: number;
}

const REFERENCES = [
  /&#?\w+;/g, // a letter by its code
  /\bhttps?:\S+|\bdoi:\s*\S+|\b10\.\d{4,}\/\S+/gi,
  /\[\d+(?:\s*[,\u2013-]\s*\d+)*\]/g, // [1], [1-3, 5]
  /\[-?@[^\]\n]*\]|@[\w:.-]+/g, // [@smith2019]
  /\^\d+(?:[,\u2013-]\d+)*\^/g,
  /\bet al\.?,?\s*\(?\d{4}[a-z]?\)?/gi,
  /\b(?:Supplementary[ \u00a0])?(?:Table|Figure|Fig\.?|Appendix|Section|Box|Equation)[ \u00a0]+[A-Z]?\d+[a-z]?\b/g,
  /\b(?:Supplementary[ \u00a0])?(?:Tables|Figures|Figs\.?|Sections|Boxes|Equations)[ \u00a0]+[A-Z]?\d+[a-z]?(?:, [A-Z]?\d+[a-z]?)*(?:,? and | to |\u2013|-)[A-Z]?\d+[a-z]?\b/g,
];
/** COVID-19, IL-6: capitals, a hyphen, digits. */
const NAME = /\b[A-Z]{2,}[A-Za-z]*-\d+\w*/g;
const DIGITS = /(?<![\p{L}\p{N}_])\d(?:[\d.,]*\d)?(?:st|nd|rd|th)?/gu;
const WORDS = new RegExp(`(?<![\\p{L}\\p{N}-])${NUMBER_WORD}(?![\\p{L}\\p{N}-])`, 'giu');

/** The literal numbers of a stretch of plain text. */
export function literalsIn(text: string): Literal[] {
  const rest = [...REFERENCES, NAME].reduce((left, pattern) => left.replaceAll(pattern, blank), text);
  return [DIGITS, WORDS]
    .flatMap((pattern) => [...rest.matchAll(pattern)].map((match) => ({ start: match.index, text: match[0] })))
    .sort((a, b) => a.start - b.start);
}

/** `Table 2` wherever the text says so. */
export function tableReferencesIn(text: string): TableReference[] {
  return [...text.matchAll(/(?<!Supplementary[ \u00a0])\bTable[ \u00a0]+(\d+)\b/g)].map((match) => ({
    start: match.index,
    number: Number(match[1]),
  }));
}

function blank(found: string): string {
  return ' '.repeat(found.length);
}
