/** The data set as CSV files with their codebook. Rule R10 of SPEC.md. */
import { ChartproofError } from '../base/index.ts';
import type { Field, Instrument, ResponseRules } from '../protocol/index.ts';
import type { SettledRecord } from '../review/index.ts';
import { csvText, type TextFile } from './csv-text.ts';
import type { DataColumn, DescribedColumn } from './data-column.ts';
import type { DataSet, SubjectData } from './data-set.ts';
import { safeCsv } from './safe-csv.ts';
import { episodeColumns, episodeRows } from './treatment-files.ts';

/** A file of the data set before it is text. The first column is the subject. */
export interface DataTable {
  readonly name: string;
  readonly columns: readonly DescribedColumn[];
  readonly rows: readonly (readonly unknown[])[];
}

/**
 * `data/subjects.csv`, one file for each repeating instrument, and `data/codebook.csv`, with all that was said: for the
 * study's own statistician. Error: `analysis.birth-date` where a variable or a computed field gives the birth date of a subject.
 */
export function dataFiles(data: DataSet): TextFile[] {
  const tables = dataTables(data);
  const codebook = tables.flatMap(({ name, columns }) =>
    columns.map((one) => [name, one.name, one.label, one.type, one.unit ?? '', one.choices ?? '']),
  );
  return [
    ...tables.map(dataFile),
    { name: 'data/codebook.csv', text: safeCsv(['file', 'column', 'label', 'type', 'unit', 'choices'], codebook) },
  ];
}

/** A file of the data set as CSV. */
export function dataFile({ name, columns, rows }: DataTable): TextFile {
  return {
    name,
    text: csvText(
      columns.map((column) => column.name),
      rows,
    ),
  };
}

/** The files of {@link dataFiles} without the codebook, as values. Errors: `analysis.birth-date`, `analysis.duplicate-column`. */
export function dataTables(data: DataSet): DataTable[] {
  const { protocol } = data;
  for (const one of data.included) refuseBirthDate(one);
  const repeating = protocol.instruments.filter((instrument) => instrument.repeats);
  const asksTreatments = Object.keys(protocol.treatments).length > 0;
  return [
    tableOf('data/subjects.csv', subjectColumns(data), data.included),
    ...repeating.map((instrument) => {
      const rows = data.included.flatMap((one) =>
        (one.settled.records[instrument.id] ?? []).map((record) => ({ subject: one.subject, record })),
      );
      return tableOf(`data/${instrument.id}.csv`, rowColumns(instrument), rows);
    }),
    ...(asksTreatments ? [tableOf(EPISODES, episodeColumns, episodeRows(data))] : []),
  ];
}

/** No instrument can take this name where there are treatments. */
const EPISODES = 'data/treatments.csv';

/** What is worked out may use the birth date, but not be it; a year alone tells nobody. */
function refuseBirthDate({ settled: { person, records }, variables }: SubjectData): void {
  const { birthDate } = person;
  if (birthDate === null || birthDate.length <= 'YYYY'.length) return;
  const computed = Object.values(records).flatMap((rows) => rows.flatMap((row) => Object.entries(row.computed)));
  const [name] = [...Object.entries(variables), ...computed].find(([, value]) => value === birthDate) ?? [];
  if (name === undefined) return;
  throw new ChartproofError(
    'analysis.birth-date',
    `\`${name}\` is the birth date of a subject, which must not leave.`,
    {
      tip: 'Work out an age instead: person.birthDate.yearsTo(date).',
    },
  );
}

function tableOf<Of>(name: string, columns: readonly DataColumn<Of>[], rows: readonly Of[]): DataTable {
  const names = columns.map((column) => column.name);
  const twice = names.find((one, at) => names.indexOf(one) !== at);
  if (twice !== undefined) {
    throw new ChartproofError('analysis.duplicate-column', `The data set would have two columns \`${twice}\`.`, {
      tip: 'Give the variable of the protocol another id.',
    });
  }
  return { name, columns, rows: rows.map((row) => columns.map((column) => column.value(row))) };
}

