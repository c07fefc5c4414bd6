import type { FigureOf } from '../../protocol/index.ts';
import { type DataSet, holds, type SubjectData } from '../data-set.ts';
import type { SwimmerData, SwimmerLane } from './figure-data.ts';
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

/** The lines in the order of print. Who has no full dates has none; an event before month 0 is left out. Both are told. */
export function swimmerLanes(data: DataSet, spec: FigureOf<'swimmer'>): SwimmerData {
  const subjects = shownSubjects(data, spec);
  const found = subjects.map((one) => ({ one, lane: laneOf(data, spec, one) }));
  const lanes = found.flatMap(({ lane }) => (lane ? [lane.shown] : []));
  const without = found.filter(({ lane }) => !lane).map(({ one }) => one.subject);
  const lost = found.reduce((sum, { lane }) => sum + (lane?.lost ?? 0), 0);
  const told = [
    ...notShown(without, 'the start or the end is not a full date, or the end is before the start'),
    ...(lost === 0 ? [] : [`Events without a full date, or before month 0, are not shown (${lost}).`]),
  ];
  return {
    ...headOf(data, spec, told),
    kind: spec.kind,
    categories: categoriesOf(data),
    events: spec.events.map(({ label }) => label),
    lanes: spec.order === 'length' ? lanes.toSorted((a, b) => b.months - a.months) : lanes,
  };
}

function laneOf(
  data: DataSet,
  { start, end, ongoing, events }: FigureOf<'swimmer'>,
  one: SubjectData,
): { readonly shown: SwimmerLane; readonly lost: number } | undefined {
  const zero = dateIn(valueOfSubject(data, start, one));
  const months = lastOf(rowsOver(data, end, one).map((value) => monthsAt(value, zero)));
  if (months === undefined || months < 0) return undefined;
  const all = events.flatMap(({ over, at }, event) =>
    rowsOver(data, over, one).flatMap((row) => {
      const value = valueOfRow(data, at, row, one);
      return value === undefined ? [] : [{ event, months: monthsAt(value, zero) }];
    }),
  );
  const placed = all.flatMap(({ event, months: when }) =>
    when === undefined || when < 0 ? [] : [{ event, months: when }],
  );
  const goesOn = ongoing !== undefined && holds(data, ongoing, one);
  const shown = { subject: one.subject, months, ...categoryOf(one), ongoing: goesOn, events: placed };
  return { shown, lost: all.length - placed.length };
}

/** The last of several months; a date that is not full is none of them. */
function lastOf(months: readonly (number | undefined)[]): number | undefined {
  const known = months.filter((one) => one !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
