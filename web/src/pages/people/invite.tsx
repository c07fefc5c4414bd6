import { Autocomplete, Button, Fieldset, Group, Modal, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { contract, type StudyRole, type WorkspaceRole } from '../../../../src/server/contract/index.ts';
import { useChange } from '../../api/index.ts';
import { ErrorState } from '../../parts/index.ts';
import { OneTimeLink } from './one-time-link.tsx';
import { RoleChecks } from './role-checks.tsx';
import { studyRoleWords, workspaceRoleWords } from './role-words.ts';

/** Makes an account, and the link with which its owner comes in. */
export function Invite({ studies }: { readonly studies: readonly string[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Invite somebody</Button>
      <Modal opened={isOpen} onClose={close} title="Invite somebody" size="xl">
        <Invitation studies={studies} onDone={close} />
      </Modal>
    </>
  );
}

function Invitation({ studies, onDone }: { readonly studies: readonly string[]; readonly onDone: () => void }) {
  const invite = useChange(contract.invitePerson, { touches: ['people', 'workspaceAudit'] });
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [workspaceRoles, setWorkspaceRoles] = useState<readonly WorkspaceRole[]>([]);
  const [study, setStudy] = useState('');
  const [studyRoles, setStudyRoles] = useState<readonly StudyRole[]>([]);
  if (invite.data) return <OneTimeLink link={invite.data.link} name={invite.data.person.name} onDone={onDone} />;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const ofStudies = study.trim() === '' ? [] : [{ study: study.trim(), roles: [...studyRoles] }];
    invite.mutate({ body: { login, name, workspaceRoles: [...workspaceRoles], studies: ofStudies } });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Group grow align="flex-start">
          <TextInput
            label="Name to sign in with"
            description="Small letters, digits and . _ @ + -; theirs for ever"
            required
            autoComplete="off"
            pattern="\s*[A-Za-z0-9][A-Za-z0-9._@+\-]{0,99}\s*"
            value={login}
            onChange={({ currentTarget }) => setLogin(currentTarget.value)}
          />
          <TextInput
            label="Name"
            description="As others read it"
            required
            maxLength={100}
            autoComplete="off"
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
        </Group>
        <SimpleGrid cols={2}>
          <Fieldset legend="In the workspace">
            <RoleChecks
              label="Roles in the workspace"
              words={workspaceRoleWords}
              held={workspaceRoles}
              onChange={(role, is) => setWorkspaceRoles(withRole(workspaceRoles, role, is))}
            />
          </Fieldset>
          <Fieldset legend="In a study">
            <Autocomplete
              label="Study"
              description="Its id; more studies can be given later"
              mb="sm"
              data={[...studies]}
              value={study}
              onChange={setStudy}
            />
            <RoleChecks
              label="Roles in the study"
              words={studyRoleWords}
              held={studyRoles}
              isBusy={study.trim() === ''}
              onChange={(role, is) => setStudyRoles(withRole(studyRoles, role, is))}
            />
          </Fieldset>
        </SimpleGrid>
        {invite.error && <ErrorState error={invite.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={invite.isPending}>
            Make the account
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function withRole<Role>(roles: readonly Role[], role: Role, isHeld: boolean): readonly Role[] {
  return isHeld ? [...roles, role] : roles.filter((one) => one !== role);
}
