import { ActionIcon, Anchor, Group, Tooltip } from '@mantine/core';
import { IconChecklist, IconKeyboard } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useKeySheet } from '../parts/keys.tsx';
import { AccountMenu } from './account-menu.tsx';
import { StudySwitcher } from './study-switcher.tsx';

/** The product, the study that is open, help with keys, and the account. */
export function Header() {
  const { open } = useKeySheet();
  return (
    <Group h="100%" px="sm" justify="space-between" wrap="nowrap">
      <Group gap="md" wrap="nowrap">
        <Anchor component={Link} to="/" fw={650} size="lg" underline="never" aria-label="Chartproof, to the studies">
          <Group gap={6} wrap="nowrap">
            <IconChecklist size={22} aria-hidden />
            Chartproof
          </Group>
        </Anchor>
        <StudySwitcher />
      </Group>
      <Group gap="xs" wrap="nowrap">
        <Tooltip label="Keys of this page (?)">
          <ActionIcon size={32} onClick={open} aria-label="Keys of this page">
            <IconKeyboard size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <AccountMenu />
      </Group>
    </Group>
  );
}
