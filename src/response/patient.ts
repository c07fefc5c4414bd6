import { ChartproofError } from '../base/index.ts';
import type { ResponseRules } from '../protocol/index.ts';

/** From the categories of the lesions to that of the subject. Error: `response.rule`. */
export function patientCategory(
  rules: ResponseRules,
  lesions: readonly { readonly lesion: string; readonly category: string }[],
  index: string | undefined,
): string {
  const rank = (code: string): number => rules.categories.findIndex((one) => one.code === code);
  const known = lesions
    .map(({ category }) => category)
    .filter((code) => code !== rules.unknown)
    .sort((a, b) => rank(a) - rank(b));
  const complete = known.length === lesions.length;
  const [best = rules.unknown] = known;
  switch (rules.patient) {
    case 'best':
      return best;
    case 'worst':
      return known.at(-1) ?? rules.unknown;
    case 'all':
      return (complete ? known.at(-1) : undefined) ?? rules.unknown;
    case 'any':
      return known.find((code) => rules.responders.includes(code)) ?? (complete ? best : rules.unknown);
    case 'index':
      return lesions.find(({ lesion }) => lesion === index)?.category ?? rules.unknown;
    default:
      throw new ChartproofError('response.rule', `There is no lesion-to-patient rule "${String(rules.patient)}".`);
  }
}
