import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** Nothing is here: why, and what would change it. */
export function EmptyState({
  title,
  children,
  action,
  isPage = false,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** Whether it is all that the page has, so that its title is the page's. */
  readonly isPage?: boolean;
}) {
  return (
    <Stack align="center" gap="xs" py="xl" ta="center">
      <Title order={isPage ? 1 : 2}>{title}</Title>
      {children && (
        <Text c="dimmed" maw="60ch" component="div">
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}
