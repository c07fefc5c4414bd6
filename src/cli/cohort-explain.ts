import { ChartproofError, nearest, type Progress } from '../base/index.ts';
import {
  type ExplainedCriterion,
  type ExplainedIndex,
  type ExplainedPart,
  explainCriterion,
  explainIndex,
  type Gate,
  indexTable,
  keepCodedRows,
} from '../cohort/index.ts';
import { asksIndex, type Criterion, INDEX, type Protocol, resolved } from '../protocol/index.ts';
import { columns } from './output.ts';

/** An arm or an exclusion by rule, explained. */
export interface Explained extends ExplainedCriterion {
  readonly id: string;
  readonly label: string;
  readonly kind: 'arm' | 'exclusion';
}

/** What `cohort explain` tells; the index event where it is asked for and the protocol has one. */
export interface ExplainedStudy {
  readonly index?: ExplainedIndex;
  readonly criteria: readonly Explained[];
}

/** Explains the arm or exclusion of this id, `index`, or all. Errors: `cohort.no-criterion`, those of the criteria. */
export async function explainAll(gate: Gate, id: string | undefined, progress: Progress): Promise<ExplainedStudy> {
  const index = id === undefined || id === INDEX ? await explainIndex(gate) : undefined;
  const criteria = index && id === INDEX ? [] : chosen(gate.protocol, id);
  progress.step('Counting', criteria.length);
  const asked = criteria.some(({ criterion }) => asksIndex(resolved(gate.protocol, criterion)));
  const events = asked ? await indexTable(gate) : undefined;
  const explained: Explained[] = [];
  const coded = await keepCodedRows(
    gate,
    criteria.map(({ criterion }) => criterion),
  );
  for (const { criterion, ...named } of criteria) {
    explained.push({ ...named, ...(await explainCriterion(gate, criterion, { coded, indexEvents: events })) });
    progress.advance(explained.length);
  }
  return { ...(index ? { index } : {}), criteria: explained };
}

function chosen({ arms, exclusions, index }: Protocol, id: string | undefined) {
  const all = [
    ...arms.map((arm) => ({ id: arm.id, label: arm.label, kind: 'arm' as const, criterion: arm.criterion })),
    ...exclusions.flatMap(({ id: name, label, rule }) =>
      rule ? [{ id: name, label, kind: 'exclusion' as const, criterion: rule satisfies Criterion }] : [],
    ),
  ];
  const found = id === undefined ? all : all.filter((one) => one.id === id);
  if (found.length > 0) return found;
  const ids = [...(index ? [INDEX] : []), ...all.map((one) => one.id)];
  const near = nearest(id ?? '', ids);
  throw new ChartproofError('cohort.no-criterion', `The protocol has no arm and no exclusion by rule \`${id}\`.`, {
    tip: near ? `Did you mean \`${near}\`?` : `There is: ${ids.join(', ')}.`,
  });
}

/** The index event step by step, each criterion as a tree of its parts with whom they hold for; with `sql`, the query below it. */
export function explainedText({ index, criteria }: ExplainedStudy, sql: boolean): string {
  const below = (one: ExplainedIndex | Explained): readonly string[] => (sql ? ['', sqlText(one)] : []);
  const told = criteria.map((one) => {
    const head = `${one.kind === 'arm' ? 'Arm' : 'Exclusion'} ${one.id}: ${one.label}`;
    return [head, columns(rowsOf(one.part, 0), ['', 'alone', 'so far']), ...below(one)].join('\n');
  });
  return [...(index ? [[indexText(index), ...below(index)].join('\n')] : []), ...told].join('\n\n');
}

function indexText({ label, steps }: ExplainedIndex): string {
  const rows = steps.map(({ text, persons, events }) => [text, String(persons), String(events)]);
  return `Index event: ${label}\n${columns(rows, ['', 'persons', 'events'])}`;
}

function rowsOf({ text, alone, soFar, parts }: ExplainedPart, depth: number): string[][] {
  const row = [`${'  '.repeat(depth)}${text}`, String(alone), soFar === undefined ? '' : String(soFar)];
  return [row, ...parts.flatMap((part) => rowsOf(part, depth + 1))];
}

function sqlText({ sql, parameters }: Pick<ExplainedCriterion, 'sql' | 'parameters'>): string {
  const values = Object.entries(parameters).map(([name, value]) => `-- $${name} = ${JSON.stringify(value)}`);
  return [sql, ...values].join('\n');
}
