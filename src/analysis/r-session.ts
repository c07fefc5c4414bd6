/**
 * R itself, as WebAssembly, kept for several scripts: starting it takes seconds, a script some milliseconds. It starts at the
 * first script, runs one at a time, and gives each a folder of its own and nothing of the machine.
 */
import { gzipSync } from 'node:zlib';
import { WebR } from 'webr';
import { ChartproofError } from '../base/index.ts';
import type { TextFile } from './csv-text.ts';

/** The version of R that computes everything. */
export const R_VERSION = '4.6.0';

/** One R. Close it, or the program does not end. */
export class RSession {
  #webR: Promise<WebR> | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #runs = 0;

  /** Starts R ahead of the first script, which then need not wait so long. A failure is told by that script. */
  warm(): void {
    this.#webR ??= started();
    this.#webR.catch(() => undefined);
  }

  /** Runs one of the files as a script and returns the files that it writes. Error: `analysis.r-failed`. */
  run(files: readonly TextFile[], script: string, outputs: readonly string[]): Promise<TextFile[]> {
    const mine = this.#last.then(() => this.#run(files, script, outputs));
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #run(files: readonly TextFile[], script: string, outputs: readonly string[]): Promise<TextFile[]> {
    try {
      this.#webR ??= started();
      const webR = await this.#webR;
      this.#runs += 1;
      const folder = `/study-${this.#runs}`;
      await webR.FS.mkdir(folder);
      for (const inner of foldersOf(files)) await webR.FS.mkdir(`${folder}/${inner}`);
      // Packed, which R sees when it opens a file: webR takes in a byte at a time, and text has many.
      for (const { name, text } of files) await webR.FS.writeFile(`${folder}/${name}`, gzipSync(text, { level: 1 }));
      // In an environment of its own: a script does not see what one before it left.
      await webR.evalRVoid(`setwd('${folder}'); source('${script}', local = new.env(parent = globalenv()))`);
      const written: TextFile[] = [];
      for (const name of outputs) {
        const bytes = await webR.FS.readFile(`${folder}/${name}`);
        written.push({ name, text: new TextDecoder().decode(bytes) });
      }
      await webR.evalRVoid(`setwd('/'); unlink('${folder}', recursive = TRUE)`);
      return written;
    } catch (cause) {
      throw new ChartproofError('analysis.r-failed', 'R could not run the script of the statistics.', {
        tip: 'Run analysis.R of the release in an R of your own to see why.',
        cause,
      });
    }
  }

  /** Ends R, if it ever started. */
  async close(): Promise<void> {
    const webR = await this.#webR?.catch(() => undefined);
    this.#webR = undefined;
    webR?.close();
  }

  /** For `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

async function started(): Promise<WebR> {
  const webR = new WebR({ interactive: false });
  try {
    await webR.init();
    return webR;
  } catch (error) {
    webR.close();
    throw error;
  }
}

/** Folders to make, the outer before the inner. */
function foldersOf(files: readonly TextFile[]): string[] {
  const folders = files.flatMap(({ name }) => {
    const parts = name.split('/').slice(0, -1);
    return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
  });
  return [...new Set(folders)].sort();
}
