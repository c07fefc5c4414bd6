import { expect, test } from 'vitest';
import { monthsBetween, type PartialDate } from '../../src/base/index.ts';
import type { IncludedCase } from './cases.ts';
import { categoryOf, months, monthsToResponse } from './counting.ts';
import { readCases } from './index.ts';

const { included } = readCases();
const improved = included.filter((one) => ['CR', 'PR'].includes(categoryOf(one)));

test('what the notes under the tables say', () => {
  const ids = (test: (one: IncludedCase) => boolean) => included.filter(test).map((one) => `${one.response} ${one.id}`);
  const sites =
    (...codes: readonly string[]) =>
    (one: IncludedCase) =>
      one.baseline.sites.join() === codes.join();
  const responses = (test: (one: IncludedCase) => boolean) => included.filter(test).map((one) => one.response);
  expect(responses(sites('hands_feet', 'extremity'))).toEqual(['PR']);
  expect(responses(sites('extremity', 'trunk'))).toEqual(['PR', 'NR']);
  const vascular = included.filter((one) => one.baseline.vascular_insufficiency);
  expect(vascular.map((one) => [one.response, one.baseline.ulceration, one.baseline.sites])).toEqual([
    ['NR', true, ['extremity']],
    ['NR', true, ['extremity']],
  ]);
  const changes = improved
    .filter((one) => one.treatment.regimen_change)
    .map(({ response, treatment }) => {
      const before = monthsBetween(
        treatment.regimen_change_date as PartialDate,
        treatment.start_date as PartialDate,
      ).min;
      return [response, treatment.regimen_change_detail, Math.round(before * 2) / 2];
    });
  expect(changes.sort()).toEqual([
    ['CR', 'azathioprine started', 2.5],
    ['PR', 'azathioprine started and stopped at once for a drug reaction', -2],
    ['PR', 'chloroquine switched to mycophenolate mofetil', 2.5],
    ['PR', 'methotrexate stopped', 1],
  ]);
  const medications = included.flatMap((one) => one.treatment.concurrent_medications ?? []);
  expect([...new Set(medications)].sort()).toEqual([
    'amlodipine',
    'colchicine',
    'minocycline',
    'nifedipine',
    'warfarin',
  ]);
  const priors = (one: IncludedCase) => one.baseline.prior_treatments;
  expect(
    ids((one) => priors(one).includes('surgery') && priors(one).some((code) => code.endsWith('thiosulfate'))),
  ).toEqual([]);
  expect(included.flatMap((one) => one.baseline.overlap_of?.join(' + ') ?? []).sort()).toEqual([
    'systemic_sclerosis + myositis',
    'systemic_sclerosis + rheumatoid_arthritis',
    'systemic_sclerosis + sjogren',
    'systemic_sclerosis + sle',
  ]);
  const features = included.flatMap((one) => one.baseline.undifferentiated_features ?? []);
  expect(features.sort()).toEqual(['rheumatoid_arthritis', 'sjogren', 'systemic_sclerosis', 'systemic_sclerosis']);
  const figure = included.find((one) => one.baseline.overlap_of?.includes('rheumatoid_arthritis'));
  expect([Object.values(figure?.lesions ?? {}), figure?.treatment.frequency]).toEqual([
    ['sacrum', 'left buttock'],
    'three_times',
  ]);
  expect(Math.round(months(figure as IncludedCase, figure?.assessments.at(-1)?.date ?? ''))).toBe(12);
  const raised = included.find((one) => one.treatment.strength_raised_to !== undefined);
  expect(raised && monthsToResponse(raised)).toBeCloseTo(11, 1);
});
