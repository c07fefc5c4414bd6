/** One pass over the text of a note: its words by number, and, between them, the marks that cues may contain (R1 to R3 of SPEC.md). */
import { ASCII } from './characters.ts';
import type { CueWords } from './cue-words.ts';
import { isMarkCode } from './marks.ts';
import { TokenList, WordList } from './token-lists.ts';
import { isWordCode, LETTER, LETTER_OR_MARK, wordEnd, wordLengthAt } from './tokens.ts';
import { grown, HASH_PRIME, NO_HASH, WordNumbers } from './word-numbers.ts';

/**
 * The words of a text as `tokenize` gives them, by number. Only [0, count) is meant; the arrays are the scanner's own, and
 * the next scan overwrites them.
 */
export interface NoteWords {
  readonly count: number;
  readonly words: Int32Array;
  readonly surfaces: Int32Array;
  /** UTF-16 offsets. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Words and marks as cues see them: each the number of a cue word (`CueWords`), 0 where no cue has it. */
export interface CueTokens {
  readonly count: number;
  readonly cues: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

const FIRST_ROOM = 1 << 10;

const OTHER = 0;
const WORD = 1;
const MARK = 2;
const BEYOND = 3;

/** What each ASCII character is; `BEYOND` ASCII it takes a closer look. */
const KINDS = Uint8Array.from({ length: ASCII }, (_, code) => {
  return isWordCode(code) ? WORD : isMarkCode(code) ? MARK : OTHER;
});

export class NoteTokens {
  readonly numbers = new WordNumbers();
  readonly words = new WordList();
  readonly tokens = new TokenList();
  private readonly cueWords: CueWords;
  /** By surface. */
  private cueOf = new Int32Array(FIRST_ROOM);
  private cuesKnown = 0;
  private codes = new Uint16Array(FIRST_ROOM);

  constructor(cueWords: CueWords) {
    this.cueWords = cueWords;
  }

  read(text: string): void {
    this.words.count = 0;
    this.tokens.count = 0;
    const codes = this.codesOf(text);
    const { numbers } = this;
    const kinds = KINDS;
    const [prime, ascii] = [HASH_PRIME, ASCII]; // what another module exports is looked up at every use
    const { length } = text;
    for (let at = 0; at < length; ) {
      const start = at;
      let hash = NO_HASH;
      let code = codes[at] as number;
      let kind = code < ascii ? kinds[code] : BEYOND;
      while (kind === WORD) {
        hash = Math.imul(hash ^ code, prime);
        code = codes[++at] as number;
        kind = code < ascii ? kinds[code] : BEYOND;
      }
      if (kind === BEYOND) at = this.readOther(text, start, at);
      else if (at > start) this.push(numbers.ofAscii(codes, start, at, hash), start, at);
      else at = kind === MARK ? this.takeMark(text, at) : at + 1;
    }
  }

  /** The UTF-16 codes of a text, and a 0 after them: a typed array is read faster than a string. */
  private codesOf(text: string): Uint16Array {
    if (this.codes.length <= text.length) this.codes = new Uint16Array(2 * text.length + 1);
    Buffer.from(this.codes.buffer).write(text, 'utf16le');
    this.codes[text.length] = 0;
    return this.codes;
  }

  /** Forgets the numbers of words. */
  reset(): void {
    this.numbers.reset();
    this.cuesKnown = 0;
  }

  /** Goes on from a character that is not ASCII, with the part of a word before it, if any. */
  private readOther(text: string, start: number, at: number): number {
    const end = wordEnd(text, at, at > start ? LETTER_OR_MARK : LETTER);
    if (end > start) this.push(this.numbers.ofText(text.slice(start, end)), start, end);
    return end > at ? end : at + 1;
  }

  /** `(-)`, `(+)`, `-ve`, `+ve`, or one of `,;:()`; a lone sign is nothing. The `ve` stays a word among words. */
  private takeMark(text: string, at: number): number {
    const code = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    if (code === OPEN && (next === MINUS || next === PLUS) && text.charCodeAt(at + 2) === CLOSE) {
      this.tokens.push(this.cueWords.ofNote(text.slice(at, at + 3)), at, at + 3);
      return at + 3;
    }
    if (code !== MINUS && code !== PLUS) {
      this.tokens.push(this.cueWords.ofNote(text.charAt(at)), at, at + 1);
      return at + 1;
    }
    if ((next | SMALL) !== LETTER_V || !isSign(text, at)) return at + 1;
    const surface = this.numbers.ofText(text.slice(at + 1, at + 3));
    this.words.push(this.numbers.wordOfSurface(surface), surface, at + 1, at + 3);
    this.tokens.push(this.cueWords.ofNote(code === MINUS ? '-ve' : '+ve'), at, at + 3);
    return at + 3;
  }

  private push(surface: number, start: number, end: number): number {
    if (surface >= this.cuesKnown) this.learn();
    this.words.push(this.numbers.wordOfSurface(surface), surface, start, end);
    this.tokens.push(this.cueOf[surface] ?? 0, start, end);
    return end;
  }

  /** Looks up what cues have of the surfaces that are new. */
  private learn(): void {
    for (; this.cuesKnown < this.numbers.surfaceCount; this.cuesKnown++) {
      if (this.cuesKnown >= this.cueOf.length) this.cueOf = grown(this.cueOf);
      this.cueOf[this.cuesKnown] = this.cueWords.ofNote(this.numbers.word(this.numbers.wordOfSurface(this.cuesKnown)));
    }
  }
}

const OPEN = 0x28;
const CLOSE = 0x29;
const PLUS = 0x2b;
const MINUS = 0x2d;
/** The bit that makes an ASCII letter small. */
const SMALL = 0x20;
const LETTER_V = 0x76;

/** Is the sign at `at` that of a `-ve` or `+ve` by itself? `x-ve` is one thing. */
function isSign(text: string, at: number): boolean {
  const alone = !isWordCode(text.charCodeAt(at - 1)) && asciiEnd(text, at + 1) === at + 3 && endsAt(text, at + 3);
  return alone && text.slice(at + 1, at + 3).toLowerCase() === 've';
}

function asciiEnd(text: string, from: number): number {
  let end = from;
  while (isWordCode(text.charCodeAt(end))) end++;
  return end;
}

/** Does a word of ASCII characters up to `end` end there? A letter or a combining mark may follow. */
function endsAt(text: string, end: number): boolean {
  return end >= text.length || text.charCodeAt(end) < ASCII || wordLengthAt(text, end, LETTER_OR_MARK) === 0;
}
