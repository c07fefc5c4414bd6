import { Button, Group, Paper, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { NoteLineView, SnippetView } from '../../../../src/server/contract/index.ts';
import { Highlighted } from '../../parts/highlighted.tsx';
import { rangesOf } from './highlight-ranges.ts';

interface NoteCardProps {
  readonly note: NoteLineView;
  readonly termSets: readonly string[];
  /** Whether the person is known from where the note stands. */
  readonly isOfOne: boolean;
  readonly onOpen: (note: string) => void;
}

/** A note that was found: what it is, and the words around the mentions. */
export function NoteCard({ note, termSets, isOfOne, onOpen }: NoteCardProps) {
  const { note: source, date, type, specialty, subject, person, snippets, more } = note;
  return (
    <Paper withBorder p="xs" mb="xs" component="article" aria-label={`Note ${source}`}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Group gap="xs" miw={0} wrap="nowrap">
          <Text fw={600} style={{ flexShrink: 0 }}>
            {date?.slice(0, 10) ?? 'undated'}
          </Text>
          <Text truncate>{[type, specialty].filter(Boolean).join(' · ')}</Text>
          {!isOfOne && (
            <Text size="sm" c="dimmed" truncate title={person}>
              {subject ?? person}
            </Text>
          )}
        </Group>
        <Button
          size="compact-sm"
          variant="default"
          style={{ flexShrink: 0 }}
          onClick={() => onOpen(source)}
          aria-label={`Open note ${source}`}
        >
          Open
        </Button>
      </Group>
      {snippets.map((snippet) => (
        <Snippet key={`${snippet.text} ${snippet.mentions[0]?.start}`} snippet={snippet} termSets={termSets} />
      ))}
      {more > 0 && (
        <Text size="sm" c="dimmed">
          and {more} more {more === 1 ? 'mention' : 'mentions'}
        </Text>
      )}
    </Paper>
  );
}

function Snippet({ snippet, termSets }: { readonly snippet: SnippetView; readonly termSets: readonly string[] }) {
  const { text, isBegun, goesOn, mentions } = snippet;
  const ranges = useMemo(() => rangesOf(mentions, termSets), [mentions, termSets]);
  return (
    <Text mt={4} style={{ overflowWrap: 'anywhere' }}>
      {isBegun && '… '}
      <Highlighted text={text} ranges={ranges} />
      {goesOn && ' …'}
    </Text>
  );
}
