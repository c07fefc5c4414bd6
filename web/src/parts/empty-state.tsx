import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** Nothing is here: why, and what would change it. */
export function EmptyState({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <Stack align="center" gap="xs" py="xl" ta="center">
      <Title order={2}>{title}</Title>
      {children && (
        <Text c="dimmed" maw="60ch" component="div">
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}
