/** Finds the words of a plan in the postings. Rules R30 to R33, R36 and R37 of SPEC.md. */
import type { Pattern } from '../match-text.ts';
import type { QueryWord } from '../query-word.ts';
import { asserts, type SectionTest, type WordsPlan } from '../resolve-query.ts';
import { type Expansion, expandWord } from './expand.ts';
import { type Found, FoundBuilder, withoutMentions as notesAlone } from './found.ts';
import { joinMentions, NoteCursor, withoutMentions } from './mentions.ts';
import type { PostingLists } from './posting-lists.ts';
import type { Mentions } from './read-postings.ts';
import { anyOf } from './set-operations.ts';
import { partsOf, sectionsBeginning } from './terms.ts';
import { type Accepts, everything, saidBy, VERDICTS } from './verdicts.ts';
import { takeRows, takeWindows } from './words-together.ts';

/** Finds words; every word and section is looked up once. */
export class LeafSearch {
  private readonly lists: PostingLists;
  private readonly expansions = new Map<string, Expansion>();

  constructor(lists: PostingLists) {
    this.lists = lists;
  }

  /**
   * The notes with one of the patterns, with the mentions that are meant. `places`: which, not only how many; `among`:
   * only in these notes.
   */
  find(plan: WordsPlan, places: boolean, among?: Int32Array): Found {
    const accepts = acceptsOf(plan);
    if (plan.sections.length === 0) {
      return anyOf(
        plan.patterns.map((pattern) => this.findPattern(pattern, accepts, places, among)),
        places,
      );
    }
    const found = anyOf(
      plan.patterns.map((pattern) => this.findPattern(pattern, accepts, true, among)),
      true,
    );
    const inside = insideOf(found, this.zonesOf(plan.sections, found.notes));
    return places ? inside : { notes: inside.notes, counts: inside.counts };
  }

  /** The terms that a word stands for. */
  expand(word: QueryWord): Expansion {
    const key = `${word.form} ${word.text} ${'edits' in word ? word.edits : ''}`;
    const known = this.expansions.get(key);
    if (known) return known;
    const expansion = expandWord(word, this.lists);
    this.expansions.set(key, expansion);
    return expansion;
  }

  /** The notes that have a section. */
  withSection(holds: SectionTest, places: boolean): Found {
    return notesAlone(
      anyOf(
        this.sectionTerms([holds]).map((term) => this.lists.counted(term, undefined)),
        false,
      ).notes,
      places,
    );
  }

  private findPattern({ words, near }: Pattern, accepts: Accepts, places: boolean, among?: Int32Array): Found {
    const [only] = words;
    if (!only) return notesAlone(new Int32Array(), places);
    if (words.length === 1 && !places) return this.count(this.expand(only), accepts, among);
    const distinct = new Map(words.map((word) => [keyOf(word), word] as const));
    const mentions = this.mentionsOfAll(distinct, among);
    const lists = [...mentions.values()];
    const out = new FoundBuilder(
      Math.min(...lists.map(({ notes }) => notes.length)),
      lists.reduce((sum, list) => sum + list.places.length, 0),
      places,
    );
    if (near === undefined) {
      const rows = words.map((word) => mentions.get(keyOf(word)) as Mentions);
      takeRows(rows, accepts, out);
    } else {
      const wanted = (key: string) => words.filter((word) => keyOf(word) === key).length;
      const windows = [...mentions].map(([key, list]) => ({ mentions: list, wanted: wanted(key) }));
      takeWindows(windows, near, accepts, out);
    }
    return out.done();
  }

  /** How often the notes have a word. What is taken away from an expansion is a part of it, mention by mention. */
  private count({ terms, except }: Expansion, accepts: Accepts, among: Int32Array | undefined): Found {
    const counted = (term: string) => this.lists.counted(term, accepts, among);
    const all = anyOf(terms.map(counted), false);
    return except.length === 0 ? all : difference(all, anyOf(except.map(counted), false));
  }

  /** How many notes a plan may find at most, roughly. */
  frequency({ patterns }: WordsPlan): number {
    return patterns.reduce((sum, { words }) => sum + Math.min(...words.map((word) => this.wordFrequency(word))), 0);
  }

  private wordFrequency(word: QueryWord): number {
    return this.expand(word).terms.reduce((sum, term) => sum + this.lists.frequency(term), 0);
  }

  /** The mentions of each word, the rarest first: of the others only those in its notes are read. */
  private mentionsOfAll(words: ReadonlyMap<string, QueryWord>, among: Int32Array | undefined): Map<string, Mentions> {
    const byFrequency = [...words]
      .map(([key, word]) => ({ key, word, frequency: this.wordFrequency(word) }))
      .sort((a, b) => a.frequency - b.frequency);
    const mentions = new Map<string, Mentions>();
    let notes = among;
    for (const { key, word } of byFrequency) {
      const own = this.mentions(this.expand(word), notes);
      mentions.set(key, own);
      notes = own.notes;
    }
    return mentions;
  }

  private mentions({ terms, except }: Expansion, among: Int32Array | undefined): Mentions {
    const all = joinMentions(terms.map((term) => this.lists.mentions(term, among)));
    if (except.length === 0) return all;
    return withoutMentions(all, joinMentions(except.map((term) => this.lists.mentions(term, among))));
  }

  private zonesOf(sections: readonly SectionTest[], among: Int32Array): Mentions {
    return joinMentions(this.sectionTerms(sections).map((term) => this.lists.mentions(term, among, true)));
  }

  private sectionTerms(sections: readonly SectionTest[]): string[] {
    return this.lists
      .termsFrom(sectionsBeginning)
      .map(({ term }) => term)
      .filter((term) => {
        const [kind, heading] = partsOf(term);
        return sections.every((holds) => holds(kind, heading));
      });
  }
}

function keyOf(word: QueryWord): string {
  return `${word.form} ${word.text}`;
}

/** Which verdicts the assertion functions of a plan let through. */
export function acceptsOf({ assertions }: Pick<WordsPlan, 'assertions'>): Accepts {
  if (assertions.length === 0) return everything;
  return Uint8Array.from({ length: VERDICTS }, (_, verdict) => {
    const said = saidBy(verdict);
    return assertions.every((name) => asserts(name, said)) ? 1 : 0;
  });
}

function difference(all: Found, less: Found): Found {
  const out = new FoundBuilder(all.notes.length, 0, false);
  let at = 0;
  all.notes.forEach((note, i) => {
    while (at < less.notes.length && (less.notes[at] as number) < note) at++;
    const count = (all.counts[i] as number) - (less.notes[at] === note ? (less.counts[at] as number) : 0);
    if (count > 0) out.close(note, count);
  });
  return out.done();
}

/** The mentions that begin in one of the zones. */
function insideOf(found: Found, zones: Mentions): Found {
  const places = found.places;
  if (!places) throw new Error('Sections are asked of places');
  const out = new FoundBuilder(found.notes.length, places.firsts.length, true);
  const zone = new NoteCursor(zones);
  let i = 0;
  found.notes.forEach((note, n) => {
    zone.seek(note);
    let at = zone.from;
    const to = zone.note === note ? zone.to : at;
    let count = 0;
    for (const end = i + (found.counts[n] as number); i < end; i++) {
      const first = places.firsts[i] as number;
      while (at < to && (zones.places[at] as number) + (zones.marks[at] as number) <= first) at++;
      if (at === to || (zones.places[at] as number) > first) continue;
      out.mention(first, places.lasts[i] as number);
      count++;
    }
    if (count > 0) out.close(note, count);
  });
  return out.done();
}
