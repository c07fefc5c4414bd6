/** Entries go into the study: all that come together, or none. */
import { ChartproofError, canonicalJson, type Problem, type Progress, sha256 } from '../base/index.ts';
import type { Actor } from '../cohort/index.ts';
import { appendAudit } from '../workspace/index.ts';
import { answersOf, checkEntry, type PlacedEntry, placeEntry } from './check-entry.ts';
import type { CitedRecords } from './check-evidence.ts';
import { personsOfRecords } from './cited-records.ts';
import type { Answer, Entry } from './entry.ts';
import type { Review } from './open-review.ts';
import { type LocatedEntry, readEntries } from './read-entries.ts';
import { addRevision, isTaken, newestRevisions } from './revisions.ts';

/** What became of entries: `entries = added + unchanged`. `revisions` counts the fields that were said anew or withdrawn. */
export interface LoadReport {
  readonly entries: number;
  readonly added: number;
  readonly unchanged: number;
  readonly revisions: number;
}

/** Who loads the entries and when, which need not be who said them and when. */
export type Loading = Actor & { readonly progress: Progress };

/**
 * Loads files of entries (NDJSON), in their order. Error: `review.invalid` with every problem at its `file:line`; then
 * nothing is stored. Missing files: `review.missing-file`.
 */
export async function loadEntryFiles(review: Review, files: readonly string[], loading: Loading): Promise<LoadReport> {
  const read: LocatedEntry[] = [];
  const problems: Problem[] = [];
  loading.progress.step('Reading entries');
  for (const file of files) await readEntries(file, read, problems);
  if (problems.length > 0) throw invalid(problems);
  return storeEntries(review, read, loading);
}

/** Stores entries, all or none. Error: `review.invalid`. */
export async function storeEntries(
  review: Review,
  entries: readonly LocatedEntry[],
  loading: Loading,
): Promise<LoadReport> {
  return storeCited(review, entries, await citedRecords(review, entries), loading);
}

/** {@link storeEntries} at once, where it is known whose the cited rows of the records are. */
export function storeCited(
  review: Review,
  entries: readonly LocatedEntry[],
  cited: CitedRecords,
  loading: Loading,
): LoadReport {
  const { progress } = loading;
  progress.step('Checking entries', entries.length);
  const { database } = review;
  return database.transaction(() => {
    const problems: Problem[] = [];
    let [added, revisions] = [0, 0];
    for (const [at, { entry, place }] of entries.entries()) {
      const outcome = storeOne(review, entry, cited, loading);
      if ('problems' in outcome) problems.push(...outcome.problems.map((one) => (place ? { ...one, place } : one)));
      else if (outcome.revisions > 0) [added, revisions] = [added + 1, revisions + outcome.revisions];
      progress.advance(at + 1);
    }
    if (problems.length > 0) throw invalid(problems); // rolls back what was stored so far
    return { entries: entries.length, added, unchanged: entries.length - added, revisions };
  });
}

const SHOWN = 20;

function invalid(problems: readonly Problem[]): ChartproofError {
  const more = problems.length - SHOWN;
  return new ChartproofError(
    'review.invalid',
    `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in the entries; nothing was stored.`,
    {
      problems: problems.slice(0, SHOWN),
      tip: `${more > 0 ? `${more} more are not shown. ` : ''}Mend the entries and load them again.`,
    },
  );
}

function storeOne(
  review: Review,
  entry: Entry,
  cited: CitedRecords,
  by: Actor,
): { readonly problems: readonly Problem[] } | { readonly revisions: number } {
  const entryHash = sha256(canonicalJson(entry));
  try {
    const placed = placeEntry(review, entry);
    if (isTaken(review.database, entryHash)) return { revisions: 0 };
    const problems = checkEntry(review, entry, placed, cited);
    if (problems.length > 0) return { problems };
    return { revisions: append(review, entry, placed, entryHash, by) };
  } catch (error) {
    if (!(error instanceof ChartproofError)) throw error;
    const { code, message, tip } = error;
    return { problems: [{ code, message, ...(tip === undefined ? {} : { tip }) }] };
  }
}

function append(review: Review, entry: Entry, placed: PlacedEntry, entryHash: string, by: Actor): number {
  const { database } = review;
  const reviewer = entry.kind === 'abstraction' ? entry.reviewer : entry.adjudicator;
  const { subject } = placed.person;
  const { id: instrument } = placed.instrument;
  const role = entry.kind;
  const before = newestRevisions(database, subject).filter(
    (one) => one.instrument === instrument && one.row === placed.row && one.role === role && one.reviewer === reviewer,
  );
  const newest = new Map(before.map((one) => [one.field, one]));
  const answers: Readonly<Record<string, Answer>> = answersOf(entry, placed);
  const withdrawn = role === 'adjudication' ? [] : [...newest.keys()].filter((field) => answers[field] === undefined);
  const reason = entry.kind === 'adjudication' ? entry.reason : null;
  const words = [...Object.entries(answers), ...withdrawn.map((field) => [field, null] as const)];
  const stored = words.filter(([field, answer]) =>
    addRevision(
      database,
      { subject, instrument, row: placed.row, field, role, reviewer, answer, reason, at: entry.at, entryHash },
      newest.get(field),
    ),
  );
  // Also where nothing was said anew: the trail tells that the entry came, and it is known when it comes again.
  const said = { reviewer, at: entry.at };
  const detail = { instrument, row: placed.row, entry: entryHash, fields: stored.length, said };
  appendAudit(database, { at: by.at, actor: by.actor, action: `review.${role}`, subject, detail });
  return stored.length;
}

function citedRecords({ gate }: Review, entries: readonly LocatedEntry[]): Promise<CitedRecords> {
  const answers = entries.flatMap(({ entry }): readonly Answer[] =>
    entry.kind === 'abstraction' ? Object.values(entry.values) : [entry.answer],
  );
  return personsOfRecords(gate, answers);
}
