import { Button, Drawer, Group, Text } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { contract, type KeptSearchView } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { Highlighted } from '../../parts/highlighted.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { Loading } from '../../parts/loading.tsx';
import { rangesOf } from './highlight-ranges.ts';
import { notePartsOf } from './note-parts.ts';
import classes from './opened-note.module.css';

interface OpenedNoteProps {
  readonly study: string;
  readonly kept: KeptSearchView;
  /** The source id of the note. */
  readonly note: string;
  readonly onClose: () => void;
}

/** A note that a search found, whole. */
export function OpenedNote({ study, kept, note, onClose }: OpenedNoteProps) {
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(860px, 70vw)"
      title="Note"
      closeButtonProps={{ 'aria-label': 'Close the note' }}
    >
      <Content study={study} kept={kept} note={note} />
    </Drawer>
  );
}

function Content({ study, kept, note }: Omit<OpenedNoteProps, 'onClose'>) {
  const { data, error, refetch } = useRoute(
    contract.openNote,
    { params: { study, search: kept.search }, body: { note } },
    // To open it is a view of a person, which the audit trail has: once.
    { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false },
  );
  const [at, setAt] = useState(0);
  const shown = useRef<HTMLDivElement>(null);
  const ranges = useMemo(() => (data ? rangesOf(data.mentions, kept.termSets) : []), [data, kept.termSets]);
  const parts = useMemo(() => (data ? notePartsOf(data.text, ranges, data.copied) : []), [data, ranges]);
  const current = ranges[at]?.id;
  const go = (by: number) => setAt((now) => (ranges.length === 0 ? 0 : (now + by + ranges.length) % ranges.length));
  useKeys('Note', [
    { keys: ['n'], label: 'Next mention', do: () => go(1), inDialog: true },
    { keys: ['p'], label: 'Mention before', do: () => go(-1), inDialog: true },
  ]);
  useEffect(() => {
    if (current === undefined) return;
    shown.current?.querySelector(`[data-range="${current}"]`)?.scrollIntoView({ block: 'center' });
  }, [current]);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="Opening the note" />;
  const { date, type, title, specialty, person, subject, copied } = data;
  return (
    <>
      <Text c="dimmed">
        {[date?.slice(0, 16).replace('T', ' ') ?? 'undated', type, title, specialty, subject, person]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <Group my="xs" gap="xs">
        <Button size="compact-sm" variant="default" onClick={() => go(-1)} disabled={ranges.length < 2}>
          Mention before
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => go(1)} disabled={ranges.length < 2}>
          Next mention
        </Button>
        <Text size="sm" role="status">
          {ranges.length === 0 ? 'The query asks for no word' : `${at + 1} of ${ranges.length}`}
          {copied.length > 0 && ' · grey: copied from an earlier note'}
        </Text>
      </Group>
      <div ref={shown} className={classes.text}>
        {parts.map(({ start, text, isCopied, ranges: own }) => (
          <span key={start} className={isCopied ? classes.copied : undefined}>
            <Highlighted text={text} ranges={own} current={current} />
          </span>
        ))}
      </div>
    </>
  );
}
