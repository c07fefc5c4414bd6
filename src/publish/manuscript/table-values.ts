/** The numbers of tables by name. */
import { type ResultTable, SENSITIVITY, SENSITIVITY_DIGITS } from '../../analysis/index.ts';
import { declaredTables, expandTableRows } from '../../protocol/index.ts';
import type { LiveSource } from './live-source.ts';
import { type LiveValue, valuesOf } from './live-value.ts';

/** The values of a table: its number, its rows that summarize, its cells. */
export function tableValues({ data }: LiveSource, table: ResultTable, number: number): LiveValue[] {
  const spec = declaredTables(data.protocol).find(({ id }) => id === table.id);
  const digitsOf = new Map(
    (spec ? expandTableRows(data.protocol, spec) : []).map((row) => [row.id, row.kind === 'summary' ? row.digits : 0]),
  );
  const percentDigits = spec?.percentDigits ?? (table.id === SENSITIVITY ? SENSITIVITY_DIGITS : 0);
  const labelOf = new Map(table.columns.map(({ id, label }) => [id, label]));
  const rows = table.rows.flatMap((row) => {
    const label = `${table.title}: ${row.group === row.label ? '' : `${row.group}, `}${row.label}`;
    const subjects = [...new Set(row.cells.flatMap((cell) => cell.subjects))];
    const missing = Object.values(row.missing).reduce((sum, one) => sum + one, 0);
    const own = row.n === undefined ? [] : summaryFields(row, { digits: digitsOf.get(row.id) ?? 1, subjects });
    const cells = row.cells.flatMap((cell) =>
      valuesOf(
        { kind: 'table', id: `${table.id}.${row.id}.${cell.column}`, label: `${label}, ${labelOf.get(cell.column)}` },
        [
          ['n', cell.n, { subjects: cell.subjects }],
          ['N', cell.N],
          ['percent', cell.percent, { digits: percentDigits, subjects: cell.subjects }],
          ['text', cell.text, { subjects: cell.subjects }],
        ],
      ),
    );
    return [
      ...valuesOf({ kind: 'table', id: `${table.id}.${row.id}`, label }, [...own, ['missing', missing]]),
      ...cells,
    ];
  });
  return [...valuesOf({ kind: 'table', id: table.id, label: table.title }, [['number', number]]), ...rows];
}

type NumberFields = Partial<Record<(typeof SUMMARY_FIELDS)[number], number | null>>;
const SUMMARY_FIELDS = ['mean', 'sd', 'median', 'q1', 'q3', 'min', 'max'] as const;

/** The fields of a summarized number that there are; `n` is whole whatever the digits. */
export function summaryFields(
  row: NumberFields & { readonly n?: number },
  more: { readonly digits: number; readonly subjects: readonly string[] },
): (readonly [string, LiveValue['value'], typeof more])[] {
  const fields = SUMMARY_FIELDS.flatMap((field) => {
    const value = row[field];
    return value === undefined ? [] : [[field, value, more] as const];
  });
  return [['n', row.n ?? 0, { ...more, digits: 0 }], ...fields];
}
