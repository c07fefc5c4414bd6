/** A bundle from the disk: a folder, or one `.zip`. Nothing is unpacked to the disk. */
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { ChartproofError } from '../../base/index.ts';

const LARGEST_BYTES = 4_000_000_000;

/**
 * Every file by its name in the bundle, with `/`. Errors: `publish.no-bundle` (neither a folder nor a ZIP file, or no release.json),
 * `publish.too-large`.
 */
export function readBundle(path: string): ReadonlyMap<string, Uint8Array> {
  const stat = statSync(path, { throwIfNoEntry: false });
  const files = stat?.isDirectory() ? ofFolder(path) : stat?.isFile() ? ofZip(path) : undefined;
  if (files?.has('release.json')) return files;
  throw noBundle(path, 'There is no release here.');
}

function noBundle(file: string, message: string): ChartproofError {
  return new ChartproofError('publish.no-bundle', message, {
    tip: 'Name the folder that holds release.json, or its .zip.',
    place: { file },
  });
}

function ofFolder(folder: string): Map<string, Uint8Array> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(
    paths.map((path) => {
      const name = relative(folder, path).split(sep).join('/');
      // A link could show another file tomorrow: it counts as a file without content.
      return [name, lstatSync(path).isFile() ? readFileSync(path) : new Uint8Array()];
    }),
  );
}

function ofZip(path: string): Map<string, Uint8Array> {
  let bytes = 0;
  const unpacked = (): Record<string, Uint8Array> => {
    try {
      return unzipSync(readFileSync(path), {
        filter: ({ originalSize }) => {
          bytes += originalSize;
          return bytes <= LARGEST_BYTES;
        },
      });
    } catch {
      throw noBundle(path, 'This file is no ZIP file, or it is damaged.');
    }
  };
  const entries = Object.entries(unpacked()).filter(([name]) => !name.endsWith('/'));
  if (bytes > LARGEST_BYTES) {
    throw new ChartproofError('publish.too-large', 'This ZIP file is too large to be read at once.', {
      tip: 'Unpack it and name the folder.',
      place: { file: path },
    });
  }
  const folder = entries[0]?.[0].split('/')[0] ?? '';
  const isInFolder = entries.every(([name]) => name.startsWith(`${folder}/`));
  const short = (name: string): string => (isInFolder ? name.slice(folder.length + 1) : name);
  return new Map(entries.map(([name, content]) => [short(name), content]));
}
