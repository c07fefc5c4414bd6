/** How counts, percentages and numbers become text. Rules R41 and R43 of SPEC.md. */
import type { CellFormat, TableSpec } from '../protocol/index.ts';
import type { QuantileType } from './quantile.ts';
import { fixed, type RoundingRule } from './rounding.ts';

/** What a table says of its print. */
export interface PrintRules {
  readonly rounding: RoundingRule;
  readonly percentDigits: number;
  /** `<1` and `>99` in place of a rounded 0 and 100 that are not exact. */
  readonly extremes: boolean;
  readonly quantiles: QuantileType;
}

/** Half away from zero, no digits, quartiles of type 7. */
export const PLAIN: PrintRules = { rounding: 'half-up', percentDigits: 0, extremes: false, quantiles: 7 };

/** The rules of a table, with what it leaves unsaid. */
export function printRules({ rounding, percentDigits, extremes, quantiles }: TableSpec): PrintRules {
  return {
    rounding: rounding ?? PLAIN.rounding,
    percentDigits,
    extremes,
    quantiles: (quantiles as QuantileType | undefined) ?? PLAIN.quantiles,
  };
}

/** A percentage without its sign: `63`, `<1`. */
export function percentText(percent: number, { rounding, percentDigits, extremes }: PrintRules): string {
  const text = fixed(percent, percentDigits, rounding);
  if (!extremes) return text;
  const least = fixed(10 ** -percentDigits, percentDigits);
  if (percent > 0 && Number(text) === 0) return `<${least}`;
  if (percent < 100 && Number(text) === 100) return `>${fixed(100 - Number(least), percentDigits)}`;
  return text;
}

/** Stands for a percentage of nobody. */
export const DASH = '\u2013';

/** What is told below a table in which there is a dash. */
export function dashNotes(texts: readonly string[]): string[] {
  const has = texts.some((text) => text.startsWith(DASH) || text.endsWith(`(${DASH})`));
  return has ? [`${DASH}, there is nobody of whom it could be told.`] : [];
}

/** A cell of counts: `14/26 (54%)`. A percentage of nobody is a dash. */
export function countText(
  { n, N, percent }: { readonly n: number; readonly N: number; readonly percent: number | null },
  format: CellFormat,
  rules: PrintRules,
): string {
  const share = percent === null ? DASH : `${percentText(percent, rules)}%`;
  switch (format) {
    case 'n':
      return String(n);
    case 'n (%)':
      return `${n} (${share})`;
    case 'n/N':
      return `${n}/${N}`;
    case 'n/N (%)':
      return `${n}/${N} (${share})`;
    case '%':
      return share;
  }
}

/** The format of a row that has no percentage. */
export function withoutPercent(format: CellFormat): CellFormat {
  return format === 'n/N' || format === 'n/N (%)' ? 'n/N' : 'n';
}

/** Whether the format prints a percentage. */
export function hasPercent(format: CellFormat): boolean {
  return format.includes('%');
}
