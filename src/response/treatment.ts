/** What a subject's uses of a drug come to: episodes, and the answers to what the protocol asks of them. Rules: `SPEC.md`. */
import { type Day, dayNumber, dayRange, type NumberRange, type PartialDate } from '../base/index.ts';
import type { TreatmentRules } from '../protocol/index.ts';
import { type Amounts, amountsOf } from './amounts.ts';
import { daysIn } from './calendar.ts';
import { clustersOf, sameInAll } from './completions.ts';
import { doseChanges } from './dose-changes.ts';
import type { EpisodeDays, JoinRules } from './episodes.ts';
import { type Exposure, type Use, useOf } from './exposure.ts';
import { covered, persistent } from './persistence.ts';
import { shownEpisodes, type TreatmentEpisode } from './shown-episodes.ts';
import { type Interest, recentlyChanged, usedBefore, usedDuring } from './windows.ts';

/** A treatment of one subject. What is absent is not known. */
export interface Treatment extends Amounts {
  readonly id: string;
  readonly label: string;
  readonly ever: boolean;
  readonly episodes: readonly TreatmentEpisode[];
  /** Uses without a date, and how each use that counts was given a length. */
  readonly undated: readonly Exposure[];
  readonly uses: readonly Use[];
  readonly count?: number;
  /** First day of the first episode, last of the last, as full as known. */
  readonly first?: PartialDate;
  readonly last?: PartialDate;
  /** In all episodes, short gaps included, to the end of the period at the most. */
  readonly days?: number;
  readonly months?: number;
  readonly ongoing?: boolean;
  readonly doseChanges?: number;
  /** From 0 to 1. */
  readonly covered?: number;
  readonly persistent?: boolean;
  readonly interest?: { readonly start?: PartialDate; readonly stop?: PartialDate };
  readonly prior?: boolean;
  readonly concurrent?: boolean;
  readonly recentlyChanged?: boolean;
}

/** The treatment of interest as the protocol's expressions give it; a stop that is not asked for is that of the start. */
export interface InterestDates {
  readonly start: PartialDate | undefined;
  readonly stop: PartialDate | undefined;
}

const DAYS_A_MONTH = 365.25 / 12;

/** Works out a treatment; `end` is the last day of the study's period. What surely begins after it does not count. */
export function treatmentOf(
  id: string,
  rules: TreatmentRules,
  exposures: readonly Exposure[],
  end: Day,
  dates?: InterestDates,
): Treatment {
  const join: JoinRules = { gap: daysIn(rules.gap), carryOver: rules.carryOver, end: dayNumber(end) };
  const supply = rules.supply === undefined ? undefined : daysIn(rules.supply);
  const lengths = { supply, countRefills: rules.countRefills, end: join.end };
  const undated = exposures.filter(({ start }) => start === null);
  const uses = exposures.flatMap((one) => useOf(one, lengths) ?? []).filter((use) => use.first.min <= join.end);
  const clusters = clustersOf(uses, join);
  const episodes = clusters.flatMap((cluster) => shownEpisodes(cluster, join, exposures));
  const counted = [...uses.map(({ exposure }) => exposure), ...undated];
  const over = { clusters, rules: join, someUndated: undated.length > 0 };
  const interest = dates && interestOf(dates, rules, join.end);
  const { prior, concurrent, recentlyChanged: changed } = rules.windows ?? {};
  return {
    id,
    label: rules.label,
    ever: counted.length > 0,
    episodes,
    undated,
    uses,
    ...(counted.length > 0 ? amountsOf(counted, exposures) : {}),
    ...(undated.length > 0 ? {} : summary()),
    ...(dates ? { interest: known(dates) } : {}),
    ...known({
      prior: prior === undefined ? undefined : usedBefore(over, interest, prior),
      concurrent: concurrent && usedDuring(over, interest),
      recentlyChanged: changed && recentlyChanged(over, interest, changed),
    }),
  };

  /** What needs every use to be dated. */
  function summary(): Partial<Treatment> {
    const sum = (of: (all: readonly EpisodeDays[]) => number): number | undefined => {
      const parts = clusters.map((cluster) => sameInAll(cluster.uses, join, of));
      return parts.every((part) => part !== undefined) ? parts.reduce((a, b) => a + b, 0) : undefined;
    };
    const [first, last] = [clusters[0], clusters.at(-1)];
    const span = rules.persistence;
    const days = sum((all) => all.reduce((total, one) => total + Math.min(one.last, join.end) - one.first + 1, 0));
    return known({
      count: sum((all) => all.length),
      first: episodes[0]?.start.date,
      last: episodes.at(-1)?.stop.date,
      days,
      months: days === undefined ? undefined : days / DAYS_A_MONTH,
      ongoing: last ? sameInAll(last.uses, join, (all) => all.at(-1)?.ongoing) : undefined,
      doseChanges: sum((all) => all.reduce((total, one) => total + doseChanges(one).length, 0)),
      covered: sameInAll(uses, join, (all) => covered(all, span, join.end)),
      persistent:
        first && span !== undefined ? sameInAll(first.uses, join, (all) => persistent(all, span, join.end)) : undefined,
    });
  }
}

/** Where the stop is asked for and not known, the treatment of interest may have lasted to the end of the period. */
function interestOf({ start, stop }: InterestDates, rules: TreatmentRules, end: number): Interest | undefined {
  if (start === undefined) return undefined;
  const from = rangeOf(start);
  if (rules.relativeTo?.stop === undefined) return { start: from };
  return { start: from, stop: stop === undefined ? { min: from.min, max: Math.max(end, from.max) } : rangeOf(stop) };
}

function rangeOf(date: PartialDate): NumberRange {
  const { earliest, latest } = dayRange(date);
  return { min: dayNumber(earliest), max: dayNumber(latest) };
}

/** An object without what is undefined. */
function known<Parts extends object>(parts: Parts): { [Key in keyof Parts]?: Exclude<Parts[Key], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Parts]?: Exclude<Parts[Key], undefined>;
  };
}
