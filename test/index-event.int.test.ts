/** A study about events, from the search to one person's way through its account. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silent } from '../src/base/index.ts';
import { goutProtocol, hospital } from '../src/cohort/hospital.test-support.ts';
import { identify } from '../src/cohort/index.ts';
import { registerProtocol } from '../src/protocol/index.ts';
import { studyResults, whyPerson } from '../src/publish/index.ts';
import { withStudy } from '../src/review/index.ts';

const by = { actor: 'steward', at: '2024-02-01T00:00:00Z' };
const gout = (...dates: string[]) => dates.map((date) => ({ code: '274.0', date }));

const protocol = goutProtocol({
  index: { label: 'New gout', events: [{ condition: 'gout', during: 'period' }], take: 'every', washout: '1 year' },
  exclusions: [
    {
      id: 'treated',
      label: 'Treated soon',
      rule: { drug: 'allopurinol', timing: [{ within: '30 days', after: 'index' }] },
    },
  ],
});

test('[R106][R107][R148] each case leaves by itself, a person with the last of its cases', async () => {
  using place = await hospital([
    {
      id: 'twice',
      conditions: gout('2012-05-01', '2012-06-01', '2015-05-01'),
      drugs: [{ text: 'allopurinol', date: '2012-05-10' }],
    },
    { id: 'known', conditions: gout('2011-12-01', '2012-02-01') },
    { id: 'before', conditions: gout('2010') },
  ]);
  const file = join(place.workspace.dir, '..', 'protocol.yaml');
  writeFileSync(file, JSON.stringify(protocol)); // JSON is YAML
  const { study } = registerProtocol(place.workspace, file, by);
  await withStudy(place.workspace, study, 'of-cohort', async ({ database, study: registered, gate }) => {
    await identify(database, registered, gate, { ...by, progress: silent });
  });
  const steps = await withStudy(place.workspace, study, 'of-cohort', (open) => studyResults(open).attrition);
  expect(steps.map(({ id, removed, n, allFailing, events }) => [id, removed, n, allFailing, events?.removed])).toEqual([
    ['identified', 0, 3, undefined, undefined],
    ['authorized', 0, 3, undefined, 0],
    ['no-index-event', 1, 2, 1, 0],
    ['washout', 1, 1, 2, 2],
    ['treated', 0, 1, 1, 1],
    ['open', 1, 0, undefined, 1],
    ['screened', 0, 0, undefined, 0],
    ['included', 0, 0, undefined, 0],
  ]);
  const why = (person: string) => withStudy(place.workspace, study, 'of-cohort', whyPerson, `Patient/${person}`);
  const twice = await why('twice');
  expect(twice.events?.map(({ day, left }) => [day, left])).toEqual([
    ['2012-05-01', 'treated'],
    ['2012-06-01', 'washout'],
    ['2015-05-01', null],
  ]);
  expect(twice.exclusions.map(({ id, holds }) => [id, holds])).toEqual([
    ['no-index-event', false],
    ['washout', true],
    ['treated', true],
  ]);
  expect(await why('before')).toMatchObject({ left: 'no-index-event', events: [] });
});
