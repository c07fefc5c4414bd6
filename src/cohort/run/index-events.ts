/** The index events of candidates, and what holds for each. Rules R104 and R106. */
import type { Protocol } from '../../protocol/index.ts';
import { ledgerExclusions } from '../account/ledger-exclusions.ts';
import { leavesAt } from '../account/outcomes.ts';
import { compileIndex } from '../criteria/index-sql.ts';
import type { Gate } from '../gate/gate.ts';

/**
 * An index event of a candidate that was taken or washed out, and every exclusion by rule that holds for it, in the order of
 * the account. `event` is the id of its row; `day` is as exact as the records: `2012`, `2012-03` or `2012-03-05`.
 */
export interface CaseEvent {
  readonly event: string;
  readonly day: string;
  readonly rules: readonly string[];
}

/** The exclusions by rule that hold for a person, and those that hold for index events, by the id of their row. */
export interface HoldingRules {
  readonly ofPerson: readonly string[];
  ofEvent(event: string): readonly string[];
}

/** Makes the table of the index events of the protocol, of all persons or of those of a table; none where it has no index. */
export async function indexTable(gate: Gate, among?: string): Promise<string | undefined> {
  const { index } = gate.protocol;
  if (!index) return undefined;
  const { sql, parameters } = await compileIndex(gate, index, 'main', among);
  return gate.tableBefore(sql, parameters);
}

/** An index event with what its own steps make of it. */
export interface IndexRow {
  readonly person_id: string;
  readonly row_id: string;
  readonly day: string;
  readonly washed_out: boolean;
  readonly taken: boolean;
  readonly without_lookback: boolean;
  readonly without_follow_up: boolean;
}

/** The events of the authorized in such a table that were taken or washed out, by person and day. */
export function indexRows(gate: Gate, table: string): Promise<IndexRow[]> {
  return gate.all<IndexRow>(
    `SELECT person_id, row_id, washed_out, taken, without_lookback, without_follow_up,
  CASE WHEN "first" = "last" THEN strftime("first", '%Y-%m-%d')
    WHEN month("first") = month("last") THEN strftime("first", '%Y-%m') ELSE strftime("first", '%Y') END AS day
FROM ${table} WHERE taken OR washed_out ORDER BY person_id, "first", "last", row_id`,
  );
}

/** A candidate's events, and the rules at which the person leaves: those at the last of its events and those of all of them. */
export function judgedByCases(
  protocol: Protocol,
  rows: readonly IndexRow[],
  { ofPerson, ofEvent }: HoldingRules,
): { readonly rules: readonly string[]; readonly events: readonly CaseEvent[] } {
  const order = ledgerExclusions(protocol).map(({ id }) => id);
  const events = rows.map((row) => {
    const held = new Set([...ownSteps(row), ...ofPerson, ...ofEvent(row.row_id)]);
    return { event: row.row_id, day: row.day, rules: order.filter((id) => held.has(id)) };
  });
  if (events.length === 0) return { rules: ['no-index-event', ...ofPerson], events };
  const judged = events.map(({ event, rules }) => ({ event, exclusions: rules }));
  const left = leavesAt(order, { exclusions: [], events: judged });
  const rules = order.filter((id) => id === left || events.every((event) => event.rules.includes(id)));
  return { rules, events };
}

function ownSteps(row: IndexRow): string[] {
  return [
    ...(row.washed_out ? ['washout'] : []),
    ...(row.without_lookback ? ['lookback'] : []),
    ...(row.without_follow_up ? ['follow-up'] : []),
  ];
}
