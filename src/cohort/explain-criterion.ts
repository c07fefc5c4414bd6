/** A criterion told part by part, with how many it holds for, and the SQL that says so. Rule R95. */
import { type Criterion, partsOf } from '../protocol/index.ts';
import { type CriterionQuery, compileCriterion } from './criterion-sql.ts';
import { criterionText } from './criterion-text.ts';
import type { Gate } from './gate.ts';

/** A part and the authorized persons whom it holds for: `alone`, and in `all` with the parts before it (`soFar`). */
export interface ExplainedPart {
  readonly text: string;
  readonly alone: number;
  readonly soFar?: number;
  readonly parts: readonly ExplainedPart[];
}

/** A criterion as people read it and as the engine does. */
export interface ExplainedCriterion extends CriterionQuery {
  readonly part: ExplainedPart;
}

/**
 * Explains an arm or a rule of the gate's protocol; `events` is the table of its index events (`indexTable`), for a rule that
 * names them. Errors as `compileCriterion`.
 */
export async function explainCriterion(gate: Gate, criterion: Criterion, events?: string): Promise<ExplainedCriterion> {
  const { sql, parameters } = await compileCriterion(gate, criterion, 'authorized', events);
  return { part: await explained(gate, criterion, events), sql, parameters };
}

async function explained(gate: Gate, criterion: Criterion, events: string | undefined): Promise<ExplainedPart> {
  const named = 'criterion' in criterion ? gate.protocol.criteria[criterion.criterion] : undefined;
  const inner = named ? [named] : partsOf(criterion);
  const parts: ExplainedPart[] = [];
  for (const [at, one] of inner.entries()) {
    const part = await explained(gate, one, events);
    const before = 'all' in criterion ? { soFar: await personsOf(gate, { all: inner.slice(0, at + 1) }, events) } : {};
    parts.push({ ...part, ...before });
  }
  return { text: criterionText(gate.protocol, criterion), alone: await personsOf(gate, criterion, events), parts };
}

/** Of a criterion that names the index event, those for one of whose events it holds. */
async function personsOf(gate: Gate, criterion: Criterion, events: string | undefined): Promise<number> {
  const { sql, parameters } = await compileCriterion(gate, criterion, 'authorized', events);
  const [row] = await gate.all<{ n: string }>(
    `SELECT count(DISTINCT person_id) AS n FROM (${sql}) SEMI JOIN person USING (person_id)`,
    parameters,
  );
  return Number(row?.n);
}
