import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './lock.ts';
import { initWorkspace, type Workspace } from './workspace.ts';

let dir: string;
let workspace: Workspace;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'chartproof-'));
  workspace = initWorkspace(join(dir, 'w'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('a second holder is refused and told who holds it; another name and a later turn are free', async () => {
  const result = await withLock(workspace, 'records', async () => {
    await expect(withLock(workspace, 'records', async () => 1)).rejects.toMatchObject({
      code: 'workspace.locked',
      message: expect.stringContaining(`process ${process.pid} on `),
    });
    return withLock(workspace, 'notes', async () => 'other');
  });
  expect(result).toBe('other');
  expect(await withLock(workspace, 'records', async () => 'later')).toBe('later');
  expect(existsSync(join(workspace.dir, 'locks', 'records.json'))).toBe(false);
});

test('work that fails lets the lock go', async () => {
  await expect(withLock(workspace, 'records', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withLock(workspace, 'records', async () => 'free')).toBe('free');
});

test('a process that is killed lets the lock go', async () => {
  const face = new URL('./index.ts', import.meta.url).href;
  const code = `
    const { openWorkspace, withLock } = await import(${JSON.stringify(face)});
    await withLock(openWorkspace(${JSON.stringify(workspace.dir)}), 'records', async () => {
      console.log('held');
      await new Promise((done) => setTimeout(done, 60_000));
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((done) => child.stdout.once('data', done));
  await expect(withLock(workspace, 'records', async () => 1)).rejects.toMatchObject({
    code: 'workspace.locked',
    message: expect.stringContaining(`process ${child.pid} on `),
  });
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await ended;
  expect(await withLock(workspace, 'records', async () => 'free')).toBe('free');
});
