import { Text, UnstyledButton } from '@mantine/core';
import type { contract, RouteOutput } from '../../../../src/server/contract/index.ts';
import classes from './printed.module.css';

export type PrintedTableView = RouteOutput<typeof contract.results>['tables'][number];
type Line = PrintedTableView['lines'][number];

/** Shows who stands behind a number, by its address; absent for those who may not see it. */
export interface Tracing {
  readonly onTrace?: (cell: string) => void;
}

/** A table as a paper prints it. With `onTrace` each number behind which somebody stands is a button. */
export function PrintedTable({ table, onTrace }: Tracing & { readonly table: PrintedTableView }) {
  const { id, number, title, columns, lines, notes } = table;
  return (
    <section aria-labelledby={`caption-${id}`} className={classes.scroll}>
      <table className={classes.printed}>
        <caption id={`caption-${id}`}>
          Table {number}. {title}
        </caption>
        <thead>
          <tr>
            <td />
            {columns.map((label, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns stand as the protocol has them; two may have one label
              <th key={at} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines stand as the protocol has them
            <LineRow key={at} line={line} columns={columns} onTrace={onTrace} />
          ))}
        </tbody>
      </table>
      {notes.map(({ letter, text }) => (
        <Text key={letter + text} size="sm" c="dimmed" maw="70ch">
          {letter && <sup>{letter}</sup>} {text}
        </Text>
      ))}
    </section>
  );
}

function LineRow({
  line,
  columns,
  onTrace,
}: {
  readonly line: Line;
  readonly columns: readonly string[];
  readonly onTrace: ((cell: string) => void) | undefined;
}) {
  const letters = line.letters.length > 0 && <sup>{line.letters.join(',')}</sup>;
  if (line.kind === 'heading') {
    return (
      <tr>
        <th scope="rowgroup" colSpan={columns.length + 1}>
          {line.label}
          {letters}
        </th>
      </tr>
    );
  }
  return (
    <tr>
      <th scope="row" data-depth={line.depth}>
        {line.label}
        {letters}
      </th>
      {line.cells.map(({ text, cell }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cells stand as their columns do
        <td key={at}>
          {cell !== null && onTrace ? (
            <UnstyledButton
              className={classes.number}
              onClick={() => onTrace(cell)}
              aria-label={`${text}: ${line.label}, ${columns[at]}. Show who stands behind it`}
            >
              {text}
            </UnstyledButton>
          ) : (
            text
          )}
        </td>
      ))}
    </tr>
  );
}
