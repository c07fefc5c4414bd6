/** How far a cue reaches in its sentence (R18 to R23 of SPEC.md). */
import type { Scope, ScopeCategory } from './analysis.ts';
import { type Cue, findCues, type TriggerTree } from './cues.ts';
import { tokenizeWithMarks } from './tokens.ts';

/** The scopes of one sentence, by start. `bodyStart`: cues before it stand in a heading and say nothing forward. */
export function scopesOfSentence(
  tree: TriggerTree,
  text: string,
  sentence: { readonly start: number; readonly end: number },
  bodyStart: number,
): Scope[] {
  const tokens = tokenizeWithMarks(text, sentence.start, sentence.end);
  const cues = findCues(tree, tokens);
  if (cues.length === 0) return [];
  const { start: from, end: to } = sentence;
  const frame: Frame = { ...tokens, from, to, stops: stopsOf(cues), brackets: bracketEnds(tokens.words) };
  const scopes = cues.flatMap((cue) => reachesOf(frame, cue, text, bodyStart));
  return withoutNested(scopes.toSorted((a, b) => a.start - b.start || a.end - b.end || a.cueStart - b.cueStart));
}

interface Frame {
  readonly words: readonly string[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly stops: ReadonlyMap<ScopeCategory, readonly Cue[]>;
  /** For each token in round brackets the token that closes them. */
  readonly brackets: ReadonlyMap<number, number>;
}

/** What is said in brackets says nothing of the words behind them. */
function bracketEnds(words: readonly string[]): Map<number, number> {
  const ends = new Map<number, number>();
  if (!words.includes(')')) return ends;
  let close = -1;
  for (let at = words.length - 1; at >= 0; at--) {
    if (words[at] === ')') close = at;
    else if (words[at] === '(') close = -1;
    else if (close >= 0) ends.set(at, close);
  }
  return isBalanced(words) ? ends : new Map();
}

/** `1) first 2) second` closes what nobody opened. */
function isBalanced(words: readonly string[]): boolean {
  let depth = 0;
  for (const word of words) {
    if (word === '(') depth++;
    else if (word === ')') depth--;
    if (depth < 0 || depth > 1) return false;
  }
  return depth === 0;
}

/** The ends that concern each category, by place. */
function stopsOf(cues: readonly Cue[]): Map<ScopeCategory, Cue[]> {
  const stops = new Map<ScopeCategory, Cue[]>();
  for (const cue of cues) {
    if (cue.trigger.category !== 'end') continue;
    for (const category of cue.trigger.of) {
      const list = stops.get(category);
      if (list) list.push(cue);
      else stops.set(category, [cue]);
    }
  }
  return stops;
}

function reachesOf(frame: Frame, cue: Cue, text: string, bodyStart: number): Scope[] {
  const { category, direction } = cue.trigger;
  if (category === 'end' || category === 'pseudo') return [];
  const [cueStart, cueEnd] = [frame.starts[cue.first] ?? 0, frame.ends[cue.last] ?? 0];
  const base = { category, cueStart, cueEnd, cue: text.slice(cueStart, cueEnd) };
  const scopes: Scope[] = [];
  if (direction !== 'backward' && cueStart >= bodyStart) {
    scopes.push({ start: cueEnd, end: forwardEnd(frame, cue, category), ...base });
  }
  if (direction !== 'forward') scopes.push({ start: backwardStart(frame, cue, category), end: cueStart, ...base });
  return scopes.filter((scope) => scope.start < scope.end);
}

function forwardEnd(frame: Frame, cue: Cue, category: ScopeCategory): number {
  const stops = frame.stops.get(category) ?? [];
  const stop = stops[firstAfter(stops, cue.last)];
  const bracket = frame.brackets.get(cue.last);
  let end = Math.min(
    stop ? (frame.starts[stop.first] ?? frame.to) : frame.to,
    bracket === undefined ? frame.to : (frame.starts[bracket] ?? frame.to),
  );
  const { scope, reach } = cue.trigger;
  if (scope !== 'phrase' && reach === undefined) return end;
  let words = 0;
  for (let at = cue.last + 1; at < frame.words.length; at++) {
    const start = frame.starts[at] ?? frame.to;
    if (start >= end) break;
    const mark = isMark(frame.words[at]);
    if (!mark) words++;
    if ((mark && scope === 'phrase') || words > (reach ?? Number.POSITIVE_INFINITY)) end = start;
  }
  return end;
}

/** Back over at most `reach` words, to an end, or to the answer of the question before ("fever: yes, chills: no"). */
function backwardStart(frame: Frame, cue: Cue, category: ScopeCategory): number {
  const stops = frame.stops.get(category) ?? [];
  const before = stops[firstAfter(stops, cue.first - 1) - 1];
  const floor = before ? Math.min(before.last + 1, cue.first) : 0;
  const limit = cue.trigger.reach ?? Number.POSITIVE_INFINITY;
  let at = cue.first;
  let words = 0;
  let comma = -1;
  while (at > floor && words < limit) {
    const word = frame.words[at - 1];
    if (word === ':') return frame.starts[comma >= 0 ? comma : at] ?? frame.from;
    if (word === ';') break;
    if (word === ',') comma = at;
    if (!isMark(word)) words++;
    at--;
  }
  return at === 0 ? frame.from : (frame.starts[at] ?? frame.from);
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

function isMark(word: string | undefined): boolean {
  return word !== undefined && word.length === 1 && /[,;:()]/.test(word);
}

/**
 * A forward scope ends where the next cue of its category begins one that reaches as far: the nearer cue is the one
 * named, and scopes of a long sentence do not pile up.
 */
function withoutNested(scopes: readonly Scope[]): Scope[] {
  const next = new Map<ScopeCategory, Scope>();
  const kept: Scope[] = [];
  for (const scope of scopes.toReversed()) {
    const forward = scope.cueEnd <= scope.start;
    const later = forward ? next.get(scope.category) : undefined;
    const cut =
      later && later.start > scope.start && later.end >= scope.end ? Math.min(scope.end, later.start) : scope.end;
    if (forward) next.set(scope.category, scope);
    if (scope.start < cut) kept.push(cut === scope.end ? scope : { ...scope, end: cut });
  }
  return kept.reverse();
}
