import fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { FieldPairs } from '../review/index.ts';
import { fieldPairs } from './computations.test-support.ts';
import { arm, type Patient, patients, psoriasisData, psoriasisProtocol } from './psoriasis-data.test-support.ts';
import { RSession } from './r-session.ts';
import { type RefreshedStatistics, refreshStatistics } from './refresh-statistics.ts';
import type { StatisticResults } from './statistic-results.ts';
import { computeStatistics } from './statistics.ts';

const protocol = psoriasisProtocol(`
variables: [{ id: high_dose, label: High dose, value: baseline.dose >= 15 }]
statistics:
  - { id: cleared, label: Cleared, proportion: response.responder, method: wilson, subgroups: baseline.severity }
  - { id: by-dose, label: By dose, compare: response.responder, by: high_dose, test: fisher, adjust: { family: main } }
  - { id: time, label: Time, time: baseline.dose, event: response.responder, unit: months, by: baseline.severity, at: [12, 100], subgroups: person.sex }
  - { id: ratio, label: Ratio, compare: response.responder, by: baseline.severity, estimate: ratio, subgroups: person.sex, adjust: { family: main } }
  - { id: all-time, label: Time of all, time: baseline.dose, event: response.responder, unit: months, at: [8] }
  - { id: no-time, label: Curve alone, time: baseline.dose, event: response.responder, unit: months }
  - { id: dose, label: Dose, number: baseline.dose, by: baseline.severity, test: wilcoxon }
  - { id: change, label: Change, paired: [high_dose, response.responder], test: mcnemar }
`);
const session = new RSession();
afterAll(() => session.close());

const refresh = (of: readonly Patient[], pairs: readonly FieldPairs[], before?: RefreshedStatistics) =>
  refreshStatistics(psoriasisData(protocol, structuredClone(of)), pairs, session, before);
const anew = async (of: readonly Patient[], pairs: readonly FieldPairs[]): Promise<StatisticResults> => {
  const { files: _, ...results } = await computeStatistics(psoriasisData(protocol, of), pairs, session);
  return results;
};
const answers = (...given: string[]): FieldPairs[] => [
  fieldPairs({ id: 'yes', type: 'yesno' }, [
    ['value:true', 'value:true'],
    ...given.map((one) => [`value:${one}`, 'value:false'] as const),
  ]),
];

describe('[R61] statistics that are refreshed', () => {
  test('are those of a run anew, whoever came, went or changed', async () => {
    const patient = fc
      .tuple(fc.constantFrom(...patients), fc.constantFrom('female', 'male'))
      .map(([one, sex]): Patient => ({ ...one, sex }));
    const state = fc.record({
      of: fc.array(patient, { maxLength: 9 }),
      pairs: fc.constantFrom(answers(), answers('true'), answers('true', 'false')),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(state, { minLength: 2, maxLength: 4 }), async (states) => {
        let before: RefreshedStatistics | undefined;
        for (const { of, pairs } of states) {
          before = await refresh(of, pairs, before);
          expect(before.results).toEqual(await anew(of, pairs));
        }
      }),
      { numRuns: 6 },
    );
  });

  test('ask R for what the change reaches and for its family, and for nothing else', async () => {
    const asked = vi.spyOn(session, 'run');
    const idsAsked = (): string => {
      const [files = []] = asked.mock.lastCall ?? [];
      const text = files.find(({ name }) => name === 'data/statistics.csv')?.text ?? '';
      return [...text.matchAll(/^(?!id,)[^,]+/gm)].join(' ');
    };
    const [first, second, ...others] = patients;
    if (!first || !second) throw new Error('there are eight');
    const before = await refresh(patients, answers());
    const later = [first, { ...second, plaque: [arm('2015-06-01', 'clear'), arm('2016-06-01', 'clear')] }, ...others];
    expect((await refresh(later, answers(), before)).results).toEqual(before.results);
    expect(asked).toHaveBeenCalledTimes(1);
    const milder = [first, { ...second, baseline: { ...second.baseline, severity: 'mild' } }, ...others];
    const after = await refresh(milder, answers(), before);
    expect(idsAsked()).toBe(
      // The dose's own comparison is of the family.
      'cleared/mild cleared/severe cleared/heterogeneity by-dose time time/female ratio ratio/female ratio/male ratio/heterogeneity dose',
    );
    expect(after.results).toEqual(await anew(milder, answers()));
    asked.mockRestore();
  });
});
