import { Checkbox, List, Table, Text, Title } from '@mantine/core';
import { useParams } from 'react-router';
import {
  contract,
  type RouteId,
  type RouteOutput,
  type StudyRole,
  studyRoles,
} from '../../../../src/server/contract/index.ts';
import { useChange, useRoute } from '../../api/index.ts';
import { EmptyState, ErrorState, Loading, PageTitle, useConfirm } from '../../parts/index.ts';
import { studyRoleWords } from '../people/role-words.ts';
import { GiveRole } from './give-role.tsx';

type Person = RouteOutput<typeof contract.studyPeople>['items'][number];

const TOUCHED = { touches: ['studyPeople', 'study', 'studies', 'session', 'studyAudit'] as readonly RouteId[] };

/** Who has a role in the study. */
export function Page() {
  const { study = '' } = useParams();
  const { data, error, refetch } = useRoute(contract.studyPeople, { params: { study } });
  if (!data)
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading what="Loading the people" />;
  return (
    <>
      <PageTitle title="People of the study" actions={<GiveRole study={study} />}>
        A role counts from the next click of its holder on; every change is in the audit trail
      </PageTitle>
      {data.items.length === 0 ? (
        <EmptyState title="Nobody has a role yet">Give one to somebody with an account.</EmptyState>
      ) : (
        <Roles study={study} people={data.items} />
      )}
      <Title order={2} mt="lg" mb="xs">
        What the roles are for
      </Title>
      <List>
        {studyRoles.map((role) => (
          <List.Item key={role}>
            <Text span fw={600}>
              {role}
            </Text>
            : {studyRoleWords[role]}
          </List.Item>
        ))}
      </List>
    </>
  );
}

/** Persons down, roles across, to be ticked. */
function Roles({ study, people }: { readonly study: string; readonly people: readonly Person[] }) {
  const confirm = useConfirm();
  const grant = useChange(contract.grantStudyRole, TOUCHED);
  const revoke = useChange(contract.revokeStudyRole, TOUCHED);
  const error = grant.error ?? revoke.error;
  const change = async ({ id, login, name }: Person, role: StudyRole, isHeld: boolean) => {
    grant.reset();
    revoke.reset();
    if (isHeld) return grant.mutate({ params: { study }, body: { login, role } });
    const question = {
      title: `Take the role from ${name}`,
      text: `${name} is ${role} no more, from the next click on. What they entered stays.`,
      action: 'Take the role',
      isDangerous: true,
    };
    if (await confirm(question)) revoke.mutate({ params: { study, person: id, role } });
  };
  return (
    <>
      {error && <ErrorState error={error} />}
      <Table withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Name</Table.Th>
            {studyRoles.map((role) => (
              <Table.Th key={role} scope="col">
                {role}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((person) => (
            <Table.Tr key={person.id}>
              <Table.Th scope="row" fw={500}>
                {person.name}{' '}
                <Text span inherit fw={400} c="dimmed">
                  {person.login}
                  {person.status === 'disabled' && ' · disabled'}
                </Text>
              </Table.Th>
              {studyRoles.map((role) => (
                <Table.Td key={role}>
                  <Checkbox
                    aria-label={`${person.name} is ${role}`}
                    checked={person.roles.includes(role)}
                    disabled={grant.isPending || revoke.isPending}
                    onChange={({ currentTarget }) => void change(person, role, currentTarget.checked)}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
