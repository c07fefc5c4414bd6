/**
 * The codings and the rows of the records that criteria ask concept sets of, kept to be asked again and again: to look through
 * those of a hospital takes longer than all else, and so is done once a table.
 */
import { together } from '../../base/index.ts';
import { type ConceptSet, type Criterion, type EventCriterion, eventsIn, resolved } from '../../protocol/index.ts';
import { type TableName, tables } from '../../records/index.ts';
import type { Gate } from '../gate/gate.ts';
import { bindings } from './bindings.ts';
import { codesOfSets } from './codes-sql.ts';
import type { Compiling } from './compiling.ts';
import { conceptSet } from './concept-set.ts';
import { compiling } from './criterion-sql.ts';
import { eventTables, hasNames, hasWords } from './event-tables.ts';
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
  const asked = [...codedEvents(gate, criteria)].filter(([table]) => early.has(table));
  // The notes are searched here while the engine looks for the codes of the sets: that comes before.
  if (asked.length > 0) await gate.usedCodes();
  const [codings, { to }] = await together([
    together(asked.map(([table, events]) => keepCodings(gate, table, setsOf(gate, events)))),
    compiling(gate, resolvedOf(gate, criteria), 'main'),
  ]);
  const kept = asked.map(
    async ([table, events], at) => [table, await keepOf(gate, to, table, events, codings[at])] as const,
  );
  return new Map(await together(kept));
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
  coding: string | undefined,
): Promise<CodedRows> {
  const names = table === 'drug_exposure' ? namesOfSets(setsOf(gate, events)) : [];
  const texts = names.length === 0 ? undefined : await keepTexts(gate, names);
  const may = [
    ...(coding === undefined ? [] : [`${table}_id IN (SELECT row_id FROM main.${coding})`]),
    ...(texts === undefined ? [] : [`drug_source_value IN (FROM main.${texts})`]),
  ];
  const columns = columnsOf(to, table, events).join(', ');
  const rows = await gate.tableBefore(
    `SELECT ${columns} FROM main.${table} WHERE ${may.length === 0 ? 'false' : may.join(' OR ')}`,
  );
  const held = texts === undefined ? coding : await keepNamed(gate, rows, texts, names, coding);
  return held === undefined ? { rows } : { coding: held, rows };
}

/** The drug names of a concept set. */
interface NamesOfSet {
  readonly id: string;
  readonly names: readonly string[];
}

function namesOfSets(sets: ConceptSets): NamesOfSet[] {
  return Object.entries(sets).flatMap(([id, { drugs }]) => (drugs?.names?.length ? [{ id, names: drugs.names }] : []));
}

/**
 * The texts of drugs that hold a name, be it within a word: a hospital has some thousands of texts, in a thousand times as many
 * rows. As a condition on groups, since the engine asks any other one of every row.
 */
function keepTexts(gate: Gate, sets: readonly NamesOfSet[]): Promise<string> {
  const { bind, parameters } = bindings();
  const any = hasNames(
    { bind },
    'any_value(drug_source_value)',
    sets.flatMap(({ names }) => names),
  );
  return gate.codesBefore(
    `SELECT drug_source_value FROM main.drug_exposure GROUP BY drug_source_value HAVING ${any}`,
    parameters,
  );
}

/** The codings that were kept, and which of the rows carry a name of which set: of each text it is asked once. */
function keepNamed(
  gate: Gate,
  rows: string,
  texts: string,
  sets: readonly NamesOfSet[],
  coding: string | undefined,
): Promise<string> {
  const { bind, parameters } = bindings();
  const named = sets.map(
    ({ id, names }) =>
      `SELECT person_id, drug_exposure_id AS row_id, ${bind(id)} AS concept_set FROM main.${rows}
       WHERE drug_source_value IN (SELECT drug_source_value FROM main.${texts} WHERE ${hasWords({ bind }, 'drug_source_value', names)})`,
  );
  const coded = coding === undefined ? [] : [`SELECT person_id, row_id, concept_set FROM main.${coding}`];
  return gate.tableBefore([...coded, ...named].join(' UNION ALL '), parameters);
}

/**
 * The codes first, and then the codings, of the persons of a kept table or of all: in one statement the engine would read all
 * before it knows how few codes there are.
 */
async function keepCodings(
  gate: Gate,
  table: TableName,
  sets: ConceptSets,
  persons?: string,
): Promise<string | undefined> {
  const { bind, parameters } = bindings();
  const used = await gate.usedCodes();
  const wanted = codesOfSets({ side: 'main', bind }, used.codes, table, sets);
  if (wanted === undefined) return undefined;
  const codes = await gate.codesBefore(wanted, parameters);
  const among = persons === undefined ? '' : `SEMI JOIN main.${persons} USING (person_id) `;
  return gate.tableBefore(
    `SELECT person_id, row_id, concept_set FROM ${used.rows} ${among}JOIN main.${codes} USING (code_id)`,
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
