/** `sentence(...)`: operators within one sentence. Rules of sentences in SPEC.md. */
import type { Plan } from '../resolve-query.ts';
import { type Found, FoundBuilder, type Places, withoutMentions } from './found.ts';
import { END, NoteCursor } from './mentions.ts';
import type { Mentions } from './read-postings.ts';
import type { Search } from './search.ts';
import { among, anyOf } from './set-operations.ts';
import { SENTENCES } from './terms.ts';

/** The notes with a sentence of which the plan is true, with the mentions in such sentences. */
export function findSentences(search: Search, plan: Plan): Found {
  const candidates = candidatesOf(search, plan);
  const parts = partsOf(search, plan, candidates);
  const starts = search.lists.mentions(SENTENCES, candidates, true);
  const room = [...parts.values()].reduce((sum, part) => sum + (part.found.places?.firsts.length ?? 0), 0);
  const out = new FoundBuilder(starts.notes.length, room, search.places);
  const everySentence = candidates === undefined;
  for (const sentences = new NoteCursor(starts); sentences.note !== END; sentences.next()) {
    for (const part of parts.values()) part.seek(sentences.note);
    const count = takeNote(plan, parts, starts, sentences, everySentence, out);
    if (count !== undefined) out.close(sentences.note, count);
  }
  return out.done();
}

/** The notes that may have such a sentence; `undefined` where one without any of the words may be meant. */
function candidatesOf(search: Search, plan: Plan): Int32Array | undefined {
  switch (plan.kind) {
    case 'words':
      return search.leaves.find(plan, false).notes;
    case 'and': {
      const sets = plan.of.map((one) => candidatesOf(search, one)).filter((one) => one !== undefined);
      return sets.length > 0 ? sets.reduce((a, b) => notesOfBoth(a, b)) : undefined;
    }
    case 'or': {
      const sets = plan.of.map((one) => candidatesOf(search, one));
      const known = sets.filter((one) => one !== undefined);
      return known.length === sets.length
        ? anyOf(
            known.map((one) => withoutMentions(one, false)),
            false,
          ).notes
        : undefined;
    }
    case 'sentence':
      return candidatesOf(search, plan.of);
    default:
      return undefined;
  }
}

function notesOfBoth(a: Int32Array, b: Int32Array): Int32Array {
  return among(withoutMentions(a, false), b).notes;
}

/** The first and the last word. */
type Mention = readonly [number, number];

/** Some mentions of a note, one after the other. */
interface Range {
  readonly places: Places | undefined;
  readonly from: number;
  readonly to: number;
}

function copyMentions({ places, from, to }: Range, mentions: Mention[]): void {
  if (!places) throw new Error('Sentences are asked of places');
  for (let i = from; i < to; i++) mentions.push([places.firsts[i] as number, places.lasts[i] as number]);
}

/** A part of the plan that is asked by itself: words of a sentence, anything else of the note. */
class Part {
  readonly found: Found;
  /** Whether the note has it. */
  holds = false;
  /** The mentions of the note: [from, to). */
  from = 0;
  to = 0;
  /** The mentions of the sentence that is looked at: [at, end). */
  at = 0;
  end = 0;
  private next = 0;

  constructor(found: Found) {
    this.found = found;
  }

  seek(note: number): void {
    const { notes, counts } = this.found;
    while (this.next < notes.length && (notes[this.next] as number) < note) this.to += counts[this.next++] as number;
    this.holds = notes[this.next] === note;
    [this.from, this.at, this.end] = [this.to, this.to, this.to];
    if (this.holds) this.to += counts[this.next++] as number;
  }

  ofNote(): Range {
    return { places: this.found.places, from: this.from, to: this.to };
  }

  ofSentence(): Range {
    return { places: this.found.places, from: this.at, to: this.end };
  }

  nextMention(): number {
    return this.end < this.to ? (this.found.places?.firsts[this.end] ?? END) : END;
  }

  /** Goes to the mentions that begin before a word. */
  upTo(word: number): void {
    const firsts = this.found.places?.firsts;
    this.at = this.end;
    while (firsts && this.end < this.to && (firsts[this.end] as number) < word) this.end++;
  }
}

type Parts = ReadonlyMap<Plan, Part>;

function partsOf(search: Search, plan: Plan, candidates: Int32Array | undefined): Parts {
  const parts = new Map<Plan, Part>();
  const add = (one: Plan): void => {
    if (one.kind === 'words') parts.set(one, new Part(search.leaves.find(one, true, candidates)));
    else if (one.kind === 'and' || one.kind === 'or') one.of.forEach(add);
    else if (one.kind === 'not' || one.kind === 'sentence') add(one.of);
    else parts.set(one, new Part(search.find({ ...search, places: true }, one, candidates)));
  };
  add(plan);
  return parts;
}

/** The mentions of a note in sentences of which the plan is true; `undefined` where there is no such sentence. */
function takeNote(
  plan: Plan,
  parts: Parts,
  starts: Mentions,
  { from, to }: NoteCursor,
  everySentence: boolean,
  out: FoundBuilder,
): number | undefined {
  const mentions: Mention[] = [];
  let holds = false;
  for (let sentence = from; sentence < to; sentence++) {
    const next = sentence + 1 < to ? (starts.places[sentence + 1] as number) : END;
    if (!everySentence && next <= nextMention(parts)) continue;
    for (const part of parts.values()) part.upTo(next);
    const meant = ask(plan, parts);
    if (!meant) continue;
    holds = true;
    for (const range of meant) copyMentions(range, mentions);
  }
  return holds ? takeOnce(mentions, out) : undefined;
}

/** Where the next mention of any word begins. */
function nextMention(parts: Parts): number {
  let least = END;
  for (const part of parts.values()) least = Math.min(least, part.nextMention());
  return least;
}

/** The words that make a plan true of the sentence; `undefined` where it is false. */
function ask(plan: Plan, parts: Parts): readonly Range[] | undefined {
  switch (plan.kind) {
    case 'and': {
      const all = plan.of.map((one) => ask(one, parts));
      return all.every((one) => one !== undefined) ? all.flat() : undefined;
    }
    case 'or': {
      const some = plan.of.map((one) => ask(one, parts)).filter((one) => one !== undefined);
      return some.length > 0 ? some.flat() : undefined;
    }
    case 'not':
      return ask(plan.of, parts) ? undefined : [];
    case 'sentence':
      return ask(plan.of, parts);
    case 'words': {
      const part = parts.get(plan);
      return part && part.end > part.at ? [part.ofSentence()] : undefined;
    }
    default: {
      const part = parts.get(plan);
      return part?.holds ? [part.ofNote()] : undefined;
    }
  }
}

/** The mentions, each once, in order; how many they are. */
function takeOnce(mentions: readonly Mention[], out: FoundBuilder): number {
  const sorted = mentions.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const once = sorted.filter(([first, last], i) => first !== sorted[i - 1]?.[0] || last !== sorted[i - 1]?.[1]);
  for (const [first, last] of once) out.mention(first, last);
  return once.length;
}
