import { once } from '../../base/index.ts';

/** Persons by their ids: of a hospital in little memory, and quick to make. */
export interface PersonIds {
  has(personId: string): boolean;
  /** The same as a set, which takes longer to make; made once. */
  asSet(): ReadonlySet<string>;
}

/** `sorted`: ascending. */
export function personIds(sorted: BigInt64Array): PersonIds {
  return {
    has(personId) {
      const id = BigInt(personId);
      let [low, high] = [0, sorted.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((sorted[middle] as bigint) < id) low = middle + 1;
        else high = middle;
      }
      return sorted[low] === id;
    },
    asSet: once(() => new Set(Array.from(sorted, String))),
  };
}
