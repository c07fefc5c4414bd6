/**
 * The inbox: a folder of the workspace into which files are put that are to be imported in the browser. The browser names
 * what it sees there and nothing else: no path leads out of it, also not by a symbolic link. Rule R120 of SPEC.md.
 */
import { type Dirent, existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ChartproofError } from '../../base/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** A file, or a folder with what is below it together. */
export interface InboxEntry {
  /** Names with slashes between them. */
  readonly path: string;
  readonly kind: 'folder' | 'file';
  readonly bytes: number;
  readonly files: number;
}

const MOST_LISTED = 5000;

/** What stands in the inbox, by path; `isWhole` is false where there is more than can be listed. */
export function listInbox(workspace: Workspace): { items: InboxEntry[]; isWhole: boolean } {
  const { inbox } = workspace.paths;
  if (!existsSync(inbox)) return { items: [], isWhole: true };
  const entries = entriesBelow(inbox);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) => sizeOf(inbox, join(entry.parentPath, entry.name)));
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map((entry): InboxEntry => {
      const path = nameIn(inbox, join(entry.parentPath, entry.name));
      const below = sizes.filter((file) => file.path.startsWith(`${path}/`));
      return { path, kind: 'folder', bytes: below.reduce((sum, { bytes }) => sum + bytes, 0), files: below.length };
    });
  const items = [...folders, ...sizes].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { items: items.slice(0, MOST_LISTED), isWhole: items.length <= MOST_LISTED };
}

/** The absolute path of something in the inbox. Errors: `data.not-in-inbox`, `data.link-in-inbox`. */
export function pathInInbox({ paths: { inbox } }: Workspace, path: string): string {
  const names = path.split('/');
  let at = inbox;
  for (const name of names) {
    if (name === '' || name === '.' || name === '..' || name.includes(sep) || name.includes('\0')) throw notThere();
    at = join(at, name);
    const found = lstatSync(at, { throwIfNoEntry: false });
    if (!found) throw notThere();
    if (found.isSymbolicLink()) throw linked();
  }
  if (statSync(at).isDirectory() && entriesBelow(at).some((entry) => entry.isSymbolicLink())) throw linked();
  return at;
}

/** The files of the inbox of this name, wherever they stand. */
export function filesNamed({ paths: { inbox } }: Workspace, name: string): string[] {
  if (!existsSync(inbox)) return [];
  return entriesBelow(inbox)
    .filter((entry) => entry.isFile() && entry.name === name)
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Everything below a folder. Not `readdir` with `recursive`, which goes through links to folders. */
function entriesBelow(folder: string): Dirent[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry, ...entriesBelow(join(folder, entry.name))] : [entry],
  );
}

function sizeOf(inbox: string, path: string): InboxEntry {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return { path: nameIn(inbox, path), kind: 'file', bytes, files: 1 };
}

function nameIn(inbox: string, path: string): string {
  return relative(inbox, path).split(sep).join('/');
}

function notThere(): ChartproofError {
  return new ChartproofError('data.not-in-inbox', 'This is not in the inbox of the workspace.', {
    tip: 'Put the files into the folder inbox/ of the workspace, and load the page again.',
  });
}

function linked(): ChartproofError {
  return new ChartproofError('data.link-in-inbox', 'There is a symbolic link, which may lead out of the inbox.', {
    tip: 'Put the files themselves into the inbox, or import them on the command line.',
  });
}
