/** The Word document as LibreOffice reads it: what is printed arrives in its PDF. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { captionOf } from './printed-table.ts';
import { printedTables } from './printed-tables.ts';
import { asthma, asthmaStatistics, pageFacts, row, table } from './tables.test-support.ts';
import { wordTablesFile } from './tables-docx.ts';

const MINUTES = 60_000;
const isThere = spawnSync('soffice', ['--version']).status === 0;
const long = Array.from({ length: 70 }, (_, at) => row(`site-${at}`, `Site number ${at}`, [String(1000 + at)]));
const tables = printedTables({ tables: [...asthma.tables, table('sites', 'Sites', long)] }, asthmaStatistics);

test.skipIf(!isThere)(
  '[R3][R4] opens in LibreOffice with every label and number, and the header again on the next page (skipped where LibreOffice is not installed)',
  async () => {
    const dir = mkdtempSync(join(tmpdir(), 'chartproof-word-'));
    try {
      writeFileSync(join(dir, 'tables.docx'), await wordTablesFile(pageFacts, tables));
      // A profile of its own: another LibreOffice that runs would take the call and do nothing.
      const profile = `-env:UserInstallation=${pathToFileURL(join(dir, 'profile')).href}`;
      execFileSync(
        'soffice',
        [profile, '--headless', '--convert-to', 'pdf', '--outdir', dir, join(dir, 'tables.docx')],
        {
          stdio: 'ignore',
        },
      );
      const pdf = await getDocumentProxy(new Uint8Array(readFileSync(join(dir, 'tables.pdf'))));
      const { text: pages } = await extractText(pdf);
      const seen = pages.join(' ').replaceAll(/\s+/g, '');
      for (const printed of tables) {
        const texts = printed.lines.flatMap((line) =>
          'heading' in line ? [line.heading] : [line.label, ...line.cells],
        );
        const notes = printed.notes.map(({ text }) => text);
        for (const text of [captionOf(printed), ...printed.columns, ...texts, ...notes])
          expect(seen).toContain(text.replaceAll(/\s+/g, ''));
      }
      expect(seen).toContain(`Page${pages.length}of${pages.length}`);
      const ofSites = pages.filter((page) => page.includes('Site number'));
      expect(ofSites.length).toBeGreaterThan(1);
      expect(ofSites.filter((page) => !page.includes('Column 1'))).toEqual([]);
    } finally {
      rmSync(dir, { recursive: true });
    }
  },
  3 * MINUTES,
);
