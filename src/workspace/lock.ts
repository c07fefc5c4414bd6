/**
 * One writer at a time, held by the operating system: the lock is SQLite's exclusive lock on a small file, so it is gone
 * the moment its process is, however that ended. The JSON beside the file only says who holds it, for the message; that
 * it is there means nothing.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { ChartproofError, writeFileAtomic } from '../base/index.ts';
import type { Workspace } from './workspace.ts';

const holderSchema = z.object({ pid: z.int(), host: z.string(), since: z.string() });

/**
 * Does the work while holding the lock `name` of the workspace (`records`, `notes`, a study id).
 * Error: `workspace.locked`, at once, when another holds it, in this process or another.
 */
export async function withLock<Result>(
  workspace: Workspace,
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const folder = join(workspace.dir, 'locks');
  mkdirSync(folder, { recursive: true });
  const holder = join(folder, `${name}.json`);
  const database = new Database(join(folder, `${name}.lock`), { timeout: 0 });
  try {
    take(database, name, holder);
    writeFileAtomic(holder, JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() }));
    try {
      return await work();
    } finally {
      rmSync(holder, { force: true });
    }
  } finally {
    database.close();
  }
}

function take(database: Database.Database, name: string, holder: string): void {
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    if (!(cause instanceof Database.SqliteError) || !cause.code.startsWith('SQLITE_BUSY')) throw cause;
    throw new ChartproofError('workspace.locked', `Another process is writing (${name}): ${told(holder)}.`, {
      tip: 'Wait until it is done, then run this again.',
      cause,
    });
  }
}

function told(holder: string): string {
  try {
    const { pid, host, since } = holderSchema.parse(JSON.parse(readFileSync(holder, 'utf8')));
    return `process ${pid} on ${host}, since ${since}`;
  } catch {
    return 'it has just begun'; // it holds the lock and has not written who it is yet
  }
}
