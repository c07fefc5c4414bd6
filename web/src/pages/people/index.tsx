import { Group, Text, TextInput } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { contract, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { usePages, useRoute } from '../../api/index.ts';
import { type Column, DataTable, dateTimeOf, EmptyState, ErrorState, Loading, PageTitle } from '../../parts/index.ts';
import { Invite } from './invite.tsx';
import { PersonCard, StatusBadge } from './person-card.tsx';

type Person = RouteOutput<typeof contract.people>['items'][number];

const columns: readonly Column<Person>[] = [
  {
    id: 'name',
    header: 'Name',
    value: ({ name }) => name,
    width: '22%',
    cell: ({ name, login }) => (
      <>
        {name}{' '}
        <Text span inherit c="dimmed">
          {login}
        </Text>
      </>
    ),
  },
  {
    id: 'status',
    header: 'Account',
    width: '100px',
    value: ({ status, isInvited }) => (status === 'active' && isInvited ? 'invited' : status),
    cell: (person) => <StatusBadge person={person} />,
  },
  {
    id: 'workspace',
    header: 'In the workspace',
    width: '18%',
    value: ({ workspaceRoles }) => workspaceRoles.join(', ') || null,
  },
  { id: 'studies', header: 'In studies', value: ({ studies }) => inStudies(studies) },
  {
    id: 'seen',
    header: 'Last here',
    width: '150px',
    value: ({ lastSeenAt }) => lastSeenAt,
    cell: ({ lastSeenAt }) => (lastSeenAt === null ? 'never' : dateTimeOf(lastSeenAt)),
  },
];

/** Everybody with an account: who they are, what they may do. */
export function Page() {
  const { items, error, isPending, hasNextPage, fetchNextPage, refetch } = usePages(contract.people);
  const own = useRoute(contract.studies).data?.items;
  const [openId, setOpenId] = useState<string>();
  const [wanted, setWanted] = useState('');
  const studies = useMemo(
    () => [...new Set([...(own ?? []), ...items.flatMap((person) => person.studies)].map(({ study }) => study))].sort(),
    [items, own],
  );
  const shown = useMemo(() => items.filter((person) => isWanted(person, wanted.trim().toLowerCase())), [items, wanted]);
  const onEnd = useCallback(() => {
    if (hasNextPage) void fetchNextPage();
  }, [hasNextPage, fetchNextPage]);
  return (
    <>
      <PageTitle title="People" actions={<Invite studies={studies} />}>
        Accounts of this workspace, and what each may do in it and in its studies
      </PageTitle>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading what="Loading the accounts" />}
      {items.length > 0 && (
        <>
          <Group mb="sm">
            <TextInput
              label="Find"
              placeholder="Name, login, role or study"
              value={wanted}
              onChange={({ currentTarget }) => setWanted(currentTarget.value)}
            />
          </Group>
          {shown.length === 0 && <EmptyState title="Nobody fits">Fewer letters may find somebody.</EmptyState>}
          {shown.length > 0 && (
            <DataTable
              label="People"
              rows={shown}
              columns={columns}
              rowId={({ id }) => id}
              openId={openId}
              onOpen={({ id }) => setOpenId(id)}
              onEnd={onEnd}
              maxHeight="calc(100dvh - 230px)"
            />
          )}
        </>
      )}
      <PersonCard
        person={items.find(({ id }) => id === openId)}
        studies={studies}
        onClose={() => setOpenId(undefined)}
      />
    </>
  );
}

function isWanted(person: Person, wanted: string): boolean {
  const { name, login, workspaceRoles, studies } = person;
  return [name, login, ...workspaceRoles, inStudies(studies) ?? ''].join(' ').toLowerCase().includes(wanted);
}

function inStudies(studies: Person['studies']): string | null {
  return studies.map(({ study, roles }) => `${study}: ${roles.join(', ')}`).join('; ') || null;
}
