import { Button, Group, Modal, Text } from '@mantine/core';
import { useCallback, useEffect, useRef } from 'react';
import { useBlocker } from 'react-router';
import { hasOpenChanges, type QueueState } from './change-queue.ts';

/** Keeps somebody on the page until the server has what they entered; they may leave all the same. */
export function LeavingGuard({ state }: { readonly state: QueueState }) {
  const { unsaved } = state;
  const isOpen = hasOpenChanges(state);
  const blocker = useBlocker(isOpen);
  // A block may be answered once, and the page is told of the answer later: until then it still looks blocked here.
  const isAnswered = useRef(false);
  const answer = useCallback(
    (by: 'proceed' | 'reset') => {
      if (blocker.state !== 'blocked' || isAnswered.current) return;
      isAnswered.current = true;
      blocker[by]();
    },
    [blocker],
  );
  useEffect(() => {
    if (blocker.state === 'unblocked') isAnswered.current = false;
    else if (!isOpen) answer('proceed');
  }, [blocker, isOpen, answer]);
  return (
    <Modal opened={blocker.state === 'blocked'} onClose={() => answer('reset')} title="Not everything is saved yet">
      <Text>
        {unsaved > 0
          ? `${unsaved === 1 ? 'A change is' : `${unsaved} changes are`} on the way to the server. The page closes by itself once all is there.`
          : 'A field holds something that the server did not take. It says so, and what can be done.'}
      </Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" data-autofocus onClick={() => answer('reset')}>
          Stay here
        </Button>
        <Button color="red" onClick={() => answer('proceed')}>
          Leave and lose them
        </Button>
      </Group>
    </Modal>
  );
}
