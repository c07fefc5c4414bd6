import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

/** Names the browser's tab after a page: never after a person, a query or anything else of a chart. */
export function useTitle(page: string): void {
  useEffect(() => {
    document.title = `${page} · Chartproof`;
  }, [page]);
}

/** The head of a page: its heading, a line below it, and what can be done there, at the right. */
export function PageTitle({
  title,
  children,
  actions,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <Group justify="space-between" align="flex-start" mb="md" wrap="nowrap">
      <div>
        <Title order={1}>{title}</Title>
        {children && (
          <Text c="dimmed" component="div">
            {children}
          </Text>
        )}
      </div>
      {actions && (
        <Group gap="xs" wrap="nowrap">
          {actions}
        </Group>
      )}
    </Group>
  );
}
