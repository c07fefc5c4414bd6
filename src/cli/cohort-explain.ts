import { ChartproofError, nearest, type Progress } from '../base/index.ts';
import { type ExplainedCriterion, type ExplainedPart, explainCriterion, type Gate } from '../cohort/index.ts';
import type { Criterion, Protocol } from '../protocol/index.ts';
import { columns } from './output.ts';

/** An arm or an exclusion by rule, explained. */
export interface Explained extends ExplainedCriterion {
  readonly id: string;
  readonly label: string;
  readonly kind: 'arm' | 'exclusion';
}

/** Explains the arm or exclusion of this id, or all. Errors: `cohort.no-criterion`, those of the criteria. */
export async function explainAll(
  gate: Gate,
  id: string | undefined,
  progress: Progress,
): Promise<readonly Explained[]> {
  const explained: Explained[] = [];
  const criteria = chosen(gate.protocol, id);
  progress.step('Counting', criteria.length);
  for (const { criterion, ...named } of criteria) {
    explained.push({ ...named, ...(await explainCriterion(gate, criterion)) });
    progress.advance(explained.length);
  }
  return explained;
}

function chosen({ arms, exclusions }: Protocol, id: string | undefined) {
  const all = [
    ...arms.map((arm) => ({ id: arm.id, label: arm.label, kind: 'arm' as const, criterion: arm.criterion })),
    ...exclusions.flatMap(({ id: name, label, rule }) =>
      rule ? [{ id: name, label, kind: 'exclusion' as const, criterion: rule satisfies Criterion }] : [],
    ),
  ];
  const found = id === undefined ? all : all.filter((one) => one.id === id);
  if (found.length > 0) return found;
  const ids = all.map((one) => one.id);
  const near = nearest(id ?? '', ids);
  throw new ChartproofError('cohort.no-criterion', `The protocol has no arm and no exclusion by rule \`${id}\`.`, {
    tip: near ? `Did you mean \`${near}\`?` : `There is: ${ids.join(', ')}.`,
  });
}

/** Each criterion as a tree of its parts with the persons they hold for; with `sql`, the query below it. */
export function explainedText(explained: readonly Explained[], sql: boolean): string {
  return explained
    .map((one) => {
      const head = `${one.kind === 'arm' ? 'Arm' : 'Exclusion'} ${one.id}: ${one.label}`;
      const table = columns(rowsOf(one.part, 0), ['', 'alone', 'so far']);
      return [head, table, ...(sql ? ['', sqlText(one)] : [])].join('\n');
    })
    .join('\n\n');
}

function rowsOf({ text, alone, soFar, parts }: ExplainedPart, depth: number): string[][] {
  const row = [`${'  '.repeat(depth)}${text}`, String(alone), soFar === undefined ? '' : String(soFar)];
  return [row, ...parts.flatMap((part) => rowsOf(part, depth + 1))];
}

function sqlText({ sql, parameters }: ExplainedCriterion): string {
  const values = Object.entries(parameters).map(([name, value]) => `-- $${name} = ${JSON.stringify(value)}`);
  return [sql, ...values].join('\n');
}
