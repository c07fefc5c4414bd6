/**
 * Which rows of an event each leaf finds. Only the rows of those whom an arm found are looked at, so that a set of many
 * codes costs little more than one of few. Rule R135 of SPEC.md.
 */
import type { EventCriterion } from '../../protocol/index.ts';
import { codePatterns } from '../../vocabulary/index.ts';
import { codingOf } from '../criteria/codes-sql.ts';
import type { Compiling } from '../criteria/compiling.ts';
import { conceptSet } from '../criteria/concept-set.ts';
import { type CriterionQuery, compiling } from '../criteria/criterion-sql.ts';
import { eventsSql } from '../criteria/event-sql.ts';
import { hasWords } from '../criteria/event-tables.ts';
import { codedKind, type EventLeaf, leavesOf } from '../criteria/leaves.ts';
import type { Gate } from '../gate/gate.ts';

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

/** What asks the rows of an event: a row for each that a leaf finds, with the place of the leaf and, of a code, that of the row. */
export interface EventQuery extends CriterionQuery {
  readonly leaves: readonly EventLeaf[];
}

/** Compiles an event whose names are resolved, for those in the schema `found`; `undefined` where nothing finds it. Errors as `compileCriterion`. */
export async function eventQuery(gate: Gate, event: EventCriterion): Promise<EventQuery | undefined> {
  const leaves = leavesOf(gate.protocol, event);
  if (leaves.length === 0) return undefined;
  const { to, parameters } = await compiling(gate, [event], 'found');
  const named = 'drug' in event ? ' JOIN found.drug_exposure ON drug_exposure_id = row_id' : '';
  const text = 'drug' in event ? ', drug_source_value' : '';
  const rows = `SELECT events.*${text} FROM (${eventsSql(to, event)}) events${named}`;
  const finds = leaves.map((leaf, at) => findOf(to, event, leaf, at)).join('\nUNION ALL\n');
  const sql = `WITH rows AS MATERIALIZED (${rows}) ${finds}`;
  return { leaves, sql, parameters };
}

function findOf(to: Compiling, event: EventCriterion, leaf: EventLeaf, at: number): string {
  const columns = `rows.person_id, rows.row_id, "first", "last", ${at} AS leaf`;
  const coded = codedKind(event);
  if (leaf.pattern && coded) {
    const out = codePatterns(conceptSet(to.protocol, coded.set)).filter(({ exclude }) => exclude);
    const codes = codingOf(to, coded.table, [leaf.pattern, ...out], 'row_id, vocabulary_id, code');
    return `SELECT ${columns}, vocabulary_id, code FROM rows JOIN (${codes}) USING (row_id)`;
  }
  const where = leaf.name === undefined ? '' : ` WHERE ${hasWords(to, 'drug_source_value', [leaf.name])}`;
  return `SELECT ${columns}, NULL::VARCHAR AS vocabulary_id, NULL::VARCHAR AS code FROM rows${where}`;
}

/** Asks it. */
export async function eventRows(gate: Gate, { leaves, sql, parameters }: EventQuery): Promise<EventRows> {
  const finds = await gate.tableBefore(sql, parameters);
  const groups = await gate.all<{ person_id: string; leaves: readonly number[]; day: string | null; n: string }>(
    `SELECT person_id, leaves, CASE WHEN "first" IS NOT NULL THEN concat_ws(' ', "first", "last") END AS day, count(*) AS n
     FROM (SELECT person_id, "first", "last", list_sort(list(DISTINCT leaf)) AS leaves FROM ${finds}
           GROUP BY person_id, row_id, "first", "last")
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
