/** What the assessments of one lesion over time come to. Rules: `SPEC.md`. */
import { daysBetween, type NumberRange, type PartialDate } from '../base/index.ts';
import type { LesionStatus } from '../protocol/index.ts';
import { type Assessment, isBetter, type LesionRules, type Reading } from './assessment.ts';
import { given } from './given.ts';
import { type Judged, judge } from './judged.ts';
import { countedLevel, recurrences, runMonths } from './runs.ts';

/** What a category's rule may ask of a lesion. */
export interface LesionFacts {
  /** How many assessments there are, and how many of them say anything. */
  readonly assessments: number;
  readonly evaluable: number;
  /** At some time nothing was left. */
  readonly resolved: boolean;
  /** At some time it was better than at the start, or gone. */
  readonly regressed: boolean;
  /** It came back after it had regressed. */
  readonly recurred: boolean;
  /** It was assessed and never regressed. */
  readonly persisted: boolean;
  /** At some time it was worse than at the start. */
  readonly worsened: boolean;
  /** The last status that says anything. */
  readonly last?: LesionStatus;
  /** Days from the first to the last assessment that says anything, where both dates are full. */
  readonly days?: number;
  /** Percent change from the baseline at the last assessment that counts, and the best; negative is smaller. */
  readonly change?: number;
  readonly bestChange?: number;
  /** Better as the rule of confirmation asks; without one, seen twice in a row on different days. */
  readonly confirmed: boolean;
  /** Better at some time, but never so that it counts. */
  readonly unconfirmed: boolean;
  /** It lasts as the rule of durability asks; absent without one. */
  readonly durable?: boolean;
  /** The longest time from a first to a last better assessment with none worse between, where both dates are full. */
  readonly durationMonths?: number;
  /** From when it was first gone (or better) to the first recurrence that counts, where both dates are full. */
  readonly recurredAfterMonths?: number;
  /** How many assessments that count rest on each; those of both are in the first two. */
  readonly byPatient: number;
  readonly byProvider: number;
  readonly byMeasurement: number;
}

/** One lesion's category and what it rests on. */
export interface LesionResponse {
  readonly lesion: string;
  readonly category: string;
  readonly facts: LesionFacts;
  /** Partial dates straddle a limit, and the category depends on it: it is unknown. */
  readonly undecided?: true;
}

const CERTAIN: Reading = { favourable: false, inside: true };

/** The facts of one lesion. */
export function lesionFacts(
  assessments: readonly Assessment[],
  rules: LesionRules = {},
  start?: PartialDate,
  reading: Reading = CERTAIN,
): LesionFacts {
  const judged = judge(assessments, rules, start, reading);
  const said = judged.filter((one) => one.status !== 'not-evaluable');
  const levels = said.map((_, at) => countedLevel(said, at, rules, reading));
  const better = levels.some((level) => level > 0);
  const regressed = better || said.some((one) => one.status === 'recurred');
  const returns = recurrences(said, rules, reading);
  const [first, last] = [said[0], said.at(-1)];
  return {
    assessments: assessments.length,
    evaluable: said.length,
    resolved: levels.includes(2),
    regressed,
    recurred: returns.length > 0,
    persisted: said.length > 0 && !regressed,
    worsened: said.some((one) => one.status === 'worsened'),
    ...(last ? { last: last.status } : {}),
    ...given('days', first && last && exact(daysBetween(first.date, last.date))),
    ...changes(said, rules),
    confirmed: isConfirmed(said, rules, reading),
    unconfirmed: said.some(isBetter) && !better,
    ...(rules.durability ? { durable: isDurable(said, rules, reading) } : {}),
    ...given(
      'durationMonths',
      most(said.map((one, at) => (isBetter(one) ? exact(runMonths(said, at, 1)) : undefined))),
    ),
    ...given('recurredAfterMonths', least(returns.map(({ months }) => exact(months)))),
    byPatient: said.filter(({ basis }) => basis === 'patient' || basis === 'both').length,
    byProvider: said.filter(({ basis }) => basis === 'provider' || basis === 'both').length,
    byMeasurement: said.filter(({ basis }) => basis === 'measurement').length,
  };
}

function isConfirmed(said: readonly Judged[], rules: LesionRules, reading: Reading): boolean {
  const { confirmation = { times: 2, afterDays: 1 } } = rules;
  return said.some((_, at) => countedLevel(said, at, { confirmation }, reading) > 0);
}

function isDurable(said: readonly Judged[], { durability }: LesionRules, reading: Reading): boolean {
  return said.some((_, at) => countedLevel(said, at, { durability }, reading) > 0);
}

function changes(said: readonly Judged[], { improvement }: LesionRules): Pick<LesionFacts, 'change' | 'bestChange'> {
  const all = said.flatMap(({ change, baseline }) => (change === undefined || baseline ? [] : [change]));
  const best = improvement && improvement.change > 0 ? most(all) : least(all);
  return { ...given('change', all.at(-1)), ...given('bestChange', best) };
}

function exact(range: NumberRange | undefined): number | undefined {
  return range && range.min === range.max ? range.min : undefined;
}

function known(numbers: readonly (number | undefined)[]): number[] {
  return numbers.filter((one) => one !== undefined);
}

function most(numbers: readonly (number | undefined)[]): number | undefined {
  return known(numbers).toSorted((a, b) => b - a)[0];
}

function least(numbers: readonly (number | undefined)[]): number | undefined {
  return known(numbers).toSorted((a, b) => a - b)[0];
}
