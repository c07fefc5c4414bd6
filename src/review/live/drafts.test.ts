import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifyAudit } from '../../workspace/index.ts';
import { abstraction, cited, plain, screening, severeSmoker } from '../entries.test-support.ts';
import type { Answer } from '../entry.ts';
import { type PsoriasisStudy, psoriasisStudy } from '../psoriasis-study.test-support.ts';
import { newestRevisions } from '../revisions.ts';
import { AT, reader } from './live.test-support.ts';
import { removeRow, saveDraft } from './save-draft.ts';

/** The tests' study with Patient/1 screened by two, so that it is to be abstracted. */
async function screenedStudy(): Promise<PsoriasisStudy> {
  const study = await psoriasisStudy();
  await study.load(screening(), screening({ reviewer: 'ben' }));
  return study;
}

const ID = '0198c0de-0000-7000-8000-000000000001';

describe('a change', () => {
  test('[R60] is stored with a row of the audit trail that does not have the answer, and is no entry yet', async () => {
    using study = await screenedStudy();
    const anna = reader(study, 'anna');
    await anna.save('remark', plain('itches at night'));
    const { database } = study.review;
    expect(anna.word('remark')?.answer).toEqual(plain('itches at night'));
    expect(newestRevisions(database).filter((one) => one.field === 'remark')).toEqual([]);
    const trail = database.all(database.db.selectFrom('audit').selectAll().orderBy('seq'));
    expect(trail.at(-1)).toMatchObject({ actor: 'anna', action: 'review.draft', subject: anna.subject });
    expect(JSON.stringify(trail)).not.toContain('itches');
    expect(verifyAudit(database).ok).toBe(true);
  });

  test('[R60] of a chart that was not taken is refused', async () => {
    using study = await screenedStudy();
    const { review } = study;
    const change = {
      changeId: ID,
      subject: study.subject('Patient/1'),
      instrument: 'baseline',
      row: '',
      field: 'remark',
      reviewer: 'anna',
      answer: plain('x'),
      seen: '0',
    };
    await expect(saveDraft(review, change, AT)).rejects.toMatchObject({ code: 'review.not-taken' });
    await expect(saveDraft(review, { ...change, subject: 'S099' }, AT)).rejects.toMatchObject({
      code: 'review.closed-chart',
    });
    expect(review.database.all(review.database.db.selectFrom('draft').selectAll())).toEqual([]);
  });

  test.each([
    ['a field that there is not', { field: 'colour' }, 'review.unknown-field'],
    ['a computed field', { field: 'heavy' }, 'review.unknown-field'],
    ['an instrument that there is not', { instrument: 'final' }, 'review.unknown-instrument'],
    ['a row where there is none', { row: '1' }, 'review.row-unexpected'],
    ['no row where there is one', { instrument: 'visit', field: 'clear' }, 'review.row-missing'],
  ])('[R60] of %s is refused', async (_, more, code) => {
    using study = await screenedStudy();
    await expect(reader(study, 'anna').save('remark', plain('x'), more)).rejects.toMatchObject({ code });
  });

  test('[R60] that cites what the note does not have is refused and not stored, without what was quoted', async () => {
    using study = await screenedStudy();
    const anna = reader(study, 'anna');
    const wrong: Answer = {
      value: 'severe',
      evidence: [{ note: 'DocumentReference/1', start: 0, end: 6, quote: 'Gentle' }],
    };
    const failure = await anna.save('severity', wrong).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'review.invalid', problems: [{ code: 'review.quote-differs' }] });
    expect(JSON.stringify(failure)).not.toContain('Gentle');
    expect(anna.word('severity')).toBeUndefined();
  });

  test('[R65] sent again is the same change; its id is not used for another', async () => {
    using study = await screenedStudy();
    const anna = reader(study, 'anna');
    const first = await anna.save('remark', plain('a'), { changeId: ID, seen: '0' });
    await anna.save('remark', plain('b'));
    expect(await anna.save('remark', plain('a'), { changeId: ID, seen: '0' })).toEqual(first);
    expect(anna.word('remark')?.answer).toEqual(plain('b'));
    await expect(anna.save('remark', plain('c'), { changeId: ID })).rejects.toMatchObject({
      code: 'review.change-reused',
    });
    expect(study.review.database.all(study.review.database.db.selectFrom('draft').select('id'))).toHaveLength(2);
  });

  test('[R62] of what another tab changed is a conflict, and stores nothing; of another field it is none', async () => {
    using study = await screenedStudy();
    const anna = reader(study, 'anna');
    await anna.save('remark', plain('first tab'), { seen: '0' });
    const conflict = await anna.save('remark', plain('second tab'), { seen: '0' });
    expect(conflict).toMatchObject({ kind: 'conflict', current: { answer: plain('first tab') } });
    await anna.save('nails', plain(['pits']), { seen: '0' });
    expect(anna.words().map(({ field, answer }) => [field, answer])).toEqual([
      ['psoriasis', plain(true)],
      ['remark', plain('first tab')],
      ['nails', plain(['pits'])],
    ]);
  });

  test('[R62] two people on one chart do not touch each other’s words', async () => {
    using study = await screenedStudy();
    const [anna, ben] = [reader(study, 'anna'), reader(study, 'ben')];
    await anna.save('remark', plain('anna'));
    expect(await ben.save('remark', plain('ben'), { seen: '0' })).toMatchObject({ kind: 'saved' });
    expect([anna.word('remark')?.answer, ben.word('remark')?.answer]).toEqual([plain('anna'), plain('ben')]);
  });

  test('[R61] an entry that came later and says something else is the word; one that completed the draft is not', async () => {
    using study = await screenedStudy();
    const anna = reader(study, 'anna');
    for (const [field, answer] of Object.entries(severeSmoker)) await anna.save(field, answer);
    const before = anna.words().map(({ field, revision }) => [field, revision]);
    await anna.complete('abstraction', { instrument: 'baseline', row: '' });
    expect(
      anna
        .words()
        .map(({ field, revision }) => [field, revision])
        .sort(),
    ).toEqual(before.sort());
    const mild = { ...severeSmoker, severity: cited('mild', 'Severe plaque psoriasis') };
    await study.load(abstraction({ values: mild, at: '2024-04-01T00:00:00Z' }));
    expect(anna.word('severity')).toMatchObject({ answer: mild.severity, revision: expect.stringMatching(/^r\d+$/) });
    expect(anna.word('started')?.revision).toMatch(/^\d+$/);
  });
});

