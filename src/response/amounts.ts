/** How much was supplied, and how often. Rule R48 of SPEC.md. */
import type { Exposure } from './exposure.ts';

/** Totals of some uses; absent where the source does not say, or says it in different units. */
export interface Amounts {
  readonly amount?: number;
  readonly amountUnit?: string;
  /** Rows that say that the drug was handed over. */
  readonly fills?: number;
  /** Fills after the first, or what reviewers stated. */
  readonly refills?: number;
  /** By orders; whether they were filled is not said. */
  readonly refillsAllowed?: number;
}

/** Which rows tell of the supply: the first of these that there are. What was ordered and what was dispensed is one supply. */
const CLASSES: readonly (readonly Exposure['kind'][])[] = [
  ['dispense', 'table'],
  ['administration'],
  ['abstracted'],
  ['order'],
  ['statement'],
];

/** The totals of some exposures of a treatment, told by the kind of rows that all its exposures have. */
export function amountsOf(some: readonly Exposure[], all: readonly Exposure[]): Amounts {
  const kinds = CLASSES.find((one) => all.some(({ kind }) => one.includes(kind))) ?? [];
  const telling = some.filter(({ kind }) => kinds.includes(kind));
  const orders = some.filter(({ kind }) => kind === 'order');
  const filled = kinds.includes('dispense') ? { fills: telling.length } : {};
  return { ...totalOf(telling), ...filled, ...refillsOf(telling, kinds), ...sumAs('refillsAllowed', orders) };
}

function totalOf(exposures: readonly Exposure[]): Pick<Amounts, 'amount' | 'amountUnit'> {
  const [first] = exposures;
  const unit = first?.amountUnit?.toLowerCase();
  let amount = 0;
  for (const one of exposures) {
    if (one.amount === null || one.amountUnit?.toLowerCase() !== unit) return {};
    amount += one.amount;
  }
  if (!first) return {};
  return { amount, ...(first.amountUnit === null ? {} : { amountUnit: first.amountUnit }) };
}

function refillsOf(telling: readonly Exposure[], kinds: readonly Exposure['kind'][]): Pick<Amounts, 'refills'> {
  if (telling.length === 0) return {};
  if (kinds.includes('dispense')) return { refills: telling.length - 1 };
  return kinds.includes('abstracted') ? sumAs('refills', telling) : {};
}

/** The sum of the refills that are said; nothing where one is not. */
function sumAs<Name extends string>(name: Name, exposures: readonly Exposure[]): { readonly [Key in Name]?: number } {
  if (exposures.length === 0 || exposures.some(({ refills }) => refills === null)) return {};
  return { [name]: exposures.reduce((sum, one) => sum + (one.refills ?? 0), 0) } as { [Key in Name]: number };
}
