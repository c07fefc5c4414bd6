/** Finds the triggers of a lexicon in the words of a sentence: per category the leftmost longest (R14 to R17 of SPEC.md). */
import { scopeCategories } from './analysis.ts';
import type { CueTree, CueTrigger } from './cue-tree.ts';
import { closesAnswer, isNumber, isYear, mayBegin, ownNumber } from './cue-words.ts';
import type { CueTokens } from './note-tokens.ts';

/** A trigger at its place: the tokens [first, last]. */
export interface Cue {
  readonly trigger: CueTrigger;
  readonly first: number;
  readonly last: number;
}

/**
 * The cues and the ends that stand in the tokens [from, to), by place, pseudo triggers applied and left out. Empty where
 * there is no cue: an end by itself ends nothing.
 */
export function findCues(tree: CueTree, tokens: CueTokens, from: number, to: number): readonly Cue[] {
  const { cues } = tokens;
  let walk: Walk | undefined;
  for (let at = from; at < to; at++) {
    const word = cues[at] ?? 0;
    if (!mayBegin(word)) continue;
    walk ??= new Walk(tree, cues, to);
    walk.walk(0, at, at);
  }
  if (!walk?.hasCue) return NONE;
  return areApart(walk.found) ? walk.found : withoutCovered(walk.found);
}

const NONE: readonly Cue[] = [];

/** Finds the triggers that begin at a token, one word after the other. */
class Walk {
  readonly found: Cue[] = [];
  hasCue = false;
  private readonly tree: CueTree;
  private readonly cues: Int32Array;
  private readonly to: number;

  constructor(tree: CueTree, cues: Int32Array, to: number) {
    this.tree = tree;
    this.cues = cues;
    this.to = to;
  }

  walk(node: number, first: number, at: number): void {
    const word = at < this.to ? (this.cues[at] ?? 0) : 0;
    if (word === 0) return;
    const { tree } = this;
    this.step(tree.child(node, ownNumber(word)), first, at);
    if (!isNumber(word)) return;
    this.step(tree.child(node, tree.words.number), first, at);
    if (isYear(word)) this.step(tree.child(node, tree.words.year), first, at);
  }

  private step(node: number, first: number, at: number): void {
    if (node === 0) return;
    for (const trigger of this.tree.at(node)) {
      if (trigger.closes && at + 1 < this.to && !closesAnswer(this.cues[at + 1] ?? 0)) continue;
      this.found.push({ trigger, first, last: at });
      if (trigger.kind === 'cue') this.hasCue = true;
    }
    this.walk(node, first, at + 1);
  }
}

/** Do all stand one after the other, so that none can hide another, with no pseudo trigger among them? */
function areApart(cues: readonly Cue[]): boolean {
  let last = -1;
  for (const cue of cues) {
    if (cue.first <= last || cue.trigger.kind === 'pseudo') return false;
    last = cue.last;
  }
  return true;
}

/**
 * Leaves out a cue that lies within a longer one of its own category (`no` in `no evidence of`) or within a pseudo
 * trigger that concerns its category (`no` in `no change`). A cue may stand twice, forward and backward.
 */
function withoutCovered(cues: readonly Cue[]): Cue[] {
  const ordered = cues.toSorted((a, b) => a.first - b.first || b.last - a.last || rank(a) - rank(b));
  const widest: (Cue | undefined)[] = scopeCategories.map(() => undefined);
  const covered = new Set<Cue>();
  for (const cue of ordered) {
    if (cue.trigger.kind === 'end') continue;
    for (const category of cue.trigger.concerns) {
      const wide = widest[category];
      if (!wide || cue.last > wide.last) widest[category] = cue;
      else if (!sameSpan(cue, wide) || wide.trigger.kind === 'pseudo') covered.add(cue);
    }
  }
  return cues.filter((cue) => cue.trigger.kind !== 'pseudo' && !covered.has(cue));
}

/** A pseudo trigger of the same words as a cue hides it. */
function rank(cue: Cue): number {
  return cue.trigger.kind === 'pseudo' ? 0 : 1;
}

function sameSpan(a: Cue, b: Cue): boolean {
  return a.first === b.first && a.last === b.last;
}
