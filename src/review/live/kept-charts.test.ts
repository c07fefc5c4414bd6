import { expect, test } from 'vitest';
import { currentRun } from '../../cohort/index.ts';
import { openStudyDatabaseAt } from '../../workspace/index.ts';
import { abstraction, adjudication, cited, plain, screening, severeSmoker } from '../entries.test-support.ts';
import { psoriasisStudy } from '../psoriasis-study.test-support.ts';
import { reviewState } from '../review-state.ts';
import { chartStates } from './chart-states.ts';
import { runOf, standingState } from './kept-charts.ts';
import { AT } from './live.test-support.ts';
import { claimChart } from './queue.ts';

test('the state that is kept is the one that is worked out anew, after whatever is said', async () => {
  using study = await psoriasisStudy();
  const { review } = study;
  const anew = () => reviewState(review, currentRun(review.database, review.gate));
  const mild = { ...severeSmoker, severity: cited('mild', 'Severe plaque psoriasis') };
  const said = [
    [],
    [screening()],
    [screening({ reviewer: 'ben' })],
    [abstraction()],
    [abstraction({ reviewer: 'ben', values: mild })],
    [adjudication('severity', cited('severe', 'Severe plaque psoriasis'))],
    [screening({ person: 'Patient/2', values: { psoriasis: plain(false) } })],
    [screening({ reviewer: 'ben', values: { psoriasis: plain(false) } })],
  ];
  for (const entries of said) {
    await study.load(...entries);
    expect(standingState(review)).toEqual(anew());
    expect(runOf(review)).toEqual(currentRun(review.database, review.gate));
  }
});

test('a chart that another process takes and reads is taken and read here', async () => {
  using study = await psoriasisStudy();
  const { review } = study;
  const stateOf = () => chartStates(review).chart(study.subject('Patient/1'), 'screening', 'anna').state;
  expect(stateOf()).toBe('waiting');
  const database = openStudyDatabaseAt(review.database.sql.name);
  const other = { ...review, database };
  for (const reviewer of ['ben', 'carl']) claimChart(other, 'screening', study.subject('Patient/1'), reviewer, AT);
  expect(stateOf()).toBe('in-progress');
  await study.load(screening({ reviewer: 'ben' }), screening({ reviewer: 'carl' }));
  expect(stateOf()).toBe('done');
  database.close();
});
