/** What is wrong with an entry, held against the protocol. Rule R1 of SPEC.md. */
import { ChartproofError, nearest, type Problem } from '../base/index.ts';
import { fieldOf, type Instrument, instrumentOf, type RecordValues } from '../protocol/index.ts';
import { type CitedRecords, evidenceProblems } from './check-evidence.ts';
import type { AbstractionEntry, AdjudicationEntry, Entry } from './entry.ts';
import { type Answers, entryVerdict } from './entry-verdict.ts';
import { environmentOf, type Review, type ReviewPerson } from './open-review.ts';
import { newestRevisions, recordsOf } from './revisions.ts';

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

/** The answers of an entry by field. */
export function answersOf(entry: Entry, { instrument, row }: Pick<PlacedEntry, 'instrument' | 'row'>): Answers {
  if (entry.kind === 'adjudication') return { [entry.field]: entry.answer };
  return withKey(instrument, row, entry.values);
}

/** Fills in the key of a repeating instrument from its row; a row of which nothing is said is none. */
export function withKey(instrument: Instrument, row: string, values: Answers): Answers {
  const key = instrument.repeats?.key;
  if (key === undefined || values[key] !== undefined || Object.keys(values).length === 0) return values;
  return { [key]: { value: keyValue(instrument, key, row), evidence: [] }, ...values };
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

/** What is wrong with the name of a field that is answered. */
export function unknownField(instrument: Instrument, id: string): Problem[] {
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
function rowDiffers({ instrument, row }: PlacedEntry, answers: Answers): Problem[] {
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
  const alone = { ...placed.instrument, fields: [{ ...field, visible: undefined, validate: [] }] } as Instrument;
  return recordProblems(review, { ...placed, instrument: alone }, answers, {});
}

function recordProblems(
  review: Review,
  { instrument, person }: PlacedEntry,
  answers: Answers,
  others: Readonly<Record<string, readonly RecordValues[]>>,
): Problem[] {
  const { problems } = entryVerdict(instrument, answers, environmentOf(review, person, others));
  return problems.map(({ code, message }) => ({ code, message }));
}
