import { describe, expect, test } from 'vitest';
import { cited, plain, screening, severeSmoker } from '../entries.test-support.ts';
import type { Answer } from '../entry.ts';
import { type PsoriasisStudy, psoriasisStudy } from '../psoriasis-study.test-support.ts';
import { newestRevisions } from '../revisions.ts';
import { chartStates } from './chart-states.ts';
import { reader } from './live.test-support.ts';
import { liveRecords } from './record-views.ts';
import { personOf } from './save-draft.ts';

async function screenedStudy(): Promise<PsoriasisStudy> {
  const study = await psoriasisStudy();
  await study.load(screening(), screening({ reviewer: 'ben' }));
  return study;
}

function baselineOf(study: PsoriasisStudy, anna: ReturnType<typeof reader>) {
  const records = liveRecords(study.review, personOf(study.review, anna.subject), anna.words(), 'abstraction');
  const [baseline] = records;
  if (!baseline) throw new Error('no baseline');
  return baseline;
}

const BASELINE = { instrument: 'baseline', row: '' };

describe('a record that is being filled in', () => {
  test('[R63] tells what it asks, computes and lacks with each change', async () => {
    using study = await screenedStudy();
    const anna = reader(study, 'anna');
    expect(baselineOf(study, anna)).toMatchObject({
      state: 'empty',
      unanswered: ['severity', 'smoker', 'started'],
      problems: [],
    });
    await anna.save('smoker', cited(true, 'Smokes'));
    await anna.save('pack_years', cited(20, '20 pack-years'));
    await anna.save('severity', plain('severe'));
    await anna.save('started', { missing: 'not-documented', evidence: [] });
    const { visible, computed, problems, unanswered, state } = baselineOf(study, anna);
    expect(state).toBe('draft');
    expect([...visible]).toContain('pack_years');
    expect(computed).toEqual({ heavy: true });
    expect(problems.map(({ field, code }) => [field, code])).toEqual([
      ['severity', 'review.no-evidence'],
      ['started', 'review.no-coverage'],
    ]);
    expect(unanswered).toEqual([]);
  });

  test('[R63] an answer that is not asked any more is kept, does not count, and counts again when it is asked', async () => {
    using study = await screenedStudy();
    const anna = reader(study, 'anna');
    for (const [field, answer] of Object.entries(severeSmoker)) await anna.save(field, answer);
    await anna.save('smoker', cited(false, 'Smokes'));
    expect(Object.keys(baselineOf(study, anna).answers).sort()).toEqual(['severity', 'smoker', 'started']);
    expect(anna.word('pack_years')?.answer).toEqual(severeSmoker.pack_years);
    await anna.complete('abstraction', BASELINE);
    expect(baselineOf(study, anna).state).toBe('complete');
    await anna.save('smoker', cited(true, 'Smokes'));
    expect(baselineOf(study, anna)).toMatchObject({ state: 'changed', computed: { heavy: true } });
  });

  test.each<[string, Answer, string]>([
    ['of the wrong kind', plain(3), 'review.value'],
    ['that no choice is', plain('worst'), 'review.value'],
    ['missing in a way that is not allowed', { missing: 'documented-absent', evidence: [] }, 'review.missing-kind'],
  ])('[R63] a value %s is saved and told', async (_, answer, code) => {
    using study = await screenedStudy();
    const anna = reader(study, 'anna');
    const field = code === 'review.missing-kind' ? 'smoker' : 'severity';
    await anna.save(field, answer);
    expect(baselineOf(study, anna).problems.map((one) => one.code)).toContain(code);
  });
});

describe('to complete', () => {
  test('[R64] a record that lacks something is refused with each problem, and the drafts stay', async () => {
    using study = await screenedStudy();
    const anna = reader(study, 'anna');
    await anna.save('severity', plain('severe'));
    const before = study.stored();
    await expect(anna.complete('abstraction', BASELINE)).rejects.toMatchObject({
      code: 'review.incomplete',
      problems: [
        { code: 'review.no-evidence', tip: 'Add `evidence`.' },
        { code: 'review.unanswered', message: 'baseline: smoker has no answer.' },
        { code: 'review.unanswered', message: 'baseline: started has no answer.' },
      ],
    });
    expect(study.stored()).toEqual(before);
    expect(anna.word('severity')?.answer).toEqual(plain('severe'));
  });

  test('[R64] makes entries of the drafts once; done again it changes nothing; a change after it takes the chart again', async () => {
    using study = await screenedStudy();
    const anna = reader(study, 'anna');
    for (const [field, answer] of Object.entries(severeSmoker)) await anna.save(field, answer);
    await anna.complete('abstraction');
    const said = newestRevisions(study.review.database).filter(
      (one) => one.reviewer === 'anna' && one.instrument === 'baseline',
    );
    expect(Object.fromEntries(said.map(({ field, answer }) => [field, answer]))).toEqual(severeSmoker);
    const state = () => chartStates(study.review).chart(anna.subject, 'abstraction', 'anna').state;
    expect(state()).toBe('done');
    const before = study.stored();
    await anna.complete('abstraction');
    expect(study.stored()).toEqual(before);
    await anna.save('remark', plain('seen again'));
    expect([state(), baselineOf(study, anna).state]).toEqual(['mine', 'changed']);
    await anna.complete('abstraction');
    expect([state(), baselineOf(study, anna).state]).toEqual(['done', 'complete']);
  });

  test('[R64] a record that there is not is refused', async () => {
    using study = await screenedStudy();
    const anna = reader(study, 'anna');
    await anna.save('remark', plain('x'));
    await expect(anna.complete('abstraction', { instrument: 'visit', row: '9' })).rejects.toMatchObject({
      code: 'review.no-row',
    });
    await expect(reader(study, 'zoe').complete('abstraction')).rejects.toMatchObject({ code: 'review.not-taken' });
  });
});
