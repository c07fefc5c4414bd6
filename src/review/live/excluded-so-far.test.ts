import { expect, test } from 'vitest';
import { plain, screening } from '../entries.test-support.ts';
import { psoriasisProtocol } from '../psoriasis-protocol.test-support.ts';
import { type PsoriasisStudy, psoriasisStudy } from '../psoriasis-study.test-support.ts';
import { excludedSoFar } from './excluded-so-far.ts';
import { reader, type TestReader } from './live.test-support.ts';
import { liveRecords } from './record-views.ts';
import { personOf } from './save-draft.ts';

function excludedBy({ review }: PsoriasisStudy, { subject, words }: TestReader): string[] {
  const person = personOf(review, subject);
  return excludedSoFar(review, person, liveRecords(review, person, words(), 'screening'));
}

test('[R77] the answers of a reader leave a person out as they stand, whatever another one said', async () => {
  using study = await psoriasisStudy();
  await study.load(screening({ reviewer: 'ben', values: { psoriasis: plain(false) } }));
  const anna = reader(study, 'anna');
  expect(excludedBy(study, anna)).toEqual([]);
  await anna.save('psoriasis', plain(false));
  expect(excludedBy(study, anna)).toEqual(['no-psoriasis']);
  await anna.save('psoriasis', plain(true));
  expect(excludedBy(study, anna)).toEqual([]);
});

test('[R77] where nothing is answered yet, nobody is left out for what is empty', async () => {
  using study = await psoriasisStudy({
    protocol: psoriasisProtocol.replace('when: psoriasis = false', 'when: psoriasis.exists().not()'),
  });
  const anna = reader(study, 'anna');
  expect(excludedBy(study, anna)).toEqual([]);
  await anna.save('psoriasis', { missing: 'conflicting', evidence: [] });
  expect(excludedBy(study, anna)).toEqual(['no-psoriasis']);
});
