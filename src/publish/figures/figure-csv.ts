import { type FigureData, type FigureHeading, safeCsv } from '../../analysis/index.ts';

const STEP_COLUMNS = ['group', 'time', 'at_risk', 'events', 'censored', 'survival', 'low', 'high'] as const;

/** What a figure shows as CSV, a line a thing drawn; the subjects of a part of a bar stand in one cell. */
export function figureCsv(data: FigureData): string {
  switch (data.kind) {
    case 'response-by-subgroup':
      return safeCsv(
        ['row', 'label', 'category', 'n', 'of', 'subjects'],
        data.rows
          .filter(isRow)
          .flatMap(({ id, label, n, parts }) =>
            parts.map(({ category, subjects }) => [id, label, category, subjects.length, n, subjects.join('; ')]),
          ),
      );
    case 'swimmer':
      return safeCsv(
        ['subject', 'category', 'what', 'months', 'ongoing'],
        data.lanes.flatMap(({ subject, category, months, ongoing, events }) => [
          [subject, category, 'end', months, ongoing],
          ...events.map(({ event, months: when }) => [subject, category, data.events[event], when, '']),
        ]),
      );
    case 'kaplan-meier':
      return safeCsv(
        [...STEP_COLUMNS, 'event_subjects', 'censored_subjects'],
        data.curves.flatMap(({ group, steps }) =>
          steps.map(({ eventSubjects = [], censoredSubjects = [], ...one }) => [
            group,
            one.time,
            one.atRisk,
            one.events,
            one.censored,
            one.survival,
            one.low,
            one.high,
            eventSubjects.join('; '),
            censoredSubjects.join('; '),
          ]),
        ),
      );
    case 'waterfall':
      return safeCsv(
        ['subject', 'category', 'value'],
        data.bars.map(({ subject, category, value }) => [subject, category, value]),
      );
    case 'spaghetti':
      return safeCsv(
        ['subject', 'line', 'category', 'x', 'y'],
        data.lines.flatMap(({ subject, line, category, points }) =>
          points.map(({ x, y }) => [subject, line, category, x, y]),
        ),
      );
    case 'forest':
      return safeCsv(
        ['row', 'label', 'x', 'n', 'estimate', 'low', 'high', 'level', 'subjects'],
        data.rows
          .filter(isRow)
          .map((one) => [
            one.id,
            one.label,
            one.x,
            one.n,
            one.estimate,
            one.low,
            one.high,
            one.level,
            one.subjects.join('; '),
          ]),
      );
  }
}

function isRow<Row extends object>(row: Row | FigureHeading): row is Row {
  return !('heading' in row);
}
