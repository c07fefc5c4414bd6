/** The thread in which R runs: a WebAssembly that starts with the first script and is kept for those that follow. */
import { gzipSync } from 'node:zlib';
import { WebR } from 'webr';
import { once } from '../base/index.ts';
import type { TextFile } from './csv-text.ts';

/** Files, the one of them that is the script, and the names of those that it writes. */
export interface RWork {
  readonly files: readonly TextFile[];
  readonly script: string;
  readonly outputs: readonly string[];
}

const r = once(started);
let runs = 0;

/** What Piscina calls, one at a time; without work it starts R. */
// biome-ignore lint/style/noDefaultExport: a thread of Piscina is called by its default export
export default async function runInThread(work: RWork | 'start'): Promise<TextFile[]> {
  const webR = await r();
  if (work === 'start') return [];
  const { files, script, outputs } = work;
  runs += 1;
  const folder = `/study-${runs}`;
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
