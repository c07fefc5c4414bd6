/** All tables of a study in their order, numbered. Rule R1 of SPEC.md. */
import type { Results, StatisticResults } from '../analysis/index.ts';
import { type PrintedTable, printedTable } from './printed-table.ts';
import { statisticTables } from './statistic-tables.ts';

/** The tables in the order of the protocol, then what R computed: proportions, tests and effects, curves, agreement. */
export function printedTables(results: Results, statistics: StatisticResults): PrintedTable[] {
  return [...results.tables.map(printedTable), ...printedStatistics(results, statistics)];
}

/** Only what R computed, numbered after the tables of the protocol; an id that the protocol uses itself gets `-by-r` behind it. */
export function printedStatistics({ tables }: Results, statistics: StatisticResults): PrintedTable[] {
  const taken = new Set(tables.map(({ id }) => id));
  return statisticTables(statistics).map((table, at) => ({
    ...table,
    id: freeId(table.id, taken),
    number: tables.length + at + 1,
  }));
}

function freeId(id: string, taken: ReadonlySet<string>): string {
  return taken.has(id) ? freeId(`${id}-by-r`, taken) : id;
}
