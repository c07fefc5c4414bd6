import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface FiguresProps {
  readonly label: string;
  /** The first is what a row is of, the others are numbers or, as `text`, words. */
  readonly heads: readonly (string | { readonly text: string })[];
  /** Named by its first cell. */
  readonly rows: readonly (readonly ReactNode[])[];
}

/** A short table: what a row is of, then its numbers. */
export function Figures({ label, heads, rows }: FiguresProps) {
  return (
    <Table withTableBorder aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          {heads.map((head, at) => (
            <Table.Th key={nameOf(head)} scope="col" ta={alignOf(head, at)}>
              {nameOf(head)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([name, ...cells]) => (
          <Table.Tr key={String(name)}>
            <Table.Th scope="row" fw={500}>
              {name}
            </Table.Th>
            {heads.slice(1).map((head, at) => (
              <Table.Td key={nameOf(head)} ta={alignOf(head, at + 1)}>
                {cells[at]}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function nameOf(head: FiguresProps['heads'][number]): string {
  return typeof head === 'string' ? head : head.text;
}

function alignOf(head: FiguresProps['heads'][number], at: number): 'left' | 'right' {
  return at > 0 && typeof head === 'string' ? 'right' : 'left';
}
