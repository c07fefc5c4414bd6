/** The index event of a protocol told step by step, with how many events and persons are left. Rule R108. */
import type { IndexEvent, Protocol } from '../../protocol/index.ts';
import type { CriterionQuery } from '../criteria/criterion-sql.ts';
import { criterionText } from '../criteria/criterion-text.ts';
import { compileIndex } from '../criteria/index-sql.ts';
import type { Gate } from '../gate/gate.ts';

/** What is asked of the index events, and the authorized persons and their events that are left. */
export interface ExplainedIndexStep {
  readonly text: string;
  readonly persons: number;
  readonly events: number;
}

/** The index event as people read it and as the engine does. */
export interface ExplainedIndex extends CriterionQuery {
  readonly label: string;
  readonly steps: readonly ExplainedIndexStep[];
}

/** Explains the index event of the gate's protocol; `undefined` where it has none. Errors as `compileCriterion`. */
export async function explainIndex(gate: Gate): Promise<ExplainedIndex | undefined> {
  const { index } = gate.protocol;
  if (!index) return undefined;
  const query = await compileIndex(gate, index, 'authorized');
  const steps = stepsOf(gate, index);
  const columns = steps.map(
    ({ left }, at) => `count(DISTINCT person_id) FILTER (${left}) AS p${at}, count(*) FILTER (${left}) AS e${at}`,
  );
  const [row = {}] = await gate.all<Record<string, number | string>>(
    `SELECT ${columns.join(', ')} FROM (${query.sql}) SEMI JOIN person USING (person_id)`,
    query.parameters,
  );
  const counted = (column: string): number => Number(row[column]);
  return {
    ...query,
    label: index.label,
    steps: steps.map(({ text }, at) => ({ text, persons: counted(`p${at}`), events: counted(`e${at}`) })),
  };
}

const TAKEN = {
  first: 'Of each person the first',
  last: 'Of each person the last',
  every: 'Every one of a person',
} as const;

/** What is asked of the index events, a line each, without counts. */
export function indexTexts(protocol: Protocol, index: IndexEvent): string[] {
  return stepsOf({ protocol }, index).map(({ text }) => text);
}

function stepsOf({ protocol }: Pick<Gate, 'protocol'>, { events, washout, take, lookback, followUp }: IndexEvent) {
  const found = events.map((event) => criterionText(protocol, event)).join('; or ');
  return [
    { text: found, left: 'TRUE' },
    ...(washout === undefined
      ? []
      : [{ text: `None of these on an earlier day within ${washout} before, at any time`, left: 'NOT washed_out' }]),
    { text: TAKEN[take], left: 'taken' },
    ...(lookback === undefined
      ? []
      : [{ text: `A contact at least ${lookback} before`, left: 'taken AND NOT without_lookback' }]),
    ...(followUp === undefined
      ? []
      : [
          {
            text: `A contact at least ${followUp} after, or death within that time`,
            left: 'taken AND NOT without_lookback AND NOT without_follow_up',
          },
        ]),
  ];
}
