/** The parts that every page uses, each as it may stand on one: `npx vite web/gallery -c web/vite.config.ts`. Not part of the app. */
import '../src/zod-without-eval.ts';
import '../src/color-scheme.ts';
import '@fontsource-variable/inter';
import '@mantine/core/styles.css';
import '../src/theme.css';
import { Button, Card, MantineProvider, Stack, Text, TextInput, Title } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProblem } from '../src/api/index.ts';
import { ConfirmProvider } from '../src/parts/confirm.tsx';
import {
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Highlighted,
  type HighlightRange,
  Loading,
  PageTitle,
  Saving,
  type SavingState,
  selectedRange,
  useConfirm,
  useKeys,
} from '../src/parts/index.ts';
import { KeysProvider } from '../src/parts/keys.tsx';
import { cssVariables, theme } from '../src/theme.ts';

interface Person {
  readonly id: string;
  readonly notes: number;
  readonly age: number | null;
}

const PEOPLE: readonly Person[] = Array.from({ length: 5000 }, (_, at) => ({
  id: `S${String(at + 1).padStart(3, '0')}`,
  notes: (at * 37) % 91,
  age: at % 10 === 0 ? null : 20 + (at % 60),
}));
const COLUMNS: readonly Column<Person>[] = [
  { id: 'id', header: 'Person', value: ({ id }) => id, width: '140px' },
  { id: 'notes', header: 'Notes', value: ({ notes }) => notes, align: 'right', width: '120px' },
  { id: 'age', header: 'Age', value: ({ age }) => age, align: 'right', width: '120px' },
  { id: 'state', header: 'State', value: () => 'waits', isSortable: false },
];

const NOTE =
  'No <b>fever</b>, but a rash on both arms; {{rash}} since May. Took drug A, then drug B, with =1+1 effect 😀 and pain.';
const marked = (phrase: string, set: number, more: Partial<HighlightRange> = {}): HighlightRange => {
  const start = NOTE.indexOf(phrase);
  return { start, end: start + phrase.length, set, name: `Set ${set + 1}`, id: phrase, ...more };
};
const RANGES: readonly HighlightRange[] = [
  marked('fever', 0, { negatedBy: 'No' }),
  marked('rash on both arms', 1),
  marked('arms', 2),
  marked('{{rash}}', 3),
  marked('drug A', 4),
  marked('drug B', 5),
  marked('effect', 6),
  marked('pain', 7),
];
const STATES: readonly SavingState[] = [
  { is: 'changed' },
  { is: 'saving' },
  { is: 'saved', at: '2026-03-01T10:00:00Z' },
  { is: 'offline', waiting: 2 },
  { is: 'not-saved' },
];
const PROBLEM = new ApiProblem({
  code: 'review.invalid',
  status: 422,
  title: 'The entry is not whole.',
  tip: 'Fill in what is missing.',
  problems: [{ code: 'review.missing', message: 'A value is missing.', path: 'dose' }],
});

function Gallery() {
  const [said, setSaid] = useState('nothing');
  const note = useRef<HTMLDivElement>(null);
  const confirm = useConfirm();
  useKeys('Gallery', [
    { keys: ['j', 'Shift+ArrowDown'], label: 'Say j', do: () => setSaid('j') },
    { keys: ['Mod+Enter'], label: 'Say sent', do: () => setSaid('sent') },
    {
      keys: ['e'],
      label: 'Say what is selected',
      do: () => {
        const range = note.current && selectedRange(note.current);
        setSaid(range ? NOTE.slice(range.start, range.end) : 'no selection');
      },
    },
  ]);
  const ask = async () => {
    const isYes = await confirm({
      title: 'Release?',
      text: 'It stays as it is.',
      action: 'Release',
      isDangerous: true,
    });
    setSaid(isYes ? 'released' : 'cancelled');
  };
  return (
    <Stack component="main" p="md">
      <PageTitle title="Parts" actions={<Button onClick={() => void ask()}>Release</Button>}>
        What was said last: <output data-testid="said">{said}</output>
      </PageTitle>
      <Part name="Table">
        <DataTable
          label="Persons"
          rows={PEOPLE}
          columns={COLUMNS}
          rowId={({ id }) => id}
          onOpen={({ id }) => setSaid(id)}
          openId="S003"
          maxHeight="240px"
        />
      </Part>
      <Part name="Text">
        <Text component="div" ref={note} data-testid="note">
          <Highlighted text={NOTE} ranges={RANGES} current="drug B" onOpen={({ id }) => setSaid(`mark ${id}`)} />
        </Text>
      </Part>
      <Part name="Saving">
        {STATES.map((state) => (
          <Saving key={state.is} state={state} />
        ))}
        <TextInput label="A field" />
      </Part>
      <Part name="States">
        <Loading what="Loading the parts" />
        <EmptyState title="Nothing here">It is empty because nothing was put into it.</EmptyState>
        <ErrorState error={PROBLEM} onRetry={() => setSaid('tried again')} />
      </Part>
    </Stack>
  );
}

function Part({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Card withBorder component="section" aria-label={name}>
      <Title order={2} mb="xs">
        {name}
      </Title>
      {children}
    </Card>
  );
}

const root = document.querySelector('#root');
if (root) {
  createRoot(root).render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <div id="over-the-page" />
      <ConfirmProvider>
        <KeysProvider isListening>
          <Gallery />
        </KeysProvider>
      </ConfirmProvider>
    </MantineProvider>,
  );
}
