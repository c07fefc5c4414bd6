/**
 * Turns notes into a run: the postings of some thousand notes, made in memory. The mentions of all notes are laid one
 * after the other and sorted by word in one pass (a counting sort keeps their order otherwise), so that each posting
 * is written at once.
 */
import type { NoteAnalysis } from '../analysis.ts';
import { sectionDefault } from '../compiled-lexicon.ts';
import type { Lexicon } from '../lexicon.ts';
import type { NoteWords } from '../note-tokens.ts';
import type { WordNumbers } from '../word-numbers.ts';
import { type MentionRows, type Run, RunWriter, Zones } from './run-writer.ts';
import { attributes, definitionsOf, SENTENCES, sectionsOfKind, surfaceTerm, valuesOf, wordTerm } from './terms.ts';
import { verdictsOfWords } from './verdicts.ts';

/** What is known of a note besides its words. */
export interface NoteFacts {
  readonly type: string | null;
  readonly specialty: string | null;
  readonly author: string | null;
}

export class RunBuilder {
  private readonly numbers: WordNumbers;
  private readonly lexicon: Lexicon;
  /** By the beginning of a term, then by its rest: two looks are cheaper than joining them for each. */
  private readonly zones = new Map<string, Map<string, Zones>>();
  private words = new Int32Array(1 << 16);
  /** Mentions whose surface has a posting of its own: where they are among all, and the surface. */
  private surfaceAt = new Int32Array(1 << 14);
  private surfaces = new Int32Array(1 << 14);
  private surfaceCount = 0;
  private verdicts = new Uint16Array(1 << 16);
  /** By surface: a 1 where it is written as the word is compared, and has no posting of its own. */
  private plain = new Uint8Array(1 << 12);
  private plainKnown = 0;
  /** The first mention of each note, and the end of the last. */
  private readonly firsts: number[] = [0];

  constructor(numbers: WordNumbers, lexicon: Lexicon) {
    this.numbers = numbers;
    this.lexicon = lexicon;
  }

  /** Adds the next note, as it was scanned. */
  add(
    text: string,
    words: NoteWords,
    analysis: NoteAnalysis,
    facts: NoteFacts,
    definitions: readonly { readonly short: string; readonly long: string }[],
  ): void {
    const note = this.firsts.length - 1;
    const first = this.firsts[note] as number;
    this.reserve(first + words.count);
    this.words.set(words.words.subarray(0, words.count), first);
    this.addSurfaces(words, first);
    const defaults = (kind: string) => sectionDefault(this.lexicon, kind);
    verdictsOfWords(analysis, words, defaults, this.verdicts, first);
    this.firsts.push(first + words.count);
    this.addZones(note, text, words, analysis);
    for (const name of attributes) {
      const value = facts[name];
      if (value !== null) this.zone(valuesOf(name), value).add(note, 0, 0);
    }
    for (const { short, long } of definitions) this.zone(definitionsOf(short), long).add(note, 0, 0);
  }

  /** The run of the notes that were added. */
  finish(): Run {
    const out = new RunWriter();
    const { numbers } = this;
    this.writeBy(
      this.words,
      undefined,
      this.firsts.at(-1) as number,
      numbers.size,
      (word) => wordTerm(numbers.word(word)),
      out,
    );
    const surfaceName = (surface: number) =>
      surfaceTerm(numbers.word(numbers.wordOfSurface(surface)), numbers.surface(surface));
    this.writeBy(this.surfaces, this.surfaceAt, this.surfaceCount, numbers.surfaceCount, surfaceName, out);
    for (const [beginning, byRest] of this.zones) {
      for (const [rest, zones] of byRest) zones.writeTo(beginning + rest, out);
    }
    return out.run();
  }

  private addZones(note: number, text: string, words: NoteWords, analysis: NoteAnalysis): void {
    const wordAt = wordCursor(words);
    for (const section of analysis.sections) {
      const heading = text.slice(section.start, section.bodyStart).trim();
      const first = wordAt(section.start);
      this.zone(sectionsOfKind(section.kind), heading).add(note, first, wordAt(section.end) - first);
    }
    if (analysis.sentences.length === 0) return;
    const sentences = this.zone(SENTENCES, '');
    const sentenceAt = wordCursor(words);
    for (const { start } of analysis.sentences) sentences.add(note, sentenceAt(start), 0);
  }

  private addSurfaces({ count, surfaces }: NoteWords, first: number): void {
    if (this.surfaceCount + count > this.surfaces.length) {
      const size = 2 * (this.surfaceCount + count);
      this.surfaceAt = copied(this.surfaceAt, new Int32Array(size));
      this.surfaces = copied(this.surfaces, new Int32Array(size));
    }
    for (let i = 0; i < count; i++) {
      const surface = surfaces[i] as number;
      if (surface >= this.plainKnown) this.learnPlain();
      if (this.plain[surface] === 1) continue;
      this.surfaceAt[this.surfaceCount] = first + i;
      this.surfaces[this.surfaceCount++] = surface;
    }
  }

  private learnPlain(): void {
    const { numbers } = this;
    if (numbers.surfaceCount > this.plain.length) {
      this.plain = copied(this.plain, new Uint8Array(2 * numbers.surfaceCount));
    }
    for (; this.plainKnown < numbers.surfaceCount; this.plainKnown++) {
      this.plain[this.plainKnown] = numbers.isPlain(this.plainKnown) ? 1 : 0;
    }
  }

  private zone(beginning: string, rest: string): Zones {
    let byRest = this.zones.get(beginning);
    if (!byRest) {
      byRest = new Map();
      this.zones.set(beginning, byRest);
    }
    const known = byRest.get(rest);
    if (known) return known;
    const zones = new Zones();
    byRest.set(rest, zones);
    return zones;
  }

  /** A posting for each key. `at`: which of all mentions the keys are of, all of them where absent. */
  private writeBy(
    keys: Int32Array,
    at: Int32Array | undefined,
    total: number,
    size: number,
    term: (key: number) => string,
    out: RunWriter,
  ): void {
    const { firsts, verdicts } = this;
    const next = new Int32Array(size + 1); // where the next mention of each key goes
    for (let i = 0; i < total; i++) (next[(keys[i] as number) + 1] as number)++;
    for (let key = 0; key < size; key++) (next[key + 1] as number) += next[key] as number;
    const notes = new Int32Array(total);
    const places = new Int32Array(total);
    const said = new Uint16Array(total);
    let note = 0;
    for (let i = 0; i < total; i++) {
      const mention = at ? (at[i] as number) : i;
      while (mention >= (firsts[note + 1] as number)) note++;
      const to = (next[keys[i] as number] as number)++;
      notes[to] = note;
      places[to] = mention - (firsts[note] as number);
      said[to] = verdicts[mention] as number;
    }
    const mentions: MentionRows = { notes, places, verdicts: said };
    for (let key = 0, from = 0; key < size; from = next[key++] as number) {
      const to = next[key] as number; // all are placed: each key ends where its next mention would go
      if (to > from) out.write(term(key), mentions, from, to);
    }
  }

  private reserve(count: number): void {
    if (count <= this.words.length) return;
    const size = Math.max(count, this.words.length * 2);
    this.words = copied(this.words, new Int32Array(size));
    this.verdicts = copied(this.verdicts, new Uint16Array(size));
  }
}

function copied<T extends Int32Array | Uint16Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** The number of words that begin before an offset; asked with offsets that ascend. */
function wordCursor(words: NoteWords): (offset: number) => number {
  let at = 0;
  return (offset) => {
    while (at < words.count && (words.starts[at] as number) < offset) at++;
    return at;
  };
}
