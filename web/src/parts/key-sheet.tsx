import { Group, Kbd, Modal, Stack, Switch, Table, Text, Title } from '@mantine/core';
import { Fragment } from 'react';
import type { ShortcutGroup } from './keys.tsx';
import { written } from './shortcut.ts';

interface KeySheetProps {
  /** Undefined while the sheet is closed. */
  readonly groups: readonly ShortcutGroup[] | undefined;
  readonly onClose: () => void;
  readonly hasSingles: boolean;
  readonly onHasSingles: (hasSingles: boolean) => void;
}

/** The sheet behind `?`: what the keys do on the page that is shown. */
export function KeySheet({ groups, onClose, hasSingles, onHasSingles }: KeySheetProps) {
  return (
    <Modal opened={groups !== undefined} onClose={onClose} title="Keys of this page" size="lg">
      <Stack>
        {groups?.map(({ name, shortcuts }) => (
          <section key={name} aria-label={name}>
            <Title order={3}>{name}</Title>
            <Table>
              <Table.Tbody>
                {shortcuts.map(({ keys, label }) => (
                  <Table.Tr key={label}>
                    <Table.Td>{label}</Table.Td>
                    <Table.Td w="40%">
                      <Keys keys={keys} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </section>
        ))}
        {groups?.length === 0 && (
          <Text>This page has no keys of its own: Tab goes from one part to the next, Enter opens.</Text>
        )}
        <Text c="dimmed" component="div">
          <Kbd>?</Kbd> shows this sheet. While you type in a field, only keys with Ctrl or Alt count.
        </Text>
        <Switch
          label="Keys of a single character"
          description="Switch them off if you speak to your computer, or set them off by mistake"
          checked={hasSingles}
          onChange={(event) => onHasSingles(event.currentTarget.checked)}
        />
      </Stack>
    </Modal>
  );
}

function Keys({ keys }: { readonly keys: readonly string[] }) {
  const isMac = /Mac|iP(?:hone|ad)/.test(navigator.userAgent);
  return (
    <Group gap={4}>
      {keys.map((shortcut, at) => (
        <Fragment key={shortcut}>
          {at > 0 && <Text span>or</Text>}
          {written(shortcut, isMac).map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </Fragment>
      ))}
    </Group>
  );
}
