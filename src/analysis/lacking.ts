/** Who has no value in what decides a row, by kind of missing value. Rules R5 and R46 of SPEC.md. */
import type { CountRow, SummaryRow } from '../protocol/index.ts';
import { type DataSet, numberOf, type SubjectData, singleOf } from './data-set.ts';
import type { FieldSource } from './expression-mentions.ts';
import { sourcesOf } from './value-sources.ts';

/** What decides a row. */
export type Decider = Pick<CountRow, 'kind' | 'when'> | Pick<SummaryRow, 'kind' | 'summary'>;

/** The kind of missing value of each subject who lacks one, in the order of the subjects. */
export type Lacking = ReadonlyMap<SubjectData, string>;

/**
 * Subjects without a value in a field that decides the row; a subject counts once, at the first such field. Of a number,
 * those who have none although no field is called missing are `unrecorded`.
 */
export function lacking(data: DataSet, row: Decider, subjects: readonly SubjectData[]): Lacking {
  // A row that asks who has no value counts them itself.
  if (asksForMissing(row)) return new Map();
  const { fields } = sourcesOf(data.protocol, row.kind === 'count' ? row.when : row.summary);
  const kindOf = firstMissing(fields);
  return gather(subjects, (one) => {
    if (row.kind === 'count') return kindOf(one);
    return numberOf(data, row.summary, one) === undefined ? (kindOf(one) ?? UNRECORDED) : undefined;
  });
}

const UNRECORDED = 'unrecorded';

/**
 * Subjects of whom it is not known whether the row holds, so that they and those of whom it is known are all: whoever
 * is in the row is known; whoever has no answer where one is asked for, or of whom the expression is unknown, is not.
 */
export function unknown(data: DataSet, row: Decider, subjects: readonly SubjectData[]): Lacking {
  if (row.kind === 'summary' || asksForMissing(row)) return lacking(data, row, subjects);
  const { fields } = sourcesOf(data.protocol, row.when);
  const kindOf = firstMissing(fields);
  return gather(subjects, (one) => {
    const verdict = singleOf(data.protocol, row.when, one);
    if (verdict === true) return undefined;
    return kindOf(one) ?? (typeof verdict !== 'boolean' || isBlank(data, one, fields) ? UNRECORDED : undefined);
  });
}

/** Whether a row counts itself who has no value, for all rows of its group. */
export function asksForMissing(row: Decider): boolean {
  return row.kind === 'count' && /_missing\b/.test(row.when);
}

/** How many there are of each kind, kinds in alphabetical order. */
export function countsOf(lacking: Lacking): Readonly<Record<string, number>> {
  const byKind = Object.entries(Object.groupBy(lacking.values(), (kind) => kind));
  return Object.fromEntries(
    byKind.map(([kind, all]) => [kind, all?.length ?? 0] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function gather(subjects: readonly SubjectData[], kindOf: (one: SubjectData) => string | undefined): Lacking {
  const found = new Map<SubjectData, string>();
  for (const one of subjects) {
    const kind = kindOf(one);
    if (kind !== undefined) found.set(one, kind);
  }
  return found;
}

/** The kind of missing value in the first of some fields that has one. */
function firstMissing(fields: readonly FieldSource[]): (one: SubjectData) => string | undefined {
  const names = fields.map(({ instrument, field }) => `${instrument}.${field}`);
  return ({ workedOut: { missing } }) => {
    if (missing.size === 0) return undefined;
    const name = names.find((each) => missing.has(each));
    return name === undefined ? undefined : missing.get(name);
  };
}

/** No field that the row rests on has an answer at all. No row of an instrument that repeats is an answer: there is none. */
function isBlank({ protocol }: DataSet, { settled }: SubjectData, fields: readonly FieldSource[]): boolean {
  const repeats = (id: string): boolean => protocol.instruments.some((one) => one.id === id && one.repeats);
  if (fields.length === 0 || fields.some(({ instrument }) => repeats(instrument))) return false;
  return fields.every(({ instrument, field }) =>
    (settled.records[instrument] ?? []).every(({ values }) => values[field] === undefined),
  );
}
