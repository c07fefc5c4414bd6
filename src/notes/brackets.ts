/** Round brackets of a sentence: what is said in them says nothing of the words behind them (R21 of SPEC.md). */
import { CLOSE, OPEN, ownNumber } from './cue-words.ts';

/**
 * For each token from `first` to before `last` the bracket that closes those around it, else -1; `undefined` where
 * there are none, or not in pairs.
 */
export function bracketEnds(cues: Int32Array, first: number, last: number): Int32Array | undefined {
  if (!hasPairs(cues, first, last)) return undefined;
  const ends = new Int32Array(last - first);
  let close = -1;
  for (let at = last - 1; at >= first; at--) {
    const token = ownNumber(cues[at] ?? 0);
    if (token === CLOSE) close = at;
    else if (token === OPEN) close = -1;
    ends[at - first] = close;
  }
  return ends;
}

/** Are there brackets, none within others and all in pairs? `1) first 2) second` closes what nobody opened. */
function hasPairs(cues: Int32Array, first: number, last: number): boolean {
  let depth = 0;
  let pairs = 0;
  for (let at = first; at < last; at++) {
    const token = ownNumber(cues[at] ?? 0);
    if (token === OPEN) depth++;
    else if (token === CLOSE) {
      depth--;
      pairs++;
    }
    if (depth < 0 || depth > 1) return false;
  }
  return depth === 0 && pairs > 0;
}
