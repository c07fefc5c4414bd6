import { useCallback } from 'react';
import { contract, type KeptSearchView } from '../../../../src/server/contract/index.ts';
import { usePages } from '../../api/index.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { VirtualList } from '../../parts/virtual-list.tsx';
import { NoteCard } from './note-card.tsx';

interface FoundNotesProps {
  readonly study: string;
  readonly kept: KeptSearchView;
  /** The source id of the one person whose notes are shown; absent: everybody's. */
  readonly person?: string | undefined;
  readonly withoutCopies: boolean;
  readonly onOpen: (note: string) => void;
  readonly maxHeight: string;
}

/** The notes that a search found, with the words around the mentions. */
export function FoundNotes({ study, kept, person, withoutCopies, onOpen, maxHeight }: FoundNotesProps) {
  const { items, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = usePages(
    contract.searchNotes,
    { params: { study, search: kept.search }, body: { person, withoutCopies } },
  );
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Loading what="Reading the notes" />;
  if (items.length === 0) return <EmptyState title="No note">The search found none.</EmptyState>;
  return (
    <VirtualList
      label={person === undefined ? 'Notes found' : 'Notes of the person'}
      items={items}
      itemId={({ note }) => note}
      render={(note) => (
        <NoteCard note={note} termSets={kept.termSets} isOfOne={person !== undefined} onOpen={onOpen} />
      )}
      estimate={90}
      maxHeight={maxHeight}
      onEnd={more}
    />
  );
}
