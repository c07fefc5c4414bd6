import type { KeptSearch } from '../cohort/index.ts';
import { columns } from './output.ts';

/** The log on the screen, a line each. */
export function logText(searches: readonly KeptSearch[]): string {
  if (searches.length === 0) return 'The notes of this study have not been searched.';
  const rows = searches.map(({ id, at, actor, mentions, notes, persons, snapshot, rerunOf, canonical, why }) => [
    String(id),
    at.slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' '),
    actor,
    ...[mentions, notes, persons].map(String),
    snapshot,
    rerunOf === null ? '' : String(rerunOf),
    canonical,
    why ?? '',
  ]);
  return columns(rows, ['no.', 'at (UTC)', 'by', 'mentions', 'notes', 'persons', 'records', 'again', 'query', 'why']);
}
