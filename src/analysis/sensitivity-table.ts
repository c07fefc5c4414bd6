/** The sensitivity of the response as a table like any other: a row a definition, then the unknown both ways. */
import type { DataSet } from './data-set.ts';
import type { ResultTable, TableCell, TableRow } from './results.ts';
import { fixed } from './rounding.ts';
import { type DefinitionResult, type Share, sensitivity } from './sensitivity.ts';

/** The id of the table. */
export const SENSITIVITY = 'sensitivity';

/** Decimals of its percentages. */
export const SENSITIVITY_DIGITS = 1;

/** The table; none where the protocol declares no alternatives, and nothing else is printed for them. */
export function sensitivityTables(data: DataSet): ResultTable[] {
  if ((data.protocol.response?.alternatives ?? []).length === 0) return [];
  return [sensitivityTable(data)];
}

/** The table of any study with a response. */
export function sensitivityTable(data: DataSet): ResultTable {
  const { definitions } = sensitivity(data);
  const all = definitions.flatMap(({ categories }) => categories);
  const codes = [...new Map(all.map((one) => [one.code, one.label] as const).reverse()).entries()].reverse();
  const N = data.subjects.length;
  const columns = [
    ...codes.map(([code, label]) => ({ id: code, label, n: N })),
    { id: 'responders', label: 'Responders', n: N },
    { id: 'total', label: 'N', n: N },
    { id: 'percent', label: '%', n: N },
  ];
  const [declared] = definitions;
  const lacking = definitions.some(({ categories }) => categories.length < codes.length);
  return {
    id: SENSITIVITY,
    title: 'Response under other definitions',
    columns,
    rows: [
      ...definitions.map((one, at) => definitionRow(one, codes, at === 0 && lacking ? ['a'] : [])),
      ...(declared ? unknownRows(declared, codes, lacking ? 'b' : 'a') : []),
    ],
    footnotes: [...(lacking ? [LACKING] : []), NOTE].map((text, at) => ({ letter: at === 0 ? 'a' : 'b', text })),
  };
}

const NOTE = 'Of the definition as declared.';
const LACKING = 'A dash: the definition has no such category.';
const DEFINITION = 'Definition of response';
const UNKNOWN = 'Unknown responses';

type Codes = readonly (readonly [code: string, label: string])[];

function definitionRow(one: DefinitionResult, codes: Codes, letters: readonly string[]): TableRow {
  const categories = codes.map(([code]): TableCell => {
    const subjects = one.categories.find((category) => category.code === code)?.subjects;
    return cell(code, subjects ?? [], one.all.N, subjects ? undefined : '–');
  });
  return row(one.id, DEFINITION, one.label, [...categories, ...shareCells(one.all)], letters);
}

function unknownRows({ all, known, bestCase }: DefinitionResult, codes: Codes, letter: string): TableRow[] {
  const none = (N: number): TableCell[] => codes.map(([code]) => cell(code, [], N, ''));
  const rows = [
    ['worst-case', 'Counted as no response (worst case; all)', all],
    ['complete-case', 'Left out (complete case)', known],
    ['best-case', 'Counted as response (best case)', bestCase],
  ] as const;
  return rows.map(([id, label, share], at) =>
    row(id, UNKNOWN, label, [...none(share.N), ...shareCells(share)], at === 0 ? [letter] : []),
  );
}

function row(
  id: string,
  group: string,
  label: string,
  cells: readonly TableCell[],
  groupNotes: readonly string[],
): TableRow {
  return { id, group, label, level: 0, cells, notes: [], groupNotes, missing: {}, by: 'response.category' };
}

function shareCells({ n, N, percent, subjects, among }: Share): TableCell[] {
  return [
    cell('responders', subjects, N),
    { column: 'total', n: N, N, percent: null, text: String(N), subjects: among },
    { column: 'percent', n, N, percent, text: percent === null ? '' : fixed(percent, SENSITIVITY_DIGITS), subjects },
  ];
}

function cell(column: string, subjects: readonly string[], N: number, text = String(subjects.length)): TableCell {
  const n = subjects.length;
  return { column, n, N, percent: N === 0 ? null : (n / N) * 100, text, subjects };
}
