/** Who was shown the names behind a row: `records/linkage/looks.ndjson`, a look a line, only ever added to. No names. */
import { join } from 'node:path';
import type { Workspace } from '../../workspace/index.ts';
import { appendLine } from './append-line.ts';

/** Who looks, and when. */
export interface Look {
  readonly by: string;
  readonly at: string;
}

export function looksPath(workspace: Workspace): string {
  return join(workspace.paths.records, 'linkage', 'looks.ndjson');
}

/** Keeps a look at a row, on the disk before a name is shown. */
export function keepLook(
  workspace: Workspace,
  { row, file, line }: { readonly row: string; readonly file: string; readonly line: number },
  { by, at }: Look,
): void {
  appendLine(looksPath(workspace), { row, file, line, by, at });
}
