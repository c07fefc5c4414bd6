/**
 * The candidate most like the word, for a tip: "did you mean `label`?". `undefined` where none is near: more than a
 * third of the word (at least two letters) would have to change.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const small = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const changes = editDistance(small, candidate.toLowerCase(), least - 1);
    if (changes < least && changes < Math.max(word.length, candidate.length)) [best, least] = [candidate, changes];
  }
  return best;
}

/**
 * How many letters must be changed, added, removed or swapped with their neighbour (optimal string alignment: Boytsov,
 * ACM J Exp Algorithmics 2011;16:1.1). Letters are UTF-16 units.
 * @param limit where to stop counting: a distance above it is told as `limit + 1`. None by default.
 */
export function editDistance(from: string, to: string, limit = Number.POSITIVE_INFINITY): number {
  const shorter = Math.min(from.length, to.length);
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let start = 0;
  while (start < shorter && from.charCodeAt(start) === to.charCodeAt(start)) start++;
  let cut = 0;
  while (cut < shorter - start && from.charCodeAt(from.length - 1 - cut) === to.charCodeAt(to.length - 1 - cut)) cut++;
  const [rows, columns] = [from.length - start - cut, to.length - start - cut];
  if (rows === 0 || columns === 0) return rows + columns;
  return alignment(from.slice(start, start + rows), to.slice(start, start + columns), limit);
}

/** Three rows of the table, kept from call to call: a vocabulary has half a million words. */
let table: Uint32Array[] = [];

/** The distance of two texts that differ at both ends. Only cells within `limit` of the diagonal can count. */
function alignment(from: string, to: string, limit: number): number {
  const width = to.length + 1;
  if ((table[0]?.length ?? 0) < width) table = Array.from({ length: 3 }, () => new Uint32Array(2 * width));
  let [beforeLast, last, current] = table as [Uint32Array, Uint32Array, Uint32Array];
  const far = from.length + to.length;
  const reach = Math.min(limit, far);
  for (let at = 0; at < width; at++) last[at] = at;
  for (let row = 1; row <= from.length; row++) {
    const [first, end] = [Math.max(1, row - reach), Math.min(to.length, row + reach)];
    const letter = from.charCodeAt(row - 1);
    const before = row > 1 ? from.charCodeAt(row - 2) : -1;
    let left = first === 1 ? row : far;
    let least = left;
    current[first - 1] = left;
    for (let at = first; at <= end; at++) {
      const other = to.charCodeAt(at - 1);
      let cell = Math.min(left + 1, (last[at - 1] ?? 0) + (letter === other ? 0 : 1));
      if (at < row + reach) cell = Math.min(cell, (last[at] ?? 0) + 1);
      if (other === before && at > 1 && letter === to.charCodeAt(at - 2))
        cell = Math.min(cell, (beforeLast[at - 2] ?? 0) + 1);
      current[at] = left = cell;
      if (cell < least) least = cell;
    }
    if (least > limit) return limit + 1;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return Math.min(last[to.length] ?? far, limit + 1);
}
