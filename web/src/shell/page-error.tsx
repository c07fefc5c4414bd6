import { Box, Button, Stack } from '@mantine/core';
import { useRouteError } from 'react-router';
import { ErrorState } from '../parts/error-state.tsx';

/** A page failed; the rest of the app stands. */
export function PageError() {
  const error = useRouteError();
  return (
    <Box p="md">
      <Stack align="flex-start">
        <ErrorState error={error} />
        <Button variant="default" onClick={() => location.reload()}>
          Load the page again
        </Button>
      </Stack>
    </Box>
  );
}
