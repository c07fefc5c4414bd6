import { csvText } from '../analysis/index.ts';
import type { KeptSearch } from '../cohort/index.ts';

/** The log as a table for other programs, with all that was kept; `write` is `safeCsv` where a spreadsheet is to open it. */
export function searchLogCsv(searches: readonly KeptSearch[], write: typeof csvText = csvText): string {
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
  return write(header, rows);
}
