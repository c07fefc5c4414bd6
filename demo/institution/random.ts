/**
 * Chance that repeats. A stream (xoshiro128**, Blackman and Vigna 2018) starts from a name, so that every patient has a
 * stream of their own: what happens to one never moves what happens to another.
 */
import { createHash } from 'node:crypto';

export interface Random {
  /** A whole number from 0 to 2^32 - 1. */
  word(): number;
  /** A fraction, 0 included, 1 not. */
  fraction(): number;
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean;
  /** One of the list, all alike; the list must not be empty. */
  pick<T>(list: readonly T[]): T;
  /** One of the list, in proportion to the weights. */
  weighted<T extends { readonly weight: number }>(list: readonly T[]): T;
  /** Roughly bell-shaped around the mean (sum of four uniform draws), within about 3.5 standard deviations. */
  normal(mean: number, deviation: number): number;
  /** The list in another order; the list itself stays. */
  shuffled<T>(list: readonly T[]): T[];
  /** Up to `count` different entries of the list, in the order of the list. */
  some<T>(list: readonly T[], count: number): T[];
}

/** The stream of this name: equal names, equal streams. */
export function randomOf(...name: readonly (string | number)[]): Random {
  const digest = createHash('sha256').update(name.join('\u0000')).digest();
  return streamFrom(digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8), digest.readUInt32LE(12));
}

function streamFrom(a: number, b: number, c: number, d: number): Random {
  let [s0, s1, s2, s3] = [a, b, c, d || 1]; // all four zero would stay zero for ever

  const word = () => {
    const product = Math.imul(s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = (s3 << 11) | (s3 >>> 21);
    return result;
  };
  const fraction = () => word() / 4294967296;
  const integer = (min: number, max: number) => min + Math.floor(fraction() * (max - min + 1));
  const pick = <T>(list: readonly T[]) => list[Math.floor(fraction() * list.length)] as T;

  return {
    word,
    fraction,
    integer,
    chance: (probability) => fraction() < probability,
    pick,
    weighted: (list) => {
      let left = fraction() * list.reduce((sum, entry) => sum + entry.weight, 0);
      for (const entry of list) {
        left -= entry.weight;
        if (left < 0) return entry;
      }
      return pick(list);
    },
    normal: (mean, deviation) =>
      mean + deviation * Math.sqrt(3) * (fraction() + fraction() + fraction() + fraction() - 2),
    shuffled: (list) => {
      const result = [...list];
      for (let end = result.length - 1; end > 0; end--) {
        const other = integer(0, end);
        [result[end], result[other]] = [result[other] as (typeof list)[number], result[end] as (typeof list)[number]];
      }
      return result;
    },
    some: (list, count) => {
      const result = [];
      let wanted = Math.min(count, list.length);
      for (const [index, entry] of list.entries()) {
        if (wanted > 0 && fraction() < wanted / (list.length - index)) {
          result.push(entry);
          wanted--;
        }
      }
      return result;
    },
  };
}

/** A stream of resource ids of UUID form: the same name gives the same ids in the same order. */
export function idsOf(...name: readonly (string | number)[]): () => string {
  const random = randomOf(...name);
  return () => {
    const hex = [random.word(), random.word(), random.word(), random.word()]
      .map((word) => word.toString(16).padStart(8, '0'))
      .join('');
    const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
}
