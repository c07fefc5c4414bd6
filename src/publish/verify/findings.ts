import { ChartproofError } from '../../base/index.ts';

/** Something wrong with a bundle. `place` is a file of it, with the part of the file where that helps. */
export interface BundleProblem {
  readonly place: string;
  readonly message: string;
}

/** Gathers what was checked of a bundle, and what is wrong with it. */
export class Findings {
  readonly checked: string[] = [];
  readonly notes: string[] = [];
  readonly problems: BundleProblem[] = [];
  readonly #files: ReadonlyMap<string, Uint8Array>;

  constructor(files: ReadonlyMap<string, Uint8Array>) {
    this.#files = files;
  }

  wrong(place: string, message: string): void {
    this.problems.push({ place, message });
  }

  /** The text of a file, where it is there. */
  textOf(name: string): string | undefined {
    const bytes = this.#files.get(name);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  get names(): readonly string[] {
    return [...this.#files.keys()];
  }

  bytesOf(name: string): Uint8Array | undefined {
    return this.#files.get(name);
  }

  /** Does a check; `done` is told where it finds nothing wrong. A file that cannot be read is wrong, and stops nothing else. */
  check(place: string, work: () => string | undefined): void {
    const before = this.problems.length;
    try {
      this.#tell(work(), before);
    } catch (error) {
      this.#cannotBeRead(place, error);
    }
  }

  /** {@link check}, of work that takes its time. */
  async checkLonger(place: string, work: () => Promise<string | undefined>): Promise<void> {
    const before = this.problems.length;
    try {
      this.#tell(await work(), before);
    } catch (error) {
      this.#cannotBeRead(place, error);
    }
  }

  #tell(done: string | undefined, problemsBefore: number): void {
    if (done !== undefined && this.problems.length === problemsBefore) this.checked.push(done);
  }

  #cannotBeRead(place: string, error: unknown): void {
    // The message of a library might quote the file, which may be anything.
    this.wrong(place, error instanceof ChartproofError ? error.message : 'It cannot be read as what it should be.');
  }
}
