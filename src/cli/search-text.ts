import type { KeptSearch, ListKind, ListLine } from '../cohort/index.ts';
import type { NoteTotals } from '../notes/index.ts';
import type { OpenStudy } from '../review/index.ts';
import { columns } from './output.ts';
import { listText } from './search-lists.ts';

/** What a search came to. */
export interface ToldSearch {
  readonly totals: NoteTotals;
  /** Where they were asked for; a list has the notes that these count. */
  readonly withoutCopies: NoteTotals | undefined;
  readonly kept: KeptSearch;
  readonly kind: ListKind | undefined;
  readonly lines: readonly ListLine[];
  readonly from: number;
}

/** A search as a person reads it: counts, the list, and under which number it is kept. */
export function searchText(open: OpenStudy, { totals, withoutCopies, kept, kind, lines, from }: ToldSearch): string {
  const { first, last } = totals;
  const dates = first === null ? [] : [`From ${first} to ${last}`];
  const { persons, notes } = withoutCopies ?? totals;
  const all = kind === 'person' ? persons : notes;
  const to = from + lines.length;
  const place =
    !kind || all === lines.length
      ? []
      : [
          `\n${lines.length === 0 ? 'None' : `${from + 1} to ${to}`} of ${all}${to < all ? `; further: --from ${to}` : ''}`,
        ];
  const list = lines.length === 0 ? [] : [`\n${listText(open, lines)}`];
  return [countsText(totals, withoutCopies), ...dates, ...list, ...place, `\n${keptText(kept, open.study.study)}`].join(
    '\n',
  );
}

/** Persons are the same without copies: what is copied stands in another note of the person. */
function countsText({ mentions, notes, persons }: NoteTotals, once: NoteTotals | undefined): string {
  const without = (count: number): string => (once ? `, ${count} without copied text` : '');
  const ends = [without(once?.mentions ?? 0), without(once?.notes ?? 0), ''];
  const counts = columns([
    ['Mentions', String(mentions)],
    ['Notes', String(notes)],
    ['Persons', String(persons)],
  ]);
  return counts
    .split('\n')
    .map((line, at) => `${line}${ends[at]}`)
    .join('\n');
}

function keptText({ id, why }: KeptSearch, study: string): string {
  return why === null
    ? `Kept as search ${id}, without a reason. Say what it is for: chartproof searches explain ${id} --study ${study} --why "..."`
    : `Kept as search ${id}: ${why}`;
}
