/** Numbers as LEB128 varints, the only form in which postings are stored: seven bits a byte, the smallest first. */

const MORE = 0x80;
const SEVEN_BITS = 0x7f;

/** A growing row of bytes. */
export class ByteWriter {
  private buffer: Uint8Array;
  length = 0;

  constructor(capacity = 1 << 16) {
    this.buffer = new Uint8Array(capacity);
  }

  /** A number from 0 to 2^31 - 1. */
  varint(value: number): void {
    if (this.length + LONGEST > this.buffer.length) this.grow(LONGEST);
    const buffer = this.buffer;
    let at = this.length;
    let rest = value;
    while (rest >= MORE) {
      buffer[at++] = (rest & SEVEN_BITS) | MORE;
      rest >>>= 7;
    }
    buffer[at++] = rest;
    this.length = at;
  }

  append(bytes: Uint8Array): void {
    const { length } = bytes;
    if (this.length + length > this.buffer.length) this.grow(length);
    if (length > FEW) this.buffer.set(bytes, this.length);
    else for (let i = 0; i < length; i++) this.buffer[this.length + i] = bytes[i] as number;
    this.length += length;
  }

  /** What another writer has written. */
  appendAll(other: ByteWriter): void {
    const { length } = other;
    if (length > FEW) {
      this.append(other.view());
      return;
    }
    if (this.length + length > this.buffer.length) this.grow(length);
    for (let i = 0; i < length; i++) this.buffer[this.length + i] = other.buffer[i] as number;
    this.length += length;
  }

  /** What was written; the memory is the writer's, until it writes again. */
  view(from = 0): Uint8Array {
    return this.buffer.subarray(from, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  private grow(more: number): void {
    const bigger = new Uint8Array(Math.max(this.buffer.length * 2, this.length + more));
    bigger.set(this.buffer.subarray(0, this.length));
    this.buffer = bigger;
  }
}

const LONGEST = 5;
/** So many bytes are copied sooner one by one. */
const FEW = 32;
const LARGEST_SHIFT = 28;

/** Reads varints one after the other; beyond the last byte there is an error. */
export class ByteReader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  varint(): number {
    const bytes = this.bytes;
    let byte = bytes[this.at++] as number;
    if (byte < MORE) return byte;
    let value = byte & SEVEN_BITS;
    for (let shift = 7; ; shift += 7) {
      if (shift > LARGEST_SHIFT) throw new Error('A stored number has no end');
      byte = bytes[this.at++] as number;
      value |= (byte & SEVEN_BITS) << shift;
      if (byte < MORE) return value;
    }
  }

  /** Passes over so many varints. */
  skip(count: number): void {
    const bytes = this.bytes;
    let at = this.at;
    for (let left = count; left > 0; at++) if ((bytes[at] as number) < MORE) left--;
    this.at = at;
  }
}
