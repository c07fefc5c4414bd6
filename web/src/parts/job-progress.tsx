import { Progress, Stack, Text } from '@mantine/core';
import type { FollowedJob } from '../api/index.ts';
import { ErrorState } from './error-state.tsx';

/** How far long work is, or why it failed; nothing while there is none, and none when it is done. */
export function JobProgress({ job, what }: { readonly job: FollowedJob; readonly what: string }) {
  if (job.error) return <ErrorState error={job.error} />;
  if (!job.isRunning) return null;
  const { step, done, total, counted } = job.view ?? {};
  const share = done && total ? (100 * done) / total : 100;
  return (
    <Stack gap="xs" role="status" aria-label={what}>
      <Text c="dimmed">
        {step ?? what} … {counted}
      </Text>
      <Progress value={share} animated={!total} aria-label={`${what}: share done`} />
    </Stack>
  );
}
