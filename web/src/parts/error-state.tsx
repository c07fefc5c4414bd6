import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiProblem } from '../api/index.ts';

/** What went wrong, what to do about it, and a button to try again where that may help. */
export function ErrorState({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const problem = error instanceof ApiProblem ? error : undefined;
  return (
    <Alert
      role="alert"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={problem?.message ?? 'This part of the page failed.'}
    >
      <Stack gap="xs" align="flex-start">
        <Text>{problem ? problem.tip : 'Load the page again. If it stays, tell whoever runs the server.'}</Text>
        {problem?.problems && (
          <List>
            {problem.problems.map((one, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is shown once and never reordered
              <List.Item key={at}>
                {[one.line !== undefined && `Line ${one.line}`, one.path].filter(Boolean).join(', ')}
                {(one.line !== undefined || one.path) && ': '}
                {one.message} {one.tip}
              </List.Item>
            ))}
          </List>
        )}
        {problem && (
          <Text size="xs" c="dimmed">
            {problem.code}
          </Text>
        )}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
