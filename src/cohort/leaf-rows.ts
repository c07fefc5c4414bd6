/**
 * Which rows of an event each leaf finds. Only the rows of those whom an arm found are looked at, so that a set of many
 * codes costs little more than one of few. Rule R135 of SPEC.md.
 */
import type { EventCriterion } from '../protocol/index.ts';
import { codePatterns } from '../vocabulary/index.ts';
import { codingOf } from './codes-sql.ts';
import { compiling } from './criterion-sql.ts';
import { eventsSql } from './event-sql.ts';
import { type Compiling, conceptSet, hasWords } from './event-tables.ts';
import type { Gate } from './gate.ts';
import { codedKind, type EventLeaf, leavesOf } from './leaves.ts';

/** Those whom an arm found, and the codes of their rows: names of tables before and behind the gate. */
export interface Among {
  readonly persons: string;
  readonly coding: string;
}

/** The tables of these persons. */
export async function amongPersons(gate: Gate, personIds: readonly string[]): Promise<Among> {
  const persons = await gate.tableBefore('SELECT unnest($1::BIGINT[]) AS person_id', [personIds]);
  const coding = await gate.tableBefore(`SELECT * FROM main.coding SEMI JOIN main.${persons} USING (person_id)`);
  return { persons, coding };
}

/** Rows of a person that the same leaves find, on the same day: how many. */
export interface LeafRows {
  readonly leaves: readonly string[];
  /** The first and the last day that the date may mean; null where it has none. */
  readonly day: string | null;
  readonly rows: number;
}

/** The rows of an event: by person, and the codes that stand on those that a code finds. */
export interface EventRows {
  readonly leaves: readonly EventLeaf[];
  readonly byPerson: ReadonlyMap<string, readonly LeafRows[]>;
  readonly codes: readonly FoundCode[];
}

/** A code as a row has it, found by a leaf. */
export interface FoundCode {
  readonly leaf: string;
  readonly vocabulary: string;
  readonly code: string;
  readonly personId: string;
}

/** Asks the rows of an event whose names are resolved. Errors as `compileCriterion`. */
export async function eventRows(gate: Gate, event: EventCriterion, among: Among): Promise<EventRows> {
  const leaves = leavesOf(gate.protocol, event);
  if (leaves.length === 0) return { leaves, byPerson: new Map(), codes: [] };
  const rows = await rowsOf(gate, event, among);
  const finds = await findsOf(gate, event, leaves, rows, among);
  const groups = await gate.all<{ person_id: string; leaves: readonly number[]; day: string | null; n: string }>(
    `SELECT person_id, leaves, CASE WHEN "first" IS NOT NULL THEN concat_ws(' ', "first", "last") END AS day, count(*) AS n
     FROM ${rows} JOIN (SELECT row_id, list_sort(list(DISTINCT leaf)) AS leaves FROM ${finds} GROUP BY row_id) USING (row_id)
     GROUP BY ALL`,
  );
  const codes = await gate.all<{ leaf: number; vocabulary_id: string; code: string; person_id: string }>(
    `SELECT DISTINCT leaf, vocabulary_id, code, person_id FROM ${finds} WHERE code IS NOT NULL`,
  );
  const id = (at: number): string => leaves[at]?.id ?? '';
  const byPerson = Map.groupBy(groups, (one) => one.person_id);
  return {
    leaves,
    byPerson: new Map(
      [...byPerson].map(([personId, list]) => [
        personId,
        list.map((one) => ({ leaves: one.leaves.map(id), day: one.day, rows: Number(one.n) })),
      ]),
    ),
    codes: codes.map((one) => ({
      leaf: id(one.leaf),
      vocabulary: one.vocabulary_id,
      code: one.code,
      personId: one.person_id,
    })),
  };
}

/** The rows of the event, each with its text where drugs are told by their names. */
async function rowsOf(gate: Gate, event: EventCriterion, { persons }: Among): Promise<string> {
  const { to, parameters } = await compiling(gate, [event], 'main');
  const events = `(${eventsSql(to, event)}) SEMI JOIN main.${persons} USING (person_id)`;
  if (!('drug' in event)) return gate.tableBefore(`SELECT * FROM ${events}`, parameters);
  return gate.tableBefore(
    `SELECT found.*, drug_source_value FROM (SELECT * FROM ${events}) found
     JOIN main.drug_exposure ON drug_exposure_id = row_id`,
    parameters,
  );
}

/** A table of what finds each row: `person_id, row_id, leaf, vocabulary_id, code`. */
async function findsOf(
  gate: Gate,
  event: EventCriterion,
  leaves: readonly EventLeaf[],
  rows: string,
  among: Among,
): Promise<string> {
  const { to, parameters } = await compiling(gate, [event], 'main');
  const parts = leaves.map((leaf, at) => findOf(to, event, leaf, at, rows, among));
  return gate.tableBefore(parts.join('\nUNION ALL\n'), parameters);
}

function findOf(to: Compiling, event: EventCriterion, leaf: EventLeaf, at: number, rows: string, among: Among): string {
  const coded = codedKind(event);
  if (leaf.pattern && coded) {
    const out = codePatterns(conceptSet(to.protocol, coded.set)).filter(({ exclude }) => exclude);
    const asking = { ...to, coding: among.coding };
    const codes = codingOf(asking, coded.table, [[leaf.pattern, ...out]], 'row_id, vocabulary_id, code');
    return `SELECT person_id, row_id, ${at} AS leaf, vocabulary_id, code FROM main.${rows} JOIN (${codes}) USING (row_id)`;
  }
  const where = leaf.name === undefined ? '' : ` WHERE ${hasWords(to, 'drug_source_value', [leaf.name])}`;
  return `SELECT person_id, row_id, ${at} AS leaf, NULL::VARCHAR AS vocabulary_id, NULL::VARCHAR AS code FROM main.${rows}${where}`;
}
