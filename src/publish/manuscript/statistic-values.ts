/**
 * What R computed, by name. Rule R20 of SPEC.md. The id is that of the files: a statistic of the protocol, then the value of a
 * subgroup or group, then what is said of it.
 *
 *     improved.n  .N  .percent  .low  .high  .level               a proportion: n of N, percent, limits in percent
 *     tophi-rd.estimate  .low  .high  .level  .p  .pAdjusted  .n  .statistic  .df       a test or an effect
 *     tophi-rd.percent  .percentLow  .percentHigh                 the same in percent, where it is a share or a difference of shares
 *     time/true.n  .events  .median  .medianLow  .medianHigh  .level      a Kaplan-Meier curve of the group `true`
 *     agreement.visit.flare.n  .differing  .agreed  .kappa  .kappaLow  .kappaHigh  .ac1 ...      two abstractors before adjudication
 */
import {
  type AgreementResult,
  type Coefficient,
  type Computation,
  computationsOf,
  type EstimateResult,
  type ProportionResult,
  type SurvivalCurve,
} from '../../analysis/index.ts';
import { curveName, statisticName } from '../statistic-names.ts';
import { effectDigits } from '../statistic-numbers.ts';
import { curveLabel, NOT_REACHED } from '../statistic-tables.ts';
import type { LiveSource } from './live-source.ts';
import { type LiveValue, percentOf, valuesOf } from './live-value.ts';

/** All of them, proportions first. */
export function statisticValues({ statistics, data }: LiveSource): LiveValue[] {
  const { proportions, estimates, curves, agreement } = statistics;
  const computations = computationsOf(data);
  return [
    ...proportions.flatMap((one) => proportionValues(one, computations)),
    ...estimates.flatMap((one) => estimateValues(one, computations)),
    ...curves.flatMap((one) => curveValues(one, computations)),
    ...agreement.flatMap(agreementValues),
  ];
}

function proportionValues(one: ProportionResult, computations: readonly Computation[]): LiveValue[] {
  const rows = computations.find(({ id, kind }) => id === one.id && kind === 'proportion')?.rows;
  const inside = rows && { subjects: rows.filter(({ value }) => value === 'true').map(({ subject }) => subject) };
  const whole = rows && { subjects: rows.map(({ subject }) => subject) };
  return valuesOf({ kind: 'statistic', id: statisticName(one.id), label: one.label }, [
    ['n', one.x, inside],
    ['N', one.n, whole],
    ['percent', percentOf(one.estimate), inside],
    ['low', percentOf(one.low), inside],
    ['high', percentOf(one.high), inside],
    ['level', percentOf(one.level)],
  ]);
}

function estimateValues(one: EstimateResult, computations: readonly Computation[]): LiveValue[] {
  const behind = subjectsOf(one, computations);
  const effect = (value: number | null) => ({ digits: effectDigits(value), ...behind });
  const isShare = SHARES.test(one.method);
  return valuesOf({ kind: 'statistic', id: statisticName(one.id), label: one.label }, [
    ['estimate', one.estimate, effect(one.estimate)],
    ['low', one.low, effect(one.low)],
    ['high', one.high, effect(one.high)],
    ...(isShare
      ? ([
          ['percent', percentOf(one.estimate), behind],
          ['percentLow', percentOf(one.low), behind],
          ['percentHigh', percentOf(one.high), behind],
        ] as const)
      : []),
    ['level', percentOf(one.level)],
    ['statistic', one.statistic, { digits: 2, ...behind }],
    ['df', one.df, { digits: Number.isInteger(one.df) ? 0 : 1 }],
    ['p', one.p, { digits: 3, ...behind }],
    ['pAdjusted', one.pAdjusted, { digits: 3, ...behind }],
    ['n', one.n, behind],
  ]);
}

/** Estimates that are shares or differences of shares, so that they may be told in percent. */
const SHARES = /^(?:Kaplan-Meier|risk difference)/;

/** Whom it was computed from: those of its own computation, or of a curve at a time, or of a group of one. */
function subjectsOf({ id, n }: EstimateResult, computations: readonly Computation[]): { subjects?: readonly string[] } {
  const own = computations.find((one) => one.id === id);
  const parent = own ?? computations.find((one) => one.kind === 'survival' && id.startsWith(`${one.id}/`));
  const at = id.lastIndexOf('/at-');
  const group = parent && !own && at > parent.id.length ? id.slice(parent.id.length + 1, at) : undefined;
  const rows = (parent?.rows ?? []).filter((row) => group === undefined || row.group === group);
  // Where R left somebody out, or the id could be read otherwise, nobody is named rather than the wrong ones.
  return rows.length > 0 && rows.length === n ? { subjects: rows.map(({ subject }) => subject) } : {};
}

function curveValues(one: SurvivalCurve, computations: readonly Computation[]): LiveValue[] {
  const own = computations.find(({ id }) => id === one.id);
  const rows = (own?.rows ?? []).filter(({ group }) => group === (one.value ?? ''));
  const all = { subjects: rows.map(({ subject }) => subject) };
  const having = { subjects: rows.filter(({ second }) => second === 'true').map(({ subject }) => subject) };
  const time = (value: number | null) => ({
    digits: effectDigits(value),
    ...(one.n > 0 ? { absent: NOT_REACHED } : {}),
    ...all,
  });
  return valuesOf({ kind: 'statistic', id: curveName(one), label: curveLabel(one) }, [
    ['n', one.n, all],
    ['events', one.events, having],
    ['median', one.median, time(one.median)],
    ['medianLow', one.medianLow, time(one.medianLow)],
    ['medianHigh', one.medianHigh, time(one.medianHigh)],
    ['level', percentOf(own?.level ?? null)],
  ]);
}

function agreementValues(one: AgreementResult): LiveValue[] {
  const two = { digits: 2 };
  return valuesOf(
    { kind: 'agreement', id: `agreement.${one.instrument}.${one.field}`, label: `${one.label}, agreement` },
    [
      ['n', one.n],
      ['differing', one.differing],
      ['agreed', percentOf(one.agreed), { digits: 1 }],
      ...coefficient('kappa', one.kappa),
      ...coefficient('weightedKappa', one.weightedKappa),
      ...coefficient('ac1', one.ac1),
      ...coefficient('icc', one.icc),
      ['prevalenceIndex', one.prevalenceIndex, two],
      ['biasIndex', one.biasIndex, two],
      ['pabak', one.pabak, two],
    ],
  );
}

function coefficient(name: string, one: Coefficient | null) {
  const two = { digits: 2 };
  return [
    [name, one?.estimate ?? null, two],
    [`${name}Low`, one?.low ?? null, two],
    [`${name}High`, one?.high ?? null, two],
  ] as const;
}
