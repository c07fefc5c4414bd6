/**
 * R itself, kept for several scripts: starting it takes seconds, a script some milliseconds. It starts at the first script, runs
 * one at a time, and gives each a folder of its own and nothing of the machine. It has a thread of its own, so that whoever
 * waits for it can work meanwhile.
 */
import { Piscina } from 'piscina';
import { ChartproofError } from '../base/index.ts';
import type { TextFile } from './csv-text.ts';
import type { RWork } from './r-thread.ts';

/** The version of R that computes everything. */
export const R_VERSION = '4.6.0';

type Thread = Piscina<RWork | 'start', TextFile[]>;

/** One R. Close it. */
export class RSession {
  #thread: Thread | undefined;

  /** Starts R ahead of the first script, which then need not wait so long. A failure is told by that script. */
  warm(): void {
    this.#started()
      .run('start')
      .catch(() => undefined);
  }

  /** Runs one of the files as a script and returns the files that it writes. Error: `analysis.r-failed`. */
  async run(files: readonly TextFile[], script: string, outputs: readonly string[]): Promise<TextFile[]> {
    try {
      return await this.#started().run({ files, script, outputs });
    } catch (cause) {
      throw new ChartproofError('analysis.r-failed', 'R could not run the script of the statistics.', {
        tip: 'Run analysis.R of the release in an R of your own to see why.',
        cause,
      });
    }
  }

  /** Ends R, if it ever started. */
  async close(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.destroy();
  }

  /** For `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #started(): Thread {
    this.#thread ??= new Piscina({
      filename: new URL('./r-thread.ts', import.meta.url).href,
      minThreads: 1,
      maxThreads: 1,
      // Else the thread sleeps between scripts, and hears nothing of R.
      atomics: 'disabled',
    });
    return this.#thread;
  }
}
