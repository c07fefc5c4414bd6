/**
 * What else to look for, given a new term: how the notes misspell, bend, part and abbreviate it (R104 to R109 of SPEC.md).
 * Nothing is searched in its place: a person reads the list and takes what fits into the term's set.
 */
import { editDistance } from '../base/index.ts';
import { tokenize } from './tokens.ts';
import { formsOf } from './word-forms.ts';
import { WrittenParts } from './written-parts.ts';

/**
 * `spelling`: a letter or two differ. `form`: the same word with another ending, or its British or American spelling. `parts`:
 * written together or apart. `short`: an abbreviation of the term. `long`: what the term, or a word of it, abbreviates.
 */
export type SuggestionKind = 'form' | 'spelling' | 'parts' | 'short' | 'long';

export interface Suggestion {
  /** To be searched as a word or a phrase: folded words with a blank between. */
  readonly term: string;
  readonly kind: SuggestionKind;
  /** A sentence about the word that was changed. */
  readonly why: string;
  /** Notes with the word that was put in, of several the rarest; the phrase may stand in fewer. */
  readonly notes: number;
}

/** A word of the index and in how many notes it stands. */
export interface VocabularyWord {
  readonly word: string;
  readonly notes: number;
}

/** An abbreviation and what it was said to stand for, and in how many notes. */
export interface KnownDefinition {
  readonly short: string;
  readonly long: string;
  readonly notes: number;
}

const KINDS: readonly SuggestionKind[] = ['long', 'short', 'form', 'parts', 'spelling'];

/**
 * What a searcher should look at besides `term`, by kind and then most notes first; each term once. The vocabulary is run
 * through once. Of a phrase one word at a time is varied. Nothing for a term without a word.
 */
export function suggestionsFor(
  term: string,
  vocabulary: Iterable<VocabularyWord>,
  definitions: Iterable<KnownDefinition>,
): Suggestion[] {
  const { words } = tokenize(term);
  if (words.length === 0) return [];
  const abbreviations = abbreviationsOf(words, definitions);
  const found = [...abbreviations.long];
  const searches = [...new Set(words)].map((word) => ({ word, isForm: formsOf(word), limit: changesIn(word) }));
  const parts = new WrittenParts(words);
  const wanted = new Map<string, number>();
  for (const { word, notes } of vocabulary) {
    parts.see(word, notes);
    if (abbreviations.short.has(word)) wanted.set(word, notes);
    for (const search of searches) {
      const [kind, why] = kindOf(search, word) ?? [];
      if (!kind || !why) continue;
      for (const [at, own] of words.entries())
        if (own === search.word) found.push({ term: words.with(at, word).join(' '), kind, why, notes });
    }
  }
  for (const [short, notes] of abbreviations.short)
    found.push({
      term: short,
      kind: 'short',
      why: `stands for the term in ${inNotes(notes)}`,
      notes: wanted.get(short) ?? notes,
    });
  const all = [...found, ...parts.found().map((one): Suggestion => ({ kind: 'parts', ...one }))];
  return eachOnce(suggestionsInOrder(all), words.join(' '));
}

interface Search {
  readonly word: string;
  readonly isForm: (other: string) => boolean;
  readonly limit: number;
}

const HAS_DIGIT = /\d/;

/** How many letters of a word may be wrong: none where too many other words would be as near. */
function changesIn(word: string): number {
  if (word.length < 4 || HAS_DIGIT.test(word)) return 0;
  return word.length < 8 ? 1 : 2;
}

function kindOf({ word, isForm, limit }: Search, other: string): [SuggestionKind, string] | undefined {
  if (other === word) return undefined;
  if (isForm(other)) return ['form', `another form of ${word}`];
  if (limit === 0 || other.length < 3) return undefined;
  const changes = editDistance(word, other, limit);
  if (changes > limit || HAS_DIGIT.test(other)) return undefined;
  return ['spelling', `${changes === 1 ? 'one letter' : 'two letters'} from ${word}`];
}

/** Abbreviations of the term, and the term with a word of it, or all, spelled out. */
function abbreviationsOf(words: readonly string[], definitions: Iterable<KnownDefinition>) {
  const short = new Map<string, number>();
  const long = new Map<string, Suggestion>();
  const isForm = words.map(formsOf);
  for (const definition of definitions) {
    const shorts = tokenize(definition.short).words;
    const longs = tokenize(definition.long).words;
    const { notes } = definition;
    if (longs.length === words.length && longs.every((word, at) => word === words[at] || isForm[at]?.(word))) {
      const key = shorts.join(' ');
      short.set(key, (short.get(key) ?? 0) + notes);
    }
    for (let at = 0; at + shorts.length <= words.length; at++) {
      if (!shorts.length || !shorts.every((word, step) => word === words[at + step])) continue;
      const term = words.toSpliced(at, shorts.length, ...longs).join(' ');
      const all = notes + (long.get(term)?.notes ?? 0);
      long.set(term, { term, kind: 'long', why: `${shorts.join(' ')} stands for it in ${inNotes(all)}`, notes: all });
    }
  }
  return { short, long: long.values() };
}

function inNotes(notes: number): string {
  return notes === 1 ? '1 note' : `${notes} notes`;
}

/** By kind, then most notes first. */
export function suggestionsInOrder(found: readonly Suggestion[]): Suggestion[] {
  return found.toSorted(
    (a, b) =>
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
      b.notes - a.notes ||
      (a.term < b.term ? -1 : a.term > b.term ? 1 : 0),
  );
}

function eachOnce(found: readonly Suggestion[], term: string): Suggestion[] {
  const byTerm = new Map<string, Suggestion>();
  for (const one of found) if (one.term !== term && !byTerm.has(one.term)) byTerm.set(one.term, one);
  return [...byTerm.values()];
}
