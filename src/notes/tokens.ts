/**
 * The one definition of a word (R1 to R3 of SPEC.md). A word is a run of letters, digits and private-use characters, with the
 * combining marks that follow them. Compared, it is folded: lower case, without diacritics. The index is fed with these
 * folded words, so that SQLite never tokenizes a note by rules of its own.
 */

/** Words of a text in order. Three parallel arrays, since a note of 5 MB has a million of them. */
export interface Tokens {
  /** Folded words; in a stream with marks also `,` `;` `:` `(` `)` `(-)` `(+)` `-ve` `+ve`. */
  readonly words: string[];
  /** UTF-16 offsets. */
  readonly starts: number[];
  readonly ends: number[];
}

/** The words of `text` between two offsets. */
export function tokenize(text: string, from = 0, to = text.length): Tokens {
  return scan(text, from, to, false);
}

/** The words and the marks that a cue may contain or that end its scope. */
export function tokenizeWithMarks(text: string, from = 0, to = text.length): Tokens {
  return scan(text, from, to, true);
}

/** A word as it is compared: lower case, decomposed, without marks, ligatures spelled out, one form of sigma. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  if (isAscii(lower)) return lower;
  return lower
    .replace(/[ﬀ-ﬆ]/g, (ligature) => ligature.normalize('NFKD'))
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ς', 'σ');
}

const OTHER = 0;
const WORD = 1;
const MARK = 2;

/** What each ASCII character is. */
const ascii = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z0-9]/.test(character)) return WORD;
  return /[,;:()]/.test(character) ? MARK : OTHER;
});

function scan(text: string, from: number, to: number, marks: boolean): Tokens {
  const tokens: Tokens = { words: [], starts: [], ends: [] };
  let at = from;
  while (at < to) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? ascii[code] : wordLengthAt(text, at, LETTER) > 0 ? WORD : OTHER;
    if (kind === WORD) at = takeWord(text, at, to, tokens);
    else if (marks && (kind === MARK || code === 0x2d || code === 0x2b)) at = takeMark(text, at, to, tokens);
    else at++;
  }
  return tokens;
}

function takeWord(text: string, start: number, to: number, tokens: Tokens): number {
  let end = start;
  let plain = true;
  while (end < to) {
    const code = text.charCodeAt(end);
    if (code < 128) {
      if (ascii[code] !== WORD) break;
      end++;
    } else {
      const length = wordLengthAt(text, end, LETTER_OR_MARK);
      if (length === 0) break;
      plain = false;
      end += length;
    }
  }
  end = Math.min(end, to);
  const word = text.slice(start, end);
  return push(tokens, plain ? word.toLowerCase() : fold(word), start, end);
}

/** `(-)`, `(+)`, `-ve`, `+ve`, or one of `,;:()`; a lone sign is nothing. */
function takeMark(text: string, at: number, to: number, tokens: Tokens): number {
  const character = text.charAt(at);
  const next = text.charAt(at + 1);
  if (character === '(' && (next === '-' || next === '+') && text.charAt(at + 2) === ')' && at + 3 <= to) {
    return push(tokens, `(${next})`, at, at + 3);
  }
  if (character !== '-' && character !== '+') return push(tokens, character, at, at + 1);
  const alone = !isWordCode(text.charCodeAt(at - 1)) && !isWordCode(text.charCodeAt(at + 3));
  if (alone && at + 3 <= to && /^ve$/i.test(text.slice(at + 1, at + 3))) {
    return push(tokens, `${character}ve`, at, at + 3);
  }
  return at + 1;
}

function push(tokens: Tokens, word: string, start: number, end: number): number {
  tokens.words.push(word);
  tokens.starts.push(start);
  tokens.ends.push(end);
  return end;
}

function isWordCode(code: number): boolean {
  return code < 128 && ascii[code] === WORD;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

const LETTER = /[\p{L}\p{N}\p{Co}]/u;
const LETTER_OR_MARK = /[\p{L}\p{N}\p{Co}\p{M}]/u;

/** How many UTF-16 units the character at `at` has, 0 where it is not of the class. A lone surrogate is of none. */
function wordLengthAt(text: string, at: number, characters: RegExp): number {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return characters.test(character) ? character.length : 0;
}
