/** Every citation that is stored, held against the chart again. Rule R3 of SPEC.md. */
import type { Review } from './open-review.ts';

/** A citation that does not hold. */
export interface BrokenEvidence {
  readonly revision: number;
  readonly subject: string;
  readonly instrument: string;
  readonly field: string;
  readonly source: string;
  readonly why: 'no-such-note' | 'quote-differs';
}

/** How many quotations were checked, and those that are not found word for word at their place. */
export interface EvidenceVerdict {
  readonly checked: number;
  readonly broken: readonly BrokenEvidence[];
}

/** Checks all quotations, but for those of persons who have refused since: their charts are closed. */
export function verifyEvidence(review: Review): EvidenceVerdict {
  const stored = review.database.all(
    review.database.db
      .selectFrom('evidence')
      .innerJoin('revision', 'revision.id', 'evidence.revision_id')
      .where('evidence.kind', '=', 'note')
      .selectAll('evidence')
      .select(['revision.subject', 'revision.instrument', 'revision.field'])
      .orderBy('revision_id')
      .orderBy('ordinal'),
  );
  const rows = stored.filter((row) => review.persons.has(row.subject));
  const broken = rows.flatMap((row): BrokenEvidence[] => {
    const note = review.gate.note(row.source);
    const person = review.persons.get(row.subject);
    const where = {
      revision: row.revision_id,
      subject: row.subject,
      instrument: row.instrument,
      field: row.field,
      source: row.source,
    };
    if (!note || note.personId !== person?.personId) return [{ ...where, why: 'no-such-note' }];
    const found = note.text.slice(row.start ?? 0, row.end ?? 0) === row.quote;
    return found ? [] : [{ ...where, why: 'quote-differs' }];
  });
  return { checked: rows.length, broken };
}
