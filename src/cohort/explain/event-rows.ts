/** The rows of the records that an event criterion means, and what they say, for a person to read. Rule R149 of SPEC.md. */
import type { Mention } from '../../notes/index.ts';
import { type EventCriterion, resolved } from '../../protocol/index.ts';
import type { TableName } from '../../records/index.ts';
import { type CriterionQuery, compileEvents } from '../criteria/criterion-sql.ts';
import type { Gate } from '../gate/gate.ts';

/** A row of the records, or a note. */
export interface EventRow {
  readonly table: TableName;
  /** Its own name: `Condition/1`. */
  readonly source: string;
  /** As the source wrote it. */
  readonly date: string | null;
  /** What the source calls it: the text of a diagnosis or a drug, a result with its unit, the type of a note. */
  readonly text: string | null;
  /** `ICD10CM M10.0`, in the order of the source. */
  readonly codes: readonly string[];
  /** Of a note: the places that make the query true. */
  readonly mentions?: readonly Mention[];
}

/** How many events a person has, and the first few. */
export interface Events {
  readonly n: number;
  readonly rows: readonly EventRow[];
}

const MOST = 3;

/** The events of these persons by person id, the earliest first; who has none is not among them. Errors as `compileCriterion`. */
export async function eventRows(
  gate: Gate,
  criterion: EventCriterion,
  persons: readonly string[],
): Promise<ReadonlyMap<string, Events>> {
  const event = resolved(gate.protocol, criterion) as EventCriterion;
  const mentions = 'note' in event ? mentionsIn(gate, event.note, persons) : undefined;
  return rowsOf(gate, await compileEvents(gate, event, 'authorized'), persons, mentions);
}

/** The events of these persons that a query gives as `eventsSql` does, likewise; `mentions` by the id of a note. */
export async function rowsOf(
  gate: Gate,
  query: CriterionQuery,
  persons: readonly string[],
  mentions?: ReadonlyMap<string, readonly Mention[]>,
): Promise<ReadonlyMap<string, Events>> {
  const found = await firstFound(gate, query, persons);
  const says = await whatTheySay(gate, found, persons);
  const byPerson = Map.groupBy(found, ({ person_id }) => person_id);
  return new Map(
    [...byPerson].map(([personId, own]) => {
      const rows = own.flatMap(({ row_id, table_name }): EventRow[] => {
        const row = says.get(keyOf(table_name, row_id));
        const places = mentions?.get(row_id);
        return row ? [{ ...row, ...(places ? { mentions: places } : {}) }] : [];
      });
      return [personId, { n: Number(own[0]?.n), rows }];
    }),
  );
}

interface Found {
  readonly person_id: string;
  readonly table_name: TableName;
  readonly row_id: string;
  /** Of all events of the person. */
  readonly n: string;
}

function firstFound(gate: Gate, { sql, parameters }: CriterionQuery, persons: readonly string[]): Promise<Found[]> {
  return gate.all<Found>(
    `SELECT person_id, table_name, row_id, count(*) OVER (PARTITION BY person_id) AS n
     FROM (${sql}) WHERE list_contains($persons::BIGINT[], person_id)
     QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY "first" NULLS LAST, table_name, row_id) <= ${MOST}
     ORDER BY person_id, "first" NULLS LAST, table_name, row_id`,
    { ...parameters, persons },
  );
}

/** What is shown of a row of each table that holds events, as SQL; the id and the date are those of `event-tables.ts`. */
const shown: Readonly<Partial<Record<TableName, { id: string; date: string; text: string }>>> = {
  condition_occurrence: {
    id: 'condition_occurrence_id',
    date: 'condition_start_date_source',
    text: `concat_ws(', ', condition_source_value, verification_status)`,
  },
  drug_exposure: {
    id: 'drug_exposure_id',
    date: 'drug_exposure_start_date_source',
    text: `concat_ws(', ', drug_source_value, route, drug_kind)`,
  },
  procedure_occurrence: {
    id: 'procedure_occurrence_id',
    date: 'procedure_date_source',
    text: 'procedure_source_value',
  },
  measurement: {
    id: 'measurement_id',
    date: 'measurement_date_source',
    text: `concat_ws(' ', measurement_source_value, value_source_value, unit_source_value)`,
  },
  observation: {
    id: 'observation_id',
    date: 'observation_date_source',
    text: `concat_ws(': ', observation_source_value, value_source_value)`,
  },
  visit_occurrence: {
    id: 'visit_occurrence_id',
    date: 'visit_start_date_source',
    text: `concat_ws(', ', visit_source_value, visit_class)`,
  },
  note: { id: 'note_id', date: 'note_date_source', text: `concat_ws(', ', note_type_source_value, specialty)` },
  person: { id: 'person_id', date: 'death_date_source', text: `'death'` },
};

async function whatTheySay(
  gate: Gate,
  found: readonly Found[],
  persons: readonly string[],
): Promise<ReadonlyMap<string, EventRow>> {
  const rows = new Map<string, EventRow>();
  for (const [table, own] of Map.groupBy(found, ({ table_name }) => table_name)) {
    const columns = shown[table];
    if (!columns) throw new Error('Events of a table that is not shown');
    const { id, date, text } = columns;
    const said = await gate.all<{
      id: string;
      source: string;
      date: string | null;
      text: string | null;
      codes: string[] | null;
    }>(
      `SELECT ${id} AS id, src_id AS source, ${date} AS date, nullif(${text}, '') AS text, codes
       FROM ${table} LEFT JOIN (
         SELECT row_id, list(vocabulary_id || ' ' || code ORDER BY rank) AS codes FROM coding
         WHERE table_name = '${table}' AND list_contains($persons::BIGINT[], person_id)
         GROUP BY row_id
       ) ON row_id = ${id}
       WHERE list_contains($persons::BIGINT[], person_id) AND list_contains($ids::BIGINT[], ${id})`,
      { persons, ids: own.map(({ row_id }) => row_id) },
    );
    for (const { id: row, codes, ...one } of said) rows.set(keyOf(table, row), { table, ...one, codes: codes ?? [] });
  }
  return rows;
}

function keyOf(table: string, row: string): string {
  return `${table} ${row}`;
}

/** The places of a note query in the notes of these persons, by note id. */
function mentionsIn(gate: Gate, query: string, persons: readonly string[]): ReadonlyMap<string, readonly Mention[]> {
  const hits = gate.findNotes(query, undefined, persons).highlights();
  return new Map([...hits].map(({ noteId, mentions }) => [String(noteId), mentions]));
}
