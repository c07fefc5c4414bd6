/**
 * R itself, as WebAssembly, in a worker that lives for one script. It sees a folder of its own with the files it is given
 * and nothing of the machine.
 */
import { WebR } from 'webr';
import { ChartproofError } from '../base/index.ts';
import type { TextFile } from './csv-text.ts';

const FOLDER = '/study';

/** Runs one of the files as an R script and returns the file that it writes. Error: `analysis.r-failed`. */
export async function runR(files: readonly TextFile[], script: string, output: string): Promise<TextFile> {
  const webR = new WebR({ interactive: false });
  try {
    await webR.init();
    await webR.FS.mkdir(FOLDER);
    for (const folder of foldersOf(files)) await webR.FS.mkdir(`${FOLDER}/${folder}`);
    for (const { name, text } of files) await webR.FS.writeFile(`${FOLDER}/${name}`, new TextEncoder().encode(text));
    await webR.evalRVoid(`setwd('${FOLDER}')`);
    await webR.evalRVoid(`source('${script}')`);
    const bytes = await webR.FS.readFile(`${FOLDER}/${output}`);
    return { name: output, text: new TextDecoder().decode(bytes) };
  } catch (cause) {
    throw new ChartproofError('analysis.r-failed', 'R could not run the script of the statistics.', {
      tip: 'Run analysis.R of the release in an R of your own to see why.',
      cause,
    });
  } finally {
    webR.close();
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
