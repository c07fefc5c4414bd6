/** From the assessments of a subject's lesions to the subject's response, by the protocol's rules. Rules: `SPEC.md`. */
import { ChartproofError, monthsBetween, type PartialDate } from '../base/index.ts';
import { compileExpression, evaluateBoolean, type ResponseRules } from '../protocol/index.ts';
import { type Assessment, inOrder, isBetter, type LesionFacts, lesionFacts } from './lesion.ts';

/** One lesion's category and what it rests on. */
export interface LesionResponse {
  readonly lesion: string;
  readonly category: string;
  readonly facts: LesionFacts;
}

/** A subject's response. */
export interface Response {
  readonly category: string;
  readonly responder: boolean;
  readonly lesions: readonly LesionResponse[];
  /** From day zero to the first assessment that is better, for responders, where both dates are full days. */
  readonly monthsToResponse?: number;
  /** One sentence with the dates and statuses used. */
  readonly explanation: string;
}

/** Classifies a subject. Nobody without an assessment has a response: the category is the protocol's `unknown`. */
export function classifyResponse(
  rules: ResponseRules,
  assessments: readonly Assessment[],
  start: PartialDate | undefined,
): Response {
  const byLesion = Map.groupBy(inOrder(assessments), (one) => one.lesion);
  const lesions = [...byLesion]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([lesion, own]) => {
      const facts = lesionFacts(own);
      return { lesion, facts, category: lesionCategory(rules, facts) };
    });
  const category = patientCategory(
    rules,
    lesions.map((one) => one.category),
  );
  const responder = rules.responders.includes(category);
  const months = responder ? monthsToFirstBetter(assessments, start) : undefined;
  return {
    category,
    responder,
    lesions,
    ...(months === undefined ? {} : { monthsToResponse: months }),
    explanation: explain(rules, category, lesions, byLesion),
  };
}

function lesionCategory(rules: ResponseRules, facts: LesionFacts): string {
  if (facts.evaluable === 0) return rules.unknown;
  const found = rules.categories.find(
    (one) => one.when === undefined || evaluateBoolean(compileExpression(one.when), facts) === true,
  );
  return found?.code ?? rules.unknown;
}

function patientCategory(rules: ResponseRules, categories: readonly string[]): string {
  const rank = (code: string): number => rules.categories.findIndex((one) => one.code === code);
  const known = categories.filter((code) => code !== rules.unknown).sort((a, b) => rank(a) - rank(b));
  switch (rules.patient) {
    case 'best':
      return known[0] ?? rules.unknown;
    case 'worst':
      return known.at(-1) ?? rules.unknown;
    case 'all':
      return (known.length < categories.length ? undefined : known.at(-1)) ?? rules.unknown;
    default:
      throw new ChartproofError('response.rule', `There is no lesion-to-patient rule "${String(rules.patient)}".`);
  }
}

function monthsToFirstBetter(assessments: readonly Assessment[], start: PartialDate | undefined): number | undefined {
  const first = inOrder(assessments).find(isBetter);
  if (!first || start === undefined) return undefined;
  const { min, max } = monthsBetween(start, first.date);
  return min === max ? min : undefined;
}

function explain(
  rules: ResponseRules,
  category: string,
  lesions: readonly LesionResponse[],
  byLesion: ReadonlyMap<string, readonly Assessment[]>,
): string {
  if (lesions.length === 0) return `${category}: no lesion was assessed.`;
  const told = lesions.map((one) => {
    const own = byLesion.get(one.lesion) ?? [];
    return `${one.lesion} is ${one.category} (${own.map((each) => `${each.status} on ${each.date}`).join(', ')})`;
  });
  const rule = lesions.length > 1 ? `, by the rule "${rules.patient}"` : '';
  return `${category}${rule}: ${told.join('; ')}.`;
}
