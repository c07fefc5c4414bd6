/**
 * CSV that people open in a spreadsheet, which runs a text as a formula where it begins like one. All files but those that
 * programs read go through here: a data set must keep its values to the letter (`docs/release.md`).
 */
import { csvText } from './csv-text.ts';

/** A table as CSV whose texts no spreadsheet runs as formulas; numbers stay numbers. */
export function safeCsv(header: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const safe = (row: readonly unknown[]): unknown[] =>
    row.map((value) => (typeof value === 'string' ? inert(value) : value));
  return csvText(header.map(inert), rows.map(safe));
}

/** `=`, `+`, `-`, `@`, as wide letters too, tab and carriage return; behind apostrophes, so that one more can be taken off again. */
const BEGINS_FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[-+]?\d+(?:\.\d+)?$/;

/** A text behind an apostrophe where a spreadsheet would run it (OWASP, CSV injection). A number written as text stays. */
export function inert(text: string): string {
  return BEGINS_FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** The text of which {@link inert} made this one. */
export function asWritten(text: string): string {
  return text.startsWith("'") && BEGINS_FORMULA.test(text) ? text.slice(1) : text;
}
