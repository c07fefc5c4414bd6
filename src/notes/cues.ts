/** Finds the triggers of the lexicon in the words of a sentence: per category the leftmost longest (R14 to R17 of SPEC.md). */
import type { ScopeCategory } from './analysis.ts';
import type { Trigger } from './lexicon.ts';
import type { Tokens } from './tokens.ts';

/** A trigger at its place: the tokens [first, last]. */
export interface Cue {
  readonly trigger: Trigger;
  readonly first: number;
  readonly last: number;
}

/** The triggers as a tree of words: one walk a word, however many triggers there are. */
export interface TriggerTree {
  readonly next: Map<string, TriggerTree>;
  readonly triggers: Trigger[];
}

export function triggerTree(triggers: readonly Trigger[]): TriggerTree {
  const root: TriggerTree = { next: new Map(), triggers: [] };
  for (const trigger of triggers) {
    let node = root;
    for (const word of trigger.words) {
      const child = node.next.get(word) ?? { next: new Map(), triggers: [] };
      node.next.set(word, child);
      node = child;
    }
    node.triggers.push(trigger);
  }
  return root;
}

/** The cues that stand in the tokens, by place, pseudo triggers applied and left out. */
export function findCues(tree: TriggerTree, tokens: Tokens): Cue[] {
  const all: Cue[] = [];
  for (let at = 0; at < tokens.words.length; at++) walk(tree, tokens.words, at, at, all);
  return all.length === 0 ? all : withoutCovered(all);
}

const YEAR = /^(?:19|20)\d\d$/;
const NUMBER = /^\d+$/;

function walk(node: TriggerTree, words: readonly string[], first: number, at: number, found: Cue[]): void {
  const word = words[at];
  if (word === undefined) return;
  step(node.next.get(word), words, first, at, found);
  const code = word.charCodeAt(0);
  if (code < 0x30 || code > 0x39 || !NUMBER.test(word)) return;
  step(node.next.get('<number>'), words, first, at, found);
  if (YEAR.test(word)) step(node.next.get('<year>'), words, first, at, found);
}

function step(node: TriggerTree | undefined, words: readonly string[], first: number, at: number, found: Cue[]): void {
  if (!node) return;
  for (const trigger of node.triggers) {
    if (!trigger.closes || isClosed(words, at + 1)) found.push({ trigger, first, last: at });
  }
  if (node.next.size > 0) walk(node, words, first, at + 1, found);
}

function isClosed(words: readonly string[], at: number): boolean {
  const next = words[at];
  return next === undefined || /^[,;:()]/.test(next);
}

/**
 * Leaves out a cue that lies within a longer one of its own category (`no` in `no evidence of`) or within a pseudo
 * trigger that concerns its category (`no` in `no change`). A cue may stand twice, forward and backward.
 */
function withoutCovered(cues: readonly Cue[]): Cue[] {
  const reach = new Map<ScopeCategory, Cue[]>();
  for (const cue of cues) for (const category of concerned(cue.trigger)) push(reach, category, cue);
  const covered = new Set<Cue>();
  for (const list of reach.values()) coverage(list, covered);
  return cues.filter(
    (cue) => cue.trigger.category !== 'pseudo' && (cue.trigger.category === 'end' || !covered.has(cue)),
  );
}

function coverage(list: readonly Cue[], covered: Set<Cue>): void {
  const ordered = list.toSorted((a, b) => a.first - b.first || b.last - a.last || rank(a) - rank(b));
  let widest: Cue | undefined;
  for (const cue of ordered) {
    if (!widest || cue.last > widest.last) widest = cue;
    else if (!sameSpan(cue, widest) || widest.trigger.category === 'pseudo') covered.add(cue);
  }
}

/** A pseudo trigger of the same words as a cue hides it. */
function rank(cue: Cue): number {
  return cue.trigger.category === 'pseudo' ? 0 : 1;
}

function concerned(trigger: Trigger): readonly ScopeCategory[] {
  if (trigger.category === 'end') return [];
  return trigger.category === 'pseudo' ? trigger.of : [trigger.category];
}

function sameSpan(a: Cue, b: Cue): boolean {
  return a.first === b.first && a.last === b.last;
}

function push(map: Map<ScopeCategory, Cue[]>, key: ScopeCategory, cue: Cue): void {
  const list = map.get(key);
  if (list) list.push(cue);
  else map.set(key, [cue]);
}
