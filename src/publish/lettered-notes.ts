import { footnoteLetter } from '../analysis/index.ts';
import type { TableNote } from './printed-table.ts';

/** The letters of each line, and the notes below in the same order. */
export interface LetteredNotes {
  /** `at` counts the lines from 0. */
  lettersOf(at: number): readonly string[];
  readonly notes: readonly TableNote[];
}

/** Gives the notes of the lines their letters in the order of reading; what is said of several lines has one letter. Rule R2 of SPEC.md. */
export function letteredNotes(ofLines: readonly (readonly string[])[]): LetteredNotes {
  const texts = [...new Set(ofLines.flat())];
  const letterOf = new Map(texts.map((text, at) => [text, footnoteLetter(at)]));
  return {
    lettersOf: (at) =>
      [...new Set(ofLines[at] ?? [])]
        .sort((a, b) => texts.indexOf(a) - texts.indexOf(b))
        .map((text) => letterOf.get(text) ?? ''),
    notes: texts.map((text) => ({ letter: letterOf.get(text) ?? '', text })),
  };
}
