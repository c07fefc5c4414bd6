/**
 * The names under which postings are kept. The first letter says of what kind a posting is; what follows cannot be taken
 * for another kind, nor a word for a part of another. Sections, attributes and definitions have two parts: `beginning` and rest.
 */

/** What is known of a note as a whole, in words. */
export const attributes = ['type', 'specialty', 'author'] as const;

/** A folded word. */
export const wordTerm = (word: string): string => `w${word}`;
/** A word as it is written, where this is not how it is folded. */
export const surfaceTerm = (word: string, surface: string): string => `x${word} ${surface}`;
/** The beginning of the terms of all surfaces of a word. */
export const surfacesOf = (word: string): string => `x${word} `;
/** The beginning of the terms of all sections. */
export const sectionsBeginning = 's';
/** The beginning of the terms of sections of a kind; a heading follows. Each is a zone. */
export const sectionsOfKind = (kind: string): string => `s${kind}\t`;
/** Where sentences begin: a zone whose lengths are not needed. */
export const SENTENCES = 't';
/** The beginning of the terms of all values of an attribute; the value follows: the notes that have it. */
export const valuesOf = (name: (typeof attributes)[number]): string => `a${name}\t`;
/** The beginning of the terms of all definitions. */
export const definitionsBeginning = 'd';
/** The beginning of the terms of an abbreviation; what it stands for follows: the notes that say so. */
export const definitionsOf = (short: string): string => `d${short}\t`;

/** The two parts of a term of sections, attributes or definitions. */
export function partsOf(term: string): readonly [string, string] {
  const tab = term.indexOf('\t');
  return [term.slice(1, tab), term.slice(tab + 1)];
}
