import { fixed, type ProportionResult } from '../analysis/index.ts';
import { letteredNotes } from './lettered-notes.ts';
import type { UnnumberedTable } from './printed-table.ts';
import { statisticName } from './statistic-names.ts';
import { levelNumber, NO_NUMBER, sentence } from './statistic-numbers.ts';

const DIGITS = 1;

/** n/N, percent and interval; the level stands in the heading, or in each row where they differ. */
export function proportionTable(proportions: readonly ProportionResult[]): UnnumberedTable {
  const levels = [...new Set(proportions.map((one) => one.level))];
  const [only] = levels.length === 1 ? levels : [];
  const { lettersOf, notes } = letteredNotes(
    proportions.map(({ note }) => (note === undefined ? [] : [sentence(note)])),
  );
  const interval = only === undefined ? 'CI (level)' : `${levelNumber(only)}% CI`;
  return {
    id: 'proportions',
    title: 'Proportions with confidence intervals',
    columns: ['n/N', '%', interval],
    lines: proportions.map((one, at) => ({
      label: one.label,
      letters: lettersOf(at),
      depth: 0,
      cells: [
        `${one.x}/${one.n}`,
        percentText(one.estimate),
        only === undefined ? `${intervalText(one)} (${levelNumber(one.level)}%)` : intervalText(one),
      ],
      values: ['n', 'percent', 'low'].map((field) => `${statisticName(one.id)}.${field}`),
    })),
    notes: [
      ...notes,
      {
        letter: '',
        text: `CI, confidence interval: ${[...new Set(proportions.map((one) => one.method))].join('; ')}, computed by R.`,
      },
    ],
    raw: {
      columns: ['id', 'label', 'n', 'N', 'estimate', 'low', 'high', 'level', 'method'],
      rows: proportions.map((one) => [
        one.id,
        one.label,
        one.x,
        one.n,
        one.estimate,
        one.low,
        one.high,
        one.level,
        one.method,
      ]),
    },
  };
}

/** A share in percent, to one digit; a dash where there is nobody. */
export function percentText(share: number | null): string {
  return share === null ? NO_NUMBER : fixed(share * 100, DIGITS);
}

/** Both limits in percent; a dash where there is nobody. */
export function intervalText({ low, high }: Pick<ProportionResult, 'low' | 'high'>): string {
  return low === null || high === null ? NO_NUMBER : `${percentText(low)}\u2013${percentText(high)}`;
}
