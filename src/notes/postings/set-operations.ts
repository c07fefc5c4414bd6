/** AND, OR and NOT of sets of notes, and what else makes one set of others. */
import { type Found, FoundBuilder, type Places, withoutMentions } from './found.ts';

/** Where one is in a set. */
class Cursor {
  readonly found: Found;
  at = 0;
  /** The first mention of the note. */
  place = 0;

  constructor(found: Found) {
    this.found = found;
  }

  note(): number {
    return this.at < this.found.notes.length ? (this.found.notes[this.at] as number) : Number.POSITIVE_INFINITY;
  }

  count(): number {
    return this.found.counts[this.at] as number;
  }

  next(): void {
    this.place += this.found.counts[this.at++] as number;
  }
}

/** Notes of both sets, with the mentions of both. */
export function both(a: Found, b: Found): Found {
  return join(a, b, true);
}

/** Notes of either set, with the mentions of both. */
export function either(a: Found, b: Found): Found {
  if (a.notes.length === 0) return b;
  if (b.notes.length === 0) return a;
  return join(a, b, false);
}

function join(a: Found, b: Found, onlyBoth: boolean): Found {
  if (!a.places) return joinCounts(a, b, onlyBoth);
  const most = onlyBoth ? Math.min(a.notes.length, b.notes.length) : a.notes.length + b.notes.length;
  const mentions = (a.places?.firsts.length ?? 0) + (b.places?.firsts.length ?? 0);
  const out = new FoundBuilder(most, mentions, a.places !== undefined);
  const [left, right] = [new Cursor(a), new Cursor(b)];
  for (let [x, y] = [left.note(), right.note()]; ; [x, y] = [left.note(), right.note()]) {
    if (
      onlyBoth
        ? x === Number.POSITIVE_INFINITY || y === Number.POSITIVE_INFINITY
        : x === y && x === Number.POSITIVE_INFINITY
    )
      break;
    if (x === y) out.close(x, joinMentions(left, right, out));
    else if (!onlyBoth) copyNote(x < y ? left : right, out);
    if (x <= y) left.next();
    if (y <= x) right.next();
  }
  return out.done();
}

/** As {@link join} without places: most sets have none, and there are large ones. */
function joinCounts(a: Found, b: Found, onlyBoth: boolean): Found {
  const [aLength, bLength] = [a.notes.length, b.notes.length];
  const most = onlyBoth ? Math.min(aLength, bLength) : aLength + bLength;
  const notes = new Int32Array(most);
  const counts = new Int32Array(most);
  let [i, j, size] = [0, 0, 0];
  while (i < aLength && j < bLength) {
    const [x, y] = [a.notes[i] as number, b.notes[j] as number];
    if (x === y) {
      notes[size] = x;
      counts[size++] = (a.counts[i++] as number) + (b.counts[j++] as number);
    } else {
      const [from, at] = x < y ? [a, i++] : [b, j++];
      if (onlyBoth) continue;
      notes[size] = from.notes[at] as number;
      counts[size++] = from.counts[at] as number;
    }
  }
  if (!onlyBoth) {
    for (const [rest, at] of [
      [a, i],
      [b, j],
    ] as const) {
      notes.set(rest.notes.subarray(at), size);
      counts.set(rest.counts.subarray(at), size);
      size += rest.notes.length - at;
    }
  }
  return { notes: notes.subarray(0, size), counts: counts.subarray(0, size) };
}

function copyNote(cursor: Cursor, out: FoundBuilder): void {
  const { places } = cursor.found;
  const count = cursor.count();
  if (places) {
    for (let i = cursor.place; i < cursor.place + count; i++)
      out.mention(places.firsts[i] as number, places.lasts[i] as number);
  }
  out.close(cursor.note(), count);
}

/** The mentions of one note in two sets, each once; how many they are. */
function joinMentions(left: Cursor, right: Cursor, out: FoundBuilder): number {
  const [a, b] = [left.found.places, right.found.places];
  if (!a || !b) return left.count() + right.count();
  let [i, j] = [left.place, right.place];
  const [iEnd, jEnd] = [i + left.count(), j + right.count()];
  let count = 0;
  for (; i < iEnd || j < jEnd; count++) {
    const order = i === iEnd ? 1 : j === jEnd ? -1 : compare(a, i, b, j);
    if (order <= 0) out.mention(a.firsts[i] as number, a.lasts[i] as number);
    else out.mention(b.firsts[j] as number, b.lasts[j] as number);
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return count;
}

function compare(a: Places, i: number, b: Places, j: number): number {
  return (a.firsts[i] as number) - (b.firsts[j] as number) || (a.lasts[i] as number) - (b.lasts[j] as number);
}

/** The notes of a set that the test lets through. */
export function only(found: Found, keep: (note: number) => boolean): Found {
  if (!found.places) return onlyCounts(found, keep);
  const out = new FoundBuilder(found.notes.length, found.places?.firsts.length ?? 0, found.places !== undefined);
  for (const cursor = new Cursor(found); cursor.at < found.notes.length; cursor.next()) {
    if (keep(cursor.note())) copyNote(cursor, out);
  }
  return out.done();
}

function onlyCounts({ notes, counts }: Found, keep: (note: number) => boolean): Found {
  const kept = new Int32Array(notes.length);
  const keptCounts = new Int32Array(notes.length);
  let size = 0;
  for (let i = 0; i < notes.length; i++) {
    const note = notes[i] as number;
    if (!keep(note)) continue;
    kept[size] = note;
    keptCounts[size++] = counts[i] as number;
  }
  return { notes: kept.subarray(0, size), counts: keptCounts.subarray(0, size) };
}

/** The notes of a set that are not among those of another; both ascend. */
export function without(found: Found, other: Int32Array): Found {
  return only(found, notAmong(other));
}

/** The notes of a set that are among others; both ascend. */
export function among(found: Found, other: Int32Array): Found {
  const isNot = notAmong(other);
  return only(found, (note) => !isNot(note));
}

/** Asked of notes that ascend. */
function notAmong(notes: Int32Array): (note: number) => boolean {
  let at = 0;
  return (note) => {
    while (at < notes.length && (notes[at] as number) < note) at++;
    return at === notes.length || notes[at] !== note;
  };
}

/** Many sets as one, by halves, so that none is copied more often than needed. */
export function anyOf(sets: readonly Found[], places: boolean): Found {
  if (sets.length === 0) return withoutMentions(new Int32Array(), places);
  if (sets.length === 1) return sets[0] as Found;
  const half = sets.length >> 1;
  return either(anyOf(sets.slice(0, half), places), anyOf(sets.slice(half), places));
}
