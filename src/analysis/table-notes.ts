/** What a table tells of itself: who has no value, of whom percentages are, how they are rounded. Rules R5 and R40 to R48 of SPEC.md. */
import {
  type CountRow,
  fieldChoices,
  fieldOf,
  instrumentOf,
  type SummaryRow,
  type TableSpec,
} from '../protocol/index.ts';
import { type Counted, cellFormat, printsPercent, type TableFrame } from './count-row.ts';
import { holds, type SubjectData } from './data-set.ts';
import type { ToldNotes } from './footnotes.ts';
import { asksForMissing, countsOf, type Lacking, unknown } from './lacking.ts';
import { missingList } from './missing-words.ts';
import { dashNotes, percentText } from './print-rules.ts';
import { printsQuartiles } from './summary-row.ts';

/** What was counted of a table. */
export interface CountedTable {
  readonly table: TableSpec;
  readonly frame: TableFrame;
  /** The rows of the protocol that are printed. */
  readonly rows: readonly (CountRow | SummaryRow)[];
  readonly cells: ReadonlyMap<string, Counted>;
  readonly lacking: (row: CountRow | SummaryRow) => Lacking;
  /** Of whom the percentages of a row are. */
  readonly among: (row: CountRow) => readonly SubjectData[];
  /** Whether rows were left out since nobody is in them. */
  readonly leftOut: boolean;
}

/** The notes of a table beside those of the protocol. */
export function tableNotes(counted: CountedTable): ToldNotes {
  const { table, rows, lacking } = counted;
  const countsMissing = new Set(rows.filter(asksForMissing).map((row) => row.groupId));
  return {
    ofRow: [
      (row) => {
        if (table.missing !== 'footnote' || countsMissing.has(row.groupId)) return [];
        const list = missingList(countsOf(lacking(row)));
        return list === '' ? [] : [`Without a value: ${list}.`];
      },
      (row) => denominatorNote(counted, row),
    ],
    ofGroup: (id) => sumNote(counted, id),
    ofTable: [
      ...(table.percentOf === 'row' ? ['Percentages are of the patients of the row.'] : []),
      ...columnNotes(counted),
      ...roundingNote(counted),
      ...(counted.leftOut ? ['Rows without any patient are left out.'] : []),
      ...dashNotes([...counted.cells.values()].flatMap((row) => row.cells.map((cell) => cell.text))),
    ],
  };
}

/** Of whom the percentages of a row are, where the protocol says so; `undefined` of a row that has none. */
function denominatorNote({ table, frame, among }: CountedTable, row: CountRow | SummaryRow): string[] | undefined {
  if (row.kind === 'summary' || !row.percent || (row.denominator === 'known' && asksForMissing(row))) return undefined;
  const { denominator } = row;
  if (denominator === undefined) return [];
  const n = among(row).length;
  const who =
    denominator === 'all'
      ? `all ${n} patients`
      : denominator === 'known'
        ? `the ${n} with a known value`
        : `the ${n} ${denominator.label}`;
  if (table.percentOf === 'row') return denominator === 'all' ? [] : [`Counted among ${who}.`];
  const parted = frame.selectors.some(
    (one) => one.kind === 'count' && one.when !== undefined && printsPercent(one, row),
  );
  return [
    `${showsTotal(frame, row) ? 'Of' : 'Percentages are of'} ${who}${parted ? '; in a column, of those in it' : ''}.`,
  ];
}

/** Whether the row prints denominators and no percentages. */
function showsTotal({ selectors }: TableFrame, row: CountRow): boolean {
  return !selectors.some((one) => printsPercent(one, row)) && selectors.some((one) => cellFormat(one, row) === 'n/N');
}

/** Where a group's rounded percentages of a column sum to something else than 100 although its rows are everybody. */
function sumNote({ table, frame, rows, cells }: CountedTable, groupId: string): string[] {
  const group = table.groups.find((one) => one.id === groupId);
  const own = rows.filter((row) => row.groupId === groupId && row.level === 0);
  if (!table.rounding || table.percentOf === 'row' || !group || group.overlapping || own.length < 2) return [];
  const missing = [...cells.values()].filter(
    ({ id, lacks, cells: [cell] }) => lacks && id.startsWith(`${groupId}-missing-`) && cell?.percent !== null,
  );
  const sums = frame.selectors.flatMap((column, at) => {
    if (!own.every((row) => row.kind === 'count' && printsPercent(column, row))) return [];
    const shares = [...own.map((row) => cells.get(row.id)), ...missing].flatMap((row) => row?.cells[at] ?? []);
    const [first] = shares;
    const isAll = first && first.N > 0 && shares.every((one) => one.N === first.N);
    if (!isAll || shares.reduce((sum, one) => sum + one.n, 0) !== first.N) return [];
    const rounded = shares.map((one) => Number(percentText(one.percent ?? 0, { ...frame.rules, extremes: false })));
    const scale = 10 ** frame.rules.percentDigits;
    const sum = Math.round(rounded.reduce((total, one) => total + one * scale, 0)) / scale;
    return sum === 100 ? [] : [`${sum.toFixed(frame.rules.percentDigits)} (${column.label})`];
  });
  return sums.length === 0 ? [] : [`Rounded percentages sum to ${sums.join(', ')}.`];
}

/** Of columns made of a field: who is in none, and whether somebody may be in several. */
function columnNotes({ table, frame }: CountedTable): string[] {
  return table.columns.flatMap((column) => {
    if (!('columnsOf' in column)) return [];
    const [instrument = '', id = ''] = column.columnsOf.split('.');
    const field = fieldOf(instrumentOf(frame.data.protocol, instrument), id);
    const choices = fieldChoices(frame.data.protocol, column.columnsOf);
    const outside = frame.subjects.filter((one) => !choices.some(({ when }) => holds(frame.data, when, one)));
    const list = missingList(countsOf(unknown(frame.data, { kind: 'count', when: choices[0]?.when ?? '' }, outside)));
    return [
      ...(field.type === 'choices' ? ['A patient may be in several columns.'] : []),
      ...(list === '' ? [] : [`${field.label} without a value, in no column: ${list}.`]),
    ];
  });
}

const ROUNDED = {
  'half-up': 'Numbers and percentages are rounded to the nearest, halves away from zero, each by itself.',
  'half-even': 'Numbers and percentages are rounded to the nearest, halves to the even digit, each by itself.',
} as const;

function roundingNote({ table, frame, rows }: CountedTable): string[] {
  const hasQuartiles = rows.some((row) => row.kind === 'summary' && printsQuartiles(frame.selectors, row));
  return [
    ...(table.rounding ? [ROUNDED[table.rounding]] : []),
    ...(table.quantiles !== undefined && hasQuartiles
      ? [`Quartiles are of type ${table.quantiles} of Hyndman and Fan, as R numbers them.`]
      : []),
  ];
}
