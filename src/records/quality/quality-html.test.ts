import { expect, test } from 'vitest';
import type { SnapshotId } from '../../base/index.ts';
import { verdictsOn } from './quality.test-support.ts';
import { qualityPage } from './quality-html.ts';

test('[R89] the page tells what failed first, where to look, and what is off; nothing on it runs or is fetched', async () => {
  const ids = ['missing-date/note', 'empty-note/note', 'short-note/note', 'shared-note/note'];
  const rows = { note: [{ note_id: 12345, note_text: 'long enough to be a note' }] };
  const checks = await verdictsOn(ids, rows, { off: { 'empty-note': 'They <are> the archive & stay.' } });
  const summary = [
    {
      group: 'completeness',
      category: 'completeness',
      context: 'verification',
      pass: 1,
      fail: 1,
      notApplicable: 0,
      off: 1,
    },
  ] as const;
  const page = await qualityPage({ snapshot: '0123456789abcdef' as SnapshotId, asOf: '2020-06-15', checks, summary });
  expect(page).toContain(
    '<strong>1 of 2 checks failed.</strong> 1 more had nothing to judge in these records, 1 switched off.',
  );
  expect(page.indexOf('What failed')).toBeLessThan(page.indexOf('<h2>Conformance'));
  expect(page).toContain('href="#missing-date.note"');
  expect(page).toContain('<article id="missing-date.note">');
  expect(page).toContain('<td>note</td><td>12345</td><td>rows.ndjson</td><td>1</td>');
  expect(page).toContain('They &lt;are&gt; the archive &amp; stay.');
  expect(page).not.toMatch(/<script|<link|<img|https?:|@import|long enough/);
});
