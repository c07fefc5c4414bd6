import { Table, Text } from '@mantine/core';
import type { contract, RouteOutput } from '../../../../src/server/contract/index.ts';

type Months = RouteOutput<typeof contract.agreement>['months'];

const [WIDTH, HEIGHT, LEFT, BELOW] = [640, 200, 44, 24];

/** The share of answers that agree, month by month, as a line and as a table. */
export function MonthsChart({ months }: { readonly months: Months }) {
  const x = (at: number): number => LEFT + ((at + 0.5) * (WIDTH - LEFT)) / months.length;
  const y = (share: number): number => 8 + (1 - share) * (HEIGHT - 8 - BELOW);
  const points = months.map(({ agreed }, at) => `${x(at)},${y(agreed)}`).join(' ');
  return (
    <>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" style={{ maxWidth: WIDTH }} aria-hidden>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line x1={LEFT} x2={WIDTH} y1={y(share)} y2={y(share)} stroke="var(--mantine-color-default-border)" />
            <text x={LEFT - 6} y={y(share) + 4} textAnchor="end" fontSize="11" fill="currentColor">
              {share * 100}%
            </text>
          </g>
        ))}
        <polyline points={points} fill="none" stroke="var(--mantine-color-anchor)" strokeWidth="2" />
        {months.map(({ month, agreed }, at) => (
          <circle key={month} cx={x(at)} cy={y(agreed)} r="4" fill="var(--mantine-color-anchor)" />
        ))}
        <text x={x(0)} y={HEIGHT - 6} fontSize="11" textAnchor="middle" fill="currentColor">
          {months[0]?.month}
        </text>
        {months.length > 1 && (
          <text x={x(months.length - 1)} y={HEIGHT - 6} fontSize="11" textAnchor="middle" fill="currentColor">
            {months.at(-1)?.month}
          </text>
        )}
      </svg>
      <Text size="sm" c="dimmed" mb="xs">
        By the month in which the later of the two spoke.
      </Text>
      <Table aria-label="Agreement by month" maw={420}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Month</Table.Th>
            <Table.Th ta="right">Pairs</Table.Th>
            <Table.Th ta="right">Differing</Table.Th>
            <Table.Th ta="right">Agreed</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {months.map(({ month, n, differing, agreed }) => (
            <Table.Tr key={month}>
              <Table.Td>{month}</Table.Td>
              <Table.Td ta="right">{n}</Table.Td>
              <Table.Td ta="right">{differing}</Table.Td>
              <Table.Td ta="right">{(agreed * 100).toFixed(1)}%</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
