import type { z } from 'zod';
import type { Candidate, OpenRow, ShownRow } from '../../records/index.ts';
import type { openRowView, shownRowView } from '../contract/index.ts';

/** A row whose person is not certain, without names. */
export function openRowViewOf({ row, from, file, line, reason, candidates }: OpenRow): z.infer<typeof openRowView> {
  return { row, source: from.source, file, line, reason, candidates: candidates.map(candidateOf) };
}

/** A row beside those who may be its person, with names. */
export function shownRowViewOf({ row, file, line, reason, said, candidates }: ShownRow): z.infer<typeof shownRowView> {
  return {
    row,
    file,
    line,
    reason,
    said,
    candidates: candidates.map((one) => ({ ...candidateOf(one), known: [...one.known] })),
  };
}

function candidateOf({ person, score, agrees }: Candidate) {
  return { person, score, agrees: Object.entries(agrees).map(([field, level]) => ({ field, level })) };
}
