import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { QuarantineReason } from './quarantine-reasons.ts';

/** One line of a quarantine file: where the line is and why it was not stored. Never its content. */
export interface Quarantined {
  readonly file: string;
  readonly line: number;
  readonly type?: string | undefined;
  readonly id?: string | undefined;
  readonly reason: QuarantineReason;
  /** The name of the element at fault. */
  readonly element?: string | undefined;
}

const BUFFERED = 1000;

/** Writes a quarantine, of an import or of a piece of one; without entries there is no file. */
export class Quarantine {
  readonly path: string;
  #file: number | undefined;
  #waiting: string[] = [];

  constructor(path: string) {
    this.path = path;
  }

  add(entry: Quarantined): void {
    if (this.#waiting.push(`${JSON.stringify(entry)}\n`) >= BUFFERED) this.#write();
  }

  /** Adds all the entries of another quarantine, which is closed. */
  addAll(path: string): void {
    this.#write();
    this.#write(readFileSync(path));
  }

  /** Brings the file to the disk; its path, `undefined` where nothing is in quarantine. */
  close(): string | undefined {
    this.#write();
    if (this.#file === undefined) return undefined;
    fsyncSync(this.#file);
    closeSync(this.#file);
    return this.path;
  }

  #write(bytes: Uint8Array = Buffer.from(this.#waiting.join(''))): void {
    if (bytes.length === 0) return;
    this.#file ??= openSync(this.path, 'w');
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#file, bytes, written);
    this.#waiting = [];
  }
}
