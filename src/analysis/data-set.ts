/** The settled review as one object a subject: what every expression of tables and statistics looks at. Rule R7. */
import { type PartialDate, parsePartialDate } from '../base/index.ts';
import {
  compileExpression,
  type Environment,
  evaluateBoolean,
  evaluateSingle,
  type FieldValue,
  type Protocol,
  type ResponseRules,
} from '../protocol/index.ts';
import { type Assessment, classifyResponse, type Response } from '../response/index.ts';
import { type SettledSubject, settledFocus } from '../review/index.ts';

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
  readonly answers?: KeptAnswers;
}

/**
 * The kept answer to an expression about a subject, where the values that decide it are withheld: whether it holds, or its
 * number (null: none). `undefined` where it is to be worked out.
 */
export type KeptAnswers = (text: string, subject: string) => boolean | number | null | undefined;

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
export function holds(data: Pick<DataSet, 'protocol' | 'answers'>, text: string, one: SubjectData): boolean {
  const kept = data.answers?.(text, one.subject);
  if (kept !== undefined) return kept === true;
  const { protocol } = data;
  const { focus } = one;
  return evaluateBoolean(compileExpression(text), focus, studyEnvironment(protocol)) === true;
}

/** The number that an expression gives for a subject, where it gives just one. */
export function numberOf(
  data: Pick<DataSet, 'protocol' | 'answers'>,
  text: string,
  one: SubjectData,
): number | undefined {
  const kept = data.answers?.(text, one.subject);
  if (kept !== undefined) return typeof kept === 'number' ? kept : undefined;
  const { protocol } = data;
  const { focus } = one;
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
  const response = protocol.response && respond(protocol.response, settled, focus, environment);
  if (response) focus.response = responseFocus(response);
  const variables: Record<string, unknown> = {};
  for (const { id, value } of protocol.variables) {
    const result = evaluateSingle(compileExpression(value), focus, environment);
    if (result !== undefined) focus[id] = variables[id] = result;
  }
  return { subject, settled, response, variables, focus };
}

function responseFocus({ category, responder, monthsToResponse }: Response): Record<string, unknown> {
  return { category, responder, ...(monthsToResponse === undefined ? {} : { monthsToResponse }) };
}

function respond(
  rules: ResponseRules,
  settled: SettledSubject,
  focus: Readonly<Record<string, unknown>>,
  environment: Environment,
): Response {
  const start = evaluateSingle(compileExpression(rules.start), focus, environment);
  return classifyResponse(rules, assessmentsOf(rules, settled), dateOf(start));
}

/** The assessments that say which lesion, when and how; one without a date or with an unknown status says nothing. */
function assessmentsOf(rules: ResponseRules, settled: SettledSubject): Assessment[] {
  const { instrument, ...fields } = rules.assessments;
  return (settled.records[instrument] ?? []).flatMap(({ values }) => {
    const [lesion, date, said] = [values[fields.lesion], values[fields.date], values[fields.status]].map((one) =>
      textOf(one?.answer),
    );
    const day = dateOf(date);
    const status = said === undefined ? 'not-evaluable' : rules.statuses[said];
    return lesion !== undefined && day && status ? [{ lesion, date: day, status }] : [];
  });
}

function textOf(answer: FieldValue | undefined): string | undefined {
  return answer && 'value' in answer && typeof answer.value === 'string' ? answer.value : undefined;
}

function dateOf(value: unknown): PartialDate | undefined {
  return typeof value === 'string' ? parsePartialDate(value) : undefined;
}
