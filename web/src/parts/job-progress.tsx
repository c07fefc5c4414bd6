import { Progress, Stack, Text } from '@mantine/core';
import type { JobView } from '../../../src/server/contract/index.ts';

/** How far long work is. `what` says what it is before its first step. */
export function JobProgress({ job, what }: { readonly job: JobView | undefined; readonly what: string }) {
  const { step = null, done = null, total = null, counted = null } = job ?? {};
  const share = done !== null && total ? Math.min(100, (100 * done) / total) : undefined;
  const label = step ?? what;
  return (
    <Stack gap={4} role="status" maw={480}>
      <Text>
        {label} …{counted !== null && ` ${counted}`}
        {counted === null && share !== undefined && ` ${done} of ${total}`}
      </Text>
      <Progress value={share ?? 100} animated={share === undefined} striped={share === undefined} aria-label={label} />
    </Stack>
  );
}
