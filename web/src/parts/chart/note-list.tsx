import { Text } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { type ChartHead, contract, type NoteFilter, type NoteItem } from '../../../../src/server/contract/index.ts';
import { usePages, useRoute } from '../../api/index.ts';
import { ErrorState } from '../error-state.tsx';
import { useKeys } from '../keys.tsx';
import { Loading } from '../loading.tsx';
import type { ChartParams } from './chart-pane.tsx';
import { NoteFilters } from './note-filters.tsx';
import { NoteLine } from './note-line.tsx';
import { VirtualListbox } from './virtual-listbox.tsx';

interface NoteListProps {
  readonly params: ChartParams;
  readonly head: ChartHead;
  /** Of the timeline, where it is closer than the whole. */
  readonly stretch: { readonly from: string; readonly to: string } | undefined;
  readonly openNote: string | undefined;
  /** Notes that were opened since the chart was. */
  readonly readHere: ReadonlySet<string>;
  readonly onOpen: (note: string) => void;
}

/** The notes of a chart, narrowed as whoever reads likes, each with what it mentions and whether it was read. */
export function NoteList({ params, head, stretch, openNote, readHere, onOpen }: NoteListProps) {
  const [filter, setFilter] = useState<NoteFilter>({});
  const body = useMemo(() => ({ ...filter, ...stretch }), [filter, stretch]);
  const { items, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = usePages(
    contract.chartNotes,
    {
      params,
      body,
    },
  );
  const copies = useRoute(contract.chartCopies, { params }, { staleTime: Number.POSITIVE_INFINITY });
  const shares = useMemo(() => new Map(copies.data?.items.map(({ note, share }) => [note, share])), [copies.data]);
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const open = useCallback(({ source }: NoteItem) => onOpen(source), [onOpen]);
  const step = (by: 1 | -1): void => {
    const at = items.findIndex(({ source }) => source === openNote);
    const next = items[at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by];
    if (next) onOpen(next.source);
  };
  useKeys('Notes', [
    { keys: [']', 'Alt+ArrowDown'], label: 'Next note', do: () => step(1) },
    { keys: ['[', 'Alt+ArrowUp'], label: 'Note before', do: () => step(-1) },
  ]);
  return (
    <>
      <NoteFilters head={head} filter={filter} onFilter={setFilter} />
      {stretch && <Text size="xs" c="dimmed">{`${stretch.from} to ${stretch.to}, as in the timeline`}</Text>}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading what="Loading the notes" />}
      {!isPending && !error && items.length === 0 && (
        <Text c="dimmed" p="xs">
          {head.notes.total === 0 ? 'The chart has no notes.' : 'No note is left. Take a filter away.'}
        </Text>
      )}
      {items.length > 0 && (
        <VirtualListbox
          label="Notes"
          items={items}
          idOf={sourceOf}
          itemHeight={54}
          openId={openNote}
          onOpen={open}
          onEnd={onEnd}
        >
          {(note) => (
            <NoteLine
              note={note}
              termSets={head.termSets}
              copied={shares.get(note.source)}
              isRead={note.readAt !== null || readHere.has(note.source)}
            />
          )}
        </VirtualListbox>
      )}
    </>
  );
}

function sourceOf({ source }: NoteItem): string {
  return source;
}