function subjectColumns(data: DataSet): DataColumn<SubjectData>[] {
  const { protocol } = data;
  const once = protocol.instruments.filter((instrument) => !instrument.repeats);
  return [
    { name: 'subject', label: 'Subject', type: 'text', value: (one) => one.subject },
    { name: 'person.sex', label: 'Sex, as recorded', type: 'text', value: (one) => one.settled.person.sex },
    ...(protocol.analysed ? [analysedColumn(data)] : []),
    ...once.flatMap((instrument) =>
      fieldColumns<SubjectData>(instrument, `${instrument.id}.`, (one) => one.settled.records[instrument.id]?.[0]),
    ),
    ...(protocol.response ? responseColumns(protocol.response) : []),
    ...protocol.variables.map(({ id, label, unit }) => ({
      name: id,
      label,
      type: 'derived',
      unit,
      value: (one: SubjectData) => one.variables[id],
    })),
  ];
}

function analysedColumn({ subjects }: DataSet): DataColumn<SubjectData> {
  const analysed = new Set(subjects);
  return { name: 'analysed', label: 'In tables and statistics', type: 'derived', value: (one) => analysed.has(one) };
}

function responseColumns({ assessments }: ResponseRules): DataColumn<SubjectData>[] {
  const measured = assessments.size !== undefined || assessments.score !== undefined;
  return [
    { name: 'response.category', label: 'Response', type: 'derived', value: (one) => one.response?.category },
    {
      name: 'response.responder',
      label: 'Response counts as such',
      type: 'derived',
      value: (one) => one.response?.responder,
    },
    {
      name: 'response.months',
      label: 'Time to response',
      type: 'derived',
      unit: 'mo',
      value: (one) => one.response?.monthsToResponse,
    },
    ...(measured ? [BEST_CHANGE] : []),
    {
      name: 'response.explained',
      label: 'Why this response',
      type: 'derived',
      value: (one) => one.response?.explanation,
    },
  ];
}

const BEST_CHANGE: DataColumn<SubjectData> = {
  name: 'response.best_change',
  label: 'Best change from the baseline',
  type: 'derived',
  unit: '%',
  value: (one) => one.response?.bestChange,
};

interface RepeatedRow {
  readonly subject: string;
  readonly record: SettledRecord;
}

function rowColumns(instrument: Instrument): DataColumn<RepeatedRow>[] {
  return [
    { name: 'subject', label: 'Subject', type: 'text', value: (row) => row.subject },
    ...fieldColumns<RepeatedRow>(instrument, '', (row) => row.record),
  ];
}

function fieldColumns<Of>(
  instrument: Instrument,
  prefix: string,
  recordOf: (of: Of) => SettledRecord | undefined,
): DataColumn<Of>[] {
  return instrument.fields.flatMap((field) => {
    const name = `${prefix}${field.id}`;
    const valueColumn: DataColumn<Of> = {
      name,
      label: field.label,
      type: field.type,
      unit: 'unit' in field ? field.unit : undefined,
      choices: 'choices' in field ? choicesText(field) : undefined,
      field: { instrument: instrument.id, field: field.id },
      value: (of) => cellOf(field, recordOf(of)),
    };
    if (field.type === 'computed' || field.missing.length === 0) return [valueColumn];
    const missing: DataColumn<Of> = {
      name: `${name}_missing`,
      label: `${field.label}: why there is no value`,
      type: 'choice',
      choices: field.missing.join('; '),
      value: (of) => {
        const answer = recordOf(of)?.values[field.id]?.answer;
        return answer && 'missing' in answer ? answer.missing : '';
      },
    };
    return [valueColumn, missing];
  });
}

function cellOf(field: Field, record: SettledRecord | undefined): unknown {
  if (field.type === 'computed') return record?.computed[field.id];
  const answer = record?.values[field.id]?.answer;
  if (!answer || 'missing' in answer) return '';
  return Array.isArray(answer.value) ? answer.value.join('; ') : answer.value;
}

function choicesText(field: Extract<Field, { readonly choices: unknown }>): string {
  return field.choices.map(({ code, label }) => `${code}=${label}`).join('; ');
}
