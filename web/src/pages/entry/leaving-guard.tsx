import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import type { QueueState } from './change-queue.ts';

/** Keeps somebody on the page until the server has what they entered; they may leave all the same. */
export function LeavingGuard({ state: { unsaved } }: { readonly state: QueueState }) {
  const blocker = useBlocker(unsaved > 0);
  useEffect(() => {
    if (blocker.state === 'blocked' && unsaved === 0) blocker.proceed();
  }, [blocker, unsaved]);
  return (
    <Modal opened={blocker.state === 'blocked'} onClose={() => blocker.reset?.()} title="Not everything is saved yet">
      <Text>
        {unsaved === 1 ? 'A change is' : `${unsaved} changes are`} on the way to the server. The page closes by itself
        once they are there.
      </Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" data-autofocus onClick={() => blocker.reset?.()}>
          Stay here
        </Button>
        <Button color="red" onClick={() => blocker.proceed?.()}>
          Leave and lose them
        </Button>
      </Group>
    </Modal>
  );
}
