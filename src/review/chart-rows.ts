/** What stands in the records of one person besides notes: rows that reviewers read and cite by their source. */
import type { Day } from '../base/index.ts';
import type { Gate } from '../cohort/index.ts';

/** The tables whose rows make a chart; with `person` they are those that evidence may cite. */
export const chartTables = [
  'visit_occurrence',
  'condition_occurrence',
  'drug_exposure',
  'procedure_occurrence',
  'measurement',
  'observation',
] as const;
export type ChartTable = (typeof chartTables)[number];

/** A row, by the name that evidence cites. */
export interface ChartRow {
  /** `Condition/1` */
  readonly source: string;
  readonly kind: ChartTable;
  /** As the source wrote it, as `until` is: where it lasted. */
  readonly date: string | null;
  readonly until: string | null;
  /** The first and the last day that `date` may mean, and the last day of `until`. */
  readonly first: Day | null;
  readonly last: Day | null;
  readonly end: Day | null;
  readonly text: string | null;
}

/** Which rows: all that is given must hold. Days are both included; a row is in a stretch that it may have touched. */
export interface ChartStretch {
  readonly kinds?: readonly ChartTable[] | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

/** The rows of a person, by date (undated last) and source: `count` of them from the one at `from`, or all. */
export function chartRows(
  gate: Pick<Gate, 'all'>,
  personId: string,
  stretch: ChartStretch = {},
  page?: { readonly from: number; readonly count: number },
): Promise<ChartRow[]> {
  const { where, parameters } = conditionOf(stretch);
  return gate.all<ChartRow>(
    `SELECT * FROM (${rowsSql(stretch.kinds)}) ${where} ORDER BY "first" NULLS LAST, source, kind
     ${page ? `LIMIT ${page.count} OFFSET ${page.from}` : ''}`,
    { ...parameters, person: personId },
  );
}

/** The rows of those kinds that have at most so many in the stretch: who looks at a stretch cannot take in more. */
export function chartRowsUpTo(
  gate: Pick<Gate, 'all'>,
  personId: string,
  stretch: ChartStretch,
  most: number,
): Promise<ChartRow[]> {
  const { where, parameters } = conditionOf(stretch);
  return gate.all<ChartRow>(
    `SELECT * FROM (${rowsSql(stretch.kinds)}) ${where} QUALIFY count(*) OVER (PARTITION BY kind) <= ${most}
     ORDER BY "first" NULLS LAST, source, kind`,
    { ...parameters, person: personId },
  );
}

/** The row of this source id, if it is one of this person's chart. */
export async function chartRow(
  gate: Pick<Gate, 'all'>,
  personId: string,
  source: string,
): Promise<ChartRow | undefined> {
  const [row] = await gate.all<ChartRow>(`SELECT * FROM (${rowsSql()}) WHERE source = $source ORDER BY kind LIMIT 1`, {
    person: personId,
    source,
  });
  return row;
}

/** How many rows of a kind begin on a day; `day` null: without a date. */
export interface ChartDay {
  readonly kind: ChartTable;
  readonly day: Day | null;
  readonly rows: number;
}

/** What there is on which day, by kind and day: enough to draw what is too much to list. */
export async function chartDays(gate: Pick<Gate, 'all'>, personId: string): Promise<ChartDay[]> {
  const days = await gate.all<{ kind: ChartTable; day: Day | null; rows: string }>(
    `SELECT kind, "first" AS day, count(*) AS rows FROM (${rowsSql()}) GROUP BY ALL ORDER BY kind, day`,
    { person: personId },
  );
  return days.map(({ kind, day, rows }) => ({ kind, day, rows: Number(rows) }));
}

function conditionOf({ from, to }: ChartStretch) {
  const conditions = [
    ...(from === undefined ? [] : ['coalesce("end", "last") >= $from']),
    ...(to === undefined ? [] : ['"first" <= $to']),
  ];
  return {
    where: conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '',
    parameters: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
  };
}

/** Where a table says when and what; `until` where its rows may last. */
interface Source {
  readonly date: string;
  readonly until?: string;
  readonly text: string;
}

const SOURCES: Readonly<Record<ChartTable, Source>> = {
  visit_occurrence: { date: 'visit_start_date', until: 'visit_end_date', text: 'visit_source_value' },
  condition_occurrence: {
    date: 'condition_start_date',
    until: 'condition_end_date',
    text: 'condition_source_value',
  },
  drug_exposure: {
    date: 'drug_exposure_start_date',
    until: 'drug_exposure_end_date',
    text: "concat_ws(', ', drug_source_value, route, sig)",
  },
  procedure_occurrence: { date: 'procedure_date', text: 'procedure_source_value' },
  measurement: {
    date: 'measurement_date',
    text: "concat_ws(' ', measurement_source_value, value_source_value, unit_source_value)",
  },
  observation: { date: 'observation_date', text: 'observation_source_value' },
};

/** Days are told as text, in which they have the same order. */
function rowsSql(kinds: readonly ChartTable[] = chartTables): string {
  const day = (sql: string): string => `strftime(${sql}, '%Y-%m-%d')`;
  const parts = kinds.map((kind) => {
    const { date, until, text } = SOURCES[kind];
    return `SELECT src_id AS source, '${kind}' AS kind, ${date}_source AS date,
      ${until ? `${until}_source` : 'NULL::VARCHAR'} AS until, ${day(date)} AS "first",
      ${day(`main.last_possible(${date}, ${date}_source)`)} AS "last",
      ${until ? day(`main.last_possible(${until}, ${until}_source)`) : 'NULL::VARCHAR'} AS "end", ${text} AS text
    FROM ${kind} WHERE person_id = $person::BIGINT`;
  });
  return parts.join(' UNION ALL ');
}
