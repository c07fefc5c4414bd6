import type { Breakdown, Finding, Printed, PrintedGroup, PrintedRow, PrintedSummary, PrintedTable } from './printed.ts';
import { isMeanOfIntegers, precisely, roundsTo } from './rounding.ts';

const PERCENT = 100;

/** Every set of figures in the file that cannot all be true, in the order of the file. Rules: `SPEC.md`. */
export function checkPrinted(printed: Printed): Finding[] {
  return [
    ...printed.tables.flatMap(checkTable),
    ...printed.statements.flatMap((one) => checkPercent('R8', one.id, one.percent, one.n, one.of)),
    ...printed.summaries.flatMap(checkSummary),
    ...printed.breakdowns.flatMap((one) => checkBreakdown(printed, one)),
  ];
}

function checkTable(table: PrintedTable): Finding[] {
  return table.groups.flatMap((group) => [
    ...group.rows.flatMap((row) => checkRow(table, group, row)),
    ...columnsOf(table).flatMap((column) => checkColumn(table, group, column)),
  ]);
}

/** A column of the table with its subjects, or all of them together. */
interface Column {
  readonly label: string;
  readonly n: number;
  count(row: PrintedRow): number | undefined;
}

function columnsOf(table: PrintedTable): Column[] {
  const columns = Object.entries(table.columns).map(([label, n]) => ({
    label,
    n,
    count: (row: PrintedRow) => row.counts[label],
  }));
  return [...columns, { label: 'total', n: table.n, count: (row) => row.total }];
}

function checkRow(table: PrintedTable, group: PrintedGroup, row: PrintedRow): Finding[] {
  const where = `${table.id} / ${group.label} / ${row.label}`;
  const counts = Object.values(row.counts);
  const sum = counts.reduce((total, n) => total + n, 0);
  const findings: Finding[] = [];
  if (
    row.total !== undefined &&
    counts.length === Object.keys(table.columns).length &&
    counts.length > 0 &&
    sum !== row.total
  ) {
    findings.push({ rule: 'R1', where, why: `${counts.join(' + ')} = ${sum}, not ${row.total}` });
  }
  if (row.percent !== undefined && row.total !== undefined) {
    findings.push(...checkPercent('R2', where, row.percent, row.total, table.n));
  }
  return findings;
}

function checkPercent(rule: string, where: string, text: string, n: number, of: number): Finding[] {
  if (of === 0 || roundsTo(text, n * PERCENT, of)) return [];
  const why = `${n} / ${of} is ${precisely(text, n * PERCENT, of)} %, which does not round to ${text} %`;
  return [{ rule, where: `${where} / percent`, why }];
}

function checkColumn(table: PrintedTable, group: PrintedGroup, column: Column): Finding[] {
  const where = `${table.id} / ${group.label} / ${column.label}`;
  const counted = group.rows.map((row) => ({ label: row.label, n: column.count(row) }));
  const rows = counted.filter((row): row is { label: string; n: number } => row.n !== undefined);
  if (rows.length < group.rows.length) return [];
  const tooMany = rows
    .filter((row) => row.n > column.n)
    .map((row) => ({ rule: 'R5', where: `${where} / ${row.label}`, why: `${row.n} of a column of ${column.n}` }));
  return [...tooMany, ...checkSum(group, column, where, rows)];
}

function checkSum(
  group: PrintedGroup,
  column: Column,
  where: string,
  rows: readonly { label: string; n: number }[],
): Finding[] {
  const sum = rows.reduce((total, row) => total + row.n, 0);
  const written = rows.map((row) => row.n).join(' + ');
  if (group.kind === 'partition' && sum !== column.n) {
    return [{ rule: 'R3', where, why: `${written} = ${sum}, but the column has ${column.n}` }];
  }
  if (group.kind !== 'overlapping' || group.none === undefined) return [];
  if (sum < column.n) {
    const why = `${written} = ${sum} at most, so ${column.n - sum} of ${column.n} are in no row, though "${group.none}" is one`;
    return [{ rule: 'R4', where, why }];
  }
  const none = rows.find((row) => row.label === group.none)?.n ?? 0;
  const largest = Math.max(0, ...rows.filter((row) => row.label !== group.none).map((row) => row.n));
  if (none + largest <= column.n) return [];
  return [
    { rule: 'R5', where, why: `"${group.none}" (${none}) and the largest other row (${largest}) exceed ${column.n}` },
  ];
}

function checkSummary(summary: PrintedSummary): Finding[] {
  const findings: Finding[] = [];
  if (Number(summary.mean) < summary.min || Number(summary.mean) > summary.max) {
    findings.push({
      rule: 'R6',
      where: summary.id,
      why: `the mean ${summary.mean} is outside ${summary.min} to ${summary.max}`,
    });
  }
  if (summary.integers && summary.n > 0 && !isMeanOfIntegers(summary.mean, summary.n)) {
    findings.push({
      rule: 'R7',
      where: summary.id,
      why: `no sum of ${summary.n} whole numbers has the mean ${summary.mean}`,
    });
  }
  return findings;
}

function checkBreakdown(printed: Printed, one: Breakdown): Finding[] {
  const table = printed.tables.find((other) => other.id === one.table);
  const group = table?.groups.find((other) => other.label === one.group);
  const claims = [
    { label: one.first, said: one.both + one.onlyFirst },
    { label: one.second, said: one.both + one.onlySecond },
  ];
  const rows = claims.flatMap(({ label, said }) => {
    const row = group?.rows.find((other) => other.label === label);
    const counts = one.columns.map((column) => row?.counts[column] ?? 0);
    const counted = counts.reduce((sum, n) => sum + n, 0);
    if (!row || counted === said) return [];
    const why = `the breakdown has ${said} with "${label}", the row has ${counts.join(' + ')} = ${counted}`;
    return [{ rule: 'R9', where: one.id, why }];
  });
  const subjects = one.columns.reduce((sum, column) => sum + (table?.columns[column] ?? 0), 0);
  const parts = one.both + one.onlyFirst + one.onlySecond + one.neither;
  if (table && parts !== subjects) {
    rows.push({ rule: 'R9', where: one.id, why: `its parts add up to ${parts}, its columns to ${subjects}` });
  }
  return rows;
}
