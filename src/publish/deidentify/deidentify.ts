/**
 * The data set as it may leave: identifiers removed as 45 CFR 164.514(b)(2) names them ("Safe Harbor"). What is not known to be
 * harmless is withheld: of text only the protocol's own words pass, of dates the year, of ages those up to 89. Rules R40 to R46.
 *
 *     a value of free text           (withheld)
 *     2015-03-05                     2015, or moved by days that only the study knows
 *     an age of 93                   90+
 *     the lesion, the key of a row   numbered within the subject, in the order of the rows
 */
import { type DataSet, type DataTable, type DescribedColumn, dataTables } from '../../analysis/index.ts';
import { parsePartialDate, yearsBetween } from '../../base/index.ts';
import { isUnit, type Protocol } from '../../protocol/index.ts';
import { closedWords } from './closed-words.ts';
import { expressionsBehind, mayTellDate } from './expressions-behind.ts';
import { shiftedDate } from './shift-dates.ts';
import { isOver89, OLDEST, topCode, yearsPerUnit } from './time-span.ts';

/** What stands where there is a value that does not leave. */
export const WITHHELD = '(withheld)';

/** How dates leave: the year alone, or moved by so many days to the past. */
export type DateRule = 'year' | { readonly daysOf: (subject: string) => number };

/** A column as it left. */
export interface ReleasedColumn extends DescribedColumn {
  /** In words: `as recorded`, `year alone`, ... */
  readonly released: string;
}

/** A file of the data set as it may leave. */
export interface ReleasedTable extends DataTable {
  readonly columns: readonly ReleasedColumn[];
}

/** The released data set, and who in it is over 89. Errors: those of `dataTables`. */
export interface ReleasedData {
  readonly tables: readonly ReleasedTable[];
  readonly over89: readonly string[];
}

/** Takes out of the data set what tells who somebody is. */
export function deidentify(data: DataSet, dates: DateRule): ReleasedData {
  const tables = dataTables(data);
  const facts = tables.map(({ columns }) => columns.map((column) => factsOf(data.protocol, column)));
  const valuesOf = Map.groupBy(
    tables.flatMap(({ rows }) => rows),
    ([subject]) => subject,
  );
  const old = data.included.filter((one) => isOldAtSomeDate(one, valuesOf.get(one.subject)?.flat() ?? []));
  const over89 = new Set(old.map(({ subject }) => subject));
  for (const [at, { rows }] of tables.entries())
    for (const row of rows)
      if (row.some((value, column) => isOldNumber(value, facts[at]?.[column]))) over89.add(String(row[0]));
  const words = closedWords(data.protocol);
  const context = { words, over89, dates, oldestYear: Number(data.protocol.period.end.slice(0, 4)) - OLDEST - 1 };
  return {
    tables: tables.map((table, at) => releasedTable(table, facts[at] ?? [], context)),
    over89: [...over89].sort(),
  };
}

interface Context {
  readonly words: ReadonlySet<string>;
  readonly over89: ReadonlySet<string>;
  readonly dates: DateRule;
  /** This year and those before it tell of somebody over 89 at the end of the study. */
  readonly oldestYear: number;
}

/** How the values of a column are treated. */
interface ColumnFacts {
  readonly column: DescribedColumn;
  readonly kind: 'subject' | 'numbered' | 'text' | 'birth-date' | 'worked-out' | 'entered';
  readonly years: number | undefined;
  /** Its numbers may be dates in disguise. */
  readonly tellsDate: boolean;
  readonly asksText: boolean;
}

function factsOf(protocol: Protocol, column: DescribedColumn): ColumnFacts {
  const instrument = protocol.instruments.find((one) => one.id === column.field?.instrument);
  const field = instrument?.fields.find((one) => one.id === column.field?.field);
  const variable = column.type === 'derived' ? protocol.variables.find(({ id }) => id === column.name) : undefined;
  const expression = variable?.value ?? (field?.type === 'computed' ? field.value : undefined);
  const record = variable ? undefined : instrument?.id;
  const { expressions, asksText } =
    expression === undefined ? { expressions: [], asksText: false } : expressionsBehind(protocol, expression, record);
  const text = expressions.join('\n');
  const rest = { column, years: yearsPerUnit(column, expressions), tellsDate: mayTellDate(expressions), asksText };
  if (column.name === 'subject') return { ...rest, kind: 'subject' };
  if (isNumbered(protocol, column)) return { ...rest, kind: 'numbered' };
  if (field?.type === 'text' || column.name === 'response.explained') return { ...rest, kind: 'text' };
  if (/\bbirthDate\b/.test(text)) return { ...rest, kind: 'birth-date' };
  return { ...rest, kind: expression === undefined && column.type !== 'derived' ? 'entered' : 'worked-out' };
}

