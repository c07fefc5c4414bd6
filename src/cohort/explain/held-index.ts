/** What the steps of the index event rest on for a person: the events that each is about. Rule R154 of SPEC.md. */
import { type IndexEvent, indexStepIds } from '../../protocol/index.ts';
import { compileIndex } from '../criteria/index-sql.ts';
import type { Gate } from '../gate/gate.ts';
import { rowsOf } from './event-rows.ts';
import type { HeldPart } from './held-parts.ts';

type IndexStep = (typeof indexStepIds)[number];

/** Of which events a step tells, by the columns of `compileIndex`. */
const TOLD = {
  'no-index-event': 'taken OR washed_out',
  washout: 'washed_out',
  lookback: 'taken AND without_lookback',
  'follow-up': 'taken AND NOT without_lookback AND without_follow_up',
} as const satisfies Readonly<Record<IndexStep, string>>;

/**
 * For each of these persons, who are behind the gate, the events that a step of the index event is about: those there are, or
 * those that leave at it. It `holds` where there is one. `undefined` for what is no such step. Errors as `compileCriterion`.
 */
export async function heldIndexStep(
  gate: Gate,
  step: string,
  persons: readonly string[],
): Promise<ReadonlyMap<string, HeldPart> | undefined> {
  const { index } = gate.protocol;
  const id = indexStepIds.find((one) => one === step);
  if (!index || !id) return undefined;
  const { sql, parameters } = await compileIndex(gate, index, 'authorized');
  const told = `SELECT person_id, table_name, row_id, "first" FROM (${sql}) WHERE ${TOLD[id]}`;
  const rows = await rowsOf(gate, { sql: told, parameters }, persons);
  return new Map(
    persons.map((person) => {
      const events = rows.get(person) ?? { n: 0, rows: [] };
      return [person, { text: textOf(id, index), holds: events.n > 0, events, parts: [] }];
    }),
  );
}

function textOf(id: IndexStep, { label, washout, lookback, followUp }: IndexEvent): string {
  if (id === 'no-index-event') return label;
  if (id === 'washout') return `Index events with another on an earlier day within ${washout} before`;
  if (id === 'lookback') return `Index events without a contact at least ${lookback} before`;
  return `Index events without a contact at least ${followUp} after, or death within that time`;
}
