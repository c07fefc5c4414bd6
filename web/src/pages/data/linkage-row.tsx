import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useEffect } from 'react';
import { contract, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { useChange } from '../../api/index.ts';
import { ErrorState, Loading } from '../../parts/index.ts';

type Shown = RouteOutput<typeof contract.showLinkageRow>;
type Words = Shown['said'];

const FIELDS: Readonly<Record<keyof Words, string>> = {
  record_number: 'Record number',
  family_name: 'Family name',
  given_name: 'Given name',
  birth_date: 'Born',
  sex: 'Sex',
};
const fields = Object.keys(FIELDS) as (keyof Words)[];

/** A row beside the persons who may be it. That it is opened is audited, so it is asked for once. */
export function LinkageRow({ row, onDecided }: { readonly row: string; readonly onDecided: () => void }) {
  const { mutate, data, error } = useChange(contract.showLinkageRow, { touches: ['workspaceAudit'] });
  useEffect(() => mutate({ body: { row } }), [mutate, row]);
  if (error) return <ErrorState error={error} />;
  if (!data) return <Loading what="Reading the row again" />;
  return <Candidates shown={data} onDecided={onDecided} />;
}

function Candidates({ shown, onDecided }: { readonly shown: Shown; readonly onDecided: () => void }) {
  const decide = useChange(contract.decideLinkageRow, { touches: ['openLinkage', 'workspaceAudit'] });
  const { row, said, reason, candidates } = shown;
  const say = (person: string, verdict: 'confirmed' | 'rejected') =>
    decide.mutate({ body: { row, person, verdict } }, { onSuccess: onDecided });
  return (
    <Stack>
      <Text>
        {row} · {reason}
      </Text>
      <Table withTableBorder aria-label="The row and who may be it">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Whose</Table.Th>
            <Table.Th scope="col" ta="right">
              Score
            </Table.Th>
            {fields.map((field) => (
              <Table.Th key={field} scope="col">
                {FIELDS[field]}
              </Table.Th>
            ))}
            <Table.Th scope="col">Decide</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Table.Tr>
            <Table.Th scope="row">The row</Table.Th>
            <Table.Td />
            {fields.map((field) => (
              <Table.Td key={field}>{said[field]}</Table.Td>
            ))}
            <Table.Td />
          </Table.Tr>
          {candidates.map(({ person, score, known, agrees }) => (
            <Table.Tr key={person}>
              <Table.Th scope="row" fw={500}>
                {person}
              </Table.Th>
              <Table.Td ta="right">{score.toFixed(1)}</Table.Td>
              {fields.map((field) => (
                <Table.Td key={field}>
                  {[...new Set(known.flatMap((words) => words[field] ?? []))].join(', ')}
                  <Text size="xs" c="dimmed">
                    {agrees.find((one) => one.field === field)?.level}
                  </Text>
                </Table.Td>
              ))}
              <Table.Td>
                <Group gap="xs" wrap="nowrap">
                  <Button size="xs" disabled={decide.isPending} onClick={() => say(person, 'confirmed')}>
                    Same person
                  </Button>
                  <Button
                    size="xs"
                    variant="default"
                    disabled={decide.isPending}
                    onClick={() => say(person, 'rejected')}
                  >
                    Another
                  </Button>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {candidates.length === 0 && <Text>Nobody is proposed for this row.</Text>}
      {decide.error && <ErrorState error={decide.error} />}
      <Text c="dimmed">A decision counts when the table is imported again.</Text>
    </Stack>
  );
}
