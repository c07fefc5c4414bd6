/** The settled review as one object a subject: what every expression of tables and statistics looks at. Rule R7. */
import {
  compileExpression,
  type Environment,
  evaluateBoolean,
  evaluateSingle,
  type PreparedFocus,
  type Protocol,
  type ResponseRules,
} from '../protocol/index.ts';
import { type AdverseEvent, classifyResponse, type Response, type Treatment } from '../response/index.ts';
import { type SettledSubject, settledFocus, type TreatmentExposures } from '../review/index.ts';
import { assessmentsOf, dateOf } from './assessments-of.ts';
import { sameData } from './same-data.ts';
import { adverseEventsOf, eventFocus } from './subject-events.ts';
import { addTreatments } from './treatments.ts';
import { WorkedOut } from './worked-out.ts';

/** An included subject. */
export interface SubjectData {
  readonly subject: string;
  readonly settled: SettledSubject;
  readonly response: Response | undefined;
  /** In the order of the protocol; none where it asks for none. */
  readonly treatments: readonly Treatment[];
  /** In the order of their onset; none where the study has no `adverseEvents`. */
  readonly adverseEvents: readonly AdverseEvent[];
  /** By variable id; absent where it cannot be worked out. */
  readonly variables: Readonly<Record<string, unknown>>;
  /**
   * `id`, `person`, one object an instrument (a list where it repeats), `treatments`, `response`, `adverseEvents`, the
   * variables.
   */
  readonly focus: Readonly<Record<string, unknown>>;
  readonly workedOut: WorkedOut;
}

/** The data of a study, subjects in order. Tables and statistics speak of `subjects`: those included who are analysed. */
export interface DataSet {
  readonly protocol: Protocol;
  readonly exposures: TreatmentExposures;
  readonly subjects: readonly SubjectData[];
  readonly included: readonly SubjectData[];
  readonly answers?: KeptAnswers;
}

/**
 * The kept answer to an expression about a subject, where the values that decide it are withheld: whether it holds, or its
 * number (null: none). `undefined` where it is to be worked out.
 */
export type KeptAnswers = (text: string, subject: string) => boolean | number | null | undefined;

const NO_EXPOSURES: TreatmentExposures = {};

/**
 * Makes the data set of the included subjects. All are analysed unless the protocol says who is. `exposures` is what the
 * records say of the protocol's treatments. Where it was made `before` of the same protocol and exposures, a subject of whom
 * nothing changed is taken from there with all that was worked out of it.
 */
export function buildDataSet(
  protocol: Protocol,
  included: readonly SettledSubject[],
  exposures: TreatmentExposures = NO_EXPOSURES,
  before?: DataSet,
): DataSet {
  const isSame = before?.protocol === protocol && before.exposures === exposures;
  const known = new Map(isSame ? before.included.map((one) => [one.subject, one]) : []);
  const all = included
    .toSorted((a, b) => inOrder(a.person.subject, b.person.subject))
    .map((settled) => {
      const earlier = known.get(settled.person.subject);
      return earlier && sameData(earlier.settled, settled) ? earlier : subjectData(protocol, settled, exposures);
    });
  const { analysed } = protocol;
  const subjects = analysed ? all.filter((one) => holds({ protocol }, analysed.when, one)) : all;
  return { protocol, exposures, subjects, included: all };
}

/** `S999` before `S1000`. */
function inOrder(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

/** What `%study` stands for. */
export function studyEnvironment({ period }: Pick<Protocol, 'period'>): Environment {
  return { study: { start: period.start, end: period.end } };
}

/** Whether an expression surely holds for a subject. */
export function holds(data: Pick<DataSet, 'protocol' | 'answers'>, text: string, one: SubjectData): boolean {
  return answerOf(data, text, one) === true;
}

/** Whether it is known if an expression holds for a subject. */
export function isDecided(data: Pick<DataSet, 'protocol' | 'answers'>, text: string, one: SubjectData): boolean {
  return typeof answerOf(data, text, one) === 'boolean';
}

/** The number that an expression gives for a subject, where it gives just one. */
export function numberOf(
  data: Pick<DataSet, 'protocol' | 'answers'>,
  text: string,
  one: SubjectData,
): number | undefined {
  const value = answerOf(data, text, one);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function answerOf(data: Pick<DataSet, 'protocol' | 'answers'>, text: string, one: SubjectData): unknown {
  const kept = data.answers?.(text, one.subject);
  return kept === undefined ? singleOf(data.protocol, text, one) : kept;
}

/** The one value of an expression for a subject, worked out once. */
export function singleOf(protocol: Protocol, text: string, subject: SubjectData): unknown {
  const { answers } = subject.workedOut;
  const known = answers.get(text);
  if (known !== undefined || answers.has(text)) return known;
  const answer = evaluateSingle(compileExpression(text), preparedFocus(subject), studyEnvironment(protocol));
  answers.set(text, answer);
  return answer;
}

/** The focus of a subject, prepared once. */
export function preparedFocus(subject: SubjectData): PreparedFocus {
  return subject.workedOut.focus;
}

function subjectData(protocol: Protocol, settled: SettledSubject, exposures: TreatmentExposures): SubjectData {
  const { subject, sex, birthDate } = settled.person;
  const focus: Record<string, unknown> = {
    id: subject,
    person: { ...(sex === null ? {} : { sex }), ...(birthDate === null ? {} : { birthDate }) },
  };
  for (const instrument of protocol.instruments) {
    const rows = (settled.records[instrument.id] ?? []).map((record) => settledFocus(instrument, record));
    focus[instrument.id] = instrument.repeats ? rows : (rows[0] ?? {});
  }
  const environment = studyEnvironment(protocol);
  const treatments = addTreatments(protocol, settled, exposures, focus, environment);
  const response = protocol.response && respond(protocol, protocol.response, settled, focus, environment);
  if (response) focus.response = responseFocus(response);
  const adverseEvents = adverseEventsOf(protocol, settled, focus, environment);
  if (protocol.adverseEvents) focus.adverseEvents = adverseEvents.map(eventFocus);
  const variables: Record<string, unknown> = {};
  for (const { id, value } of protocol.variables) {
    const result = evaluateSingle(compileExpression(value), focus, environment);
    if (result !== undefined) focus[id] = variables[id] = result;
  }
  return {
    subject,
    settled,
    response,
    treatments,
    adverseEvents,
    variables,
    focus,
    workedOut: new WorkedOut(focus, settled),
  };
}

/** What `response` is in expressions: the verdict, without the sentence and the lesions. */
function responseFocus(response: Response): Record<string, unknown> {
  return Object.fromEntries(Object.entries(response).filter(([name]) => !['lesions', 'explanation'].includes(name)));
}

function respond(
  protocol: Protocol,
  rules: ResponseRules,
  settled: SettledSubject,
  focus: Readonly<Record<string, unknown>>,
  environment: Environment,
): Response {
  const worked = (text: string): unknown => evaluateSingle(compileExpression(text), focus, environment);
  const index = rules.index === undefined ? undefined : worked(rules.index);
  const minimum = rules.exposure && compileExpression(rules.exposure.minimum);
  return classifyResponse(rules, assessmentsOf(protocol, rules, settled), dateOf(worked(rules.start)), {
    index: typeof index === 'string' ? index : undefined,
    exposed: minimum && evaluateBoolean(minimum, focus, environment),
  });
}
