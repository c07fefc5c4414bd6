/** Conformance, computational: what is worked out from a value agrees with it. Rule R79. */
import { checkOf, judge, type QualityCheck } from './check.ts';
import { datedTables } from './checked-tables.ts';

/** The first day that a date's own text may mean; null where the text is no date. */
const firstDay = (source: string): string =>
  `CASE WHEN regexp_full_match(${source}, '\\d{4}') THEN ${source} || '-01-01'
        WHEN regexp_full_match(${source}, '\\d{4}-\\d\\d') THEN ${source} || '-01'
        WHEN regexp_matches(${source}, '^\\d{4}-\\d\\d-\\d\\d') THEN left(${source}, 10) END`;

export function dateTextChecks(): QualityCheck[] {
  return datedTables.map(({ table, id, rows, start, end }) => {
    const columns = [start, ...(end === undefined ? [] : [end])];
    return checkOf(
      {
        kind: 'date-differs',
        group: 'conformance',
        category: 'computational',
        context: 'verification',
        threshold: { rows: 0 },
      },
      table,
      `${rows} whose day is not the first that the text of the source means`,
      judge(table, id, {
        fault: columns.map((day) => `own.${day}::VARCHAR <> ${firstDay(`own.${day}_source`)}`).join(' OR '),
        where: `(${columns.map((day) => `(own.${day} IS NOT NULL AND own.${day}_source IS NOT NULL)`).join(' OR ')})`,
      }),
    );
  });
}
