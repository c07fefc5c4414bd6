import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import type { contract, RouteOutput } from '../../../../src/server/contract/index.ts';
import { dateTimeOf } from '../../parts/index.ts';

/** A link that works once. It is shown here and nowhere else: the server keeps no more than its hash. */
export function OneTimeLink({
  link,
  name,
  onDone,
}: {
  readonly link: RouteOutput<typeof contract.makePersonLink>;
  readonly name: string;
  readonly onDone: () => void;
}) {
  const address = `${location.origin}${link.path}`;
  return (
    <Stack>
      <Text>
        Send this link to {name}, by a way on which nobody else reads. It works once, until {dateTimeOf(link.expiresAt)}
        , and lets whoever has it choose the password.
      </Text>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {address}
      </Code>
      <Alert color="yellow">It is not shown again. If it is lost, make a new one; this one ends then.</Alert>
      <Group justify="flex-end">
        <CopyButton value={address}>
          {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy the link'}</Button>}
        </CopyButton>
        <Button variant="default" onClick={onDone}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
