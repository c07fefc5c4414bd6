import { Table, Title } from '@mantine/core';
import type { contract, RouteOutput } from '../../../../src/server/contract/index.ts';
import { dateTimeOf } from '../../parts/index.ts';

type People = RouteOutput<typeof contract.study>['people'];

/** What each person of the review did. */
export function PeopleProgress({ people }: { readonly people: People }) {
  return (
    <section aria-labelledby="people-of-the-review">
      <Title order={2} id="people-of-the-review" mb="xs">
        People
      </Title>
      <Table withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Name</Table.Th>
            <Table.Th scope="col" ta="right">
              Screened
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Abstracted
            </Table.Th>
            <Table.Th scope="col">Last entry</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map(({ name, screened, abstracted, lastAt }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={500}>
                {name}
              </Table.Th>
              <Table.Td ta="right">{screened}</Table.Td>
              <Table.Td ta="right">{abstracted}</Table.Td>
              <Table.Td>{lastAt === null ? 'None yet' : dateTimeOf(lastAt)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