/** The key of a repeating instrument, and the lesion that an assessment is of. */
function isNumbered({ instruments, response }: Protocol, { field }: DescribedColumn): boolean {
  if (!field) return false;
  const key = instruments.find(({ id }) => id === field.instrument)?.repeats?.key;
  const lesion = response?.assessments.instrument === field.instrument ? response.assessments.lesion : undefined;
  return field.field === key || field.field === lesion;
}

function isOldNumber(value: unknown, facts: ColumnFacts | undefined): boolean {
  return typeof value === 'number' && facts?.years !== undefined && !facts.tellsDate && isOver89(value, facts.years);
}

/** Whether somebody is, or by what is known may be, over 89 on a date that stands in the data. */
function isOldAtSomeDate({ settled }: DataSet['included'][number], values: readonly unknown[]): boolean {
  const { birthDate } = settled.person;
  return values.some((value) => {
    const date = typeof value === 'string' ? parsePartialDate(value) : undefined;
    return date !== undefined && birthDate !== null && yearsBetween(birthDate, date).max > OLDEST;
  });
}

function releasedTable(table: DataTable, facts: readonly ColumnFacts[], context: Context): ReleasedTable {
  const numbers = new Map<string, Map<unknown, number>>();
  const numberOf = (column: string, subject: string, value: unknown): number => {
    const own = numbers.get(`${column}\n${subject}`) ?? new Map<unknown, number>();
    numbers.set(`${column}\n${subject}`, own);
    if (!own.has(value)) own.set(value, own.size + 1);
    return own.get(value) ?? 0;
  };
  const seen = facts.map(() => new Set<string>());
  const rows = table.rows.map((row) =>
    row.map((value, at) => {
      const one = facts[at];
      if (!one || isEmpty(value) || one.kind === 'subject') return value;
      const subject = String(row[0]);
      if (one.kind === 'numbered') return numberOf(one.column.name, subject, value);
      const given = releasedValue(value, one, subject, context);
      seen[at]?.add(given === value ? 'as recorded' : saidOf(given, context.dates));
      return given;
    }),
  );
  const columns = facts.map(({ column, kind }, at) => ({
    ...column,
    released:
      kind === 'numbered'
        ? 'numbered within the subject'
        : [...(seen[at] ?? [])].sort().join('; ') || (kind === 'subject' ? 'number in the study' : 'as recorded'),
  }));
  return { name: table.name, columns, rows };
}

function saidOf(given: unknown, dates: DateRule): string {
  if (given === WITHHELD) return 'withheld';
  if (typeof given === 'string' && given.endsWith('+')) return 'over 89 years as one category';
  return dates === 'year' ? 'year alone' : 'dates shifted';
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function releasedValue(value: unknown, facts: ColumnFacts, subject: string, context: Context): unknown {
  if (typeof value === 'boolean') return facts.kind === 'text' ? WITHHELD : value;
  if (typeof value === 'number') return releasedNumber(value, facts);
  if (typeof value !== 'string' || facts.kind === 'text') return WITHHELD;
  if (facts.column.type === 'unit' && isUnit(value)) return value;
  const parts = facts.column.type === 'choices' ? value.split('; ') : [value];
  if (parts.every((part) => context.words.has(part))) return value;
  const date = facts.kind === 'birth-date' || facts.asksText ? undefined : parsePartialDate(value);
  if (date === undefined || context.over89.has(subject)) return WITHHELD;
  const year = date.slice(0, 'YYYY'.length);
  if (Number(year) <= context.oldestYear) return WITHHELD;
  return context.dates === 'year' ? year : shiftedDate(date, context.dates.daysOf(subject));
}

const LONG_NUMBER = 10_000;

function releasedNumber(value: number, { years, tellsDate, asksText, kind }: ColumnFacts): unknown {
  // Five digits and more out of free text may be a number of the record, a telephone or a ZIP code.
  if (kind === 'text' || tellsDate || (asksText && Math.abs(value) >= LONG_NUMBER)) return WITHHELD;
  return years !== undefined && isOver89(value, years) ? topCode(years) : value;
}
