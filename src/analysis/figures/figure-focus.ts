/** How figures ask the data set: who is shown, what a row of a subject says, where on the axis of months a date lies. */
import { monthsBetween, type PartialDate, parsePartialDate } from '../../base/index.ts';
import { compileExpression, type DataFigureSpec, evaluateSingle } from '../../protocol/index.ts';
import { type DataSet, holds, preparedFocus, type SubjectData, studyEnvironment } from '../data-set.ts';
import type { Category, FigureHead } from './figure-data.ts';

/** The subjects of a figure. */
export function shownSubjects(data: DataSet, { population }: DataFigureSpec): readonly SubjectData[] {
  return population === undefined ? data.subjects : data.subjects.filter((one) => holds(data, population, one));
}

/** The head of a figure; `more` are sentences for its caption. */
export function headOf({ protocol }: DataSet, spec: DataFigureSpec, more: readonly string[] = []): FigureHead {
  const { id, title, notes, width, palette } = spec;
  return { id, number: protocol.figures.indexOf(spec) + 1, title, notes: [...notes, ...more], width, palette };
}

/** The response categories, best first; none where the protocol has no response. */
export function categoriesOf({ protocol: { response } }: DataSet): Category[] {
  return (response?.categories ?? []).map(({ code, label }) => ({ code, label, unknown: code === response?.unknown }));
}

/** The subject's category as a field of figure data. */
export function categoryOf({ response }: SubjectData): { readonly category?: string } {
  return response ? { category: response.category } : {};
}

/** The rows that an expression goes through, or the subject itself. */
export function rowsOver(data: DataSet, over: string | undefined, one: SubjectData): readonly unknown[] {
  const focus = preparedFocus(one);
  return over === undefined ? [focus] : compileExpression(over).evaluate(focus, studyEnvironment(data.protocol));
}

/** What an expression gives for a row, where it gives just one; the subject is `%subject`. */
export function valueOfRow(data: DataSet, text: string, row: unknown, one: SubjectData): unknown {
  return evaluateSingle(compileExpression(text), row, {
    ...studyEnvironment(data.protocol),
    subject: preparedFocus(one),
  });
}

/** What an expression gives for a subject, where it gives just one. */
export function valueOfSubject(data: DataSet, text: string, one: SubjectData): unknown {
  return valueOfRow(data, text, preparedFocus(one), one);
}

/** A value that is a full date. */
export function dateIn(value: unknown): PartialDate | undefined {
  return typeof value === 'string' ? parsePartialDate(value) : undefined;
}

/** A number as it is; a date in months from the start, where both are full days. */
export function monthsAt(value: unknown, start: PartialDate | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const date = dateIn(value);
  if (!date || !start) return undefined;
  const { min, max } = monthsBetween(start, date);
  return min === max ? min : undefined;
}

/** `Not shown: S003, S007 (no full dates).`, or nothing where everybody is shown. */
export function notShown(subjects: readonly string[], why: string): string[] {
  return subjects.length === 0 ? [] : [`Not shown: ${listed(subjects)} (${why}).`];
}

const MOST = 12;

function listed(subjects: readonly string[]): string {
  const more = subjects.length - MOST;
  return more > 0 ? `${subjects.slice(0, MOST).join(', ')} and ${more} more` : subjects.join(', ');
}
