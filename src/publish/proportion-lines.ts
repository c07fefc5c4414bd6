import { fixed, type ProportionResult } from '../analysis/index.ts';

/** The proportions as a table of a paper. */
export interface ProportionTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly string[] }[];
  readonly note: string;
}

const DIGITS = 1;
const NONE = '\u2013';

/** n/N, percent and interval; the level stands in the heading, or in each row where they differ. */
export function proportionTable(proportions: readonly ProportionResult[]): ProportionTable {
  const levels = [...new Set(proportions.map((one) => one.level))];
  const [only] = levels.length === 1 ? levels : [];
  const interval = only === undefined ? 'CI (level)' : `${levelText(only)} CI`;
  return {
    title: 'Proportions with confidence intervals',
    columns: ['n/N', '%', interval],
    rows: proportions.map((one) => ({
      label: one.label,
      cells: [
        `${one.x}/${one.n}`,
        percentText(one.estimate),
        only === undefined ? `${intervalText(one)} (${levelText(one.level)})` : intervalText(one),
      ],
    })),
    note: `CI, confidence interval: ${[...new Set(proportions.map((one) => one.method))].join('; ')}, computed by R.`,
  };
}

/** A share in percent, to one digit; a dash where there is nobody. */
export function percentText(share: number | null): string {
  return share === null ? NONE : fixed(share * 100, DIGITS);
}

/** Both limits in percent; a dash where there is nobody. */
export function intervalText({ low, high }: Pick<ProportionResult, 'low' | 'high'>): string {
  return low === null || high === null ? NONE : `${percentText(low)}\u2013${percentText(high)}`;
}

function levelText(level: number): string {
  return `${Number(fixed(level * 100, 2))}%`;
}
