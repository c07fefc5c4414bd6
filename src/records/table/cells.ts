/** The cells of a row by what the mapping says of them. What has no column, or an empty cell, is `null`. */
import { type PartialDate, parsePartialDate } from '../../base/index.ts';
import { vocabularyOfSystem } from '../../vocabulary/index.ts';
import { Refusal } from '../quarantine-reasons.ts';
import { dateIn } from './date-format.ts';
import type { CodesSaid, DateSaid, TextSaid } from './mapping-schema.ts';
import type { CellKind } from './table-record.ts';

/** What a spreadsheet shows where a formula has no result; saved as CSV it is text. */
const ERROR = /^#(?:N\/A|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA)$/;

/** How numbers are written in text: with a point or a comma. */
const NUMBERS = { '.': /^[+-]?\d{1,15}(?:\.\d+)?$/, ',': /^[+-]?\d{1,15}(?:,\d+)?$/ } as const;

/** One row. Its methods throw {@link Refusal}. */
export class Cells {
  readonly #cells: readonly string[];
  readonly #kinds: readonly CellKind[] | undefined;
  readonly #positions: ReadonlyMap<string, number>;
  readonly #decimal: keyof typeof NUMBERS;

  constructor(
    { cells, kinds }: { readonly cells: readonly string[]; readonly kinds?: readonly CellKind[] | undefined },
    positions: ReadonlyMap<string, number>,
    decimal: keyof typeof NUMBERS,
  ) {
    this.#cells = cells;
    this.#kinds = kinds;
    this.#positions = positions;
    this.#decimal = decimal;
  }

  text(said: TextSaid | undefined): string | null {
    if (said === undefined) return null;
    if (typeof said === 'string') return this.#at(said);
    if ('value' in said) return said.value;
    const text = this.#at(said.column);
    if (text === null || said.values === undefined) return text;
    const meant = Object.hasOwn(said.values, text) ? said.values[text] : undefined;
    if (meant === undefined) throw new Refusal('table.unknown-value', said.column);
    return meant;
  }

  /** One of a few words, whatever its case. */
  oneOf<Word extends string>(said: TextSaid | undefined, words: Readonly<Record<string, Word>>): Word | null {
    const text = this.text(said);
    if (text === null) return null;
    const meant = Object.hasOwn(words, text.toLowerCase()) ? words[text.toLowerCase()] : undefined;
    if (meant === undefined) throw new Refusal('table.unknown-value', columnOf(said));
    return meant;
  }

  date(said: DateSaid | undefined): PartialDate | null {
    const text = this.#at(said?.column);
    if (text === null || said === undefined) return null;
    // A cell that is a date has no format of its own: it is read as the day that it is.
    const date = this.#kindOf(said.column) === 'date' ? parsePartialDate(text) : dateIn(text, said.format);
    if (date === undefined) throw new Refusal('table.bad-date', said.column);
    return date;
  }

  number(column: string | undefined): number | null {
    const text = this.#at(column);
    if (text === null || column === undefined) return null;
    const number = this.#numberIn(text, column);
    if (number === undefined) throw new Refusal('table.bad-number', column);
    return number;
  }

  /** A number that a column of 32 bits holds; `3.0` is one. */
  wholeNumber(column: string | undefined): number | null {
    const number = this.number(column);
    if (number !== null && (!Number.isInteger(number) || Math.abs(number) >= 2 ** 31)) {
      throw new Refusal('table.bad-number', column);
    }
    return number;
  }

  /**
   * A result: a number, a limit such as `<5`, or words. What has only digits and marks and is no number was meant as one
   * and is refused.
   */
  result(column: string): {
    readonly text: string | null;
    readonly number: number | null;
    readonly operator: string | null;
  } {
    const text = this.#at(column);
    if (text === null) return { text, number: null, operator: null };
    const [, operator, limit = text] = /^([<>]=?)\s*(.*)$/s.exec(text) ?? [];
    const number = this.#numberIn(limit, column);
    if (number === undefined && (operator !== undefined || /^[+-]?[\d.,' ]+$/.test(text))) {
      throw new Refusal('table.bad-number', column);
    }
    return { text, number: operator === undefined ? (number ?? null) : null, operator: operator ?? null };
  }

  /** The codes, in the order of the mapping, with the vocabulary named as OMOP does. */
  codes(said: CodesSaid | undefined): { readonly vocabulary_id: string; readonly code: string }[] {
    return (said ?? []).flatMap(({ column, system }) => {
      const code = this.#at(column);
      return code === null ? [] : [{ vocabulary_id: vocabularyOfSystem(system), code }];
    });
  }

  /** A part of the row's id. The sign that joins the parts is marked, so that no two rows get one id. */
  idPart(column: string): string {
    const text = this.#at(column);
    if (text === null) throw new Refusal('table.no-row-id', column);
    return text.replace(/[\\|]/g, '\\$&');
  }

  #at(column: string | undefined): string | null {
    const at = column === undefined ? undefined : this.#positions.get(column);
    const text = at === undefined ? undefined : this.#cells[at];
    if (!text) return null;
    if (text.startsWith('#') && ERROR.test(text)) throw new Refusal('table.error-cell', column);
    return text;
  }

  #kindOf(column: string): CellKind {
    const at = this.#positions.get(column);
    return at === undefined ? undefined : this.#kinds?.[at];
  }

  /** A cell that is a number has a point, whatever the mapping says of numbers in text. */
  #numberIn(text: string, column: string): number | undefined {
    const decimal = this.#kindOf(column) === 'number' ? '.' : this.#decimal;
    return NUMBERS[decimal].test(text) ? Number(text.replace(',', '.')) : undefined;
  }
}

function columnOf(said: TextSaid | undefined): string | undefined {
  if (typeof said === 'string') return said;
  return said !== undefined && 'column' in said ? said.column : undefined;
}
