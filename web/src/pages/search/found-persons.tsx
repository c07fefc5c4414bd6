import { Grid, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import { contract, type KeptSearchView, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { usePages } from '../../api/index.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table-columns.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { FoundNotes } from './found-notes.tsx';

type PersonLine = RouteOutput<typeof contract.searchPersons>['items'][number];

const columns: readonly Column<PersonLine>[] = [
  {
    id: 'person',
    header: 'Person',
    value: ({ subject, person }) => subject ?? person,
    cell: ({ subject, person }) => (
      <Text truncate title={person}>
        {subject ?? shortOf(person)}
      </Text>
    ),
    isSortable: false,
  },
  { id: 'notes', header: 'Notes', value: ({ notes }) => notes, width: '68px', align: 'right', isSortable: false },
  {
    id: 'mentions',
    header: 'Mentions',
    value: ({ mentions }) => mentions,
    width: '92px',
    align: 'right',
    isSortable: false,
  },
];

const ENDING = 10;

/** The ends of ids differ, their beginnings do not. */
function shortOf(person: string): string {
  return person.length > ENDING * 2 ? `…${person.slice(-ENDING)}` : person;
}

interface FoundPersonsProps {
  readonly study: string;
  readonly kept: KeptSearchView;
  readonly withoutCopies: boolean;
  readonly onOpen: (note: string) => void;
  readonly maxHeight: string;
}

/** The persons that a search found, those with most mentions first; beside them the notes of the one that is chosen. */
export function FoundPersons({ study, kept, withoutCopies, onOpen, maxHeight }: FoundPersonsProps) {
  const [chosen, setChosen] = useState<string>();
  const { items, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = usePages(
    contract.searchPersons,
    { params: { study, search: kept.search }, query: { withoutCopies: String(withoutCopies), order: 'mentions' } },
  );
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Loading what="Reading the persons" />;
  if (items.length === 0) return <EmptyState title="Nobody">The search found nobody.</EmptyState>;
  return (
    <Grid gap="md">
      <Grid.Col span={4}>
        <DataTable
          label="Persons found"
          rows={items}
          columns={columns}
          rowId={({ person }) => person}
          openId={chosen}
          onOpen={({ person }) => setChosen(person)}
          maxHeight={maxHeight}
          onEnd={more}
        />
      </Grid.Col>
      <Grid.Col span={8}>
        {chosen === undefined ? (
          <Text c="dimmed" p="md">
            Choose a person to read what was found of them: arrows go from row to row, Enter opens.
          </Text>
        ) : (
          <FoundNotes
            key={chosen}
            study={study}
            kept={kept}
            person={chosen}
            withoutCopies={withoutCopies}
            onOpen={onOpen}
            maxHeight={maxHeight}
          />
        )}
      </Grid.Col>
    </Grid>
  );
}
