import { safeCsv } from '../analysis/index.ts';
import type { KeptSearch } from '../cohort/index.ts';

/** The log as a table for a spreadsheet, with all that was kept. */
export function searchLogCsv(searches: readonly KeptSearch[]): string {
  const header = [
    'id',
    'at',
    'actor',
    'query',
    'canonical',
    'why',
    'term_sets',
    'notes_version',
    'protocol',
    'snapshot',
    'mentions',
    'notes',
    'persons',
    'first',
    'last',
    'rerun_of',
  ];
  const rows = searches.map((one) => [
    one.id,
    one.at,
    one.actor,
    one.query,
    one.canonical,
    one.why,
    JSON.stringify(one.termSets),
    one.notesVersion,
    one.protocol,
    one.snapshot,
    one.mentions,
    one.notes,
    one.persons,
    one.first,
    one.last,
    one.rerunOf,
  ]);
  return safeCsv(header, rows);
}
