import type { TextFile } from './csv-text.ts';
import { RSession } from './r-session.ts';

/** Runs one of the files as an R script, in an R of its own, and returns the file that it writes. Error: `analysis.r-failed`. */
export async function runR(files: readonly TextFile[], script: string, output: string): Promise<TextFile> {
  await using session = new RSession();
  const [written] = await session.run(files, script, [output]);
  return written ?? { name: output, text: '' };
}
