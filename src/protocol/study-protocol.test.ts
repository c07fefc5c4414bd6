import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../base/index.ts';
import { initWorkspace, openStudyDatabase, studyPaths, verifyAudit, type Workspace } from '../workspace/index.ts';
import { GOUT } from './gout.test-support.ts';
import { loadStudyProtocol, registerProtocol } from './study-protocol.ts';

const STUDY = 'gout-febuxostat';
const BY = { actor: 'steward', at: '2026-01-02T03:04:05Z' };

let folder = '';
let workspace: Workspace;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chartproof-study-'));
  workspace = initWorkspace(join(folder, 'workspace'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function register(text: string, at = BY.at) {
  const file = join(folder, 'gout.yaml');
  writeFileSync(file, text);
  return registerProtocol(workspace, file, { ...BY, at });
}

/** The versions kept, and the audit trail's version and time of each registration. */
function kept() {
  const database = openStudyDatabase(workspace, STUDY);
  try {
    const versions = database.all(database.db.selectFrom('protocol_version').select(['version', 'yaml']));
    const audit = database.all(database.db.selectFrom('audit').selectAll());
    expect(verifyAudit(database)).toMatchObject({ ok: true, rows: audit.length });
    return {
      versions: versions.map((row) => row.version).sort(),
      texts: versions.map((row) => row.yaml),
      audit: audit.map((row) => [row.action, (JSON.parse(row.detail) as { version: string }).version]),
    };
  } finally {
    database.close();
  }
}

const SECOND = GOUT.replace('version: "1.0"', 'version: "1.1"').replace(
  'title: Febuxostat',
  'title: Febuxostat, amended,',
);

describe('registerProtocol', () => {
  test('[R25] puts a protocol into force and keeps it as it was written', () => {
    const registered = register(GOUT);
    expect(registered).toMatchObject({ study: STUDY, sha256: sha256(GOUT), yaml: GOUT });
    expect(readFileSync(studyPaths(workspace, STUDY).protocol, 'utf8')).toBe(GOUT);
    expect(kept()).toEqual({ versions: ['1.0'], texts: [GOUT], audit: [['protocol.register', '1.0']] });
    expect(loadStudyProtocol(workspace, STUDY)).toEqual(registered);
  });

  test('[R25] the same file again changes nothing', () => {
    register(GOUT);
    const database = readFileSync(studyPaths(workspace, STUDY).database);
    expect(register(GOUT, '2027-01-01T00:00:00Z').sha256).toBe(sha256(GOUT));
    expect(readFileSync(studyPaths(workspace, STUDY).database).equals(database)).toBe(true);
    expect(kept().audit).toHaveLength(1);
  });

  test('[R26] a changed file with the same version is refused, and nothing changes', () => {
    register(GOUT);
    expect(() => register(`${GOUT}# a note\n`)).toThrow(
      expect.objectContaining({
        code: 'protocol.same-version',
        message: 'The protocol changed, but its version is still 1.0.',
        tip: 'Give a changed protocol a new `version`.',
      }),
    );
    expect(loadStudyProtocol(workspace, STUDY).yaml).toBe(GOUT);
    expect(readFileSync(studyPaths(workspace, STUDY).protocol, 'utf8')).toBe(GOUT);
    expect(kept().audit).toHaveLength(1);
  });

  test('[R25][R27] a new version is in force, the one before is kept, and may come back', () => {
    register(GOUT);
    register(SECOND);
    expect(loadStudyProtocol(workspace, STUDY).protocol.version).toBe('1.1');
    expect(kept()).toMatchObject({
      versions: ['1.0', '1.1'],
      audit: [
        ['protocol.register', '1.0'],
        ['protocol.register', '1.1'],
      ],
    });
    register(GOUT);
    expect(loadStudyProtocol(workspace, STUDY).protocol.version).toBe('1.0');
    expect(readFileSync(studyPaths(workspace, STUDY).protocol, 'utf8')).toBe(GOUT);
    expect(kept()).toMatchObject({
      versions: ['1.0', '1.1'],
      audit: [
        ['protocol.register', '1.0'],
        ['protocol.register', '1.1'],
        ['protocol.register', '1.0'],
      ],
    });
  });

  test('[R26] a version of before with other content is refused too', () => {
    register(GOUT);
    register(SECOND);
    expect(() => register(`${GOUT}# a note\n`)).toThrow(expect.objectContaining({ code: 'protocol.same-version' }));
  });

  test('[R1] a protocol with mistakes makes no study', () => {
    expect(() => register(GOUT.replace('condition: gout', 'condition: gaut'))).toThrow(
      expect.objectContaining({ code: 'protocol.invalid' }),
    );
    expect(() => loadStudyProtocol(workspace, STUDY)).toThrow(
      expect.objectContaining({ code: 'protocol.no-study', tip: 'Add it: chartproof study add protocol.yaml' }),
    );
  });

  test('[R8] a file that is not there is told', () => {
    expect(() => registerProtocol(workspace, join(folder, 'none.yaml'), BY)).toThrow(
      expect.objectContaining({ code: 'protocol.missing-file' }),
    );
  });
});

describe('loadStudyProtocol', () => {
  test('[R28] reads the version in force, whatever happens to the file', () => {
    register(GOUT);
    writeFileSync(studyPaths(workspace, STUDY).protocol, 'id: edited by hand\n');
    expect(loadStudyProtocol(workspace, STUDY).yaml).toBe(GOUT);
    register(GOUT);
    expect(readFileSync(studyPaths(workspace, STUDY).protocol, 'utf8')).toBe(GOUT);
  });

  test('[R28] a study that there is not is told', () => {
    expect(() => loadStudyProtocol(workspace, 'psoriasis')).toThrow(
      expect.objectContaining({ code: 'protocol.no-study' }),
    );
    expect(() => loadStudyProtocol(workspace, '../elsewhere')).toThrow(
      expect.objectContaining({ code: 'workspace.study-id' }),
    );
    openStudyDatabase(workspace, 'psoriasis').close();
    expect(() => loadStudyProtocol(workspace, 'psoriasis')).toThrow(
      expect.objectContaining({ code: 'protocol.no-study' }),
    );
  });
});
