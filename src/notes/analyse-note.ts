import type { NoteAnalysis, Scope, Section } from './analysis.ts';
import { type TriggerTree, triggerTree } from './cues.ts';
import { readTriggers } from './lexicon.ts';
import { scopesOfSentence } from './scopes.ts';
import { findHeadings, sectionsOf } from './sections.ts';
import { sentencesOf } from './sentences.ts';

/** The sections, the sentences and the reach of every cue of a note. Pure; linear in the length of the text. */
export function analyseNote(text: string): NoteAnalysis {
  const headings = findHeadings(text);
  const sections = sectionsOf(headings, text.length);
  const sentences = sentencesOf(
    text,
    headings.map((heading) => heading.start),
  );
  const bodies = headings.map((heading) => heading.bodyStart);
  const scopes: Scope[] = [];
  let heading = -1;
  for (const sentence of sentences) {
    while ((headings[heading + 1]?.start ?? Number.POSITIVE_INFINITY) <= sentence.start) heading++;
    for (const scope of scopesOfSentence(lexicon(), text, sentence, bodies[heading] ?? 0)) scopes.push(scope);
  }
  return { sections, sentences, scopes };
}

let tree: TriggerTree | undefined;

function lexicon(): TriggerTree {
  tree ??= triggerTree(readTriggers());
  return tree;
}

/** The section that holds an offset; `undefined` beyond the text. */
export function sectionAt(analysis: NoteAnalysis, offset: number): Section | undefined {
  return spanAt(analysis.sections, offset);
}

/** The one of several spans, in order and without gaps, that holds an offset. */
export function spanAt<T extends { readonly start: number; readonly end: number }>(
  spans: readonly T[],
  offset: number,
): T | undefined {
  let [low, high] = [0, spans.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (!span) return undefined;
    if (offset < span.start) high = middle - 1;
    else if (offset >= span.end) low = middle + 1;
    else return span;
  }
  return undefined;
}
