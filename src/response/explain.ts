/** The sentence that a verdict explains itself with: lesions, dates, statuses, changes and rules; nothing else. */
import type { ResponseRules } from '../protocol/index.ts';
import type { Judged, LeftOut } from './judged.ts';
import type { LesionResponse } from './lesion.ts';

/** What the sentence is made of. */
export interface Explained {
  readonly category: string;
  readonly lesions: readonly LesionResponse[];
  readonly judged: readonly Judged[];
  readonly index: string | undefined;
  /** The category that would stand, had the treatment been enough. */
  readonly underExposed: string | undefined;
}

const LEFT_OUT: Readonly<Record<LeftOut, string>> = {
  basis: 'which does not count by its basis',
  window: 'which is not surely in the window',
  baseline: 'the baseline',
  before: 'before the baseline',
  unmeasured: 'without a number',
};

/** One sentence, or two where the treatment was too little. */
export function explain(rules: ResponseRules, { category, lesions, judged, index, underExposed }: Explained): string {
  if (lesions.length === 0) return `${category}: no lesion was assessed.`;
  const byLesion = Map.groupBy(judged, (one) => one.lesion);
  const told = lesions.map((one) => {
    const own = (byLesion.get(one.lesion) ?? []).map(assessmentText).join(', ');
    return `${one.lesion} is ${one.category} (${own}${remark(rules, one)})`;
  });
  const which = rules.patient === 'index' ? ` (${index ?? 'not named'})` : '';
  const rule = lesions.length > 1 || rules.patient === 'index' ? `, by the rule "${rules.patient}"${which}` : '';
  const exposure =
    underExposed === undefined
      ? ''
      : ` It would be ${underExposed}, but the treatment is not known to have been enough.`;
  return `${category}${rule}: ${told.join('; ')}.${exposure}`;
}

function assessmentText({ status, said, date, change, baseline, leftOut }: Judged): string {
  const number = change === undefined || baseline ? '' : ` at ${percent(change)} %`;
  const why = leftOut ? `, ${LEFT_OUT[leftOut]}` : '';
  return `${leftOut ? said : status} on ${date}${number}${why}`;
}

function percent(change: number): string {
  return `${change > 0 ? '+' : ''}${Number(change.toFixed(1))}`;
}

function remark({ confirmation, durability }: ResponseRules, { facts, undecided }: LesionResponse): string {
  if (undecided) return '; the dates leave open whether a limit is kept';
  if (!facts.unconfirmed) return '';
  const wanting = [...(confirmation ? ['confirmed'] : []), ...(durability ? ['lasting long enough'] : [])];
  return `; better, but not ${wanting.join(' and ')}`;
}
