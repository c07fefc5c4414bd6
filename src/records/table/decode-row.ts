/** A row of a table becomes rows of the records, and what it says of its person; or it is refused with a reason. */
import { canonicalJson, rowId } from '../../base/index.ts';
import { contentOf } from '../decode-piece.ts';
import { Refusal } from '../quarantine-reasons.ts';
import type { DecodedRow } from '../rows.ts';
import { Cells } from './cells.ts';
import { type PersonSaid, personOf, type TableMapping } from './mapping-schema.ts';
import { type PersonKeys, personKeys } from './person-keys.ts';
import type { TableRecord } from './table-record.ts';
import { sexIn, targetRows } from './target-rows.ts';

/** What a row says of its person, as it says it. */
export interface PersonWords {
  readonly record_number: string | null;
  readonly family_name: string | null;
  readonly given_name: string | null;
  readonly birth_date: string | null;
  readonly sex: string | null;
}

/** A row without its person. `content` is the hash of what it says; `name` is `SOURCE/ROW ID`. */
export interface TableRow {
  readonly name: string;
  readonly id: string;
  readonly content: string;
  /** That of the table which the mapping names first. */
  readonly rows: readonly DecodedRow[];
  readonly person: PersonWords;
  readonly keys: PersonKeys;
  readonly sourcePatient: string | null;
}

/** Reads the rows of a file with this header. The function that it returns throws {@link Refusal}. */
export function rowDecoder(mapping: TableMapping, header: readonly string[]): (record: TableRecord) => TableRow {
  const positions = new Map(header.map((name, at) => [name, at]));
  return ({ cells, kinds }) => {
    if (cells === undefined) throw new Refusal('table.unreadable');
    if (cells.length !== header.length) throw new Refusal('table.columns');
    const damaged = cells.findIndex((cell) => cell.includes('\uFFFD'));
    if (damaged >= 0) throw new Refusal('table.unreadable', header[damaged]);
    return tableRow(mapping, new Cells({ cells, kinds }, positions, mapping.decimal));
  };
}

function tableRow(mapping: TableMapping, cells: Cells): TableRow {
  const name = `${mapping.source}/${mapping.row_id.map((column) => cells.idPart(column)).join('|')}`;
  const id = rowId(name);
  const rows = targetRows(mapping, cells, id, name);
  const said = personOf(mapping);
  const person = personWords(said, cells);
  return {
    name,
    id,
    content: contentOf(canonicalJson(rows)),
    rows,
    person,
    keys: personKeys(person),
    sourcePatient: cells.text(said.source_patient),
  };
}

function personWords(said: PersonSaid, cells: Cells): PersonWords {
  return {
    record_number: cells.text(said.record_number),
    family_name: cells.text(said.family_name),
    given_name: cells.text(said.given_name),
    birth_date: cells.date(said.birth_date),
    sex: sexIn(cells, said.sex),
  };
}
