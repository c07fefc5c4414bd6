import { Button, Grid, Group, Menu, Switch, Tabs, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { contract, type KeptSearchView } from '../../../../src/server/contract/index.ts';
import { call, saveFile, useRoute } from '../../api/index.ts';
import { Highlighted } from '../../parts/highlighted.tsx';
import { Facets } from './facets.tsx';
import { FoundNotes } from './found-notes.tsx';
import { FoundPersons } from './found-persons.tsx';
import { OpenedNote } from './opened-note.tsx';
import { SaveCriterion } from './save-criterion.tsx';

interface ResultsProps {
  readonly study: string;
  readonly kept: KeptSearchView;
  readonly onNarrow: (query: string) => void;
}

const LIST_HEIGHT = 'max(320px, calc(100dvh - 420px))';

/** What a search found: its counts, by what it can be narrowed, and its lists. */
export function Results({ study, kept, onNarrow }: ResultsProps) {
  const [withoutCopies, setWithoutCopies] = useState(false);
  const [note, setNote] = useState<string>();
  const [isSaving, setIsSaving] = useState(false);
  const { search } = kept;
  const download = async (what: 'persons' | 'notes') =>
    saveFile(await call(contract.exportSearch, { params: { study, search }, body: { what, withoutCopies } }));
  const lists = { study, kept, withoutCopies, onOpen: setNote, maxHeight: LIST_HEIGHT };
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Counts study={study} kept={kept} />
        <Group gap="xs">
          <Button variant="default" size="compact-md" onClick={() => setIsSaving(true)}>
            Save as criterion
          </Button>
          <Menu>
            <Menu.Target>
              <Button variant="default" size="compact-md" rightSection={<IconChevronDown size={14} aria-hidden />}>
                Export
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => void download('persons')}>Persons as CSV</Menu.Item>
              <Menu.Item onClick={() => void download('notes')}>Notes as CSV</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Group>
      {kept.notes > 0 && (
        <Grid gap="md">
          <Grid.Col span={3}>
            <div style={{ maxHeight: `calc(${LIST_HEIGHT} + 44px)`, overflowY: 'auto' }}>
              <Facets study={study} search={search} onNarrow={onNarrow} />
            </div>
          </Grid.Col>
          <Grid.Col span={9}>
            <Tabs defaultValue="persons" keepMounted={false}>
              <Group justify="space-between" wrap="nowrap">
                <Tabs.List>
                  <Tabs.Tab value="persons">By person</Tabs.Tab>
                  <Tabs.Tab value="notes">By note</Tabs.Tab>
                </Tabs.List>
                <Legend termSets={kept.termSets} />
                <Switch
                  size="sm"
                  label="Without copied text"
                  checked={withoutCopies}
                  onChange={(event) => setWithoutCopies(event.currentTarget.checked)}
                />
              </Group>
              <Tabs.Panel value="persons" pt="xs">
                <FoundPersons key={search} {...lists} />
              </Tabs.Panel>
              <Tabs.Panel value="notes" pt="xs">
                <FoundNotes key={search} {...lists} />
              </Tabs.Panel>
            </Tabs>
          </Grid.Col>
        </Grid>
      )}
      {note !== undefined && (
        <OpenedNote key={note} study={study} kept={kept} note={note} onClose={() => setNote(undefined)} />
      )}
      {isSaving && <SaveCriterion study={study} search={search} onClose={() => setIsSaving(false)} />}
    </>
  );
}

function Counts({ study, kept }: Pick<ResultsProps, 'study' | 'kept'>) {
  const { search, persons, notes, mentions, first, last } = kept;
  const { data } = useRoute(
    contract.searchFacets,
    { params: { study, search } },
    { staleTime: Number.POSITIVE_INFINITY, enabled: notes > 0 },
  );
  const once = data?.withoutCopies;
  return (
    <Text role="status">
      <strong>{persons.toLocaleString('en')} persons</strong> · {notes.toLocaleString('en')} notes ·{' '}
      {mentions.toLocaleString('en')} mentions
      {once && once.mentions < mentions && ` (${once.mentions.toLocaleString('en')} without copied text)`}
      {first !== null && ` · ${first} to ${last}`}
      {` · kept as search ${search}`}
    </Text>
  );
}

/** Which colour is which term set. */
function Legend({ termSets }: { readonly termSets: readonly string[] }) {
  if (termSets.length === 0) return null;
  return (
    <Group gap="xs" miw={0} style={{ overflow: 'hidden' }}>
      {termSets.map((name, set) => (
        <Text key={name} span size="sm">
          <Highlighted text={`@${name}`} ranges={[{ start: 0, end: name.length + 1, set }]} />
        </Text>
      ))}
    </Group>
  );
}
