import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../base/index.ts';
import { frostbiteProtocol } from './frostbite-data.test-support.ts';
import { releaseId, writeRelease } from './release.ts';
import type { ReleaseContent } from './release-content.ts';

let releases: string;
beforeEach(() => {
  releases = mkdtempSync(join(tmpdir(), 'chartproof-release-'));
});
afterEach(() => rmSync(releases, { recursive: true }));

const cell = (column: string, subjects: string[], text: string) => ({
  column,
  n: subjects.length,
  N: 3,
  percent: (subjects.length / 3) * 100,
  text,
  subjects,
});

const ppv = (estimate: number) => ({ estimate, low: 0.19412, high: 0.99369 });
const leaf = (label: string, found: number, codes: { code: string; found: number }[]) => ({
  kind: 'code' as const,
  label,
  found,
  eligible: found,
  notEligible: 0,
  byRule: 0,
  open: 0,
  included: found,
  ppv: ppv(1),
  only: 1,
  codes,
});

const content: ReleaseContent = {
  facts: {
    study: 'gout-1',
    title: 'Gout & <tophi>',
    protocolVersion: '1.0',
    protocol: 'a'.repeat(64),
    snapshot: 'b'.repeat(16),
    lock: 'c'.repeat(64),
  },
  results: {
    tables: [
      {
        id: 'table1',
        title: 'Table 1. Sites',
        columns: [{ id: 'total', label: 'Total', n: 3 }],
        rows: [
          {
            id: 'site-toe',
            group: 'Site',
            label: 'Toe',
            level: 0,
            cells: [cell('total', ['S001', 'S002'], '2')],
            notes: [],
            groupNotes: ['a'],
            missing: {},
            by: 'x',
          },
          {
            id: 'site-toe-left',
            group: 'Toe',
            label: 'Left <b>',
            level: 1,
            cells: [cell('total', [], '0')],
            notes: [],
            groupNotes: [],
            missing: {},
            by: 'x',
          },
        ],
        footnotes: [{ letter: 'a', text: 'First toe.' }],
      },
    ],
  },
  attrition: [
    { id: 'identified', label: 'Found', n: 5, removed: 0, kind: 'identified' },
    { id: 'authorized', label: 'Authorized', n: 4, removed: 1, kind: 'authorized' },
    { id: 'no-gout', label: 'No gout', n: 3, removed: 1, kind: 'exclusion', allFailing: 2 },
    { id: 'included', label: 'Included', n: 3, removed: 0, kind: 'included' },
  ],
  screened: 4,
  gate: { granted: 3, silent: 1, refused: 0, revoked: 1, unanswered: 0, later: 0, noPerson: 0 },
  arms: [
    { id: 'coded', label: 'Coded <a>', found: 4, authorized: 3 },
    { id: 'notes', label: 'Notes', found: 2, authorized: 2 },
  ],
  overlaps: [
    { arms: ['coded'], n: 2 },
    { arms: ['coded', 'notes'], n: 1 },
    { arms: ['notes'], n: 1 },
  ],
  search: {
    any: { found: 4, eligible: 3, notEligible: 1, byRule: 0, open: 0, included: 3, ppv: ppv(0.75) },
    arms: [
      {
        arm: 'coded',
        label: 'Coded <a>',
        found: 3,
        eligible: 3,
        notEligible: 0,
        byRule: 0,
        open: 0,
        included: 3,
        ppv: ppv(1),
        only: 2,
        leaves: [leaf('ICD10CM M10', 2, [{ code: 'ICD10CM M10.0', found: 2 }]), leaf('ICD9CM 274', 0, [])],
      },
    ],
  },
  statistics: {
    estimates: [],
    curves: [],
    agreement: [],
    proportions: [
      {
        id: 'r',
        label: 'Response',
        x: 2,
        n: 3,
        estimate: 2 / 3,
        low: 0.0943,
        high: 0.9916,
        level: 0.95,
        method: 'exact',
      },
    ],
  },
  protocol: frostbiteProtocol(),
  software: 'Chartproof 0',
  files: [{ name: 'data/subjects.csv', text: 'subject\nS001\n' }],
};

describe('a release', () => {
  test('is named by what it was made from, and holds the checksum of every file', async () => {
    const folder = await writeRelease(releases, content);
    expect(folder).toBe(join(releases, releaseId(content.facts)));
    const facts = JSON.parse(readFileSync(join(folder, 'release.json'), 'utf8')) as { sha256: Record<string, string> };
    const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ).length;
    expect(Object.keys(facts.sha256).length).toBe(names - 1);
    for (const [name, sum] of Object.entries(facts.sha256))
      expect(sha256(readFileSync(join(folder, name))), name).toBe(sum);
  });

  test('is the same, byte for byte, when it is made again', async () => {
    const first = readFileSync(join(await writeRelease(releases, content), 'release.json'), 'utf8');
    await new Promise((done) => setTimeout(done, 2100)); // the clock of a ZIP file ticks every two seconds
    expect(readFileSync(join(await writeRelease(releases, content), 'release.json'), 'utf8')).toBe(first);
  });

  test('replaces the whole folder', async () => {
    const folder = await writeRelease(releases, content);
    writeFileSync(join(folder, 'stray.txt'), '');
    await writeRelease(releases, content);
    expect(readdirSync(releases)).toEqual([releaseId(content.facts)]);
    expect(readdirSync(folder)).not.toContain('stray.txt');
  });

  test('shows text as text', async () => {
    const folder = await writeRelease(releases, content);
    const page = readFileSync(join(folder, 'tables.html'), 'utf8');
    expect(page).toContain('Left &lt;b&gt;');
    expect(page).not.toContain('<script');
    expect(page).toContain('<a href="#table1/site-toe/total">2</a>');
    expect(page).toContain('<th scope="row">Coded &lt;a&gt; and Notes</th><td>1</td>');
    expect(page).toContain('<th scope="row">No gout</th><td>1</td><td>2</td><td>3</td>');
    expect(page).toContain(
      '<tr class="depth-0"><th scope="row">Any arm</th><td>4</td><td>3</td><td>1</td><td>0</td><td>75.0</td><td>19.4–99.4</td><td></td></tr>',
    );
    expect(page).toContain('<th scope="row">on rows: ICD10CM M10.0</th><td>2</td><td></td>');
    expect(page).toContain('Found nobody: ICD9CM 274.');
    expect(page).not.toContain('Whom no arm found');
    expect(page).toContain('<th scope="row">Granted and revoked</th><td>1</td>');
    expect(JSON.parse(readFileSync(join(folder, 'attrition.json'), 'utf8'))).toMatchObject({ gate: content.gate });
    const word = strFromU8(
      unzipSync(readFileSync(join(folder, 'tables.docx')))['word/document.xml'] ?? new Uint8Array(),
    );
    expect(word).toContain('Left &lt;b&gt;');
    expect(word).toContain('<w:tblHeader/>');
  });
});
