import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { initWorkspace, openWorkspace, studyPaths } from './workspace.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'chartproof-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const code = (value: string) => expect.objectContaining({ code: value });

describe('a workspace', () => {
  test('is made in an empty or a new folder, and opened again', () => {
    const made = initWorkspace(join(dir, 'a', 'b'));
    expect(openWorkspace(join(dir, 'a', 'b'))).toEqual(made);
    expect(made.paths.manifest).toBe(join(dir, 'a', 'b', 'records', 'manifest.json'));
    mkdirSync(join(dir, 'c'));
    expect(initWorkspace(join(dir, 'c')).dir).toBe(join(dir, 'c'));
  });

  test('is not made twice, nor over other things', () => {
    initWorkspace(join(dir, 'a'));
    expect(() => initWorkspace(join(dir, 'a'))).toThrow(code('workspace.exists'));
    expect(() => initWorkspace(dir)).toThrow(code('workspace.exists'));
    writeFileSync(join(dir, 'file'), '');
    expect(() => initWorkspace(join(dir, 'file'))).toThrow(code('workspace.not-a-folder'));
  });

  test('is not opened where there is none, where it is newer, where its file is broken', () => {
    expect(() => openWorkspace(dir)).toThrow(code('workspace.not-one'));
    writeFileSync(join(dir, 'workspace.json'), '{"chartproof": 2}');
    expect(() => openWorkspace(dir)).toThrow(code('workspace.newer'));
    writeFileSync(join(dir, 'workspace.json'), '{"chart');
    expect(() => openWorkspace(dir)).toThrow(code('workspace.unreadable'));
  });

  test('has studies by their ids, and nothing outside of itself', () => {
    const workspace = initWorkspace(join(dir, 'a'));
    expect(studyPaths(workspace, 'gout-2024').database).toBe(join(dir, 'a', 'studies', 'gout-2024', 'study.sqlite'));
    expect(() => studyPaths(workspace, '../gout')).toThrow(code('workspace.study-id'));
  });
});
