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

/** Explains an arm or a rule of the gate's protocol. Errors as `compileCriterion`. */
export async function explainCriterion(gate: Gate, criterion: Criterion): Promise<ExplainedCriterion> {
  const { sql, parameters } = await compileCriterion(gate, criterion, 'authorized');
  return { part: await explained(gate, criterion), sql, parameters };
}

async function explained(gate: Gate, criterion: Criterion): Promise<ExplainedPart> {
  const named = 'criterion' in criterion ? gate.protocol.criteria[criterion.criterion] : undefined;
  const inner = named ? [named] : partsOf(criterion);
  const parts: ExplainedPart[] = [];
  for (const [at, one] of inner.entries()) {
    const part = await explained(gate, one);
    const before = 'all' in criterion ? { soFar: await personsOf(gate, { all: inner.slice(0, at + 1) }) } : {};
    parts.push({ ...part, ...before });
  }
  return { text: criterionText(gate.protocol, criterion), alone: await personsOf(gate, criterion), parts };
}

async function personsOf(gate: Gate, criterion: Criterion): Promise<number> {
  const { sql, parameters } = await compileCriterion(gate, criterion, 'authorized');
  const [row] = await gate.all<{ n: string }>(
    `SELECT count(*) AS n FROM (${sql}) SEMI JOIN person USING (person_id)`,
    parameters,
  );
  return Number(row?.n);
}
