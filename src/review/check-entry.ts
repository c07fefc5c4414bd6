/** What is wrong with an entry, held against the protocol. Rule R1 of SPEC.md. */
import { ChartproofError, nearest, type Problem } from '../base/index.ts';
import { evaluateRecord, fieldOf, type Instrument, instrumentOf, type RecordValues } from '../protocol/index.ts';
import { type CitedRecords, evidenceProblems } from './check-evidence.ts';
import type { AbstractionEntry, AdjudicationEntry, Answer, Entry } from './entry.ts';
import { environmentOf, type Review, type ReviewPerson } from './open-review.ts';
import { fieldValueOf, newestRevisions, recordsOf } from './revisions.ts';

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

/** The row as a value of the key field: a number where the field is one and the row can be. */
function keyValue(instrument: Instrument, key: string, row: string): string | number {
  const { type } = fieldOf(instrument, key);
  const number = Number(row);
  return (type === 'integer' || type === 'decimal') && String(number) === row ? number : row;
}

/** Every problem of the entry. Messages name fields and rules, never values. */
export function checkEntry(review: Review, entry: Entry, placed: PlacedEntry, cited: CitedRecords): Problem[] {
  const answers = answersOf(entry, placed);
  const unknown = Object.keys(answers).flatMap((id) => unknownField(placed.instrument, id));
  if (unknown.length > 0) return unknown;
  const resting = Object.entries(answers).flatMap(([id, answer]) =>
    evidenceProblems(review, placed.person, fieldOf(placed.instrument, id), answer, cited),
  );
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
  const alone = withoutExpressions({ ...placed.instrument, fields: [field] });
  return recordProblems(review, { ...placed, instrument: alone }, answers, {});
}

function recordProblems(
  review: Review,
  { instrument, person }: PlacedEntry,
  answers: Readonly<Record<string, Answer>>,
  others: Readonly<Record<string, readonly RecordValues[]>>,
): Problem[] {
  const values = Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, fieldValueOf(answer)]));
  // Expressions can be worked out on values of the right type only: those are looked at first, alone.
  const typed = evaluateRecord(withoutExpressions(instrument), values).problems;
  const found =
    typed.length > 0 ? typed : evaluateRecord(instrument, values, environmentOf(review, person, others)).problems;
  return found.map(({ code, message }) => ({ code: `review.${code}`, message }));
}

function withoutExpressions(instrument: Instrument): Instrument {
  const fields = instrument.fields.filter((field) => field.type !== 'computed');
  return { ...instrument, fields: fields.map((field) => ({ ...field, visible: undefined, validate: [] })) };
}
