import { expect, test } from 'vitest';
import { drawSample } from '../cohort/index.ts';
import { saySampleVerdict } from '../review/index.ts';
import { searchReport } from './search-report.ts';
import { studyResults } from './study-results.ts';
import { searchText } from './tables-text.ts';
import { adjudicated, filesOf, type VitiligoStudy, vitiligoStudy } from './vitiligo-study.test-support.ts';

const anna = { actor: 'anna', at: '2024-04-01T00:00:00Z' };

/** Draws whom no arm found, and says that N001 is a case that was missed. */
function missed(study: VitiligoStudy) {
  return study.within(async (open) => {
    await drawSample(open, { size: 10, seed: '1' }, anna);
    const quotations = [{ note: 'DocumentReference/3', quote: 'Vitiligo of the face' }];
    await saySampleVerdict(open.review, { subject: 'N001', isCase: true, quotations, records: [] }, anna);
  });
}

test('the release has the yield of each arm and code', async () => {
  using study = await vitiligoStudy();
  await study.say(adjudicated);
  const files = filesOf((await study.publish()).folder);
  const json = JSON.parse(files.get('arms.json')?.toString() ?? '');
  const counts = { eligible: 2, notEligible: 0, byRule: 0, open: 0, included: 2, only: 2 };
  const ppv = { estimate: 1, low: expect.closeTo(0.158113883, 8), high: 1 }; // 0.025^(1/2)
  expect(json).toMatchObject({
    any: { found: 2, eligible: 2, ppv },
    arms: [
      {
        id: 'coded',
        authorized: 2,
        ...counts,
        ppv,
        leaves: [
          { kind: 'code', label: 'ICD10CM L80', found: 2, ...counts, ppv, codes: [{ code: 'ICD10CM L80', found: 2 }] },
        ],
      },
    ],
  });
  expect(json).not.toHaveProperty('sample');
  expect(files.get('arms.csv')?.toString().split('\n').slice(0, 4)).toEqual([
    'arm,kind,label,found,eligible,not_eligible,by_rule,open,included,ppv,ppv_low,ppv_high,only',
    expect.stringMatching(/^coded,arm,Coded,2,2,0,0,0,2,1,0\.158113883\d*,1,2$/),
    expect.stringMatching(/^coded,code,ICD10CM L80,2,2,0,0,0,2,1,0\.158\d*,1,2$/),
    'coded,code-on-rows,ICD10CM L80,2,,,,,,,,,',
  ]);
});

test('a sample that was read is in the release, which is another one by it, and names nobody', async () => {
  using study = await vitiligoStudy();
  await study.say(adjudicated);
  const before = await study.publish();
  await missed(study);
  const after = await study.publish();
  expect(before.facts).not.toHaveProperty('sample');
  expect(after.facts.lock).toBe(before.facts.lock);
  expect(after.folder).not.toBe(before.folder);
  const files = filesOf(after.folder);
  expect(JSON.parse(files.get('arms.json')?.toString() ?? '')).toMatchObject({
    sample: {
      population: 1,
      drawn: 1,
      read: 1,
      cases: 1,
      found: 2,
      share: { estimate: 1, low: expect.closeTo(0.025, 8), high: 1 },
      // All were read: there is nothing to estimate.
      missed: { estimate: 1, low: 1, high: 1 },
      sensitivity: { estimate: 2 / 3, low: 2 / 3, high: 2 / 3 },
    },
  });
  const page = files.get('tables.html')?.toString();
  expect(page).toContain('its sensitivity is 66.7 % (95% CI 66.7–66.7)');
  for (const bytes of files.values()) expect(bytes.toString()).not.toMatch(/Patient\/|N001|of the face/);
});

test('while the screening is not finished, its candidates are counted apart', async () => {
  using study = await vitiligoStudy();
  await study.say({
    kind: 'abstraction',
    person: 'Patient/2',
    at: '2024-03-01T00:00:00Z',
    reviewer: 'ben',
    instrument: 'screening',
    values: { eligible: { value: false, evidence: [] } },
  });
  await missed(study);
  const { report } = await study.within((open) => searchReport(open, studyResults(open)));
  expect(report).toMatchObject({ any: { found: 2, eligible: 1, open: 1 }, sample: { found: 1, open: 1 } });
  const text = searchText(report);
  expect(text).toMatch(/Not settled/);
  expect(text).toMatch(/1 candidates? (is|are) not settled/);
});
