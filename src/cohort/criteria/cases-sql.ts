/** The cases that a criterion is asked of where it names the index event. */
import type { Compiling } from './compiling.ts';

/** The index events that were taken, as events (`eventsSql`) that are each of the case `index_row`: their own. */
export function casesOf({ side, indexEvents }: Compiling): string {
  if (indexEvents === undefined) throw new Error('A criterion that names the index event, where none was looked for');
  return `SELECT person_id, row_id, row_id AS index_row, "first", "last", "until" FROM ${side}.${indexEvents} WHERE taken`;
}
