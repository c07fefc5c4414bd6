/** One reviewer's record of one row: answers with their evidence, checked as the product would check it. */
import {
  evaluateRecord,
  type Field,
  type FieldValue,
  instrumentOf,
  type Protocol,
  type Scalar,
} from '../../src/protocol/index.ts';
import type { Answer } from '../../src/review/entry.ts';
import type { ChartText, Sentence } from './composer.ts';
import type { TrueRecord } from './truth.ts';

const MOST_EVIDENCE = 3;

/** The key under which the composer remembers a field's sentences. */
export function factKey({ instrument, row }: TrueRecord, field: string): string {
  return row === undefined ? `${instrument}.${field}` : `${instrument}/${row}.${field}`;
}

/** The sentences that state a fact, at most three. Fails where the chart states it nowhere. */
export function sentencesFor(chart: ChartText, key: string): readonly Sentence[] {
  const sentences = chart.evidence.get(key);
  if (!sentences) throw new Error(`no note states ${key} of ${chart.person}`);
  return sentences.slice(0, MOST_EVIDENCE);
}

/** A value as a file writes it. */
export function plain(value: Scalar): string | number | boolean | string[] {
  return typeof value === 'object' ? [...value] : value;
}

/** The answer of an attentive reviewer: a value with its evidence, a missing value with what was read and searched. */
export function answerOf(
  protocol: Protocol,
  chart: ChartText,
  field: Field,
  held: FieldValue,
  evidence: () => readonly Sentence[],
): Answer {
  if ('missing' in held) return { missing: held.missing, evidence: [], coverage: coverageOf(protocol, chart, field) };
  return { value: plain(held.value), evidence: field.evidence === 'none' ? [] : [...evidence()] };
}

/** What was read before a value was called missing: every note of the chart, and the words of the field's concept. */
function coverageOf(protocol: Protocol, chart: ChartText, field: Field): { notes: string[]; terms: string[] } {
  const concept = field.terms === undefined ? undefined : protocol.concepts[field.terms];
  const terms = concept?.terms?.flatMap((term) => [term.text, ...(term.synonyms ?? [])]) ?? [];
  return { notes: [...chart.notes], terms };
}

/** What is wrong with a record by its instrument, open questions included; empty where it is whole. The words hold no value. */
export function recordProblems(protocol: Protocol, record: TrueRecord, birth: string): string[] {
  const environment = { person: { birthDate: birth } };
  const verdict = evaluateRecord(instrumentOf(protocol, record.instrument), record.values, environment);
  return [
    ...verdict.problems.map((problem) => problem.message),
    ...verdict.unanswered.map((field) => `${field} is not answered`),
  ];
}
