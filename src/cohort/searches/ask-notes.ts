import type { NoteAnswer, TermSets } from '../../notes/index.ts';
import type { StudyDatabase } from '../../workspace/index.ts';
import type { Gate } from '../gate/gate.ts';
import type { Actor } from '../run/cohort-run.ts';
import { type KeptSearch, keepAsked } from './search-log.ts';

/** A query of the notes. `protocol` is the SHA-256 of the one in force. */
export interface Question {
  readonly query: string;
  readonly protocol: string;
  readonly why?: string | undefined;
  /** The search that is asked again, with the term sets that it was asked with. */
  readonly rerun?: { readonly of: number; readonly termSets: TermSets } | undefined;
}

/**
 * Asks a query of a study's notes. The search is kept before anything of the answer is shown (rule R57).
 * Errors: those of {@link Gate.findNotes}, `cohort.no-reason`.
 */
export function askNotes(
  database: StudyDatabase,
  gate: Gate,
  { query, protocol, why, rerun }: Question,
  by: Actor,
): { readonly answer: NoteAnswer; readonly kept: KeptSearch } {
  const termSets = rerun?.termSets ?? gate.termSetsOf(query);
  const answer = gate.findNotes(query, rerun?.termSets);
  const { totals } = answer;
  const kept = keepAsked(database, gate, { query, termSets, totals, protocol, why, rerunOf: rerun?.of }, by);
  return { answer, kept };
}
