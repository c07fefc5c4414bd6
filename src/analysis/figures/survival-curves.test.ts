import { describe, expect, test } from 'vitest';
import type { Protocol } from '../../protocol/index.ts';
import type { DataSet } from '../data-set.ts';
import { psoriasisData, psoriasisProtocol } from '../psoriasis-data.test-support.ts';
import { type ComputedStatistics, computeStatistics } from '../statistics.ts';
import type { CurvesData } from './figure-data.ts';
import { figureInputs } from './figure-inputs.ts';

// How long until plaques cleared, in weeks; here the dose stands for them.
const TIME = 'time: baseline.dose, event: response.responder, unit: weeks';
const STUDY = `statistics:
  - { id: cleared, label: Time to clearing, ${TIME}, by: baseline.severity }
  - { id: severe, label: Time to clearing, ${TIME}, of: baseline.severity = 'severe', level: 0.9 }
figures:
  - { id: groups, title: Clearing, kind: kaplan-meier, statistic: cleared, notes: [By dose.] }
  - { id: one, title: Clearing, kind: kaplan-meier, statistic: severe, as: incidence, band: false, x: Time }
`;

describe('curves of the time to an event', async () => {
  const protocol: Protocol = psoriasisProtocol(STUDY);
  const data: DataSet = psoriasisData(protocol);
  const statistics = await computeStatistics(data);
  const curvesOf = (at: number, computed: Partial<ComputedStatistics> = statistics): CurvesData => {
    const spec = protocol.figures[at];
    if (spec?.kind !== 'kaplan-meier') throw new Error('no curves');
    const found = figureInputs(data, { proportions: [], shares: new Map(), ...computed }, spec);
    if (found.kind !== 'kaplan-meier') throw new Error('no curves');
    return found;
  };

  test('are those that R computed, each step with its subjects', () => {
    const [mild, severe] = curvesOf(0).curves;
    expect([mild?.group, severe?.group]).toEqual(['Mild', 'Severe']);
    expect(
      severe?.steps.map(({ time, survival, eventSubjects, censoredSubjects }) => ({
        time,
        survival,
        eventSubjects,
        censoredSubjects,
      })),
    ).toEqual([
      { time: 7.5, survival: 1, eventSubjects: [], censoredSubjects: ['S004'] },
      { time: 10.25, survival: 1, eventSubjects: [], censoredSubjects: ['S003'] },
      { time: 15, survival: 0.5, eventSubjects: ['S001'], censoredSubjects: [] },
      { time: 20, survival: 0, eventSubjects: ['S002'], censoredSubjects: [] },
    ]);
  });

  test('the caption tells the intervals, the test of the groups, and who is not shown', () => {
    // R package survival 3.5-3: survdiff(Surv(c(10, 15, 7.5, 10.25, 15, 20), c(0, 1, 0, 0, 1, 1)) ~ c(1, 1, 2, 2, 2, 2))
    expect(curvesOf(0).notes).toEqual([
      'By dose.',
      'Bands and brackets: 95% confidence intervals.',
      'Log-rank test: P = 0.480.',
      'Not shown: S005, S008 (time, event or group not known).',
    ]);
    expect(curvesOf(1).notes).toEqual([
      'Brackets: 90% confidence intervals.',
      'Not shown: S005 (time or event not known).',
    ]);
  });

  test('the axes are called by the unit and by what is counted, unless the protocol says otherwise', () => {
    expect([curvesOf(0), curvesOf(1)].map(({ x, y }) => [x, y])).toEqual([
      ['Weeks', 'Without the event, %'],
      ['Time', 'With the event, %'],
    ]);
  });

  test('that were not computed are refused', () => {
    expect(() => curvesOf(0, {})).toThrow('were not computed');
  });
});
