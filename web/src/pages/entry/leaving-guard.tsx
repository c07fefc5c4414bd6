import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { hasOpenChanges, type QueueState } from './change-queue.ts';

/** Keeps somebody on the page until the server has what they entered; they may leave all the same. */
export function LeavingGuard({ state }: { readonly state: QueueState }) {
  const { unsaved } = state;
  const isOpen = hasOpenChanges(state);
  const blocker = useBlocker(isOpen);
  useEffect(() => {
    if (blocker.state === 'blocked' && !isOpen) blocker.proceed();
  }, [blocker, isOpen]);
  return (
    <Modal opened={blocker.state === 'blocked'} onClose={() => blocker.reset?.()} title="Not everything is saved yet">
      <Text>
        {unsaved > 0
          ? `${unsaved === 1 ? 'A change is' : `${unsaved} changes are`} on the way to the server. The page closes by itself once all is there.`
          : 'A field holds something that the server did not take. It says so, and what can be done.'}
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
