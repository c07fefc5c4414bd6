/** The triggers of a lexicon as a tree of numbered words: one walk a word of the text, however many triggers there are. */
import { type ScopeCategory, scopeCategories } from './analysis.ts';
import { CueWords } from './cue-words.ts';
import type { TriggerGroup } from './lexicon.ts';
import type { Trigger } from './triggers.ts';

/** A trigger as the search of cues needs it. */
export interface CueTrigger {
  readonly kind: 'cue' | 'pseudo' | 'end';
  /** Meant where the kind is `cue`. */
  readonly category: ScopeCategory;
  /** Indexes in `scopeCategories`: its own, or those that a pseudo trigger or an end concerns. */
  readonly concerns: readonly number[];
  readonly looksForward: boolean;
  readonly looksBackward: boolean;
  readonly phrase: boolean;
  /** `Infinity` where the trigger has no limit. */
  readonly reach: number;
  readonly closes: boolean;
}

const NONE: readonly CueTrigger[] = [];
const FIRST_EDGES = 1 << 10;
/** Numbers to an edge; the fourth keeps edges from straddling. */
const EDGE = 4;

/** A node is a number, 0 the root; its children are found by one look in a table, since every word of a note asks. */
export class CueTree {
  readonly words: CueWords;
  /** By node. */
  private readonly triggers: CueTrigger[][] = [[]];
  private readonly made = new Map<TriggerGroup, CueTrigger>();
  /** An open-addressing table of child (0 is free), node and word; at most half of it is taken. */
  private edges = new Int32Array(FIRST_EDGES * EDGE);

  constructor(triggers: readonly Trigger[]) {
    this.words = new CueWords(triggers);
    for (const trigger of triggers) this.add(trigger);
  }

  /** The triggers that end at a node. */
  at(node: number): readonly CueTrigger[] {
    return this.triggers[node] ?? NONE;
  }

  /** The node after one more word, 0 where no trigger goes on so. */
  child(node: number, word: number): number {
    const { edges } = this;
    const mask = edges.length / EDGE - 1;
    for (let slot = slotOf(node, word) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * EDGE;
      const child = edges[at] ?? 0;
      if (child === 0 || (edges[at + 1] === node && edges[at + 2] === word)) return child;
    }
  }

  private add(trigger: Trigger): void {
    let node = 0;
    for (const text of trigger.words) {
      const word = this.words.ofTrigger(text);
      node = this.child(node, word) || this.addChild(node, word);
    }
    this.triggers[node]?.push(this.cueTrigger(trigger.group));
  }

  private cueTrigger(group: TriggerGroup): CueTrigger {
    const made = this.made.get(group) ?? cueTriggerOf(group);
    this.made.set(group, made);
    return made;
  }

  private addChild(node: number, word: number): number {
    const child = this.triggers.push([]) - 1;
    if (2 * child * EDGE >= this.edges.length) this.grow();
    this.place(child, node, word);
    return child;
  }

  private place(child: number, node: number, word: number): void {
    const mask = this.edges.length / EDGE - 1;
    let slot = slotOf(node, word) & mask;
    while (this.edges[slot * EDGE] !== 0) slot = (slot + 1) & mask;
    this.edges.set([child, node, word], slot * EDGE);
  }

  private grow(): void {
    const old = this.edges;
    this.edges = new Int32Array(2 * old.length);
    for (let at = 0; at < old.length; at += EDGE) {
      if (old[at] !== 0) this.place(old[at] ?? 0, old[at + 1] ?? 0, old[at + 2] ?? 0);
    }
  }
}

function slotOf(node: number, word: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(word, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

function cueTriggerOf({ category, of, direction, scope, reach, closes }: TriggerGroup): CueTrigger {
  const isCue = category !== 'pseudo' && category !== 'end';
  return {
    kind: isCue ? 'cue' : category,
    category: isCue ? category : 'negated',
    concerns: (isCue ? [category] : of).map((one) => scopeCategories.indexOf(one)),
    looksForward: direction !== 'backward',
    looksBackward: direction !== 'forward',
    phrase: scope === 'phrase',
    reach: reach ?? Number.POSITIVE_INFINITY,
    closes,
  };
}
