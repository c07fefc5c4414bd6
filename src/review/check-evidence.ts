/** What an answer rests on, held against the chart. Rules R2 and R3 of SPEC.md. Messages name fields, never values. */
import type { Problem } from '../base/index.ts';
import type { Field } from '../protocol/index.ts';
import type { Answer, Evidence } from './entry.ts';
import type { Review, ReviewPerson } from './open-review.ts';

/** The rows of the records that entries cite: source id to person id. */
export type CitedRecords = ReadonlyMap<string, string>;

/** Whose chart is cited, and what of the field is needed. */
type Cited = Pick<ReviewPerson, 'personId'>;
type Asked = Pick<Field, 'id' | 'evidence'>;

/** Every problem of what one answer cites, or fails to cite. */
export function evidenceProblems(
  review: Review,
  person: Cited,
  field: Asked,
  answer: Answer,
  cited: CitedRecords,
): Problem[] {
  return [...restProblems(field, answer), ...citationProblems(review, person, field, answer, cited)];
}

/** Every problem of what one answer cites. */
export function citationProblems(
  review: Review,
  person: Cited,
  field: Asked,
  answer: Answer,
  cited: CitedRecords,
): Problem[] {
  return [
    ...coverageProblems(review, person, field, answer),
    ...answer.evidence.flatMap((one) => citation(review, person, field, one, cited)),
  ];
}

/** A value without its evidence, a missing value without its coverage. */
export function restProblems(field: Asked, answer: Answer): Problem[] {
  if (field.evidence !== 'required' || answer.evidence.length > 0) return [];
  if ('value' in answer) {
    return [
      { code: 'review.no-evidence', message: `${field.id}: a value must cite the chart.`, tip: 'Add `evidence`.' },
    ];
  }
  const { notes, terms } = answer.coverage ?? { notes: [], terms: [] };
  if (answer.missing === 'not-applicable' || notes.length + terms.length > 0) return [];
  const tip = 'Add `coverage`: the notes that were open and the words searched.';
  return [{ code: 'review.no-coverage', message: `${field.id}: a missing value must say what was read.`, tip }];
}

/** A note that is said to have been read is one of this person's. */
function coverageProblems(review: Review, person: Cited, field: Asked, answer: Answer): Problem[] {
  const notes = 'missing' in answer ? (answer.coverage?.notes ?? []) : [];
  const strange = notes.filter((note) => review.gate.note(note)?.personId !== person.personId);
  if (strange.length === 0) return [];
  const message = `${field.id}: a note of the coverage does not exist or is not of this person.`;
  return [{ code: 'review.unknown-note', message, tip: 'Name notes by source id, such as DocumentReference/1.' }];
}

function citation(review: Review, person: Cited, field: Asked, evidence: Evidence, cited: CitedRecords): Problem[] {
  const wrong = (code: string, message: string, tip: string): Problem[] => [
    { code, message: `${field.id}: ${message}`, tip },
  ];
  if ('record' in evidence) {
    if (cited.get(evidence.record) === person.personId) return [];
    return wrong(
      'review.unknown-record',
      'the cited row of the records is not of this person.',
      'Cite a row by its source id, such as Condition/1.',
    );
  }
  const note = review.gate.note(evidence.note);
  if (note?.personId !== person.personId) {
    return wrong(
      'review.unknown-note',
      'the cited note does not exist or is not of this person.',
      'Cite a note by its source id, such as DocumentReference/1.',
    );
  }
  if (note.text.slice(evidence.start, evidence.end) === evidence.quote) return [];
  return wrong(
    'review.quote-differs',
    'the note does not have the quotation at this place.',
    '`start` and `end` count UTF-16 units of the text of the note.',
  );
}
