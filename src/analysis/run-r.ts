import type { TextFile } from './csv-text.ts';
import { RSession } from './r-session.ts';

/**
 * Runs one of the files as an R script, in the session given or an R of its own, and returns the file that it writes.
 * Error: `analysis.r-failed`.
 */
export async function runR(
  files: readonly TextFile[],
  script: string,
  output: string,
  session?: RSession,
): Promise<TextFile> {
  if (session) return (await session.run(files, script, [output]))[0] ?? { name: output, text: '' };
  await using own = new RSession();
  return await runR(files, script, output, own);
}
