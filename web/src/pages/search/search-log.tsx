import { Button, Drawer, Group, Paper, Stack, Switch, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { contract, type KeptSearchView } from '../../../../src/server/contract/index.ts';
import { call, saveFile, useChange, usePages } from '../../api/index.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { VirtualList } from '../../parts/virtual-list.tsx';
import { dateTimeOf } from '../../parts/written-time.ts';
import { AskAgain } from './ask-again.tsx';

interface SearchLogProps {
  readonly study: string;
  readonly onTake: (search: KeptSearchView) => void;
  readonly onClose: () => void;
}

/** The log of the searches of a study: what was asked, by whom, for what, and what it came to. */
export function SearchLog({ study, onTake, onClose }: SearchLogProps) {
  const [isNamed, setIsNamed] = useState(false);
  const { items, error, isPending, hasNextPage, fetchNextPage, refetch } = usePages(contract.searches, {
    params: { study },
    query: { named: String(isNamed) },
  });
  const download = async () => saveFile(await call(contract.exportSearchLog, { params: { study } }));
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(760px, 65vw)"
      title="Log of searches"
      closeButtonProps={{ 'aria-label': 'Close the log' }}
    >
      <Group justify="space-between" mb="sm">
        <Switch
          label="Only those with a name"
          checked={isNamed}
          onChange={(event) => setIsNamed(event.currentTarget.checked)}
        />
        <Button variant="default" size="compact-md" onClick={() => void download()}>
          Save as CSV
        </Button>
      </Group>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading what="Reading the log" />}
      {!isPending && items.length === 0 && (
        <EmptyState title="No search">{isNamed ? 'None has a name.' : 'The notes have not been searched.'}</EmptyState>
      )}
      {items.length > 0 && (
        <VirtualList
          label="Searches"
          items={items}
          itemId={({ search }) => String(search)}
          render={(kept) => <LogEntry study={study} kept={kept} onTake={onTake} />}
          estimate={120}
          maxHeight="calc(100dvh - 130px)"
          onEnd={() => hasNextPage && void fetchNextPage()}
        />
      )}
    </Drawer>
  );
}

function LogEntry({ study, kept, onTake }: Omit<SearchLogProps, 'onClose'> & { readonly kept: KeptSearchView }) {
  const { search, at, actor, query, why, name, persons, notes, mentions } = kept;
  return (
    <Paper withBorder p="xs" mb="xs" component="article" aria-label={`Search ${search}`}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Stack gap={2} miw={0}>
          <Text size="sm" c="dimmed">
            {search} · {dateTimeOf(at)} · {actor}
          </Text>
          {name !== null && <Text fw={600}>{name}</Text>}
          <Text ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            {query}
          </Text>
          <Text size="sm">
            {persons} persons · {notes} notes · {mentions} mentions{why !== null && ` · ${why}`}
          </Text>
        </Stack>
        <Button size="compact-sm" variant="default" onClick={() => onTake(kept)} aria-label={`Open search ${search}`}>
          Open
        </Button>
      </Group>
      <AskAgain study={study} search={search} onTake={onTake} />
      <NameSearch study={study} search={search} name={name} />
    </Paper>
  );
}

interface NameSearchProps {
  readonly study: string;
  readonly search: number;
  readonly name: string | null;
}

/** Gives a search a name under which it is kept at hand. */
export function NameSearch({ study, search, name }: NameSearchProps) {
  const [written, setWritten] = useState<string>();
  const change = useChange(contract.nameSearch, { touches: ['searches', 'keptSearch'] });
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const text = written?.trim() ?? '';
    change.mutate(
      { params: { study, search }, body: { name: text === '' ? null : text } },
      { onSuccess: () => setWritten(undefined) },
    );
  };
  if (written === undefined)
    return (
      <Button size="compact-sm" variant="subtle" mt={4} onClick={() => setWritten(name ?? '')}>
        {name === null ? `Name search ${search}` : `Rename search ${search}`}
      </Button>
    );
  return (
    <form onSubmit={save}>
      <Group gap="xs" mt={4}>
        <TextInput
          aria-label={`Name of search ${search}`}
          placeholder="Empty: without a name"
          maxLength={100}
          autoFocus
          value={written}
          onChange={(event) => setWritten(event.currentTarget.value)}
        />
        <Button size="compact-md" type="submit" loading={change.isPending}>
          Save
        </Button>
        <Button size="compact-md" variant="default" onClick={() => setWritten(undefined)}>
          Cancel
        </Button>
      </Group>
      {change.error && <ErrorState error={change.error} />}
    </form>
  );
}