describe('two tabs', () => {
  interface Step {
    readonly tab: 0 | 1;
    readonly field: string;
    readonly value: string;
    readonly does: 'save' | 'retry' | 'look' | 'complete';
  }
  const steps = fc.array(
    fc.record<Step>({
      tab: fc.constantFrom(0, 1),
      field: fc.constantFrom('remark', 'nails'),
      value: fc.constantFrom('pits', 'lifting'),
      does: fc.constantFrom('save', 'save', 'save', 'retry', 'look', 'complete'),
    }),
    { maxLength: 25 },
  );

  test('[R62][R64][R65] in whatever order they save, retry and complete: what is acknowledged stands until a tab that saw it changes it', async () => {
    using study = await screenedStudy();
    const { database } = study.review;
    const anna = reader(study, 'anna');
    for (const [field, answer] of Object.entries(severeSmoker)) await anna.save(field, answer);
    const revisions = () => Object.fromEntries(anna.words().map((one) => [one.field, one.revision]));
    const answers = () => Object.fromEntries(anna.words().map((one) => [one.field, one.answer]));
    const drafts = () => database.all(database.db.selectFrom('draft').select('id')).length;
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const seen = [revisions(), revisions()];
        const last: (Parameters<typeof anna.save> | undefined)[] = [undefined, undefined];
        const truth = answers();
        let stored = drafts();
        for (const { tab, field, value, does } of list) {
          if (does === 'look') seen[tab] = revisions();
          if (does === 'retry' && last[tab]) await anna.save(...last[tab]);
          if (does === 'complete') {
            await anna.complete('abstraction', { instrument: 'baseline', row: '' });
            const said = newestRevisions(database, anna.subject).filter((one) => one.reviewer === 'anna');
            expect(Object.fromEntries(said.map((one) => [one.field, one.answer]))).toEqual(truth);
          }
          if (does === 'save') {
            const answer = field === 'nails' ? plain([value]) : plain(value);
            const change = { changeId: randomUUID(), seen: seen[tab]?.[field] ?? '0' };
            const stood = revisions()[field] ?? '0';
            const saved = await anna.save(field, answer, change);
            expect(saved.kind).toBe(change.seen === stood ? 'saved' : 'conflict');
            if (saved.kind === 'saved') {
              stored += 1;
              truth[field] = answer;
              seen[tab] = { ...seen[tab], [field]: saved.revision };
              last[tab] = [field, answer, change];
            }
          }
          expect(answers()).toEqual(truth);
          expect(drafts()).toBe(stored);
        }
      }),
      { numRuns: 60 },
    );
    expect(verifyAudit(database).ok).toBe(true);
  });
});

describe('a row', () => {
  test('[R64] that is removed is withdrawn with all that was said in it, once it is completed', async () => {
    using study = await screenedStudy();
    const anna = reader(study, 'anna');
    await anna.save('clear', plain(true), { row: '1' });
    await anna.complete('abstraction', { instrument: 'visit', row: '1' });
    const rows = () =>
      newestRevisions(study.review.database)
        .filter((one) => one.instrument === 'visit')
        .map((one) => [one.row, one.field]);
    expect(rows()).toEqual([
      ['1', 'number'],
      ['1', 'clear'],
    ]);
    const seen = Object.fromEntries(anna.words().map((one) => [one.field, one.revision]));
    const removal = { changeId: ID, subject: anna.subject, instrument: 'visit', row: '1', reviewer: 'anna' };
    expect(removeRow(study.review, { ...removal, seen: { ...seen, clear: '0' } }, AT).kind).toBe('conflict');
    const removed = removeRow(study.review, { ...removal, seen }, AT);
    expect(removed.kind).toBe('saved');
    expect(removeRow(study.review, { ...removal, seen }, AT).kind).toBe('saved');
    expect(rows()).toHaveLength(2);
    await anna.complete('abstraction', { instrument: 'visit', row: '1' });
    expect(rows()).toEqual([]);
    expect(() =>
      removeRow(study.review, { ...removal, row: '7', changeId: ID.replace('1', '2'), seen: {} }, AT),
    ).toThrow('no such record');
  });
});
