import { Group, Loader, Text } from '@mantine/core';

/** Something is on its way. `what` says what, for those who do not see it turn. */
export function Loading({ what = 'Loading' }: { readonly what?: string }) {
  return (
    <Group role="status" gap="sm" p="md">
      <Loader size="sm" aria-hidden />
      <Text c="dimmed">{what} …</Text>
    </Group>
  );
}
