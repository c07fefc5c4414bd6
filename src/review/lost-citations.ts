/** What a study's answers cite in one snapshot, held against another. Rule R3 of SPEC.md. */
import type { CitedRecords } from './check-evidence.ts';
import { personsOfRecords } from './cited-records.ts';
import type { Evidence } from './entry.ts';
import type { Review } from './open-review.ts';
import { newestRevisions, type Revision } from './revisions.ts';

/** How many citations stood, and those of them that stand no longer, by whether a note or a row of the records is cited. */
export interface LostCitations {
  readonly stood: number;
  readonly notes: number;
  readonly records: number;
  /** Whose charts must be looked at again. */
  readonly subjects: readonly string[];
}

/** Counts the citations of the newest answers about `subjects` that stand in one chart and not in the other. */
export async function lostCitations(
  before: Review,
  after: Review,
  subjects: ReadonlySet<string>,
): Promise<LostCitations> {
  const said = newestRevisions(before.database).filter(({ subject }) => subjects.has(subject));
  const answers = said.map(({ answer }) => answer);
  const [then, now] = [await personsOfRecords(before.gate, answers), await personsOfRecords(after.gate, answers)];
  const stood = said.flatMap((revision) =>
    revision.answer.evidence
      .filter((evidence) => stands(before, then, revision, evidence))
      .map((evidence) => ({ revision, evidence })),
  );
  const lost = stood.filter(({ revision, evidence }) => !stands(after, now, revision, evidence));
  const records = lost.filter(({ evidence }) => 'record' in evidence).length;
  return {
    stood: stood.length,
    notes: lost.length - records,
    records,
    subjects: [...new Set(lost.map(({ revision }) => revision.subject))].sort(),
  };
}

function stands(review: Review, cited: CitedRecords, { subject }: Revision, evidence: Evidence): boolean {
  const person = review.persons.get(subject);
  if (!person) return false;
  if ('record' in evidence) return cited.get(evidence.record) === person.personId;
  const note = review.gate.note(evidence.note);
  return note?.personId === person.personId && note.text.slice(evidence.start, evidence.end) === evidence.quote;
}
