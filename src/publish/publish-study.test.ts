import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { traceCell } from '../analysis/index.ts';
import { verifyAudit } from '../workspace/index.ts';
import { acceptWarnings, sortWarnings } from './disclosure/accepted.ts';
import { disclosureOf } from './disclosure/study-disclosure.ts';
import { studyResults } from './study-results.ts';
import { adjudicated, BY, filesOf, vitiligoStudy } from './vitiligo-study.test-support.ts';

describe('a release of a study', () => {
  test('[R57] is refused while a warning is open; what was accepted is kept with its reason, and leaves with it', async () => {
    using study = await vitiligoStudy();
    await study.say(adjudicated);
    await expect(study.publish(null)).rejects.toMatchObject({ code: 'publish.disclosure' });
    const { folder, facts } = await study.publish('one of two, as approved');
    expect(facts.disclosure).toMatch(/^[0-9a-f]{64}$/);
    expect(filesOf(folder).get('disclosure.csv')?.toString()).toContain(
      'small-cell,course/better/total,1 of 2.,"one of two, as approved",steward',
    );
    const [row] = await study.within(({ database }) =>
      database.all(database.db.selectFrom('audit').selectAll().where('action', '=', 'disclosure.accept')),
    );
    expect(row?.detail).not.toContain('approved');
  });

  test('[R58] a warning that tells another count is open again', async () => {
    using study = await vitiligoStudy();
    await study.say(adjudicated);
    await study.publish('approved');
    await study.within((open) => {
      const { database } = open;
      const found = studyResults(open);
      const { accepted } = disclosureOf(open, found);
      expect(disclosureOf(open, found).open).toEqual([]);
      const [first] = accepted;
      if (!first) throw new Error('a warning');
      const other = { ...first, text: '2 of 2.' };
      expect(sortWarnings(database, [other, { ...first, place: 'elsewhere' }]).open).toHaveLength(2);
      expect(() => acceptWarnings(database, [first], ' ', BY)).toThrow(
        expect.objectContaining({ code: 'publish.no-reason' }),
      );
      expect(() => database.sql.exec("UPDATE disclosure_override SET reason = ''")).toThrow(/append-only/);
    });
  });

  test('is refused while anything is open, and leaves nothing', async () => {
    using study = await vitiligoStudy();
    await expect(study.publish()).rejects.toMatchObject({ code: 'review.open' });
    const locks = await study.within(({ database }) =>
      database.all(database.db.selectFrom('release_lock').selectAll()),
    );
    expect(locks).toEqual([]);
  });

  test('has the same bytes in another workspace, and when it is made again', async () => {
    using first = await vitiligoStudy();
    using second = await vitiligoStudy();
    await first.say(adjudicated);
    await second.say({ ...adjudicated, at: '2024-03-01T00:00:00Z' });
    const files = filesOf((await first.publish()).folder);
    expect(filesOf((await first.publish()).folder)).toEqual(files);
    expect(filesOf((await second.publish()).folder)).toEqual(files);
    const said = await first.within(({ database }) => [
      database.all(database.db.selectFrom('release_lock').selectAll()).length,
      database.all(database.db.selectFrom('audit').selectAll().where('action', '=', 'release.publish')).length,
      verifyAudit(database).ok,
    ]);
    expect(said).toEqual([1, 1, true]);
  });

  test('is another one after one more word of the adjudicator', async () => {
    using study = await vitiligoStudy();
    await study.say(adjudicated);
    const before = await study.publish();
    await study.say({ ...adjudicated, reason: 'asked again' });
    const after = await study.publish();
    expect(after.facts.lock).not.toBe(before.facts.lock);
    expect(filesOf(after.folder).get('tables.json')).toEqual(filesOf(before.folder).get('tables.json'));
  });

  test('holds what R counted as we did, and no name, birth date or id of a person', async () => {
    using study = await vitiligoStudy();
    await study.say(adjudicated);
    const { folder, proportions, results } = await study.publish();
    expect(proportions).toMatchObject([{ x: 1, n: 2 }]);
    expect(results.tables[0]?.rows[0]?.cells[0]).toMatchObject({ n: 1, N: 2 });
    const files = filesOf(folder);
    expect([...files.keys()]).toEqual([
      'agreement.csv',
      'analysis.R',
      'arms-r.csv',
      'arms.R',
      'arms.csv',
      'arms.json',
      'arms.png',
      'arms.svg',
      'attrition.json',
      'attrition.png',
      'attrition.svg',
      ...['process', 'record', 'strobe'].flatMap((id) => ['csv', 'html', 'md'].map((end) => `checklists/${id}.${end}`)),
      'codelists/vitiligo.csv',
      'curves-r.csv',
      'data/agreement-fields.csv',
      'data/agreement-pairs.csv',
      'data/answers.csv',
      'data/arm-counts.csv',
      'data/codebook.csv',
      'data/ledger.csv',
      'data/proportions.csv',
      'data/statistic-values.csv',
      'data/statistics.csv',
      'data/subjects.csv',
      'disclosure.csv',
      'estimates-r.csv',
      'methods.md',
      'protocol.yaml',
      'release.json',
      'ro-crate-metadata.json',
      'searches.csv',
      'searches.md',
      'statistics-r.csv',
      'statistics.json',
      'tables.docx',
      'tables.html',
      'tables.json',
      'tables/agreement.csv',
      'tables/agreement.md',
      'tables/agreement.tex',
      'tables/course.csv',
      'tables/course.md',
      'tables/course.tex',
      'tables/proportions.csv',
      'tables/proportions.md',
      'tables/proportions.tex',
      'verification.json',
    ]);
    for (const [name, bytes] of files) {
      const parts = name.endsWith('.docx')
        ? Object.values(unzipSync(bytes)).map((part) => strFromU8(part))
        : [bytes.toString()];
      for (const text of parts) expect(text, name).not.toMatch(/Quackenbush|1970-07|Patient\/|DocumentReference\//);
    }
    expect(files.get('data/subjects.csv')?.toString()).toContain(',43\n');
  });

  test('leads from a number back to the sentence in the chart', async () => {
    using study = await vitiligoStudy();
    await study.say(adjudicated);
    await study.within((open) => {
      const { data, results } = studyResults(open);
      const [subject] = traceCell(data, results, 'course/better/total').subjects;
      const [evidence] = subject?.values[0]?.settled.evidence ?? [];
      if (!evidence || !('note' in evidence)) throw new Error('a quotation');
      const note = open.gate.note(evidence.note);
      expect(note?.text.slice(evidence.start, evidence.end)).toBe('Repigmented on tacrolimus');
    });
  });
});
