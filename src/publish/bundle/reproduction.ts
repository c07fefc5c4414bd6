/**
 * How far the released data set gives the printed numbers. Whatever tables and statistics ask is asked of the released files
 * too: where an answer differs for anybody (it rests on a date, a text, an age over 89), the answers of all are kept beside them,
 * in `data/answers.csv`. What even those do not give is named in `verification.json`, never passed over. Rules R47 to R49.
 */
import { parse } from 'csv-parse/sync';
import {
  buildTables,
  csvText,
  type DataSet,
  type KeptAnswers,
  type Results,
  readDataSet,
  type SubjectData,
  statisticFiles,
  studyEnvironment,
  type TextFile,
} from '../../analysis/index.ts';
import {
  compileExpression,
  declaredTables,
  evaluateSingle,
  expandTableRows,
  type Protocol,
} from '../../protocol/index.ts';
import { answerRelease } from '../deidentify/released-answer.ts';
import { differingPlaces } from './differing-places.ts';

/** `verification.json`: what whoever has the release can work out anew. */
export interface Reproduction {
  /** Expressions whose answers are kept, since the values that decide them are withheld or coarse. */
  readonly answered: readonly string[];
  /** Variables that come out of the released fields as they stand. */
  readonly variables: readonly string[];
  /** Files of the statistics that come out of the released data set. */
  readonly statistics: readonly string[];
  /** TABLE, TABLE/ROW or TABLE/ROW/COLUMN: what neither data nor answers give. */
  readonly notFromData: readonly string[];
}

/** The account of what can be worked out anew, and the files `data/answers.csv` and `verification.json`. */
export interface KeptReproduction {
  readonly reproduction: Reproduction;
  readonly files: readonly TextFile[];
}

/** Tries the whole of it with the files as they will leave. */
export function reproduce(data: DataSet, results: Results, released: readonly TextFile[]): KeptReproduction {
  const { protocol } = data;
  const texts = new Map(released.map(({ name, text }) => [name, text]));
  const textOf = (name: string): string | undefined => texts.get(name);
  const read = readDataSet(protocol, textOf);
  const answered = askedOf(data).filter((text) =>
    data.included.some((one, at) => {
      const other = read.included[at];
      return !other || answerTo(data, text, one) !== answerTo(read, text, other);
    }),
  );
  const answers = answersFile(data, answered);
  const again = readDataSet(protocol, textOf, readAnswers(answers.text));
  const ours = new Map(statisticFiles(data).map(({ name, text }) => [name, text]));
  const reproduction: Reproduction = {
    answered,
    variables: protocol.variables.map(({ id }) => id).filter((id) => comesOut(again, id)),
    statistics: statisticFiles(again).flatMap(({ name, text }) => (ours.get(name) === text ? [name] : [])),
    notFromData: differingPlaces(results, buildTables(again)),
  };
  const json = `${JSON.stringify(reproduction, null, 2)}\n`;
  return { reproduction, files: [answers, { name: 'verification.json', text: json }] };
}

/** Every expression that tables and statistics ask about a subject, in a fixed order. */
function askedOf(data: DataSet): string[] {
  const asked = new Set<string>();
  const listening: DataSet = {
    ...data,
    answers: (text) => {
      asked.add(text);
      return true; // so that everybody is in, and is asked whatever is asked of anybody
    },
  };
  buildTables(listening);
  statisticFiles(listening);
  return [...asked];
}

/** As `numberOf` and `isDecided` have it, worked out once; null for what is neither. */
function answerTo({ protocol }: DataSet, text: string, { focus }: SubjectData): number | boolean | null {
  const value = evaluateSingle(compileExpression(text), focus, studyEnvironment(protocol));
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)) ? value : null;
}

function answersFile(data: DataSet, texts: readonly string[]): TextFile {
  const printed = printedNumbers(data.protocol);
  const rows = texts.flatMap((text) => {
    const release = answerRelease(data.protocol, text, printed.get(text) ?? { label: '' });
    return data.included.map((one) => [text, one.subject, release(answerTo(data, text, one))]);
  });
  return { name: 'data/answers.csv', text: csvText(['expression', 'subject', 'answer'], rows) };
}

function printedNumbers(protocol: Protocol) {
  const rows = declaredTables(protocol).flatMap((table) => expandTableRows(protocol, table));
  return new Map(rows.flatMap((row) => (row.kind === 'summary' ? [[row.summary, row] as const] : [])));
}

/** The answers of `data/answers.csv`. What is neither true, false nor a number (`90+`) is no number. */
export function readAnswers(text: string): KeptAnswers {
  const [, ...rows]: string[][] = parse(text);
  const kept = new Map(rows.map(([expression, subject, answer = '']) => [`${expression}\n${subject}`, kindOf(answer)]));
  return (expression, subject) => kept.get(`${expression}\n${subject}`);
}

function kindOf(answer: string): boolean | number | null {
  if (answer === 'true' || answer === 'false') return answer === 'true';
  return answer !== '' && Number.isFinite(Number(answer)) ? Number(answer) : null;
}

/** Whether a variable, worked out of the values as they stand, is what stands in its column, for everybody. */
export function comesOut({ protocol, included }: DataSet, id: string): boolean {
  const variable = protocol.variables.find((one) => one.id === id);
  if (!variable) return false;
  const expression = compileExpression(variable.value);
  return included.every(
    ({ focus, variables }) => evaluateSingle(expression, focus, studyEnvironment(protocol)) === variables[id],
  );
}
