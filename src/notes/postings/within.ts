/** `A WITHIN n days OF B`: notes of one person near one another in time. Rules of WITHIN in SPEC.md. */
import type { WithinPlan } from '../resolve-query.ts';
import type { Found } from './found.ts';
import { type NoteColumns, UNDATED } from './note-columns.ts';
import type { Search } from './search.ts';
import { either, only } from './set-operations.ts';

/** The notes of each side that have a note of the other side near, with the mentions of their side. */
export function findWithin(search: Search, plan: WithinPlan): Found {
  const { left, right } = findSides(search, plan);
  return either(left, right);
}

export function findSides(search: Search, { left, right, days }: WithinPlan): { left: Found; right: Found } {
  const [a, b] = [search.find(search, left), search.find(search, right)];
  return {
    left: only(a, hasNear(search.columns, b.notes, days)),
    right: only(b, hasNear(search.columns, a.notes, days)),
  };
}

/** Whether one of the others, of the same person, may lie within the days of a note. */
function hasNear(
  { person, firstDay, lastDay }: NoteColumns,
  others: Int32Array,
  days: number,
): (note: number) => boolean {
  const sorted = others
    .filter((note) => firstDay[note] !== UNDATED)
    .sort((a, b) => (person[a] as number) - (person[b] as number) || (firstDay[a] as number) - (firstDay[b] as number));
  const latest = latestSoFar(sorted, person, lastDay);
  return (note) => {
    if (firstDay[note] === UNDATED) return false;
    const of = person[note] as number;
    // of those that begin in time, the one that ends last
    const at = lastUpTo(sorted, (other) => {
      const difference = (person[other] as number) - of;
      return difference < 0 || (difference === 0 && (firstDay[other] as number) <= (lastDay[note] as number) + days);
    });
    return (
      at >= 0 && person[sorted[at] as number] === of && (latest[at] as number) >= (firstDay[note] as number) - days
    );
  };
}

/** For each note the latest day of it and of those of its person before it. */
function latestSoFar(sorted: Int32Array, person: Int32Array, lastDay: Int32Array): Int32Array {
  const latest = new Int32Array(sorted.length);
  sorted.forEach((note, i) => {
    const own = lastDay[note] as number;
    const before = sorted[i - 1];
    const same = before !== undefined && person[before] === person[note];
    latest[i] = same ? Math.max(own, latest[i - 1] as number) : own;
  });
  return latest;
}

/** The index of the last of those for which the test holds; it holds of a beginning of them. */
function lastUpTo(sorted: Int32Array, holds: (note: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
