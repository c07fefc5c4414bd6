import { closeSync, existsSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../../base/index.ts';

/**
 * Adds a value to a file of one JSON a line and brings it to the disk, with the file's name where it is new. What a power
 * cut left of a line before it stays a line of its own.
 */
export function appendLine(path: string, value: object): void {
  const isNew = !existsSync(path);
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a+');
  try {
    const bytes = Buffer.from(`${endsInLine(file) ? '' : '\n'}${JSON.stringify(value)}\n`);
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  if (!isNew) return;
  syncFolder(dirname(path));
  syncFolder(dirname(dirname(path)));
}

function endsInLine(file: number): boolean {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  return size === 0 || (readSync(file, last, 0, 1, size - 1) === 1 && last.toString() === '\n');
}
