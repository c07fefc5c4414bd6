/** Whether two R's wrote the same numbers. */
import { parse } from 'csv-parse/sync';

/** Two builds of R round the last digits in another way. */
const RELATIVE = 1e-9;

type Written = Readonly<Record<string, string>>;

/** The places where two sets of CSV files differ: other files, other text, or numbers further apart than rounding puts them. */
export function differences(one: Written, other: Written): string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return names.flatMap((name) => {
    const [a, b] = [one[name], other[name]];
    if (a === undefined || b === undefined) return [`${name} is only on one side`];
    return a === b ? [] : differingCells(name, parse(a), parse(b));
  });
}

function differingCells(name: string, one: readonly string[][], other: readonly string[][]): string[] {
  if (one.length !== other.length) return [`${name} has ${one.length} and ${other.length} lines`];
  return one.flatMap((row, line) => {
    const beside = other[line] ?? [];
    if (row.length !== beside.length) return [`${name}:${line + 1} has ${row.length} and ${beside.length} cells`];
    return row.flatMap((cell, at) =>
      isSame(cell, beside[at] ?? '') ? [] : [`${name}:${line + 1}: ${cell} and ${beside[at]}`],
    );
  });
}

function isSame(a: string, b: string): boolean {
  if (a === b) return true;
  if (a === '' || b === '') return false;
  const [x, y] = [Number(a), Number(b)];
  return Math.abs(x - y) <= RELATIVE * Math.max(Math.abs(x), Math.abs(y));
}
