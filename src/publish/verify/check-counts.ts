/** Whether the printed numbers follow from the data set in the bundle. Rules R73 to R75. */
import { z } from 'zod';
import {
  buildTables,
  computationsOf,
  type DataSet,
  type Results,
  type ResultTable,
  readDataSet,
  readStatistics,
  runStatistics,
  type StatisticResults,
  type SurvivalStep,
  statisticFiles,
  statisticOutputs,
} from '../../analysis/index.ts';
import { canonicalJson } from '../../base/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import { differingPlaces } from '../bundle/differing-places.ts';
import { comesOut, type Reproduction, readAnswers } from '../bundle/reproduction.ts';
import { hasFineDate } from '../deidentify/refuse-dates.ts';
import type { Findings } from './findings.ts';

const reproductionSchema = z.strictObject({
  answered: z.array(z.string()),
  variables: z.array(z.string()),
  statistics: z.array(z.string()),
  notFromData: z.array(z.string()),
});

/** The data set of the bundle and what it is said to give; undefined where they cannot be read. */
export interface BundleData {
  readonly data: DataSet;
  readonly reproduction: Reproduction;
}

/** Reads the data set, and looks that it has no date finer than a year where the protocol says so. */
export function checkData(found: Findings, protocol: Protocol): BundleData | undefined {
  let read: BundleData | undefined;
  found.check('data/subjects.csv', () => {
    const answers = readAnswers(found.textOf('data/answers.csv') ?? '');
    const data = readDataSet(protocol, (name) => found.textOf(name), answers);
    const reproduction = reproductionSchema.parse(JSON.parse(found.textOf('verification.json') ?? ''));
    read = { data, reproduction };
    return undefined;
  });
  if (protocol.release.dates === 'year') checkDates(found);
  return read;
}

function checkDates(found: Findings): void {
  for (const name of found.names.filter((one) => one.startsWith('data/')))
    found.check(name, () => {
      if (hasFineDate({ name, text: found.textOf(name) ?? '' })) found.wrong(name, 'It has a date finer than a year.');
      return undefined;
    });
}

/** Counts the tables anew. */
export function checkTables(found: Findings, { data, reproduction }: BundleData): void {
  found.check('tables.json', () => {
    const text = found.textOf('tables.json') ?? '';
    const printed = JSON.parse(text) as Results;
    const again = buildTables(data);
    const known = new Set(reproduction.notFromData);
    const differing = differingPlaces(printed, again).filter((place) => !known.has(place));
    for (const place of differing) found.wrong(`tables.json: ${place}`, 'It does not follow from the data set.');
    for (const table of printed.tables) checkCells(found, table, known);
    if (known.size === 0 && differing.length === 0 && text !== `${JSON.stringify(again, null, 2)}\n`)
      found.wrong('tables.json', 'It is not written as a release writes it.');
    if (known.size > 0)
      found.notes.push(
        `not from the data set, since an age over 89 or a date is in them, and so only checked in themselves: ${[...known].join(', ')}`,
      );
    if (reproduction.answered.length > 0)
      found.notes.push(
        `by the answers that were kept (data/answers.csv), since their dates or texts are withheld: ${reproduction.answered.map((one) => `\`${one}\``).join(', ')}`,
      );
    const cells = printed.tables.flatMap(({ rows }) => rows.flatMap((row) => row.cells)).length;
    return `tables counted anew from the data set: ${printed.tables.length}, with ${cells} cells`;
  });
}

/** Cells that do not follow from the data are held against themselves: nobody is in one twice, and its percentage fits. */
function checkCells(found: Findings, { id, rows }: ResultTable, notFromData: ReadonlySet<string>): void {
  for (const row of rows)
    for (const { column, n, N, percent, subjects } of row.cells) {
      const place = `${id}/${row.id}/${column}`;
      if (!notFromData.has(place)) continue;
      const fits = percent === null || Math.abs(percent - (n / N) * 100) < 1e-9;
      if (!fits || new Set(subjects).size !== subjects.length)
        found.wrong(`tables.json: ${place}`, 'It does not fit its subjects.');
    }
}

/** Works the variables out anew that come out of the released fields. */
export function checkVariables(found: Findings, { data, reproduction }: BundleData): void {
  found.check('data/subjects.csv', () => {
    for (const id of reproduction.variables)
      if (!comesOut(data, id)) found.wrong(`data/subjects.csv: ${id}`, 'It does not follow from the fields beside it.');
    const all = data.protocol.variables.length;
    return all === 0 ? undefined : `${reproduction.variables.length} of ${all} variables worked out anew`;
  });
}

/** What is printed of R's output is what it wrote; subjects behind the steps of a curve are none of its own. */
function checkOutputs(found: Findings, data: DataSet): void {
  found.check('statistics.json', () => {
    const { curves, ...told } = JSON.parse(found.textOf('statistics.json') ?? '') as StatisticResults;
    const written = statisticOutputs.map((name) => ({ name, text: found.textOf(name) ?? '' }));
    const bare = curves.map((curve) => ({ ...curve, steps: curve.steps.map(withoutSubjects) }));
    if (canonicalJson({ ...told, curves: bare }) !== canonicalJson(readStatistics(written, computationsOf(data))))
      found.wrong('statistics.json', 'It is not what R wrote.');
    return undefined;
  });
}

function withoutSubjects(step: SurvivalStep): SurvivalStep {
  const bare = { ...step };
  Reflect.deleteProperty(bare, 'eventSubjects');
  Reflect.deleteProperty(bare, 'censoredSubjects');
  return bare;
}

/** What abstractors said independently: the input of R that does not follow from the data set. */
const AGREEMENT = ['data/agreement-fields.csv', 'data/agreement-pairs.csv'];

/** Makes the input of the statistics anew, and R's output of it, where that is asked for. */
export async function checkStatistics(
  found: Findings,
  { data, reproduction }: BundleData,
  withR: boolean,
): Promise<void> {
  found.check('data/statistics.csv', () => {
    const inputs = new Map(statisticFiles(data).map(({ name, text }) => [name, text]));
    for (const name of reproduction.statistics)
      if (inputs.get(name) !== found.textOf(name)) found.wrong(name, 'It does not follow from the data set.');
    return `${reproduction.statistics.length} files of the statistics made anew`;
  });
  checkOutputs(found, data);
  if (!withR) {
    found.notes.push('the statistics were not computed anew in R');
    return;
  }
  const isWhole = statisticFiles(data).every(({ name }) => reproduction.statistics.includes(name));
  if (!isWhole || found.problems.length > 0) {
    found.notes.push(
      'the statistics were not computed anew in R, since not all of their input follows from the data set',
    );
    return;
  }
  const agreement = AGREEMENT.map((name) => ({ name, text: found.textOf(name) ?? '' }));
  const written = await runStatistics([...statisticFiles(data), ...agreement]);
  found.check('statistics-r.csv', () => {
    for (const { name, text } of written)
      if (found.textOf(name) !== text) found.wrong(name, 'R computes something else.');
    return 'the statistics computed anew in R, to the same bytes';
  });
}
