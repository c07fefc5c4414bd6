/** How a long step tells what it is doing. The command line draws it; tests and pipes use {@link silent}. */
export interface Progress {
  /** Begins a step; ends the one before. `total` is in the step's own unit (bytes, notes); unknown when absent. */
  step(label: string, total?: number): void;
  /** How far the step has come, in the unit of its total; `counted` says it in words besides (`3 of 12 files`). */
  advance(done: number, counted?: string): void;
}

/** Progress that nobody watches. */
export const silent: Progress = { step() {}, advance() {} };
