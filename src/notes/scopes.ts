/** How far a cue reaches in its sentence (R18 to R23 of SPEC.md). */
import { type Scope, type ScopeCategory, scopeCategories } from './analysis.ts';
import { bracketEnds } from './brackets.ts';
import type { CueTree } from './cue-tree.ts';
import { COLON, COMMA, isMark, ownNumber, SEMICOLON } from './cue-words.ts';
import { type Cue, findCues } from './cues.ts';
import type { CueTokens } from './note-tokens.ts';

/** A sentence as the places of its text and of its tokens: `first` is its first token, `last` the one after its last. */
export interface SentenceTokens {
  readonly start: number;
  readonly end: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Adds the scopes of one sentence, by start.
 * @param bodyStart cues before it stand in a heading and say nothing forward
 */
export function addScopes(
  tree: CueTree,
  text: string,
  tokens: CueTokens,
  sentence: SentenceTokens,
  bodyStart: number,
  out: Scope[],
): void {
  const cues = findCues(tree, tokens, sentence.first, sentence.last);
  if (cues.length === 0) return;
  const brackets = bracketEnds(tokens.cues, sentence.first, sentence.last);
  const frame: Frame = { text, tokens, sentence, stops: stopsOf(cues), brackets };
  const scopes: Scope[] = [];
  for (const cue of cues) addReaches(frame, cue, bodyStart, scopes);
  if (scopes.length > 1) scopes.sort(byPlace);
  addUnnested(scopes, out);
}

function byPlace(a: Scope, b: Scope): number {
  return a.start - b.start || a.end - b.end || a.cueStart - b.cueStart;
}

interface Frame {
  readonly text: string;
  readonly tokens: CueTokens;
  readonly sentence: SentenceTokens;
  /** The ends that concern each category, by place. */
  readonly stops: readonly (readonly Cue[])[];
  /** For each token in round brackets the one that closes them, counted from the first of the sentence; else -1. */
  readonly brackets: Int32Array | undefined;
}

function stopsOf(cues: readonly Cue[]): readonly (readonly Cue[])[] {
  let stops: Cue[][] | undefined;
  for (const cue of cues) {
    if (cue.trigger.kind !== 'end') continue;
    stops ??= scopeCategories.map(() => []);
    for (const category of cue.trigger.concerns) stops[category]?.push(cue);
  }
  return stops ?? NO_STOPS;
}

const NO_STOPS: readonly (readonly Cue[])[] = scopeCategories.map(() => []);

function addReaches(frame: Frame, cue: Cue, bodyStart: number, scopes: Scope[]): void {
  const { kind, category, concerns, looksForward, looksBackward } = cue.trigger;
  if (kind !== 'cue') return;
  const cueStart = frame.tokens.starts[cue.first] ?? 0;
  const cueEnd = frame.tokens.ends[cue.last] ?? 0;
  const words = frame.text.slice(cueStart, cueEnd);
  const stops = frame.stops[concerns[0] ?? 0] ?? [];
  if (looksForward && cueStart >= bodyStart) {
    const end = forwardEnd(frame, cue, stops);
    if (cueEnd < end) scopes.push({ start: cueEnd, end, category, cueStart, cueEnd, cue: words });
  }
  if (looksBackward) {
    const start = backwardStart(frame, cue, stops);
    if (start < cueStart) scopes.push({ start, end: cueStart, category, cueStart, cueEnd, cue: words });
  }
}

/** To the end of the sentence, the next stop, the bracket that closes, or as far as the trigger reaches. */
function forwardEnd({ tokens, sentence, brackets }: Frame, cue: Cue, stops: readonly Cue[]): number {
  const stop = stops[firstAfter(stops, cue.last)];
  const bracket = brackets?.[cue.last - sentence.first] ?? -1;
  let end = stop ? (tokens.starts[stop.first] ?? 0) : sentence.end;
  if (bracket > cue.last) end = Math.min(end, tokens.starts[bracket] ?? 0);
  const { phrase, reach } = cue.trigger;
  if (!phrase && reach === Number.POSITIVE_INFINITY) return end;
  let words = 0;
  for (let at = cue.last + 1; at < sentence.last; at++) {
    const start = tokens.starts[at] ?? 0;
    if (start >= end) break;
    const mark = isMark(tokens.cues[at] ?? 0);
    if (!mark) words++;
    if ((mark && phrase) || words > reach) return start;
  }
  return end;
}

/** Back over at most `reach` words, to an end, or to the answer of the question before ("fever: yes, chills: no"). */
function backwardStart({ tokens, sentence }: Frame, cue: Cue, stops: readonly Cue[]): number {
  const before = stops[firstAfter(stops, cue.first - 1) - 1];
  const floor = before ? Math.min(before.last + 1, cue.first) : sentence.first;
  let at = cue.first;
  let words = 0;
  let comma = -1;
  while (at > floor && words < cue.trigger.reach) {
    const token = ownNumber(tokens.cues[at - 1] ?? 0);
    if (token === COLON) return tokens.starts[comma >= 0 ? comma : at] ?? 0;
    if (token === SEMICOLON) break;
    if (token === COMMA) comma = at;
    if (!isMark(token)) words++;
    at--;
  }
  return at === sentence.first ? sentence.start : (tokens.starts[at] ?? 0);
}

/** The index of the first stop that begins after a token. */
function firstAfter(stops: readonly Cue[], token: number): number {
  let [low, high] = [0, stops.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stops[middle]?.first ?? 0) > token) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Adds the scopes in order. A forward scope ends where the next cue of its category begins one that reaches as far: the
 * nearer cue is the one named, and scopes of a long sentence do not pile up.
 */
function addUnnested(scopes: readonly Scope[], out: Scope[]): void {
  const next: Partial<Record<ScopeCategory, Scope>> = {};
  const kept: Scope[] = [];
  for (let at = scopes.length - 1; at >= 0; at--) {
    const scope = scopes[at];
    if (!scope) continue;
    const forward = scope.cueEnd <= scope.start;
    const cut = forward ? cutBy(scope, next[scope.category]) : scope;
    if (forward) next[scope.category] = scope;
    if (cut.start < cut.end) kept.push(cut);
  }
  for (let at = kept.length - 1; at >= 0; at--) out.push(kept[at] as Scope);
}

function cutBy(scope: Scope, later: Scope | undefined): Scope {
  if (!later || later.start <= scope.start || later.end < scope.end || later.start >= scope.end) return scope;
  return { ...scope, end: later.start };
}
