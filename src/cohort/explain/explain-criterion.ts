/** A criterion told part by part, with how many it holds for, and the SQL that says so. Rule R95. */
import { asksIndex, type Criterion, partsOf, resolved } from '../../protocol/index.ts';
import { bindings } from '../criteria/bindings.ts';
import { keepCodedRows } from '../criteria/coded-rows.ts';
import { type CriterionQuery, combined, compileCriterion } from '../criteria/criterion-sql.ts';
import { criterionText } from '../criteria/criterion-text.ts';
import type { GivenTables } from '../criteria/given-tables.ts';
import type { Gate } from '../gate/gate.ts';

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
 * Explains an arm or a rule of the gate's protocol. `given` has the table of its index events (`indexTable`), for a rule that
 * names them, and what was kept for several that are explained one after the other (`keepCodedRows`). Errors as
 * `compileCriterion`.
 */
export async function explainCriterion(
  gate: Gate,
  criterion: Criterion,
  given: GivenTables = {},
): Promise<ExplainedCriterion> {
  const query = await compileCriterion(gate, criterion, 'authorized', { indexEvents: given.indexEvents });
  const coded = given.coded ?? (await keepCodedRows(gate, [criterion]));
  const { part } = await explained(gate, criterion, { ...given, coded });
  return { part, ...query };
}

/** A part, and the table of those whom it holds for: what it is a part of is counted from that. */
interface Kept {
  readonly part: ExplainedPart;
  readonly table: string;
}

async function explained(gate: Gate, criterion: Criterion, given: GivenTables): Promise<Kept> {
  const named = 'criterion' in criterion ? gate.protocol.criteria[criterion.criterion] : undefined;
  const inner = named ? [named] : partsOf(criterion);
  // What holds for single events is not put together from the persons of its parts.
  const ofEvents = asksIndex(resolved(gate.protocol, criterion));
  const parts: ExplainedPart[] = [];
  const tables: string[] = [];
  for (const [at, one] of inner.entries()) {
    const { part, table } = await explained(gate, one, given);
    tables.push(table);
    if (!('all' in criterion)) parts.push(part);
    else {
      const together = ofEvents ? [await keep(gate, { all: inner.slice(0, at + 1) }, [], given)] : tables;
      parts.push({ ...part, soFar: await inAllOf(gate, together) });
    }
  }
  const [only] = tables;
  const table = named && only !== undefined ? only : await keep(gate, criterion, ofEvents ? [] : tables, given);
  return { part: { text: criterionText(gate.protocol, criterion), alone: await inAllOf(gate, [table]), parts }, table };
}

/** The persons whom a criterion holds for, put together from those of its parts where there are such tables. */
async function keep(gate: Gate, criterion: Criterion, tables: readonly string[], given: GivenTables): Promise<string> {
  if (tables.length > 0) {
    const { parameters, bind } = bindings();
    const sql = combined({ bind }, criterion, tables.map(personsIn), 'person_id', 'authorized.person');
    return gate.tableBefore(sql, parameters);
  }
  const { sql, parameters } = await compileCriterion(gate, criterion, 'authorized', given);
  return gate.tableBefore(`SELECT DISTINCT person_id FROM (${sql})`, parameters);
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
