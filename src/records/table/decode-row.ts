/** A row of a table becomes a drug exposure, and what it says of its person; or it is refused with a reason. */
import { canonicalJson, dayRange, type PartialDate, rowId } from '../../base/index.ts';
import { contentOf } from '../decode-piece.ts';
import { Refusal } from '../quarantine-reasons.ts';
import { routeOf } from '../route.ts';
import type { RowOf } from '../rows.ts';
import { dateIn } from './date-format.ts';
import type { TableMapping } from './mapping-schema.ts';
import { type PersonKeys, personKeys } from './person-keys.ts';

/** A row without its person. `content` is the hash of what it says; `name` is `SOURCE/ROW ID`. */
export interface TableRow {
  readonly name: string;
  readonly content: string;
  readonly exposure: Omit<RowOf<'drug_exposure'>, 'person_id'>;
  readonly keys: PersonKeys;
  readonly sourcePatient: string | null;
}

/** Reads the rows of a file with this header. The function that it returns throws {@link Refusal}. */
export function rowDecoder(mapping: TableMapping, header: readonly string[]): (cells: readonly string[]) => TableRow {
  const positions = new Map(header.map((name, at) => [name, at]));
  return (cells) => {
    if (cells.length !== header.length) throw new Refusal('table.columns');
    const damaged = cells.findIndex((cell) => cell.includes('\uFFFD'));
    if (damaged >= 0) throw new Refusal('table.unreadable', header[damaged]);
    return tableRow(mapping, new Cells(cells, positions));
  };
}

function tableRow({ source, row_id, columns, person }: TableMapping, cells: Cells): TableRow {
  const name = `${source}/${row_id.map((column) => cells.idPart(column)).join('|')}`;
  const drug = cells.text(columns.drug);
  const form = cells.text(columns.form);
  const route = cells.text(columns.route);
  const start = cells.date(columns.date);
  const end = cells.date(columns.end_date);
  const exposure = {
    drug_exposure_id: rowId(name),
    drug_exposure_start_date: dayOf(start),
    drug_exposure_start_date_source: start,
    drug_exposure_end_date: dayOf(end),
    drug_exposure_end_date_source: end,
    drug_kind: 'table',
    drug_source_value: drug,
    route: routeOf({ stated: route === null ? [] : [route], doseForm: form, drug }),
    route_source_value: route,
    dose_form: form,
    sig: cells.text(columns.sig),
    dose: null,
    dose_unit: null,
    times_per_day: null,
    frequency_source_value: null,
    quantity: cells.number(columns.quantity),
    quantity_unit: cells.text(columns.unit),
    refills: cells.wholeNumber(columns.refills),
    days_supply: cells.wholeNumber(columns.days_supply),
    status: cells.text(columns.status),
    visit_occurrence_id: null,
    provider_id: null,
  };
  return {
    name,
    content: contentOf(canonicalJson(exposure)),
    exposure,
    keys: personKeys({
      record_number: cells.text(person.record_number),
      family_name: cells.text(person.family_name),
      given_name: cells.text(person.given_name),
      birth_date: cells.date(person.birth_date),
    }),
    sourcePatient: cells.text(person.source_patient),
  };
}

function dayOf(date: PartialDate | null): string | null {
  return date === null ? null : dayRange(date).earliest;
}

/** The cells of a row by the names of their columns. What has no column, or an empty cell, is `null`. */
class Cells {
  readonly #cells: readonly string[];
  readonly #positions: ReadonlyMap<string, number>;

  constructor(cells: readonly string[], positions: ReadonlyMap<string, number>) {
    this.#cells = cells;
    this.#positions = positions;
  }

  text(column: string | undefined): string | null {
    const at = column === undefined ? undefined : this.#positions.get(column);
    return at === undefined ? null : this.#cells[at] || null;
  }

  date(dated: TableMapping['columns']['end_date']): PartialDate | null {
    const text = this.text(dated?.column);
    if (text === null || dated === undefined) return null;
    const date = dateIn(text, dated.format);
    if (date === undefined) throw new Refusal('table.bad-date', dated.column);
    return date;
  }

  number(column: string | undefined): number | null {
    const text = this.text(column);
    if (text === null) return null;
    if (!/^[+-]?\d{1,15}(?:\.\d+)?$/.test(text)) throw new Refusal('table.bad-number', column);
    return Number(text);
  }

  /** A number that a column of 32 bits holds; `3.0` is one. */
  wholeNumber(column: string | undefined): number | null {
    const number = this.number(column);
    if (number !== null && (!Number.isInteger(number) || Math.abs(number) >= 2 ** 31)) {
      throw new Refusal('table.bad-number', column);
    }
    return number;
  }

  /** A part of the row's id. The sign that joins the parts is marked, so that no two rows get one id. */
  idPart(column: string): string {
    const text = this.text(column);
    if (text === null) throw new Refusal('table.no-row-id', column);
    return text.replace(/[\\|]/g, '\\$&');
  }
}
