/** What is wrong with an entry, held against protocol and chart. Rules R1 to R3 of SPEC.md. */
import { ChartproofError, nearest, type Problem } from '../base/index.ts';
import {
  evaluateRecord,
  type Field,
  fieldOf,
  type Instrument,
  instrumentOf,
  type RecordValues,
} from '../protocol/index.ts';
import type { AbstractionEntry, AdjudicationEntry, Answer, Entry, Evidence } from './entry.ts';
import { environmentOf, type Review, type ReviewPerson } from './open-review.ts';
import { fieldValueOf, newestRevisions, recordsOf } from './revisions.ts';

/** The rows of the records that entries cite: source id to person id. */
export type CitedRecords = ReadonlyMap<string, string>;

/** An entry whose person and instrument are known. */
export interface PlacedEntry {
  readonly person: ReviewPerson;
  readonly instrument: Instrument;
  /** Empty where the instrument does not repeat. */
  readonly row: string;
}

/** Finds person, instrument and row of an entry; throws what is wrong with them. */
export function placeEntry(review: Review, entry: Entry): PlacedEntry {
  const person = [...review.persons.values()].find((one) => one.person === entry.person);
  if (!person) {
    throw new ChartproofError('review.unknown-person', 'The entry names nobody among the candidates of the study.', {
      tip: '`person` is the source id, such as Patient/123, of a candidate who is authorized.',
    });
  }
  const instrument = instrumentOf(review.protocol, entry.instrument);
  if (instrument.repeats && !entry.row) {
    throw new ChartproofError(
      'review.row-missing',
      `The instrument \`${instrument.id}\` repeats: the entry lacks its row.`,
      {
        tip: `Give \`row\`, the value of \`${instrument.repeats.key}\`.`,
      },
    );
  }
  if (!instrument.repeats && entry.row !== undefined) {
    throw new ChartproofError(
      'review.row-unexpected',
      `The instrument \`${instrument.id}\` does not repeat: the entry has a row.`,
      {
        tip: 'Leave out `row`.',
      },
    );
  }
  return { person, instrument, row: entry.row ?? '' };
}

/** The answers of an entry by field; the key of a repeating instrument is filled in from its row. */
export function answersOf(entry: Entry, { instrument, row }: PlacedEntry): Readonly<Record<string, Answer>> {
  if (entry.kind === 'adjudication') return { [entry.field]: entry.answer };
  const key = instrument.repeats?.key;
  if (key === undefined || entry.values[key] !== undefined) return entry.values;
  return { [key]: { value: keyValue(instrument, key, row), evidence: [] }, ...entry.values };
}

/** The row as a value of the key field: a number where the field is one. */
function keyValue(instrument: Instrument, key: string, row: string): string | number {
  const { type } = fieldOf(instrument, key);
  return type === 'integer' || type === 'decimal' ? Number(row) : row;
}

/** Every problem of the entry. Messages name fields and rules, never values. */
export function checkEntry(review: Review, entry: Entry, placed: PlacedEntry, cited: CitedRecords): Problem[] {
  const answers = answersOf(entry, placed);
  const unknown = Object.keys(answers).flatMap((id) => unknownField(placed.instrument, id));
  if (unknown.length > 0) return unknown;
  const resting = Object.entries(answers).flatMap(([id, answer]) => {
    const field = fieldOf(placed.instrument, id);
    return [
      ...restProblems(field, answer),
      ...coverageProblems(review, placed.person, field, answer),
      ...answer.evidence.flatMap((one) => citation(review, placed.person, field, one, cited)),
    ];
  });
  const values =
    entry.kind === 'abstraction'
      ? abstractionProblems(review, entry, placed)
      : adjudicationProblems(review, entry, placed);
  return [...values, ...resting];
}

function unknownField(instrument: Instrument, id: string): Problem[] {
  const ids = instrument.fields.filter((field) => field.type !== 'computed').map((field) => field.id);
  if (ids.includes(id)) return [];
  const near = nearest(id, ids);
  const tip = near ? `Did you mean \`${near}\`?` : `It has: ${ids.join(', ')}.`;
  return [
    { code: 'review.unknown-field', message: `The instrument \`${instrument.id}\` asks no field \`${id}\`.`, tip },
  ];
}

/** A value without its evidence, a missing value without its coverage. */
function restProblems(field: Field, answer: Answer): Problem[] {
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
function coverageProblems(review: Review, person: ReviewPerson, field: Field, answer: Answer): Problem[] {
  const notes = 'missing' in answer ? (answer.coverage?.notes ?? []) : [];
  const strange = notes.filter((note) => review.gate.note(note)?.personId !== person.personId);
  if (strange.length === 0) return [];
  const message = `${field.id}: a note of the coverage does not exist or is not of this person.`;
  return [{ code: 'review.unknown-note', message, tip: 'Name notes by source id, such as DocumentReference/1.' }];
}

function citation(
  review: Review,
  person: ReviewPerson,
  field: Field,
  evidence: Evidence,
  cited: CitedRecords,
): Problem[] {
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

function abstractionProblems(review: Review, entry: AbstractionEntry, placed: PlacedEntry): Problem[] {
  const answers = answersOf(entry, placed);
  const differs = rowDiffers(placed, answers);
  if (differs.length > 0) return differs;
  const others = recordsOf(newestRevisions(review.database, placed.person.subject), entry.reviewer);
  return recordProblems(review, placed, answers, others);
}

/** The key of a repeating instrument, where it has a value, is the row that the entry names. */
function rowDiffers({ instrument, row }: PlacedEntry, answers: Readonly<Record<string, Answer>>): Problem[] {
  const key = instrument.repeats?.key;
  const answer = key === undefined ? undefined : answers[key];
  if (!answer || ('value' in answer && String(answer.value) === row)) return [];
  return [{ code: 'review.row-differs', message: `\`${key}\` differs from the row of the entry.` }];
}

/** An adjudicator's value is of its type and allowed; whether it is asked is known when all is settled. */
function adjudicationProblems(review: Review, entry: AdjudicationEntry, placed: PlacedEntry): Problem[] {
  const removesRow = entry.field === placed.instrument.repeats?.key && 'missing' in entry.answer;
  if (removesRow) return [];
  const answers = { [entry.field]: entry.answer };
  const differs = rowDiffers(placed, answers);
  if (differs.length > 0) return differs;
  const field = fieldOf(placed.instrument, entry.field);
  const alone = { ...placed.instrument, fields: [{ ...field, visible: undefined, validate: [] }] };
  return recordProblems(review, { ...placed, instrument: alone }, answers, {});
}

function recordProblems(
  review: Review,
  { instrument, person }: PlacedEntry,
  answers: Readonly<Record<string, Answer>>,
  others: Readonly<Record<string, readonly RecordValues[]>>,
): Problem[] {
  const values = Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, fieldValueOf(answer)]));
  const { problems } = evaluateRecord(instrument, values, environmentOf(review, person, others));
  return problems.map(({ code, message }) => ({ code: `review.${code}`, message }));
}
