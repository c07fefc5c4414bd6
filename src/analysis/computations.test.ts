import { describe, expect, test } from 'vitest';
import { checkCounts } from './check-counts.ts';
import { type Computation, computationsOf } from './computations.ts';
import type { DataSet } from './data-set.ts';
import { psoriasisData, psoriasisProtocol } from './psoriasis-data.test-support.ts';
import { R_VERSION, RSession } from './r-session.ts';
import type { StatisticResults } from './statistic-results.ts';
import { computeStatistics } from './statistics.ts';

const VARIABLES = 'variables:\n  - { id: high_dose, label: High dose, value: baseline.dose >= 15 }\nstatistics:\n';
const study = (...statistics: string[]): DataSet =>
  psoriasisData(psoriasisProtocol(VARIABLES + statistics.map((one) => `  - { ${one} }\n`).join('')));
const computed = (...statistics: string[]): Computation[] => computationsOf(study(...statistics));

const BY_SEVERITY = 'id: s, label: S, compare: response.responder, by: baseline.severity';

describe('a computation', () => {
  test('[R16] has those of whom all is known that it asks for, and counts the others', () => {
    const [all] = computed('id: d, label: D, number: baseline.dose, by: baseline.severity, test: wilcoxon');
    // S005 has no dose, S008 neither dose nor severity.
    expect(all?.leftOut).toBe(2);
    expect(all?.rows.map(({ subject, value, group }) => `${subject} ${group} ${value}`)).toEqual([
      'S006 mild 15',
      'S007 mild 10',
      'S001 severe 15',
      'S002 severe 20',
      'S003 severe 10.25',
      'S004 severe 7.5',
    ]);
  });

  test('[R16] has those for whom `of` holds', () => {
    const [all] = computed(`${BY_SEVERITY}, test: fisher, of: baseline.dose > 10`);
    expect(all?.rows.map(({ subject }) => subject)).toEqual(['S006', 'S001', 'S002', 'S003']);
    expect(all?.leftOut).toBe(0);
  });

  test('[R16] a negative time is not known, and an event that is not known neither', () => {
    const [all] = computed('id: t, label: T, time: baseline.dose - 10, event: high_dose, unit: months');
    expect(all?.rows.map(({ subject }) => subject)).toEqual(['S001', 'S002', 'S003', 'S006', 'S007']);
    expect(all?.leftOut).toBe(3);
  });

  test('[R16] of an effect, an outcome that is neither yes nor no is not known', () => {
    const outcome = 'id: x, label: X, compare: baseline.severity, by: high_dose';
    expect(computed(`${outcome}, estimate: difference`)[0]).toMatchObject({ rows: [], leftOut: 8 });
    expect(computed(`${outcome}, test: fisher`)[0]?.rows).toHaveLength(6);
  });

  test('[R18] groups stand in the order of the choices, or in the one asked for; others are not compared', () => {
    const groups = (more: string): string[] => [
      ...new Set(computed(`${BY_SEVERITY}, test: fisher${more}`)[0]?.rows.map(({ groupLabel }) => groupLabel)),
    ];
    expect(groups('')).toEqual(['Mild', 'Severe']);
    expect(groups(', groups: [severe, mild]')).toEqual(['Severe', 'Mild']);
    const [some] = computed(`${BY_SEVERITY}, test: fisher, groups: [severe, none]`);
    expect(some?.rows).toHaveLength(5);
    expect(some?.leftOut).toBe(1); // whose severity is not documented; the mild are known
  });

  test('[R18] no stands before yes, and numbers in their order', () => {
    const [dose] = computed('id: x, label: X, compare: response.responder, by: baseline.dose, test: fisher');
    expect([...new Set(dose?.rows.map(({ group }) => group))]).toEqual(['7.5', '10', '10.25', '15', '20']);
    const [high] = computed('id: x, label: X, compare: response.responder, by: high_dose, test: fisher');
    expect([...new Set(high?.rows.map(({ group, groupLabel }) => `${group} ${groupLabel}`))]).toEqual([
      'false no',
      'true yes',
    ]);
  });

  test('[R8] of a proportion, who is not known stays in it, and is counted', () => {
    // S004 to S006 and S008 have no dose above 10.25 for sure; S005 and S008 have none.
    const [all] = computed('id: p, label: P, proportion: baseline.dose > 10.25');
    expect(all?.rows).toHaveLength(8);
    expect(all?.leftOut).toBe(2);
    const across = computed('id: p, label: P, proportion: baseline.dose > 10.25, subgroups: baseline.severity').at(-1);
    expect(across?.leftOut).toBe(1); // whose severity is not documented
  });

  test('[R21] a common odds ratio over strata has the test of whether it is one', () => {
    const all = computed(`${BY_SEVERITY}, test: mantel-haenszel, stratify: person.sex, adjust: { family: main }`);
    expect(all.map(({ id, kind, family }) => [id, kind, family])).toEqual([
      ['s', 'test', 'main'],
      ['s/heterogeneity', 'heterogeneity', ''],
    ]);
    expect(all[1]?.rows).toEqual(all[0]?.rows);
  });

  test('[R21] subgroups have results of their own, and a test of whether they differ', () => {
    const ids = (statistic: string): string[] => computed(statistic).map(({ id, kind }) => `${id} ${kind}`);
    expect(ids('id: c, label: C, proportion: response.responder, subgroups: baseline.severity')).toEqual([
      'c proportion',
      'c/mild proportion',
      'c/severe proportion',
      'c/heterogeneity test',
    ]);
    expect(
      ids('id: c, label: C, compare: response.responder, by: high_dose, estimate: ratio, subgroups: person.sex'),
    ).toEqual(['c test', 'c/female test', 'c/male test', 'c/heterogeneity heterogeneity']);
    expect(ids('id: c, label: C, number: baseline.dose, by: high_dose, test: welch, subgroups: person.sex')).toEqual([
      'c test',
      'c/female test',
      'c/male test',
    ]);
    const across = computed('id: c, label: C, proportion: response.responder, subgroups: baseline.severity').at(-1);
    expect(across).toMatchObject({ label: 'C, across subgroups', leftOut: 1, method: 'fisher' });
    expect(across?.rows.map(({ group }) => group)).toEqual([
      'mild',
      'mild',
      ...Array.from({ length: 5 }, () => 'severe'),
    ]);
  });
});

