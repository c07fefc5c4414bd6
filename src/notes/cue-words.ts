/** The words that triggers are made of, numbered from 1: a word of a note that no trigger has is 0. */

import { MARKS } from './marks.ts';
import type { Trigger } from './triggers.ts';

/** The numbers of the marks: their places in `MARKS`, from 1. */
export const COMMA = 1;
export const SEMICOLON = 2;
export const COLON = 3;
export const OPEN = 4;
export const CLOSE = 5;
const LAST_SINGLE = CLOSE;
const LAST_BRACKETED = 7;

/** One of `,;:()`. */
export function isMark(cue: number): boolean {
  const own = ownNumber(cue);
  return own >= COMMA && own <= LAST_SINGLE;
}

/** A mark, or an answer in brackets: what an answer to a question stands before. */
export function closesAnswer(cue: number): boolean {
  const own = ownNumber(cue);
  return own >= COMMA && own <= LAST_BRACKETED;
}

/** Beside its own number, a word has bits that say whether it is a number, a year, and what a trigger may begin with. */
const NUMBER_BIT = 1 << 28;
const YEAR_BIT = 1 << 29;
const FIRST_BIT = 1 << 27;
const OWN_NUMBER = FIRST_BIT - 1;

const NUMBER = /^\d+$/;
const YEAR = /^(?:19|20)\d\d$/;

export function ownNumber(cue: number): number {
  return cue & OWN_NUMBER;
}

export function isNumber(cue: number): boolean {
  return (cue & NUMBER_BIT) !== 0;
}

export function isYear(cue: number): boolean {
  return (cue & YEAR_BIT) !== 0;
}

export function mayBegin(cue: number): boolean {
  return (cue & FIRST_BIT) !== 0;
}

export class CueWords {
  private readonly numbers = new Map<string, number>(MARKS.map((mark, i) => [mark, i + 1]));
  /** The numbers of `<number>` and `<year>`; 0 where no trigger has them. */
  readonly number: number;
  readonly year: number;
  private readonly firsts: ReadonlySet<string>;

  constructor(triggers: readonly Trigger[]) {
    for (const { words } of triggers) {
      for (const word of words) if (!this.numbers.has(word)) this.numbers.set(word, this.numbers.size + 1);
    }
    this.firsts = new Set(triggers.map(({ words }) => words[0] ?? ''));
    this.number = this.ofTrigger('<number>');
    this.year = this.ofTrigger('<year>');
  }

  /** The number of a word of a trigger; 0 where no trigger has it. */
  ofTrigger(word: string): number {
    return this.numbers.get(word) ?? 0;
  }

  /** The number of a folded word, or of a mark, of a note, with its bits. */
  ofNote(word: string): number {
    const own = (this.numbers.get(word) ?? 0) | this.firstBit(word);
    if (!NUMBER.test(word)) return own;
    const year = YEAR.test(word) ? YEAR_BIT | this.firstBit('<year>') : 0;
    return own | NUMBER_BIT | this.firstBit('<number>') | year;
  }

  private firstBit(word: string): number {
    return this.firsts.has(word) ? FIRST_BIT : 0;
  }
}
