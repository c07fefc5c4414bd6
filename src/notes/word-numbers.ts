/**
 * Numbers for words, so that a word is compared and counted by its number. A surface is a word as a text writes it
 * (`Psoriasis`), the word what it is compared as (`psoriasis`, R2 of SPEC.md). A surface of ASCII is looked up by the
 * characters of the text, in a table with open addressing: no string is made of one that was seen before.
 */
import { ASCII } from './characters.ts';
import { fold } from './tokens.ts';

const FIRST_SURFACES = 1 << 12;
const FIRST_CODES = 1 << 16;

export class WordNumbers {
  private readonly words: string[] = [];
  private readonly surfaces: string[] = [];
  private readonly wordsByText = new Map<string, number>();
  private readonly surfacesByText = new Map<string, number>();
  /** By surface: its word. */
  private wordOf = new Int32Array(FIRST_SURFACES);
  /** The characters of the surfaces of ASCII, one after the other; surface `i` stands at [from[i], from[i + 1]). */
  private codes = new Uint8Array(FIRST_CODES);
  private from = new Int32Array(FIRST_SURFACES + 1);
  /** Pairs of a surface plus one (0 is free) and its hash, at most half of them taken. */
  private slots = new Int32Array(4 * FIRST_SURFACES);
  private taken = 0;

  /** How many words there are; they are numbered from 0. */
  get size(): number {
    return this.words.length;
  }

  word(id: number): string {
    return this.words[id] ?? '';
  }

  /** How many ways of writing there are; they are numbered from 0. */
  get surfaceCount(): number {
    return this.surfaces.length;
  }

  /** As texts have it, NFC-normalized. */
  surface(id: number): string {
    return this.surfaces[id] ?? '';
  }

  wordOfSurface(id: number): number {
    return this.wordOf[id] ?? 0;
  }

  /** Is the surface written as the word is compared? */
  isPlain(id: number): boolean {
    return this.surface(id) === this.word(this.wordOfSurface(id));
  }

  /** The surface at [start, end) of the codes of a text, all ASCII; `hash` that of FNV-1a. */
  ofAscii(text: Uint16Array, start: number, end: number, hash: number): number {
    const mask = this.slots.length - 2;
    for (let slot = (2 * hash) & mask; ; slot = (slot + 2) & mask) {
      const id = (this.slots[slot] ?? 0) - 1;
      if (id < 0) return this.add(textOf(text.subarray(start, end)), hash);
      if (this.slots[slot + 1] === hash && this.isAt(id, text, start, end)) return id;
    }
  }

  /** The surface of any text. */
  ofText(text: string): number {
    const known = this.surfacesByText.get(text);
    if (known !== undefined) return known;
    const normal = text.normalize('NFC');
    const id = this.ofNormal(normal);
    this.surfacesByText.set(copyOf(text), id);
    return id;
  }

  /** Forgets all numbers. */
  reset(): void {
    this.words.length = 0;
    this.surfaces.length = 0;
    this.wordsByText.clear();
    this.surfacesByText.clear();
    this.slots.fill(0);
    this.taken = 0;
  }

  private isAt(id: number, text: Uint16Array, start: number, end: number): boolean {
    const from = this.from[id] ?? 0;
    if ((this.from[id + 1] ?? 0) - from !== end - start) return false;
    for (let i = start, code = from; i < end; i++, code++) {
      if (this.codes[code] !== text[i]) return false;
    }
    return true;
  }

  /** Some letters are ASCII once they are normalized: the sign of Kelvin is a K. */
  private ofNormal(normal: string): number {
    let hash = NO_HASH;
    let ascii = true;
    for (let at = 0; at < normal.length; at++) {
      const code = normal.charCodeAt(at);
      if (code >= ASCII) ascii = false;
      hash = Math.imul(hash ^ code, HASH_PRIME);
    }
    if (!ascii) return this.ofOther(normal);
    const codes = Uint16Array.from(normal, (character) => character.charCodeAt(0));
    return this.ofAscii(codes, 0, codes.length, hash);
  }

  private ofOther(normal: string): number {
    const known = this.surfacesByText.get(normal);
    if (known !== undefined) return known;
    const id = this.append(copyOf(normal), 0);
    this.surfacesByText.set(this.surface(id), id);
    return id;
  }

  private add(surface: string, hash: number): number {
    if (4 * this.taken >= this.slots.length) this.growSlots();
    const id = this.append(surface, surface.length);
    let code = this.from[id] ?? 0;
    for (let at = 0; at < surface.length; at++) this.codes[code++] = surface.charCodeAt(at);
    this.place(id, hash);
    return id;
  }

  /** Adds a surface with room for so many codes. */
  private append(surface: string, codes: number): number {
    const id = this.surfaces.push(surface) - 1;
    if (id + 1 >= this.wordOf.length) {
      this.wordOf = grown(this.wordOf);
      this.from = grown(this.from);
    }
    const end = (this.from[id] ?? 0) + codes;
    while (end > this.codes.length) this.codes = grown(this.codes);
    this.from[id + 1] = end;
    this.wordOf[id] = this.wordNumber(fold(surface));
    return id;
  }

  private wordNumber(word: string): number {
    const known = this.wordsByText.get(word);
    if (known !== undefined) return known;
    const id = this.words.push(word) - 1;
    this.wordsByText.set(word, id);
    return id;
  }

  private place(id: number, hash: number): void {
    const mask = this.slots.length - 2;
    let slot = (2 * hash) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 2) & mask;
    this.slots[slot] = id + 1;
    this.slots[slot + 1] = hash;
    this.taken++;
  }

  private growSlots(): void {
    const old = this.slots;
    this.slots = new Int32Array(2 * old.length);
    this.taken = 0;
    for (let slot = 0; slot < old.length; slot += 2) {
      if (old[slot] !== 0) this.place((old[slot] ?? 0) - 1, old[slot + 1] ?? 0);
    }
  }
}

/** Where the hash of a word begins. */
export const NO_HASH = 0x811c9dc5 | 0;

/** FNV-1a: a code is mixed in by `Math.imul(hash ^ code, HASH_PRIME)`. */
export const HASH_PRIME = 0x01000193;

/** The same numbers with room for as many again. */
export function grown<T extends Int32Array | Uint8Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(2 * array.length);
  larger.set(array);
  return larger;
}

function textOf(codes: Uint16Array): string {
  return Buffer.from(codes.buffer, codes.byteOffset, codes.byteLength).toString('utf16le');
}

/** A slice would keep the whole note in memory. */
function copyOf(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
