import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { initWorkspace, type Workspace } from '../workspace/index.ts';
import { GOUT } from './gout.test-support.ts';
import { parseProtocol } from './parse.ts';
import { readSharedTermSet, sharedTermSetNames } from './shared-term-sets.ts';
import { loadStudyProtocol, registerProtocol } from './study-protocol.ts';

let folder = '';
let workspace: Workspace;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chartproof-terms-'));
  workspace = initWorkspace(join(folder, 'workspace'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function share(file: string, content: string | Uint8Array): void {
  mkdirSync(workspace.paths.termSets, { recursive: true });
  writeFileSync(join(workspace.paths.termSets, file), content);
}

/** What goes wrong, with the lines at which it is told. */
function failure(work: () => unknown): { code: string; lines: unknown[] } {
  try {
    work();
  } catch (error) {
    const { code, problems } = error as { code: string; problems: { place?: { line?: number } }[] };
    return { code, lines: problems.map(({ place }) => place?.line) };
  }
  return { code: 'none', lines: [] };
}

describe('term sets of the workspace', () => {
  test('are its files, by their names; a workspace need not have any', () => {
    expect(sharedTermSetNames(workspace)).toEqual([]);
    share('night-sweats.yaml', 'label: Sweats\nterms:\n  - { text: night sweats, synonyms: [nite sweats] }\n');
    share('fever.yaml', 'terms: [{ text: fever }]');
    share('README.md', 'what these are');
    mkdirSync(join(workspace.paths.termSets, 'old.yaml'));
    expect(sharedTermSetNames(workspace)).toEqual(['fever', 'night-sweats']);
    expect(readSharedTermSet(workspace, 'night-sweats')).toEqual({
      name: 'night-sweats',
      label: 'Sweats',
      terms: [{ text: 'night sweats', synonyms: ['nite sweats'] }],
    });
    expect(readSharedTermSet(workspace, 'fever').label).toBe('fever');
    expect(failure(() => readSharedTermSet(workspace, '../fever')).code).toBe('protocol.no-term-set');
  });

  test('tell every mistake at its line', () => {
    share('fever.yaml', 'lable: Fever\nterms:\n  - { text: fever, synonyms: pyrexia }\n');
    expect(failure(() => readSharedTermSet(workspace, 'fever'))).toEqual({
      code: 'protocol.invalid-term-set',
      lines: [1, 3],
    });
    share('fever.yaml', 'terms: []');
    expect(failure(() => readSharedTermSet(workspace, 'fever')).code).toBe('protocol.invalid-term-set');
    share('fever.yaml', Buffer.from([0xff, 0xfe, 0]));
    expect(failure(() => readSharedTermSet(workspace, 'fever')).code).toBe('protocol.invalid-term-set');
  });

  test.each(['Fever.yaml', 'night sweats.yaml', 'fever.yml'])(
    'refuse the name %s, which no query could say',
    (name) => {
      share(name, 'terms: [{ text: fever }]');
      expect(failure(() => sharedTermSetNames(workspace)).code).toBe('protocol.term-set-name');
    },
  );

  test('may be named by a protocol, which stays readable when the file is gone', () => {
    const text = GOUT.replace('affirmed(@tophus)', 'affirmed(@fever)');
    expect(text).not.toBe(GOUT);
    expect(failure(() => parseProtocol(text, 'gout.yaml')).code).toBe('protocol.invalid');
    const file = join(folder, 'gout.yaml');
    writeFileSync(file, text);
    const by = { actor: 'steward', at: '2026-01-02T03:04:05Z' };
    expect(failure(() => registerProtocol(workspace, file, by)).code).toBe('protocol.invalid');
    share('fever.yaml', 'terms: [{ text: fever }]');
    const { study, protocol } = registerProtocol(workspace, file, by);
    rmSync(workspace.paths.termSets, { recursive: true });
    expect(loadStudyProtocol(workspace, study).protocol).toEqual(protocol);
  });
});
