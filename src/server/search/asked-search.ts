/** A search of the log, asked again of the records that it was asked of, so that its lists can be read part by part. */
import { ChartproofError } from '../../base/index.ts';
import { type Gate, type KeptSearch, keptSearch } from '../../cohort/index.ts';
import type { NoteAnswer } from '../../notes/index.ts';
import type { OpenStudy } from '../../review/index.ts';

/** A search and its answer. */
export interface AskedSearch {
  readonly kept: KeptSearch;
  readonly answer: NoteAnswer;
}

const MOST_KEPT = 8;
/** Answers that were asked of a gate, the latest last: whoever reads a list asks for part after part. */
const answers = new WeakMap<Gate, Map<number, NoteAnswer>>();

/** Finds a search and answers it. Errors: `cohort.no-search`, `cohort.other-records`. */
export function askedSearch({ database, gate }: Pick<OpenStudy, 'database' | 'gate'>, search: number): AskedSearch {
  const kept = keptSearch(database, search);
  if (!isOfRecordsOf(gate, kept)) {
    throw new ChartproofError(
      'cohort.other-records',
      'The search was asked of other records than the study stands on.',
      {
        tip: 'Ask it again.',
      },
    );
  }
  const known = answers.get(gate)?.get(search);
  const answer = known ?? gate.findNotes(kept.query, kept.termSets);
  keepAnswer(gate, search, answer);
  return { kept, answer };
}

/** Keeps the answer to a search that was asked just now. */
export function keepAnswer(gate: Gate, search: number, answer: NoteAnswer): void {
  const known = answers.get(gate) ?? new Map<number, NoteAnswer>();
  answers.set(gate, known);
  known.delete(search);
  known.set(search, answer);
  const [oldest] = known.keys();
  if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
}

/** Whether a search was asked of what the gate sees: the same records, their notes analysed in the same way. */
export function isOfRecordsOf(gate: Gate, { snapshot, notesVersion }: KeptSearch): boolean {
  return snapshot === gate.snapshot && notesVersion === gate.notesVersion;
}
