import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { EmptyState } from '../parts/empty-state.tsx';
import { useTitle } from '../parts/page-title.tsx';

/** No page has this address, or none that whoever asks may know of. */
export function NotFound() {
  useTitle('Not found');
  return (
    <EmptyState
      isPage
      title="There is no such page"
      action={
        <Button component={Link} to="/" variant="default">
          To the studies
        </Button>
      }
    >
      The address is wrong, or it is of a study in which you have no role.
    </EmptyState>
  );
}
