import { Button, Group, Modal, Text } from '@mantine/core';
import { createContext, type ReactNode, use, useCallback, useRef, useState } from 'react';

/** What somebody is asked before something that cannot simply be taken back. */
export interface Question {
  readonly title: string;
  readonly text: ReactNode;
  /** What the button does: `Release`, not `OK`. */
  readonly action: string;
  readonly isDangerous?: boolean;
}

type Ask = (question: Question) => Promise<boolean>;
const Asking = createContext<Ask>(async () => false);

/** Asks before something that cannot simply be taken back: `if (await confirm({ title, text, action })) ...` */
export function useConfirm(): Ask {
  return use(Asking);
}

/** Shows the question of `useConfirm`. */
export function ConfirmProvider({ children }: { readonly children: ReactNode }) {
  const [question, setQuestion] = useState<Question>();
  const [isOpen, setIsOpen] = useState(false);
  const answer = useRef<(isYes: boolean) => void>(undefined);
  const ask = useCallback<Ask>((asked) => {
    answer.current?.(false);
    setQuestion(asked);
    setIsOpen(true);
    return new Promise((resolve) => {
      answer.current = resolve;
    });
  }, []);
  const close = (isYes: boolean) => {
    setIsOpen(false);
    answer.current?.(isYes);
    answer.current = undefined;
  };
  return (
    <Asking value={ask}>
      {children}
      {/* Above a drawer or another dialog from which it is asked. */}
      <Modal opened={isOpen} onClose={() => close(false)} title={question?.title} zIndex={290}>
        <Text component="div">{question?.text}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" data-autofocus onClick={() => close(false)}>
            Cancel
          </Button>
          <Button {...(question?.isDangerous && { color: 'red' })} onClick={() => close(true)}>
            {question?.action}
          </Button>
        </Group>
      </Modal>
    </Asking>
  );
}
