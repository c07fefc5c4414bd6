/** The built web app, for tests: built where its sources are newer, and by one process at a time. */
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sha256 } from '../../src/base/index.ts';
import { root } from '../source-files.ts';

const dist = join(root, 'web/dist');
const lock = join(tmpdir(), `chartproof-build-${sha256(root).slice(0, 16)}`);

/** The folder of the built web app, as it is of the sources of now. */
export async function builtWeb(): Promise<string> {
  while (!isFresh()) {
    if (!takeLock()) {
      await wait(100);
      continue;
    }
    try {
      if (!isFresh()) {
        execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'error'], {
          cwd: root,
        });
      }
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  return dist;
}

function isFresh(): boolean {
  const built = timeOf(join(dist, 'index.html'));
  const sources = [
    'web/index.html',
    'web/vite.config.ts',
    'web/src/**/*',
    'src/server/contract/**/*',
    'package-lock.json',
  ];
  return sources
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .every((path) => timeOf(join(root, path)) <= built);
}

function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Whether the lock is ours now. One whose process is gone is taken away. */
function takeLock(): boolean {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch {
    if (!isHeld()) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function isHeld(): boolean {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return true;
  } catch {
    // No file yet: the lock was taken a moment ago.
    return Date.now() - timeOf(lock) < 2_000;
  }
}
