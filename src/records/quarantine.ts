import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
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

/** Writes the quarantine of an import, first beside the staging database. */
export class Quarantine {
  readonly #path: string;
  readonly #file: number;
  #waiting: string[] = [];
  #lines = 0;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'w');
  }

  add(entry: Quarantined): void {
    this.#lines += 1;
    if (this.#waiting.push(`${JSON.stringify(entry)}\n`) >= BUFFERED) this.#write();
  }

  /** Puts the file where it belongs; `false`, and no file, where nothing is in quarantine. */
  keepAs(path: string): boolean {
    this.#write();
    fsyncSync(this.#file);
    closeSync(this.#file);
    if (this.#lines === 0) return false;
    mkdirSync(dirname(path), { recursive: true });
    renameSync(this.#path, path);
    return true;
  }

  #write(): void {
    writeSync(this.#file, this.#waiting.join(''));
    this.#waiting = [];
  }
}
