/** The study under each definition of response, and what the unknown responses could make of it. Rules R12 to R15. */
import { alternativeRules, type Protocol, type ResponseRules } from '../protocol/index.ts';
import type { Response } from '../response/index.ts';
import { buildDataSet, type DataSet, type SubjectData } from './data-set.ts';

/** How many of how many; `percent` is null of nobody. */
export interface Share {
  readonly n: number;
  readonly N: number;
  readonly percent: number | null;
  /** Subject ids, in order. */
  readonly subjects: readonly string[];
  /** Those of whom they are, in order. */
  readonly among: readonly string[];
}

/** Somebody whose category is another one than as declared. */
export interface Move {
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  /** The sentence of the new verdict. */
  readonly why: string;
}

/** The study under one definition. */
export interface DefinitionResult {
  /** `declared`, or the id of the alternative. */
  readonly id: string;
  readonly label: string;
  readonly categories: readonly {
    readonly code: string;
    readonly label: string;
    readonly subjects: readonly string[];
  }[];
  /** Whoever is unknown counts among all and not as a responder: the worst case. */
  readonly all: Share;
  /** Of those whose response is known. */
  readonly known: Share;
  /** Whoever is unknown counts as a responder: the best case. */
  readonly bestCase: Share;
  readonly moved: readonly Move[];
}

/** The definitions in their order, the declared one first; none where the protocol has no response. */
export interface Sensitivity {
  readonly definitions: readonly DefinitionResult[];
}

/** Runs the study again under each alternative, among the subjects who are analysed as declared. */
export function sensitivity(data: DataSet): Sensitivity {
  const { response } = data.protocol;
  if (!response) return { definitions: [] };
  const analysed = new Set(data.subjects.map((one) => one.subject));
  const others = (response.alternatives ?? []).map((alternative) => {
    const rules = alternativeRules(response, alternative);
    const again = dataUnder(data, { ...data.protocol, response: rules });
    const subjects = again.included.filter((one) => analysed.has(one.subject));
    return definition(alternative, rules, subjects, data.subjects);
  });
  return { definitions: [definition(DECLARED, response, data.subjects, data.subjects), ...others] };
}

const DECLARED = { id: 'declared', label: 'As declared' };

/** The same subjects as another protocol sees them. */
export function dataUnder({ included, exposures }: DataSet, protocol: Protocol): DataSet {
  return buildDataSet(
    protocol,
    included.map((one) => one.settled),
    exposures,
  );
}

function definition(
  { id, label }: { readonly id: string; readonly label: string },
  rules: ResponseRules,
  subjects: readonly SubjectData[],
  declared: readonly SubjectData[],
): DefinitionResult {
  const idsOf = (which: (response: Response) => boolean): string[] =>
    subjects.filter((one) => one.response && which(one.response)).map((one) => one.subject);
  const isUnknown = ({ category, responder }: Response): boolean => category === rules.unknown && !responder;
  const responders = idsOf((response) => response.responder);
  const known = idsOf((response) => !isUnknown(response));
  const everybody = subjects.map((one) => one.subject);
  return {
    id,
    label,
    categories: rules.categories.map((one) => ({
      code: one.code,
      label: one.label,
      subjects: idsOf((response) => response.category === one.code),
    })),
    all: share(responders, everybody),
    known: share(responders, known),
    bestCase: share(
      idsOf((response) => response.responder || isUnknown(response)),
      everybody,
    ),
    moved: moves(declared, subjects),
  };
}

function moves(declared: readonly SubjectData[], subjects: readonly SubjectData[]): Move[] {
  const before = new Map(declared.map((one) => [one.subject, one.response?.category]));
  return subjects.flatMap(({ subject, response }) => {
    const from = before.get(subject);
    if (!response || from === undefined || from === response.category) return [];
    return [{ subject, from, to: response.category, why: response.explanation }];
  });
}

function share(subjects: readonly string[], among: readonly string[]): Share {
  const [n, N] = [subjects.length, among.length];
  return { n, N, percent: N === 0 ? null : (n / N) * 100, subjects, among };
}
