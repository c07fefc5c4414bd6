import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type SubmitEvent, useState } from 'react';
import { contract } from '../../../src/server/contract/index.ts';
import { useChange } from '../api/index.ts';
import { ErrorState } from '../parts/error-state.tsx';
import { PasswordFields, usePasswordFields } from './password-fields.tsx';

/** Changes the own password; all other sessions of the person end. */
export function ChangePassword({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Change password">
      <Form onDone={onClose} />
    </Modal>
  );
}

function Form({ onDone }: { readonly onDone: () => void }) {
  const [current, setCurrent] = useState('');
  const passwords = usePasswordFields();
  const change = useChange(contract.changePassword, { touches: ['session'] });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const password = passwords.check();
    if (password === undefined) return;
    change.mutate(
      { body: { current, password } },
      {
        onSuccess: () => {
          notifications.show({ message: 'Your password is changed. Your other sessions have ended.' });
          onDone();
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <PasswordInput
          label="Present password"
          autoComplete="current-password"
          required
          data-autofocus
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordFields fields={passwords} />
        {change.error && <ErrorState error={change.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={change.isPending}>
            Change password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
