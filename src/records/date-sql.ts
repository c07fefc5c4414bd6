import type { Records } from './open-records.ts';

/**
 * Makes the functions that queries on the records ask dates with.
 *
 * `main.last_possible(day, source)`: the last day that a date of the records may mean, from its earliest day and the
 * source's own text: `2012` ends in December.
 *
 * `main.completed_years(birth, day)`: an age as `yearsTo` of the expressions counts it. DuckDB's own `date_sub` makes
 * somebody who was born on 29 February a year older on the 28th.
 */
export async function addDateFunctions(records: Pick<Records, 'run'>): Promise<void> {
  await records.run(`
    CREATE MACRO main.last_possible(day, source) AS
      CASE length(source) WHEN 4 THEN make_date(year(day), 12, 31) WHEN 7 THEN last_day(day) ELSE day END`);
  await records.run(`
    CREATE MACRO main.completed_years(birth, day) AS
      year(day) - year(birth) - CASE WHEN strftime(day, '%m-%d') < strftime(birth, '%m-%d') THEN 1 ELSE 0 END`);
}
