/** The search log as it leaves: with the years of the notes found, whose dates would be those of visits. */
import type { TextFile } from '../../analysis/index.ts';
import type { KeptSearch } from '../../cohort/index.ts';
import { searchLogCsv } from '../search-log-csv.ts';
import { type SearchMethodsFacts, searchMethods } from '../search-methods.ts';

/** `searches.csv` and `searches.md`. */
export function searchFiles(log: readonly KeptSearch[], facts: SearchMethodsFacts): TextFile[] {
  const coarse = log.map((one) => ({ ...one, first: yearOf(one.first), last: yearOf(one.last) }));
  return [
    { name: 'searches.csv', text: searchLogCsv(coarse) },
    { name: 'searches.md', text: searchMethods(coarse, facts) },
  ];
}

function yearOf(date: KeptSearch['first']): KeptSearch['first'] {
  return (date === null ? null : date.slice(0, 'YYYY'.length)) as KeptSearch['first'];
}
