/** From the assessments of a subject's lesions to the subject's response, by the protocol's rules. Rules: `SPEC.md`. */
import { monthsBetween, type PartialDate } from '../base/index.ts';
import { compileExpression, evaluateBoolean, type ResponseRules } from '../protocol/index.ts';
import { type Assessment, inOrder, isBetter, type Reading } from './assessment.ts';
import { explain } from './explain.ts';
import { given } from './given.ts';
import { type Judged, judge } from './judged.ts';
import { type LesionFacts, type LesionResponse, lesionFacts } from './lesion.ts';
import { patientCategory } from './patient.ts';
import { countedLevel, runEnd } from './runs.ts';

/** A subject's response. Months are of 365.25 / 12 days. */
export interface Response {
  readonly category: string;
  readonly responder: boolean;
  readonly lesions: readonly LesionResponse[];
  /** In order; `status` is what each counts as, `said` what was said. */
  readonly assessments: readonly Judged[];
  /** From day zero to the first assessment that is better, for responders, where both dates are full days. */
  readonly monthsToResponse?: number;
  /** From day zero to the last assessment that says anything, where its date is full. */
  readonly lastMonths?: number;
  /** Best percent change of the lesion that the rule of the subject takes. */
  readonly bestChange?: number;
  /** For responders, the longest of the lesions that have the subject's category. */
  readonly durationMonths?: number;
  /** For responders: each of those lesions was later seen no longer better. False: still better when last seen. */
  readonly ended?: boolean;
  /** A lesion was better, but none so that it counts. */
  readonly unconfirmed: boolean;
  readonly undecided: boolean;
  /** One sentence with the dates and statuses used. */
  readonly explanation: string;
}

/** What is known of the subject besides the assessments. */
export interface SubjectFacts {
  /** The lesion that decides, for the rule `index`. */
  readonly index?: string | undefined;
  /** Whether the minimum exposure surely was reached; asked for only where the rules have one. */
  readonly exposed?: boolean | undefined;
}

/** Classifies a subject. Nobody without an assessment has a response: the category is the protocol's `unknown`. */
export function classifyResponse(
  rules: ResponseRules,
  assessments: readonly Assessment[],
  start: PartialDate | undefined,
  { index, exposed }: SubjectFacts = {},
): Response {
  const byLesion = [...Map.groupBy(assessments, (one) => one.lesion)].sort(([a], [b]) => (a < b ? -1 : 1));
  const lesions = byLesion.map(([lesion, own]) => lesionResponse(rules, lesion, own, start));
  const judged = byLesion.flatMap(([, own]) => judge(own, rules, start, CERTAIN));
  const found = patientCategory(rules, lesions, index);
  const responder = rules.responders.includes(found);
  const underExposed = rules.exposure && !responder && found !== rules.unknown && exposed !== true ? found : undefined;
  const category = underExposed === undefined ? found : (rules.exposure?.otherwise ?? rules.unknown);
  const deciding = rules.patient === 'index' ? lesions.filter((one) => one.lesion === index) : lesions;
  const own = new Set(deciding.map((one) => one.lesion));
  const seen = judged.filter((one) => own.has(one.lesion));
  return {
    category,
    responder: rules.responders.includes(category),
    lesions,
    assessments: ordered(judged),
    ...given('monthsToResponse', responder ? monthsToFirstBetter(rules, seen, start) : undefined),
    ...given('lastMonths', ordered(seen).findLast((one) => one.status !== 'not-evaluable')?.months),
    ...given('bestChange', bestChange(rules, deciding)),
    ...(responder
      ? lasting(
          deciding.filter((one) => one.category === found),
          seen,
        )
      : {}),
    unconfirmed: deciding.some((one) => one.facts.unconfirmed) && !deciding.some((one) => one.facts.regressed),
    undecided: deciding.some((one) => one.undecided),
    explanation: explain(rules, { category, lesions, judged, index, underExposed }),
  };
}

const CERTAIN: Reading = { favourable: false, inside: true };
const READINGS: readonly Reading[] = [
  CERTAIN,
  { favourable: true, inside: true },
  { favourable: false, inside: false },
  { favourable: true, inside: false },
];

/** The category that the lesion has however the limits are read that its dates straddle; else unknown. */
function lesionResponse(
  rules: ResponseRules,
  lesion: string,
  own: readonly Assessment[],
  start: PartialDate | undefined,
): LesionResponse {
  const limits = rules.confirmation ?? rules.durability ?? rules.recurrence ?? rules.window;
  const readings = (limits ? READINGS : [CERTAIN]).map((reading) => lesionFacts(own, rules, start, reading));
  const categories = readings.map((facts) => lesionCategory(rules, facts));
  const facts = readings[0] ?? lesionFacts(own);
  const [category = rules.unknown] = categories;
  if (categories.every((one) => one === category)) return { lesion, category, facts };
  return { lesion, category: rules.unknown, facts, undecided: true };
}

function lesionCategory(rules: ResponseRules, facts: LesionFacts): string {
  if (facts.evaluable === 0) return rules.unknown;
  const found = rules.categories.find(
    (one) => one.when === undefined || evaluateBoolean(compileExpression(one.when), facts) === true,
  );
  return found?.code ?? rules.unknown;
}

function ordered(judged: readonly Judged[]): Judged[] {
  return inOrder(judged) as Judged[];
}

function monthsToFirstBetter(
  rules: ResponseRules,
  judged: readonly Judged[],
  start: PartialDate | undefined,
): number | undefined {
  const better = [...bySaid(judged).values()].flatMap((said) =>
    said.filter((_, at) => countedLevel(said, at, rules, CERTAIN) > 0),
  );
  const [first] = ordered(better);
  if (!first || start === undefined) return undefined;
  const { min, max } = monthsBetween(start, first.date);
  return min === max ? min : undefined;
}

function bySaid(judged: readonly Judged[]): Map<string, Judged[]> {
  return Map.groupBy(
    judged.filter((one) => one.status !== 'not-evaluable'),
    (one) => one.lesion,
  );
}

/** Of the worst lesion where the worst decides, of the best otherwise. */
function bestChange({ improvement, patient }: ResponseRules, lesions: readonly LesionResponse[]): number | undefined {
  const better = improvement && improvement.change > 0 ? -1 : 1;
  const all = lesions.flatMap(({ facts }) => facts.bestChange ?? []).sort((a, b) => (a - b) * better);
  return patient === 'worst' || patient === 'all' ? all.at(-1) : all[0];
}

function lasting(
  lesions: readonly LesionResponse[],
  judged: readonly Judged[],
): { readonly durationMonths?: number; readonly ended: boolean } {
  const [longest] = lesions.flatMap(({ facts }) => facts.durationMonths ?? []).sort((a, b) => b - a);
  const said = bySaid(judged);
  const ended = lesions.every(({ lesion }) => {
    const own = said.get(lesion) ?? [];
    const first = own.findIndex(isBetter);
    return first === -1 || runEnd(own, first, 1) < own.length - 1;
  });
  return { ...given('durationMonths', longest), ended };
}
