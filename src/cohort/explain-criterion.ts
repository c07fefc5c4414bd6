/** A criterion told part by part, with how many it holds for, and the SQL that says so. Rule R95. */
import { type Criterion, partsOf } from '../protocol/index.ts';
import { bindings } from './bindings.ts';
import { type CriterionQuery, codingFor, combined, compileCriterion } from './criterion-sql.ts';
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
  const query = await compileCriterion(gate, criterion, 'authorized');
  const codes = codingFor(gate, [criterion]);
  const coding = codes && (await gate.tableBefore(codes.sql, codes.parameters));
  const { part } = await explained(gate, criterion, coding);
  return { part, ...query };
}

/** A part, and the table of those whom it holds for: what it is a part of is counted from that. */
interface Kept {
  readonly part: ExplainedPart;
  readonly table: string;
}

async function explained(gate: Gate, criterion: Criterion, coding: string | undefined): Promise<Kept> {
  const named = 'criterion' in criterion ? gate.protocol.criteria[criterion.criterion] : undefined;
  const inner = named ? [named] : partsOf(criterion);
  const parts: ExplainedPart[] = [];
  const tables: string[] = [];
  for (const one of inner) {
    const { part, table } = await explained(gate, one, coding);
    tables.push(table);
    parts.push({ ...part, ...('all' in criterion ? { soFar: await inAllOf(gate, tables) } : {}) });
  }
  const [only] = tables;
  const table = named && only !== undefined ? only : await keep(gate, criterion, tables, coding);
  return { part: { text: criterionText(gate.protocol, criterion), alone: await inAllOf(gate, [table]), parts }, table };
}

async function keep(
  gate: Gate,
  criterion: Criterion,
  tables: readonly string[],
  coding: string | undefined,
): Promise<string> {
  const { parameters, bind } = bindings();
  const query =
    tables.length > 0
      ? { sql: combined({ side: 'authorized', bind }, criterion, tables.map(personsIn)), parameters }
      : await compileCriterion(gate, criterion, 'authorized', coding);
  return gate.tableBefore(query.sql, query.parameters);
}

async function inAllOf(gate: Gate, tables: readonly string[]): Promise<number> {
  const [row] = await gate.all<{ n: string }>(
    `SELECT count(*) AS n FROM (${tables.map(personsIn).join(' INTERSECT ')})`,
  );
  return Number(row?.n);
}

function personsIn(table: string): string {
  return `SELECT person_id FROM authorized.${table}`;
}
