/** A treatment in words: its episodes, and why each question has its answer. Dates, doses and names of rows; nothing else of the chart. */
import type { TreatmentRules } from '../protocol/index.ts';
import type { DateBounds } from './date-bounds.ts';
import type { Dose } from './dose-changes.ts';
import type { EndBy, Use } from './exposure.ts';
import type { TreatmentEpisode } from './shown-episodes.ts';
import type { Treatment } from './treatment.ts';

/** One sentence: `Oral steroids: 2 episodes, 2014-01-05 to 2014-03-05, 2015-02 to 2015-04 (ongoing).` */
export function treatmentSentence({ label, episodes, undated }: Treatment): string {
  if (episodes.length + undated.length === 0) return `${label}: never.`;
  const told = episodes.map(episodeDates);
  const count = episodes.length === 1 ? '1 episode' : `${episodes.length} episodes`;
  const without = undated.length > 0 ? [`${undated.length} without a date`] : [];
  return `${label}: ${[...(told.length > 0 ? [count, ...told] : []), ...without].join(', ')}.`;
}

/** `2014-01-05 to 2014-03-05`, with what is to be said of it in brackets. */
export function episodeDates({ start, stop, ongoing, isSure }: TreatmentEpisode): string {
  const remarks = [...(ongoing ? ['ongoing'] : []), ...(isSure ? [] : ['may be several'])];
  return `${boundsText(start)} to ${boundsText(stop)}${remarks.length > 0 ? ` (${remarks.join(', ')})` : ''}`;
}

/** What else is known of an episode: days, doses, gaps, supply. */
export function episodeFacts(episode: TreatmentEpisode): string {
  const { days, dose, frequency, changes, gapDays, amount, amountUnit, fills, refills, refillsAllowed } = episode;
  return [
    ...(days === undefined ? [] : [`${days} days`]),
    ...(dose ? [`dose ${doseText(dose)}`] : []),
    ...(frequency === undefined ? [] : [frequency]),
    ...changes.map(({ on, direction, to }) => `${direction} to ${doseText(to)} on ${on}`),
    ...(gapDays ? [`${gapDays} days without it in short gaps`] : []),
    ...(amount === undefined ? [] : [`amount ${round(amount)}${amountUnit === undefined ? '' : ` ${amountUnit}`}`]),
    ...(fills === undefined ? [] : [`${fills} fill${fills === 1 ? '' : 's'}`]),
    ...(refills === undefined ? [] : [`${refills} refill${refills === 1 ? '' : 's'}`]),
    ...(refillsAllowed === undefined ? [] : [`${refillsAllowed} allowed by orders`]),
  ].join(' · ');
}

/** A row that was used, and how its end is known. */
export function useText({ exposure, endBy, ...use }: Use): string {
  const { source, kind, start, stop, text } = exposure;
  const length = 'length' in use ? `${use.length} day${use.length === 1 ? '' : 's'} ` : '';
  const end = stop === null || endBy !== 'stop' ? `${length}${ENDS[endBy]}` : `to ${stop}`;
  return `${kind} ${source} from ${start}, ${end}${text === null ? '' : `: ${text}`}`;
}

const ENDS: Readonly<Record<EndBy, string>> = {
  stop: 'to its stop',
  supply: 'by its days of supply',
  amount: 'by its amount and dose',
  rule: "by the protocol's `supply`",
  'one-day': 'alone',
  'end-of-period': 'to the end of the period',
  unknown: 'to a day that is not known',
};

/** The questions of the protocol with their answers: `prior (any time before 2014-03): yes`. */
export function windowLines(rules: Partial<TreatmentRules>, treatment: Treatment): string[] {
  const { windows, persistence, relativeTo } = rules;
  const { prior, concurrent, recentlyChanged, persistent, covered, interest } = treatment;
  const start = interest?.start ?? 'a start that is not known';
  const stop = interest?.stop ?? 'a stop that is not known';
  const hasStop = relativeTo?.stop !== undefined;
  const lines: string[] = [];
  if (persistence !== undefined) {
    const days = covered === undefined ? '' : `; with the drug on ${round(covered * 100, 3)} % of the days`;
    lines.push(`persistent (${persistence} from the first start): ${answered(persistent)}${days}`);
  }
  if (windows?.prior !== undefined) {
    const within = windows.prior === 'any' ? 'any time' : `within ${windows.prior}`;
    lines.push(`prior (${within} before ${start}): ${answered(prior)}`);
  }
  if (windows?.concurrent) {
    const days = hasStop ? `on a day from ${start} to ${stop}` : `on ${start}`;
    lines.push(`concurrent (${days}): ${answered(concurrent)}`);
  }
  if (windows?.recentlyChanged) {
    const { within, during } = windows.recentlyChanged;
    const later = during ? (hasStop ? `, or from then to ${stop}` : ', or on that day') : '';
    lines.push(`recently changed (within ${within} before ${start}${later}): ${answered(recentlyChanged)}`);
  }
  return lines;
}

function answered(answer: boolean | undefined): string {
  return answer === undefined ? 'unknown' : answer ? 'yes' : 'no';
}

function boundsText({ date, earliest, latest }: DateBounds): string {
  return date ?? `between ${earliest} and ${latest}`;
}

function doseText({ value, unit, per, byText }: Dose): string {
  return `${round(value)} ${unit}${per === 'day' ? ' a day' : ''}${byText ? ' (strength by the text)' : ''}`;
}

function round(value: number, digits = 6): string {
  return String(Number(value.toPrecision(digits)));
}
