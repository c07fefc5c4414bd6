/** The settled review as one object a subject: what every expression of tables and statistics looks at. Rule R7. */
import {
  compileExpression,
  type Environment,
  evaluateBoolean,
  evaluateSingle,
  type Protocol,
  type ResponseRules,
} from '../protocol/index.ts';
import { classifyResponse, type Response } from '../response/index.ts';
import { type SettledSubject, settledFocus } from '../review/index.ts';
import { assessmentsOf, dateOf } from './assessments-of.ts';

/** An included subject. */
export interface SubjectData {
  readonly subject: string;
  readonly settled: SettledSubject;
  readonly response: Response | undefined;
  /** By variable id; absent where it cannot be worked out. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** `id`, `person`, one object an instrument (a list where it repeats), `response`, the variables. */
  readonly focus: Readonly<Record<string, unknown>>;
}

/** The data of a study, subjects in order. Tables and statistics speak of `subjects`: those included who are analysed. */
export interface DataSet {
  readonly protocol: Protocol;
  readonly subjects: readonly SubjectData[];
  readonly included: readonly SubjectData[];
}

/** Makes the data set of the included subjects. All are analysed unless the protocol says who is. */
export function buildDataSet(protocol: Protocol, included: readonly SettledSubject[]): DataSet {
  const all = included
    .toSorted((a, b) => inOrder(a.person.subject, b.person.subject))
    .map((settled) => subjectData(protocol, settled));
  const { analysed } = protocol;
  const subjects = analysed ? all.filter((one) => holds({ protocol }, analysed.when, one)) : all;
  return { protocol, subjects, included: all };
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
export function holds({ protocol }: Pick<DataSet, 'protocol'>, text: string, { focus }: SubjectData): boolean {
  return evaluateBoolean(compileExpression(text), focus, studyEnvironment(protocol)) === true;
}

/** The number that an expression gives for a subject, where it gives just one. */
export function numberOf(
  { protocol }: Pick<DataSet, 'protocol'>,
  text: string,
  { focus }: SubjectData,
): number | undefined {
  const value = evaluateSingle(compileExpression(text), focus, studyEnvironment(protocol));
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function subjectData(protocol: Protocol, settled: SettledSubject): SubjectData {
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
  const response = protocol.response && respond(protocol, protocol.response, settled, focus, environment);
  if (response) focus.response = responseFocus(response);
  const variables: Record<string, unknown> = {};
  for (const { id, value } of protocol.variables) {
    const result = evaluateSingle(compileExpression(value), focus, environment);
    if (result !== undefined) focus[id] = variables[id] = result;
  }
  return { subject, settled, response, variables, focus };
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
