import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { computeStatistics } from '../../analysis/index.ts';
import { silent } from '../../base/index.ts';
import { agreementPairs } from '../../review/index.ts';
import { draftFacts } from '../draft-facts.ts';
import { liveSourceOf, publishStudy } from '../publish-study.ts';
import { studyResults } from '../study-results.ts';
import { adjudicated, filesOf, type VitiligoStudy, vitiligoStudy } from '../vitiligo-study.test-support.ts';
import { keepApproval, readApproval } from './approval.ts';
import { liveValues } from './live-values.ts';
import { starterText } from './starter.ts';
import { manuscriptPaths, recordsAt } from './study-manuscript.ts';

const TEXT = `# Results

{{included.n}} were included. {{better.n:Words}} of {{better.N}} (**{{better.percent}}** %) were better[^a], of {{age.n}} aged {{age.mean}}.

[^a]: {{table.course.better.total.n}} in Table {{course.number}}.
`;
const WHO = { actor: 'steward', at: '2024-05-01T00:00:00Z', progress: silent, accepting: 'invented' };

async function studyWith(text: string): Promise<VitiligoStudy> {
  const study = await vitiligoStudy();
  await study.say(adjudicated);
  write(study, text);
  return study;
}

function write(study: VitiligoStudy, text: string): void {
  const { text: file } = manuscriptPaths(study.workspace, 'vitiligo');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const release = (study: VitiligoStudy, acceptChanges?: string) =>
  study.within((open) =>
    publishStudy(study.workspace, open, { ...WHO, ...(acceptChanges === undefined ? {} : { acceptChanges }) }),
  );

const approvals = (study: VitiligoStudy) =>
  study.within(({ database }) =>
    database
      .all(database.db.selectFrom('audit').select('detail').where('action', '=', 'manuscript.approve'))
      .map(({ detail }) => (JSON.parse(detail) as { why: string }).why),
  );

/** The second person got better after all. */
const changed = {
  ...adjudicated,
  answer: {
    value: true,
    evidence: adjudicated.answer && 'evidence' in adjudicated.answer ? adjudicated.answer.evidence : [],
  },
  reason: 'on the face too',
} as typeof adjudicated;

describe('the text of a release', () => {
  test('[R30][R33] has its numbers in, and each leads to its subjects', async () => {
    using study = await studyWith(TEXT);
    const { folder, facts } = await release(study);
    const files = filesOf(folder);
    const text = files.get('manuscript.md')?.toString() ?? '';
    expect(text).toContain('2 were included. One of 2 (**50** %) were better[^a], of 2 aged 43.0.');
    expect(text).toContain(`  lock: ${facts.lock}\n`);
    const page = files.get('manuscript.html')?.toString() ?? '';
    expect(page).toContain('<strong><a href="#value-4" title="better.percent">50</a></strong>');
    expect(page).toMatch(/<dt id="value-4">better\.percent: 50<\/dt><dd>Better: S001<\/dd>/);
    expect(page).not.toMatch(/<script|src=/);
    const { values } = JSON.parse(files.get('manuscript.json')?.toString() ?? '') as {
      values: { expression: string }[];
    };
    expect(values.map(({ expression }) => expression)).toEqual([
      'included.n',
      'better.n:Words',
      'better.N',
      'better.percent',
      'age.n',
      'age.mean',
      'table.course.better.total.n',
      'course.number',
    ]);
    expect(values[0]).toMatchObject({ line: 3, value: 2, printed: '2', subjects: ['S001', 'S002'], kind: 'account' });
    const word = unzipSync(files.get('manuscript.docx') ?? new Uint8Array());
    expect(strFromU8(word['word/document.xml'] ?? new Uint8Array())).toMatch(/footnoteReference/);
  });

  test('[R34] has the same bytes when it is released again, and another release when it changes', async () => {
    using study = await studyWith(TEXT);
    const first = await release(study);
    const bytes = filesOf(first.folder);
    expect(filesOf((await release(study)).folder)).toEqual(bytes);
    write(study, `${TEXT}\nMore.\n`);
    expect((await release(study)).folder).not.toBe(first.folder);
    expect(await approvals(study)).toEqual(['released']);
  });

  test('[R31] is refused while it has a problem, and nothing is released', async () => {
    using study = await studyWith('We saw 2 patients, {{beter.n}} better.');
    await expect(release(study, 'never mind')).rejects.toMatchObject({
      code: 'publish.stale-text',
      problems: [{ code: 'publish.literal-number' }, { code: 'publish.unknown-name', tip: 'Did you mean `better.n`?' }],
    });
    const locks = await study.within(({ database }) =>
      database.all(database.db.selectFrom('release_lock').selectAll()),
    );
    expect(locks).toEqual([]);
  });

  test('[R31][R32] is refused when a number moved, until somebody says why', async () => {
    using study = await studyWith(TEXT);
    await release(study);
    await study.say(changed);
    await expect(release(study)).rejects.toMatchObject({
      code: 'publish.stale-text',
      problems: [
        { message: '`better.n:Words` was One when the text was last approved and is Two now.', place: { line: 3 } },
        { message: '`better.percent` was 50 when the text was last approved and is 100 now.' },
        { message: '`table.course.better.total.n` was 1 when the text was last approved and is 2 now.' },
      ],
    });
    const { folder } = await release(study, 'adjudicated again');
    expect(filesOf(folder).get('manuscript.md')?.toString()).toContain('Two of 2 (**100** %)');
    expect(await approvals(study)).toEqual(['released', 'adjudicated again']);
  });

  test('[R32] is held against an approval that nobody altered or took away', async () => {
    using study = await vitiligoStudy();
    const { approved } = manuscriptPaths(study.workspace, 'vitiligo');
    const facts = { study: 'vitiligo', title: '', protocolVersion: '1', protocol: 'a', snapshot: 'b', lock: 'c' };
    await study.within(({ database }) => {
      expect(readApproval(database, approved)).toBeUndefined();
      keepApproval(database, approved, { bound: [], facts, why: 'read' }, WHO);
      expect(readApproval(database, approved)).toMatchObject({ by: 'steward', why: 'read', lock: 'c' });
      const text = readFileSync(approved, 'utf8');
      writeFileSync(approved, text.replace('"read"', '"not read"'));
      expect(() => readApproval(database, approved)).toThrow(expect.objectContaining({ code: 'publish.approval' }));
      rmSync(approved);
      expect(() => readApproval(database, approved)).toThrow(expect.objectContaining({ code: 'publish.approval' }));
      writeFileSync(approved, text);
      expect(readApproval(database, approved)).toMatchObject({ why: 'read' });
    });
  });
});

describe('the values of a study', () => {
  test('[R20] are named once each but for those of several kinds, and a first text names only such', async () => {
    using study = await vitiligoStudy(
      'exclusions: [{ id: few, label: Fewer than 3 visits, reviewer: { instrument: screening, when: eligible = false } }]',
    );
    await study.say(adjudicated);
    const { values, starter } = await study.within(async (open) => {
      const found = studyResults(open);
      const statistics = await computeStatistics(found.data, agreementPairs(open.review));
      const source = liveSourceOf(study.workspace, found, draftFacts(open, found), statistics);
      return { values: liveValues(source), starter: starterText(source) };
    });
    const names = values.map(({ kind, name }) => `${kind}.${name}`);
    expect(new Set(names).size).toBe(names.length);
    const of = (name: string) => values.find((one) => `${one.kind}.${one.name}` === name);
    expect(of('statistic.better.N')).toMatchObject({ value: 2, subjects: ['S001', 'S002'] });
    expect(of('account.identified.n')?.subjects).toBeUndefined();
    expect(of('account.authorized.n')).toMatchObject({ value: 2, subjects: ['S001', 'S002'] });
    expect(of('table.course.better.total.percent')).toMatchObject({ value: 50 });
    expect(of('variable.age.median')).toMatchObject({ value: 43, digits: 1 });
    expect(of('facts.facts.until')?.value).toBe('2018-12-31');
    expect(of('facts.facts.recordsDate')?.value).toBe('2024-01-01');
    expect(recordsAt(study.workspace, 'nosuchsnapshot')).toBeNull();
    write(study, starter);
    const { folder } = await release(study);
    const text = filesOf(folder).get('manuscript.md')?.toString() ?? '';
    // A number of a label is no result, and keeps nothing from being printed.
    expect(starter).toContain('- Fewer than [[3]] visits: {{account.few.n}}.');
    expect(text).toContain('- Fewer than 3 visits: 0.');
    expect(text).toContain('- Better: 1 of 2 (50 %; 95 % CI 1\u201399).');
    expect(text).not.toContain('{{');
  });
});
