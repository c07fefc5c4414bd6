import type { Explained, ExplainedCriterion, ExplainedIndex, ExplainedPart, ExplainedStudy } from '../cohort/index.ts';
import { columns } from './output.ts';

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
