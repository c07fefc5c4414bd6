import { Alert, Button, Group, Paper, Stack, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { contract, type KeptSearchView } from '../../../../src/server/contract/index.ts';
import { ApiProblem, queryClient, queryKeyOf, useChange, useRoute } from '../../api/index.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { dateTimeOf } from '../../parts/written-time.ts';
import { AskAgain } from './ask-again.tsx';
import { PurposeDialog } from './purpose-dialog.tsx';
import { QueryEditor, type QueryMistake } from './query-editor.tsx';
import { Results } from './results.tsx';
import { SearchLog } from './search-log.tsx';

/** Searching the notes of the institution for a study. The purpose comes first. */
export function Page() {
  const { study = '' } = useParams();
  const { data, error, refetch } = useRoute(contract.searchPurpose, { params: { study } });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.purpose === null)
    return (
      <>
        <PageTitle title="Search" />
        <PurposeDialog study={study} />
      </>
    );
  return <Search study={study} purpose={data.purpose} />;
}

interface SearchProps {
  readonly study: string;
  readonly purpose: { readonly text: string; readonly until: string };
}

function Search({ study, purpose }: SearchProps) {
  // The address has the number of a search, never its words.
  const [address, setAddress] = useSearchParams();
  const search = Number(address.get('search')) || undefined;
  const [query, setQuery] = useState('');
  const [why, setWhy] = useState('');
  const [isLogOpen, setIsLogOpen] = useState(false);
  const editor = useRef<{ focus(): void }>(null);
  const ask = useChange(contract.ask, { touches: ['searches'] });
  const kept = useRoute(
    contract.keptSearch,
    { params: { study, search: search ?? 0 } },
    { enabled: search !== undefined },
  );
  const found = kept.data;
  useEffect(() => {
    if (found) setQuery(found.query);
  }, [found]);
  useKeys('Search', [{ keys: ['/'], label: 'Write the query', do: () => editor.current?.focus() }]);

  const show = (view: KeptSearchView) => {
    queryClient.setQueryData(queryKeyOf(contract.keptSearch, { params: { study, search: view.search } }), view);
    setAddress({ search: String(view.search) });
  };
  const askFor = (text: string) => {
    setQuery(text);
    ask.mutate(
      { params: { study }, body: { query: text, ...(why.trim() !== '' && { why: why.trim() }) } },
      {
        onSuccess: show,
        onError: (problem) => {
          if (problem instanceof ApiProblem && problem.code === 'server.purpose-needed')
            void queryClient.invalidateQueries({ queryKey: queryKeyOf(contract.searchPurpose, { params: { study } }) });
        },
      },
    );
  };
  const mistake = mistakeOf(ask.error);
  return (
    <>
      <PageTitle
        title="Search"
        actions={
          <Button variant="default" onClick={() => setIsLogOpen(true)}>
            Log of searches
          </Button>
        }
      >
        Purpose: {purpose.text} (until {dateTimeOf(purpose.until)})
      </PageTitle>
      <Stack gap="sm">
        <Paper withBorder p="sm">
          <QueryEditor
            ref={editor}
            study={study}
            value={query}
            onChange={(text) => {
              setQuery(text);
              if (ask.error) ask.reset();
            }}
            onAsk={() => askFor(query)}
            mistake={mistake}
          />
          <Group align="flex-end" mt="xs" wrap="nowrap">
            <TextInput
              style={{ flex: 1 }}
              label="What it is for"
              placeholder="As the methods will say it; left empty: the purpose"
              maxLength={1000}
              value={why}
              onChange={(event) => setWhy(event.currentTarget.value)}
            />
            <Button onClick={() => askFor(query)} loading={ask.isPending}>
              Search
            </Button>
          </Group>
        </Paper>
        {ask.error && !mistake && <ErrorState error={ask.error} />}
        {kept.error && <ErrorState error={kept.error} onRetry={() => void kept.refetch()} />}
        {search !== undefined && kept.isPending && <Loading what="Looking up the search" />}
        {search === undefined && !ask.isPending && (
          <EmptyState title="Nothing was asked yet">
            Write what to look for. The search is exact and complete: every note for which it is true, of everybody
            whose record may be used for research. It is kept in the log.
          </EmptyState>
        )}
        {found && !found.isOfTheseRecords && (
          <Alert color="yellow" title="The search was asked of other records">
            The study stands on other records since. Ask it again to see whom it finds now.
            <AskAgain study={study} search={found.search} onTake={show} />
          </Alert>
        )}
        {found?.isOfTheseRecords && <Results study={study} kept={found} onNarrow={askFor} />}
      </Stack>
      {isLogOpen && (
        <SearchLog
          study={study}
          onClose={() => setIsLogOpen(false)}
          onTake={(view) => {
            setIsLogOpen(false);
            show(view);
          }}
        />
      )}
    </>
  );
}

function mistakeOf(error: unknown): QueryMistake | undefined {
  if (!(error instanceof ApiProblem) || error.code !== 'notes.query') return undefined;
  const column = error.problems?.[0]?.column;
  return column === undefined ? undefined : { column, message: error.message, tip: error.tip };
}
