/**
 * What a character is, asked of its UTF-16 code, without a regular expression: notes are read a character at a time, and nearly
 * all of them are ASCII. What is not ASCII is asked of Unicode.
 */

/** A code below this is an ASCII character. */
export const ASCII = 128;

/** White space, as `\s` means it. */
export function isBlank(code: number): boolean {
  if (code < ASCII) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return BLANK.test(String.fromCharCode(code));
}

/** A space or a tab. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

export function isAsciiUpper(code: number): boolean {
  return code >= 0x41 && code <= 0x5a;
}

export function isAsciiLower(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

/** Is the character that begins at `at` a capital? */
export function isUpperAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < ASCII ? isAsciiUpper(code) : UPPER.test(characterAt(text, at));
}

/** Is the character that begins at `at` a small letter? */
export function isLowerAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < ASCII ? isAsciiLower(code) : LOWER.test(characterAt(text, at));
}

/** The first offset from `from` on that is no white space; the length of the text where there is none. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Some ASCII characters. */
export type AsciiSet = Uint8Array;

/** The ASCII characters that `pattern` is true of. */
export function asciiSet(pattern: RegExp): AsciiSet {
  return Uint8Array.from({ length: ASCII }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0));
}

/** Is the code in the set? Beyond the text it is NaN, which is in none, and would make a slow index. */
export function isIn(set: AsciiSet, code: number): boolean {
  return code < ASCII && set[code] === 1;
}

const BLANK = /\s/;
const UPPER = /\p{Lu}/u;
const LOWER = /\p{Ll}/u;

/** Empty beyond the text; a lone surrogate stands for itself. */
function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}
