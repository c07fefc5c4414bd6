import type { NoteAnalysis, Scope, Span } from './analysis.ts';
import { type CompiledLexicon, compiledLexicon } from './compiled-lexicon.ts';
import type { Heading } from './heading-start.ts';
import { type Lexicon, readLexicon } from './lexicon.ts';
import { NoteTokens, type NoteWords } from './note-tokens.ts';
import { addScopes } from './scopes.ts';
import { findHeadings, sectionsOf } from './sections.ts';
import { sentencesOf } from './sentences.ts';
import type { WordNumbers } from './word-numbers.ts';

/** What one scan of a text gives. */
export interface NoteScan {
  /** Good until the next scan. */
  readonly words: NoteWords;
  readonly analysis: NoteAnalysis;
}

/**
 * Reads notes, one after the other, for an index: their words by number, their sections and sentences, and the reach of every
 * cue. Linear in the length of the text. A scanner keeps the words that it saw, so that a word has one number in all the notes
 * of a batch:
 *
 *     const scanner = new NoteScanner();
 *     const { words, analysis } = scanner.scan(text);
 *     scanner.numbers.word(words.words[0]); // the first word of the note
 */
export class NoteScanner {
  private readonly tokens: NoteTokens;
  private readonly lexicon: CompiledLexicon;

  constructor(lexicon: Lexicon = readLexicon()) {
    this.lexicon = compiledLexicon(lexicon);
    this.tokens = new NoteTokens(this.lexicon.cues.words);
  }

  get numbers(): WordNumbers {
    return this.tokens.numbers;
  }

  scan(text: string): NoteScan {
    this.tokens.read(text);
    const headings = findHeadings(text, this.lexicon.headings);
    const sentences = sentencesOf(
      text,
      headings.map((heading) => heading.start),
    );
    const sections = sectionsOf(headings, text.length);
    return {
      words: this.tokens.words,
      analysis: { sections, sentences, scopes: this.scopes(text, headings, sentences) },
    };
  }

  /** Forgets the numbers of words. */
  reset(): void {
    this.tokens.reset();
  }

  private scopes(text: string, headings: readonly Heading[], sentences: readonly Span[]): Scope[] {
    const { tokens } = this.tokens;
    const scopes: Scope[] = [];
    let heading = -1;
    let first = 0;
    for (const { start, end } of sentences) {
      while ((headings[heading + 1]?.start ?? text.length) <= start) heading++;
      let last = first;
      while (last < tokens.count && (tokens.starts[last] ?? 0) < end) last++;
      const bodyStart = headings[heading]?.bodyStart ?? 0;
      addScopes(this.lexicon.cues, text, tokens, { start, end, first, last }, bodyStart, scopes);
      first = last;
    }
    return scopes;
  }
}
