import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { contract, type StudyRole, studyRoles } from '../../../../src/server/contract/index.ts';
import { useChange } from '../../api/index.ts';
import { ErrorState } from '../../parts/index.ts';
import { studyRoleWords } from '../people/role-words.ts';

/** Gives somebody with an account a role in the study. */
export function GiveRole({ study }: { readonly study: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Give a role</Button>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title="Give a role in this study">
        <Form study={study} onDone={() => setIsOpen(false)} />
      </Modal>
    </>
  );
}

function Form({ study, onDone }: { readonly study: string; readonly onDone: () => void }) {
  const [login, setLogin] = useState('');
  const [role, setRole] = useState<StudyRole>('abstractor');
  const grant = useChange(contract.grantStudyRole);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    grant.mutate({ params: { study }, body: { login, role } }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Name to sign in with"
          description="Of somebody with an account; an administrator makes accounts"
          required
          autoComplete="off"
          value={login}
          onChange={({ currentTarget }) => setLogin(currentTarget.value)}
        />
        <NativeSelect
          label="Role"
          description={studyRoleWords[role]}
          data={[...studyRoles]}
          value={role}
          onChange={({ currentTarget }) => setRole(currentTarget.value as StudyRole)}
        />
        {grant.error && <ErrorState error={grant.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={grant.isPending}>
            Give the role
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
