import type { StatisticResults } from '../analysis/index.ts';
import { statisticTables } from './statistic-lines.ts';
import { aligned } from './tables-text.ts';

/** Tests, effects and curves as text for a terminal, one a table; agreement has a command of its own. */
export function statisticsText(statistics: StatisticResults): string[] {
  return statisticTables({ ...statistics, agreement: [] }).map(({ title, columns, rows, notes }) =>
    [title, aligned([['', ...columns], ...rows.map(({ label, cells }) => [label, ...cells])]), ...notes].join('\n'),
  );
}
