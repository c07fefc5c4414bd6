/** The lists of a search, and the log, as files. No cell of them is run as a formula. */
import { safeCsv } from '../../analysis/index.ts';
import { type KeptSearch, keptSearches, listLines, type NoteLine, type PersonLine } from '../../cohort/index.ts';
import { searchLogCsv } from '../../publish/index.ts';
import type { OpenStudy } from '../../review/index.ts';
import type { FileAnswer } from '../http/handler.ts';
import type { AskedSearch } from './asked-search.ts';

const MEDIA_TYPE = 'text/csv';

/** Every person, or every note, that the search found; the order is that of the lists. */
export async function exportedList(
  open: OpenStudy,
  { kept, answer }: AskedSearch,
  { what, withoutCopies }: { readonly what: 'persons' | 'notes'; readonly withoutCopies: boolean },
): Promise<FileAnswer & { readonly rows: number }> {
  const counts = withoutCopies ? { ...answer, ...answer.withoutCopies() } : answer;
  const rows: unknown[][] = [];
  for await (const line of listLines(open, counts, what === 'persons' ? 'person' : 'note', { order: 'person' }))
    rows.push(what === 'persons' ? personRow(line as PersonLine) : noteRow(line as NoteLine));
  const csv = safeCsv(what === 'persons' ? PERSON_COLUMNS : NOTE_COLUMNS, rows);
  return { name: `search-${kept.id}-${what}.csv`, mediaType: MEDIA_TYPE, bytes: csv, rows: rows.length };
}

const PERSON_COLUMNS = ['person', 'subject', 'mentions', 'notes', 'first', 'last'];
const NOTE_COLUMNS = ['note', 'person', 'subject', 'date', 'type', 'title', 'specialty', 'mentions'];

function personRow({ person, subject, mentions, notes, first, last }: PersonLine): unknown[] {
  return [person, subject, mentions, notes, first, last];
}

function noteRow({ source, person, subject, date, type, title, specialty, mentions }: NoteLine): unknown[] {
  return [source, person, subject, date, type, title, specialty, mentions];
}

/** All searches of the study, as the log has them. */
export function exportedLog({ database }: Pick<OpenStudy, 'database'>): FileAnswer & { readonly rows: number } {
  const searches: readonly KeptSearch[] = keptSearches(database);
  return { name: 'searches.csv', mediaType: MEDIA_TYPE, bytes: searchLogCsv(searches), rows: searches.length };
}
