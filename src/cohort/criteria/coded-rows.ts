/**
 * The codings and the rows of the records that criteria ask concept sets of, kept to be asked again and again: to look through
 * those of a hospital takes longer than all else, and so is done once a table.
 */
import { type ConceptSet, type Criterion, type EventCriterion, eventsIn, resolved } from '../../protocol/index.ts';
import { type TableName, tables } from '../../records/index.ts';
import type { Gate } from '../gate/gate.ts';
import { bindings } from './bindings.ts';
import { codesOfSets, ofCodes } from './codes-sql.ts';
import type { Compiling } from './compiling.ts';
import { conceptSet } from './concept-set.ts';
import { compiling } from './criterion-sql.ts';
import { eventTables, hasWords } from './event-tables.ts';
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
  const early = codedEvents(gate, searched);
  const { to } = await compiling(gate, resolvedOf(gate, criteria), 'main');
  const kept = new Map<string, CodedRows>();
  for (const [table, events] of codedEvents(gate, criteria))
    if (early.has(table)) kept.set(table, await keepOf(gate, to, table, events));
  return kept;
}

/**
 * Keeps the codings of the tables that are not among those kept, of the persons of a kept table alone; gives them with the
 * others. Errors as `compileCriterion`.
 */
export async function keepCodingsOf(
  gate: Gate,
  persons: string,
  criteria: readonly Criterion[],
  coded: ReadonlyMap<string, CodedRows>,
): Promise<ReadonlyMap<string, CodedRows>> {
  const kept = new Map(coded);
  for (const [table, events] of codedEvents(gate, criteria)) {
    if (kept.has(table)) continue;
    const coding = await keepCodings(gate, table, setsOf(gate, events), persons);
    if (coding !== undefined) kept.set(table, { coding });
  }
  return kept;
}

function resolvedOf({ protocol }: Gate, criteria: readonly Criterion[]): Criterion[] {
  return criteria.map((criterion) => resolved(protocol, criterion));
}

/** The events that criteria ask sets of, by the table of their rows. */
function codedEvents(gate: Gate, criteria: readonly Criterion[]): ReadonlyMap<TableName, readonly EventCriterion[]> {
  const byTable = new Map<TableName, EventCriterion[]>();
  for (const event of resolvedOf(gate, criteria).flatMap(eventsIn)) {
    const table = codedKind(event)?.table;
    if (table !== undefined) byTable.set(table, [...(byTable.get(table) ?? []), event]);
  }
  return byTable;
}

type ConceptSets = Readonly<Record<string, ConceptSet>>;

function setsOf({ protocol }: Gate, events: readonly EventCriterion[]): ConceptSets {
  const ids = events.flatMap((event) => codedKind(event)?.set ?? []);
  return Object.fromEntries(ids.map((id) => [id, conceptSet(protocol, id)]));
}

async function keepOf(
  gate: Gate,
  to: Compiling,
  table: TableName,
  events: readonly EventCriterion[],
): Promise<CodedRows> {
  const sets = setsOf(gate, events);
  const coding = await keepCodings(gate, table, sets);
  const { bind, parameters } = bindings();
  const names = table === 'drug_exposure' ? Object.values(sets).flatMap(({ drugs }) => drugs?.names ?? []) : [];
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
async function keepCodings(
  gate: Gate,
  table: TableName,
  sets: ConceptSets,
  persons?: string,
): Promise<string | undefined> {
  const { bind, parameters } = bindings();
  const wanted = codesOfSets({ side: 'main', bind }, await gate.usedCodes(), table, sets);
  if (wanted === undefined) return undefined;
  const codes = await gate.codesBefore(wanted, parameters);
  const among = persons === undefined ? '' : `SEMI JOIN main.${persons} USING (person_id) `;
  return gate.tableBefore(
    `SELECT person_id, row_id, concept_set FROM main.coding ${among}JOIN main.${codes} ${ofCodes(table)}`,
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
