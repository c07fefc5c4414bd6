import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { isAbsolute, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from '../quarantine-reasons.ts';
import { LARGEST } from './limits.ts';

/**
 * The bytes of the file that an attachment's url names beside the export. Only what lies in the folder of the export is
 * read, links followed. Refused at once by its text: `note.remote`, `note.outside`; else `note.outside` (a link),
 * `note.missing-file`, `note.too-large`, `note.unreadable`.
 */
export function readExportFile(folder: string, url: string): Promise<Buffer> {
  return readInside(folder, pathInside(folder, url));
}

async function readInside(folder: string, path: string): Promise<Buffer> {
  try {
    const [root, real] = await Promise.all([realpath(folder), realpath(path)]);
    if (!isInside(root, real)) throw new Refusal('note.outside', 'url');
    const file = await open(real, NOT_WAITING);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) throw new Refusal('note.missing-file', 'url');
      if (stat.size > LARGEST) throw new Refusal('note.too-large', 'url');
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(isAbsent(error) ? 'note.missing-file' : 'note.unreadable', 'url');
  }
}

/**
 * Where the url of an attachment is, by its text alone: a path below the folder of the export, or a `file:` url of it.
 * Refused as `note.remote` where it is a url of another scheme, as `note.outside` where it leaves the folder.
 */
export function pathInside(folder: string, url: string): string {
  if (/^file:/i.test(url)) return inside(folder, pathOfFileUrl(url));
  if (DRIVE.test(url)) throw new Refusal('note.outside', 'url');
  if (SCHEME.test(url) || url.startsWith('//')) throw new Refusal('note.remote', 'url');
  if (isAbsolute(url) || url.startsWith('\\')) throw new Refusal('note.outside', 'url');
  return inside(folder, resolve(folder, unescaped(url)));
}

const DRIVE = /^[a-z]:[\\/]/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
/** A pipe with nobody at its other end would keep the import waiting. Windows has no such flag. */
const NOT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function inside(folder: string, path: string): string {
  if (path.includes('\0')) throw new Refusal('note.missing-file', 'url');
  if (!isInside(resolve(folder), path)) throw new Refusal('note.outside', 'url');
  return path;
}

function isInside(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function pathOfFileUrl(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    // file://server/... and the like.
    throw new Refusal('note.outside', 'url');
  }
}

/** `my%20note.txt` is `my note.txt`; a name with a lone `%` is as it stands. */
function unescaped(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function isAbsent(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EISDIR', 'ENXIO'].includes(code);
}
