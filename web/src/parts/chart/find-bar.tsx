import { ActionIcon, Group, Text, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { ApiProblem } from '../../api/index.ts';
import { useKeys } from '../keys.tsx';
import classes from './chart-pane.module.css';
import type { Find } from './use-find.ts';

/** Looks for a query of the search language in this chart: Enter finds, and goes on to the next. */
export function FindBar({ find }: { readonly find: Find }) {
  const { state, error, isBusy } = find;
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useKeys('Find in the chart', [
    { keys: ['/'], label: 'To the field', do: () => field.current?.focus() },
    { keys: ['g', 'Alt+g'], label: 'Next place', do: () => void find.step(1) },
    { keys: ['Shift+g', 'Alt+Shift+g'], label: 'Place before', do: () => void find.step(-1) },
  ]);
  const query = text.trim();
  const submit = (by: 1 | -1): void => {
    if (query === '') return;
    void (state?.query === query ? find.step(by) : find.search(query));
  };
  return (
    <Group gap="xs" wrap="nowrap" className={classes.find} role="search" aria-label="Find in the chart">
      <TextInput
        ref={field}
        size="xs"
        flex={1}
        aria-label="Find in the chart"
        placeholder="Find in this chart: pain AND negated(fever), @set, &quot;a phrase&quot;"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={text}
        error={error !== undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') submit(event.shiftKey ? -1 : 1);
          if (event.key === 'Escape') {
            setText('');
            find.clear();
            field.current?.blur();
          }
        }}
      />
      <Text size="xs" c={error === undefined ? 'dimmed' : 'error'} role="status" className={classes.foundText}>
        {isBusy ? 'Searching …' : error === undefined ? foundText(find) : errorText(error)}
      </Text>
      <ActionIcon onClick={() => submit(-1)} disabled={!state} aria-label="Place before">
        <IconChevronUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon onClick={() => submit(1)} disabled={query === ''} aria-label="Next place">
        <IconChevronDown size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        onClick={() => {
          setText('');
          find.clear();
        }}
        disabled={!state && text === ''}
        aria-label="Clear"
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

function foundText({ state }: Find): string {
  if (!state) return '';
  const { mentions, notes } = state.totals;
  if (notes === 0) return 'Nothing found';
  const inNotes = `in ${notes} ${notes === 1 ? 'note' : 'notes'}`;
  return mentions === 0 ? `True ${inNotes}` : `${state.at + 1} of ${mentions} ${inNotes}`;
}

function errorText(error: unknown): string {
  if (!(error instanceof ApiProblem)) return 'The search failed. Try again.';
  const [first] = error.problems ?? [];
  return first ? `${first.column === undefined ? '' : `At ${first.column}: `}${first.message}` : error.message;
}
