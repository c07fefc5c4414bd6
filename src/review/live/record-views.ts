/** A chart as one reader has filled it in so far: record by record, with what is asked, computed, wrong and lacking. Rule R63 of SPEC.md. */
import type { Instrument, RecordValues, Scalar } from '../../protocol/index.ts';
import { withKey } from '../check-entry.ts';
import type { Answer } from '../entry.ts';
import {
  type Answers,
  askedAnswers,
  entryVerdict,
  type FieldVerdict,
  restVerdict,
  valuesOf,
} from '../entry-verdict.ts';
import { environmentOf, type Review, type ReviewPerson } from '../open-review.ts';
import { type FormStage, stageOf } from './stages.ts';
import { isCompleted, type Word } from './words.ts';

/** One record of one reader. */
export interface LiveRecord {
  readonly instrument: Instrument;
  /** Empty where the instrument does not repeat. */
  readonly row: string;
  readonly state: 'empty' | 'draft' | 'complete' | 'changed';
  readonly words: readonly Word[];
  /** The answers that count: of fields that are asked. What is not asked is kept as a word, and leaves no entry. */
  readonly answers: Answers;
  readonly visible: ReadonlySet<string>;
  readonly computed: Readonly<Record<string, Scalar>>;
  readonly problems: readonly FieldVerdict[];
  readonly unanswered: readonly string[];
}

type Others = Record<string, readonly RecordValues[]>;

/** The records of a stage, in the order of the protocol; one at least of each instrument that does not repeat. */
export function liveRecords(
  review: Review,
  person: ReviewPerson,
  words: readonly Word[],
  stage: FormStage,
): LiveRecord[] {
  const { protocol } = review;
  const byInstrument = Map.groupBy(words, (one) => one.instrument);
  const rowsOf = (instrument: Instrument) => rowsIn(instrument, byInstrument.get(instrument.id) ?? []);
  const others: Others = Object.fromEntries(
    protocol.instruments.map((one) => [one.id, rowsOf(one).map(({ answers }) => valuesOf(answers))]),
  );
  return protocol.instruments.flatMap((instrument) => {
    const environment = environmentOf(review, person, others);
    const rows = rowsOf(instrument).map((row) => ({
      ...row,
      answers: askedAnswers(instrument, row.answers, environment),
    }));
    others[instrument.id] = rows.map(({ answers }) => valuesOf(answers));
    if (stageOf(protocol, instrument.id) !== stage) return [];
    return rows.map((row) => ({ instrument, ...row, ...verdictOf(instrument, row, environment) }));
  });
}

interface LiveRow {
  readonly row: string;
  readonly words: readonly Word[];
  readonly answers: Answers;
}

/** Rows of which something is said, or was completed and is withdrawn since. */
function rowsIn(instrument: Instrument, words: readonly Word[]): LiveRow[] {
  const rows = Map.groupBy(words, (one) => one.row);
  const keys = instrument.repeats ? [...rows.keys()].sort() : [''];
  return keys.flatMap((row) => {
    const own = rows.get(row) ?? [];
    const said = own.flatMap(({ field, answer }): [string, Answer][] => (answer ? [[field, answer]] : []));
    if (instrument.repeats && said.length === 0 && own.every((one) => isCompleted(one))) return [];
    return [{ row, words: own, answers: withKey(instrument, row, Object.fromEntries(said)) }];
  });
}

function verdictOf(
  instrument: Instrument,
  { words, answers }: LiveRow,
  environment: Parameters<typeof entryVerdict>[2],
): Omit<LiveRecord, 'instrument' | 'row' | 'words' | 'answers'> {
  const isRemoved = instrument.repeats !== undefined && Object.keys(answers).length === 0;
  const verdict = entryVerdict(instrument, answers, environment);
  return {
    state: stateOf(words, answers),
    visible: verdict.visible,
    computed: verdict.computed,
    problems: [...verdict.problems, ...restVerdict(instrument, answers)],
    unanswered: isRemoved ? [] : verdict.unanswered,
  };
}

/** By what the newest entry has: it should have the answers that are asked as they stand, and no others. */
function stateOf(words: readonly Word[], answers: Answers): LiveRecord['state'] {
  const wasCompleted = words.some((one) => one.completed !== undefined);
  if (!wasCompleted) return words.some((one) => one.answer) ? 'draft' : 'empty';
  return words.every((one) => isCompleted(one, answers[one.field] ?? null)) ? 'complete' : 'changed';
}
