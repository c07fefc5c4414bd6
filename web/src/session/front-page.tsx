import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTitle } from '../parts/page-title.tsx';

/** A page for somebody who is not signed in: the name of the product, and one card. */
export function FrontPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useTitle(title);
  return (
    <Center component="main" mih="100dvh" p="lg">
      <Stack w="100%" maw={400}>
        <Group gap="xs" justify="center">
          <IconChecklist aria-hidden size={26} color="var(--mantine-color-anchor)" />
          <Text fw={650} size="xl">
            Chartproof
          </Text>
        </Group>
        <Paper withBorder p="lg" radius="md">
          <Title order={1} mb="md">
            {title}
          </Title>
          {children}
        </Paper>
      </Stack>
    </Center>
  );
}
