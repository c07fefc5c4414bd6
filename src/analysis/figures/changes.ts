/** Changes from baseline: one a subject (waterfall), or over time (spaghetti). */
import type { FigureOf } from '../../protocol/index.ts';
import { type DataSet, numberOf, type SubjectData } from '../data-set.ts';
import type { SpaghettiData, SpaghettiLine, WaterfallData } from './figure-data.ts';
import {
  categoriesOf,
  categoryOf,
  dateIn,
  headOf,
  monthsAt,
  notShown,
  rowsOver,
  shownSubjects,
  valueOfRow,
  valueOfSubject,
} from './figure-focus.ts';

/** A bar for each subject with a value, the largest increase first; equal ones in the order of subjects. */
export function waterfallBars(data: DataSet, spec: FigureOf<'waterfall'>): WaterfallData {
  const found = shownSubjects(data, spec).map((one) => ({ one, value: numberOf(data, spec.value, one) }));
  const bars = found.flatMap(({ one, value }) =>
    value === undefined ? [] : [{ subject: one.subject, value, ...categoryOf(one) }],
  );
  const without = found.filter(({ value }) => value === undefined).map(({ one }) => one.subject);
  const { kind, y, limits } = spec;
  return {
    ...headOf(data, spec, notShown(without, 'no value')),
    kind,
    y,
    limits,
    categories: categoriesOf(data),
    bars: bars.toSorted((a, b) => b.value - a.value),
  };
}

/** The lines of each subject, their points in order of time. A row without a place on either axis is no point. */
export function spaghettiLines(data: DataSet, spec: FigureOf<'spaghetti'>): SpaghettiData {
  const subjects = shownSubjects(data, spec);
  const found = subjects.map((one) => ({ one, lines: linesOf(data, spec, one) }));
  const without = found.filter(({ lines }) => lines.length === 0).map(({ one }) => one.subject);
  const { kind, x, y, limits } = spec;
  return {
    ...headOf(data, spec, notShown(without, 'no value with a time')),
    kind,
    x,
    y,
    limits,
    categories: categoriesOf(data),
    lines: found.flatMap(({ lines }) => lines),
  };
}

function linesOf(data: DataSet, spec: FigureOf<'spaghetti'>, one: SubjectData): SpaghettiLine[] {
  const zero = spec.start === undefined ? undefined : dateIn(valueOfSubject(data, spec.start, one));
  const points = rowsOver(data, spec.over, one).flatMap((row) => {
    const x = monthsAt(valueOfRow(data, spec.at, row, one), zero);
    const y = valueOfRow(data, spec.value, row, one);
    const line = spec.line === undefined ? '' : valueOfRow(data, spec.line, row, one);
    return x !== undefined && typeof y === 'number' && Number.isFinite(y) ? [{ line: String(line ?? ''), x, y }] : [];
  });
  return [...Map.groupBy(points, ({ line }) => line)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([line, own]) => ({
      subject: one.subject,
      line,
      ...categoryOf(one),
      points: own.map(({ x, y }) => ({ x, y })).sort((a, b) => a.x - b.x),
    }));
}
