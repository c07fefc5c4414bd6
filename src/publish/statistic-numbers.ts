/** How numbers of statistics, and what is said of them, are printed, in tables and in the text alike. Rule R23 of SPEC.md. */
import { fixed } from '../analysis/index.ts';

/** What stands where there is no number. */
export const NO_NUMBER = '\u2013';
const MINUS = '\u2212';
const SMALL_EFFECT_DIGITS = 3;
const EFFECT_DIGITS = 2;
const P_DIGITS = 3;
const LARGE_P_DIGITS = 2;

/** Decimals of an effect: two, three below one, as journals print them. */
export function effectDigits(value: number | null): number {
  return value !== null && Math.abs(value) < 1 ? SMALL_EFFECT_DIGITS : EFFECT_DIGITS;
}

/** An effect with its decimals; a dash where there is none. */
export function effectText(value: number | null): string {
  return value === null ? NO_NUMBER : withMinus(fixed(value, effectDigits(value)));
}

/** The sign of a negative number as it is set: a minus, no hyphen. */
export function withMinus(text: string): string {
  return text.replace(/^-/, MINUS);
}

/** A P value: three decimals; what is smaller is said to be so, and what is above 0.99 too, since no P is 0 or 1. (AMA 18) */
export function pText(p: number | null, digits = P_DIGITS): string {
  if (p === null) return NO_NUMBER;
  if (digits > 0 && p < 10 ** -digits) return `<${(10 ** -digits).toFixed(digits)}`;
  const most = Math.min(digits, LARGE_P_DIGITS);
  if (digits > 0 && p > 1 - 10 ** -most) return `>${(1 - 10 ** -most).toFixed(most)}`;
  return fixed(p, digits);
}

/** `P = 0.030` without its P, to stand after one: `= 0.030`, `< 0.001`. */
export function pRelation(p: number): string {
  const [, sign = '=', number = ''] = /^([<>]?)(.*)$/.exec(pText(p)) ?? [];
  return `${sign || '='} ${number}`;
}

/** `95` of 0.95. */
export function levelNumber(level: number): string {
  return String(Number(fixed(level * 100, 2)));
}

/** A note begins with a capital and ends with a full stop. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
}
