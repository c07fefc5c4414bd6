import { Autocomplete, Badge, Button, Drawer, Fieldset, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { contract, type RouteId, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { useChange } from '../../api/index.ts';
import { dateTimeOf, ErrorState, useConfirm } from '../../parts/index.ts';
import { OneTimeLink } from './one-time-link.tsx';
import { RoleChecks } from './role-checks.tsx';
import { studyRoleWords, workspaceRoleWords } from './role-words.ts';

type Person = RouteOutput<typeof contract.people>['items'][number];
type Link = RouteOutput<typeof contract.makePersonLink>;

const TOUCHED = { touches: ['people', 'workspaceAudit', 'session', 'studies'] as readonly RouteId[] };

/** An account: its roles, a new link, disabling it. */
export function PersonCard({
  person,
  studies,
  onClose,
}: {
  readonly person: Person | undefined;
  readonly studies: readonly string[];
  readonly onClose: () => void;
}) {
  return (
    <Drawer opened={person !== undefined} onClose={onClose} position="right" size="lg" title={person?.name}>
      {person && <Account key={person.id} person={person} studies={studies} />}
    </Drawer>
  );
}

function Account({ person, studies }: { readonly person: Person; readonly studies: readonly string[] }) {
  const { id, login, lastSeenAt, workspaceRoles } = person;
  const grant = useChange(contract.grantWorkspaceRole, TOUCHED);
  const revoke = useChange(contract.revokeWorkspaceRole, TOUCHED);
  const error = grant.error ?? revoke.error;
  return (
    <Stack>
      <Group gap="xs">
        <Text>{login}</Text>
        <StatusBadge person={person} />
        <Text c="dimmed">{lastSeenAt === null ? 'never here' : `last here ${dateTimeOf(lastSeenAt)}`}</Text>
      </Group>
      <Access person={person} />
      <Fieldset legend="In the workspace">
        <RoleChecks
          label="Roles in the workspace"
          words={workspaceRoleWords}
          held={workspaceRoles}
          isBusy={grant.isPending || revoke.isPending}
          onChange={(role, is) => {
            grant.reset();
            revoke.reset();
            (is ? grant : revoke).mutate({ params: { person: id, role } });
          }}
        />
        {error && <ErrorState error={error} />}
      </Fieldset>
      <InStudies person={person} known={studies} />
    </Stack>
  );
}

/** Whether an account can be used. */
export function StatusBadge({ person: { status, isInvited } }: { readonly person: Person }) {
  const [said, color] =
    status === 'disabled' ? ['disabled', 'red'] : isInvited ? ['invited', 'yellow'] : ['active', 'gray'];
  return (
    <Badge variant="light" color={color} c="var(--mantine-color-text)" tt="none">
      {said}
    </Badge>
  );
}

/** A new link, disabling and enabling. */
function Access({ person: { id, name, status } }: { readonly person: Person }) {
  const confirm = useConfirm();
  const makeLink = useChange(contract.makePersonLink, TOUCHED);
  const setStatus = useChange(contract.setPersonStatus, TOUCHED);
  const [link, setLink] = useState<Link>();
  const params = { person: id };
  const askForLink = async () => {
    const question = {
      title: 'Make a new link',
      text: `With it ${name} chooses a password. Links before it end; it opens a login that is locked.`,
      action: 'Make the link',
    };
    if (await confirm(question)) makeLink.mutate({ params }, { onSuccess: setLink });
  };
  const disable = async () => {
    const question = {
      title: `Disable the account of ${name}`,
      text: 'They are out at once, and their links end. What they did stays, with their name.',
      action: 'Disable',
      isDangerous: true,
    };
    if (await confirm(question)) setStatus.mutate({ params, body: { status: 'disabled' } });
  };
  const error = makeLink.error ?? setStatus.error;
  return (
    <>
      <Group>
        {status === 'active' ? (
          <>
            <Button variant="default" loading={makeLink.isPending} onClick={() => void askForLink()}>
              New link
            </Button>
            <Button variant="default" color="red" loading={setStatus.isPending} onClick={() => void disable()}>
              Disable
            </Button>
          </>
        ) : (
          <Button
            loading={setStatus.isPending}
            onClick={() => setStatus.mutate({ params, body: { status: 'active' } })}
          >
            Enable again
          </Button>
        )}
      </Group>
      {error && <ErrorState error={error} />}
      <Modal opened={link !== undefined} onClose={() => setLink(undefined)} title={`A link for ${name}`} zIndex={280}>
        {link && <OneTimeLink link={link} name={name} onDone={() => setLink(undefined)} />}
      </Modal>
    </>
  );
}

/** The roles in each study, and another study to give one in. */
function InStudies({ person, known }: { readonly person: Person; readonly known: readonly string[] }) {
  const grant = useChange(contract.grantRoleInStudy, TOUCHED);
  const revoke = useChange(contract.revokeRoleInStudy, TOUCHED);
  const [more, setMore] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState('');
  const held = new Map(person.studies.map(({ study, roles }) => [study, roles]));
  const shown = [...new Set([...held.keys(), ...more])];
  const error = grant.error ?? revoke.error;
  return (
    <>
      {shown.map((study) => (
        <Fieldset key={study} legend={`In ${study}`}>
          <RoleChecks
            label={`Roles in ${study}`}
            words={studyRoleWords}
            held={held.get(study) ?? []}
            isBusy={grant.isPending || revoke.isPending}
            onChange={(role, is) => {
              grant.reset();
              revoke.reset();
              (is ? grant : revoke).mutate({ params: { person: person.id, study, role } });
            }}
          />
        </Fieldset>
      ))}
      {error && <ErrorState error={error} />}
      <Group align="flex-end">
        <Autocomplete
          label="Another study"
          description="Its id"
          data={known.filter((study) => !shown.includes(study))}
          value={typed}
          onChange={setTyped}
        />
        <Button
          variant="default"
          disabled={typed.trim() === ''}
          onClick={() => {
            setMore([...more, typed.trim()]);
            setTyped('');
          }}
        >
          Choose roles in it
        </Button>
      </Group>
    </>
  );
}
