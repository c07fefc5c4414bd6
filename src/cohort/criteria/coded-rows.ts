/**
 * The codings and the rows of the records that criteria ask concept sets of, kept to be asked again and again: to look through
 * those of a hospital takes longer than all else, and so is done once a table.
 */
import { type ConceptSet, type Criterion, type EventCriterion, eventsIn, resolved } from '../../protocol/index.ts';
import { type TableName, tables } from '../../records/index.ts';
import { codePatterns } from '../../vocabulary/index.ts';
import type { Gate } from '../gate/gate.ts';
import { bindings } from './bindings.ts';
import { ofCodes, wantedCodes } from './codes-sql.ts';
import { compiling } from './criterion-sql.ts';
import { type Compiling, conceptSet, eventTables, hasWords } from './event-tables.ts';
import type { CodedRows } from './given-tables.ts';
import { codedKind } from './leaves.ts';

/**
 * Keeps them by the name of the table, of all persons before the gate; of all tables that criteria ask sets of, or of those
 * alone that some of them, `searched`, ask sets of. Errors as `compileCriterion`.
 */
export async function keepCodedRows(
  gate: Gate,
  criteria: readonly Criterion[],
  searched: readonly Criterion[] = criteria,
): Promise<ReadonlyMap<string, CodedRows>> {
  const whole = criteria.map((criterion) => resolved(gate.protocol, criterion));
  const byTable = Map.groupBy(whole.flatMap(eventsIn), (event) => codedKind(event)?.table);
  const early = tablesOf(searched.map((criterion) => resolved(gate.protocol, criterion)));
  const { to } = await compiling(gate, whole, 'main');
  const kept = new Map<string, CodedRows>();
  for (const [table, events] of byTable)
    if (table !== undefined && early.has(table)) kept.set(table, await keepOf(gate, to, table, events));
  return kept;
}

function tablesOf(criteria: readonly Criterion[]): ReadonlySet<string | undefined> {
  return new Set(criteria.flatMap(eventsIn).map((event) => codedKind(event)?.table));
}

async function keepOf(
  gate: Gate,
  to: Compiling,
  table: TableName,
  events: readonly EventCriterion[],
): Promise<CodedRows> {
  const ids = new Set(events.flatMap((event) => codedKind(event)?.set ?? []));
  const sets = [...ids].map((id) => conceptSet(gate.protocol, id));
  const coding = await keepCodings(gate, table, sets);
  const { bind, parameters } = bindings();
  const names = table === 'drug_exposure' ? sets.flatMap(({ drugs }) => drugs?.names ?? []) : [];
  const may = [
    ...(coding === undefined ? [] : [`${table}_id IN (SELECT row_id FROM main.${coding})`]),
    ...(names.length === 0 ? [] : [hasWords({ bind }, 'drug_source_value', names)]),
  ];
  const columns = columnsOf(to, table, events).join(', ');
  const sql = `SELECT ${columns} FROM main.${table} WHERE ${may.length === 0 ? 'false' : may.join(' OR ')}`;
  const rows = await gate.tableBefore(sql, parameters);
  return coding === undefined ? { rows } : { coding, rows };
}

/**
 * The codes first, and then the codings: in one statement the engine joins before it knows how few codes there are, and takes
 * twice as long.
 */
async function keepCodings(gate: Gate, table: TableName, sets: readonly ConceptSet[]): Promise<string | undefined> {
  const { bind, parameters } = bindings();
  const wanted = wantedCodes({ side: 'main', bind }, table, sets.map(codePatterns), 'main.coding');
  if (wanted === undefined) return undefined;
  const codes = await gate.codesBefore(wanted, parameters);
  return gate.tableBefore(
    `SELECT person_id, table_name, row_id, vocabulary_id, code FROM main.coding SEMI JOIN main.${codes} ${ofCodes(table)}`,
  );
}

/** The columns that the events ask for, by the words of their SQL. */
function columnsOf(to: Compiling, table: TableName, events: readonly EventCriterion[]): string[] {
  const { bind } = bindings();
  const asked = events.flatMap((event) => eventTables({ ...to, bind }, event));
  const text = asked.map(({ id, date, until, where }) =>
    [id, date, `${date}_source`, to.withEnds ? until : '', ...where].join(' '),
  );
  const words = new Set(text.join(' ').match(/\w+/g));
  return Object.keys(tables[table]).filter((column) => column === 'person_id' || words.has(column));
}