const WHOLE = [
  'id: cleared, label: Cleared, proportion: response.responder, method: wilson, subgroups: baseline.severity',
  `${BY_SEVERITY}, test: fisher, adjust: { family: main }`,
  'id: dose, label: Dose, number: baseline.dose, by: baseline.severity, test: wilcoxon, adjust: { family: main }',
  'id: high, label: High, number: baseline.dose, by: high_dose, test: welch, adjust: { family: main }',
  'id: alone, label: Alone, compare: response.responder, by: high_dose, estimate: odds-ratio',
  'id: pair, label: Pair, paired: [high_dose, response.responder], test: mcnemar',
  'id: time, label: "Time, to clearing", time: baseline.dose, event: response.responder, unit: months, by: baseline.severity, at: [12, 100]',
] as const;

describe('what R computes of a study', async () => {
  const data = study(...WHOLE);
  const results = await computeStatistics(data);
  const one = (id: string) => results.estimates.find((estimate) => estimate.id === id);

  test('[R16] says how many it is of, and how many were left out', () => {
    expect(one('dose')).toMatchObject({
      n: 6,
      note: 'Severe (n = 4) minus Mild (n = 2); too few values for an interval of 95%; 2 left out: not known; P adjusted by Holm, family of 3',
    });
    expect(one('alone')).toMatchObject({
      n: 6,
      note: expect.stringMatching(/^yes \(\d of \d\) against no \(\d of \d\); infinite: .*; 2 left out: not known$/),
    });
    expect(results.proportions.map(({ id, x, n }) => `${id} ${x}/${n}`)).toEqual([
      'cleared 3/8',
      'cleared/mild 1/2',
      'cleared/severe 2/5',
    ]);
    expect(results.proportions[0]?.note).toBeUndefined();
  });

  test('[R18] the effect is that of the second group against the first', () => {
    // High doses are 15, 20, 15; the others 10.25, 7.5, 10.
    expect(one('high')?.estimate).toBeCloseTo(50 / 3 - 27.75 / 3, 10);
  });

  test('[R19] a curve has its group by name, its unit and its steps', () => {
    expect(results.curves.map((it) => [it.group, it.unit, it.level, it.interval, it.n, it.events])).toEqual([
      ['Mild', 'months', 0.95, 'log-log', 2, 1],
      ['Severe', 'months', 0.95, 'log-log', 4, 2],
    ]);
    // At 15 one of the two still at risk clears, at 20 the last.
    expect(results.curves[1]?.steps.map(({ time, atRisk, survival }) => [time, atRisk, survival])).toEqual([
      [7.5, 4, 1],
      [10.25, 3, 1],
      [15, 2, 0.5],
      [20, 1, 0],
    ]);
    expect(results.curves[1]?.median).toBe(17.5);
    expect(one('time/mild/at-12')).toMatchObject({ label: 'Time, to clearing, Mild, at 12 months', estimate: 1, n: 2 });
  });

  test('[R20] a family is adjusted together, here by Holm', () => {
    const family = ['s', 'dose', 'high'].map((id) => one(id));
    const sorted = family.map((estimate) => estimate?.p ?? Number.NaN).toSorted((a, b) => a - b);
    let most = 0;
    const expected = new Map(
      sorted.map((p, at) => {
        most = Math.max(most, Math.min(1, p * (sorted.length - at)));
        return [p, most] as const;
      }),
    );
    for (const estimate of family) expect(estimate?.pAdjusted).toBeCloseTo(expected.get(estimate?.p ?? -1) ?? -1, 10);
    expect(one('alone')?.pAdjusted).toBeNull();
  });

  test('[R24] another count of R is refused, in estimates and curves too', () => {
    const computations = computationsOf(data);
    const refused = (other: Partial<StatisticResults>, id: string) =>
      expect(() => checkCounts(computations, [], { ...results, ...other })).toThrow(
        expect.objectContaining({ code: 'analysis.r-differs', message: expect.stringContaining(`\`${id}\``) }),
      );
    expect(() => checkCounts(computations, [], results)).not.toThrow();
    refused({ estimates: results.estimates.map((it) => (it.id === 'dose' ? { ...it, n: 7 } : it)) }, 'dose');
    refused({ curves: results.curves.map((it) => ({ ...it, events: 0 })) }, 'time');
  });
});

test('[R26] the version of R that is told is the one that computes', async () => {
  const script = { name: 'v.R', text: 'writeLines(as.character(getRversion()), "v.txt")\n' };
  await using session = new RSession();
  expect(await session.run([script], 'v.R', ['v.txt'])).toEqual([{ name: 'v.txt', text: `${R_VERSION}\n` }]);
});

test('[R25] one R serves several runs, and none sees what one before it left', async () => {
  await using session = new RSession();
  const leave = { name: 'a.R', text: 'secret <- 1\nwriteLines("left", "x.txt")\n' };
  const look = { name: 'b.R', text: 'writeLines(paste(exists("secret"), file.exists("x.txt")), "y.txt")\n' };
  const fail = { name: 'c.R', text: 'stop("no")\n' };
  const [left, , found] = await Promise.allSettled([
    session.run([leave], 'a.R', ['x.txt']),
    session.run([fail], 'c.R', ['x.txt']),
    session.run([look], 'b.R', ['y.txt']),
  ]);
  expect(left).toMatchObject({ value: [{ name: 'x.txt', text: 'left\n' }] });
  expect(found).toMatchObject({ value: [{ text: 'FALSE FALSE\n' }] });
});
