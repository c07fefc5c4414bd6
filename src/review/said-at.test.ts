import { expect, test } from 'vitest';
import { abstraction, adjudication, cited } from './entries.test-support.ts';
import { psoriasisStudy } from './psoriasis-study.test-support.ts';
import { saidAt } from './said-at.ts';

test('[R13] a value tells when each who decided it said so, and nobody else', async () => {
  using study = await psoriasisStudy();
  const [first, second, third] = ['2024-02-01T10:00:00Z', '2024-02-03T10:00:00Z', '2024-02-05T10:00:00Z'];
  await study.load(
    abstraction({ at: first }),
    abstraction({ at: second, reviewer: 'ben' }),
    adjudication('smoker', cited(true, 'Smokes'), { at: third }),
  );
  const of = { subject: study.subject('Patient/1'), instrument: 'baseline', row: '' };
  const { database } = study.review;
  const agreed = { by: 'agreement', reviewers: ['anna', 'ben'] } as const;
  expect(saidAt(database, { ...of, field: 'severity' }, agreed)).toEqual([first, second]);
  expect(saidAt(database, { ...of, field: 'smoker' }, { by: 'adjudication', reviewers: ['carl'] })).toEqual([third]);
});
