import { Button, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { contract, type RouteOutput } from '../../../src/server/contract/index.ts';
import { useChange, useRoute } from '../api/index.ts';
import { ErrorState } from '../parts/error-state.tsx';
import { Loading } from '../parts/loading.tsx';
import { FrontPage } from './front-page.tsx';
import { PasswordFields, usePasswordFields } from './password-fields.tsx';
import { useSetSession } from './session.ts';

type LinkRead = RouteOutput<typeof contract.readLink>;

const WORDS: Readonly<Record<LinkRead['purpose'], string>> = {
  'set-up':
    'This makes the first account of the workspace, an administrator and data steward, who then invites the others.',
  invitation: 'You are invited to this workspace. Choose a password, and you are in.',
  reset: 'Choose a new password. Your sessions elsewhere end.',
};

/**
 * Where a one-time link leads: of the first start, of an invitation, of a forgotten password. Its token stands behind the `#`, so
 * that it is in no address that a server or a log sees, and is taken out of the address at once.
 */
export function LinkPage() {
  const [token] = useState(() => location.hash.slice(1));
  const navigate = useNavigate();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(() => {
    if (location.hash) void navigate('/link', { replace: true });
  }, []);
  return (
    <FrontPage title="Your account">
      {token ? (
        <OfToken token={token} />
      ) : (
        <Text>This address is not a whole link. Open the link again as you were given it.</Text>
      )}
    </FrontPage>
  );
}

function OfToken({ token }: { readonly token: string }) {
  const { data, error, refetch } = useRoute(contract.readLink, { body: { token } }, { staleTime: Infinity });
  if (data) return <AccountForm token={token} link={data} />;
  return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading what="Reading the link" />;
}

function AccountForm({ token, link }: { readonly token: string; readonly link: LinkRead }) {
  const [login, setLogin] = useState(link.login ?? '');
  const [name, setName] = useState(link.name ?? '');
  const passwords = usePasswordFields();
  const linkUse = useChange(contract.useLink, { touches: [] });
  const setSession = useSetSession();
  const navigate = useNavigate();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const password = passwords.check();
    if (password === undefined) return;
    linkUse.mutate(
      { body: { token, login, name, password } },
      {
        onSuccess: (session) => {
          setSession(session);
          void navigate('/', { replace: true });
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{WORDS[link.purpose]}</Text>
        <TextInput
          label="Name to sign in with"
          description={link.login === null ? 'Small letters, digits and . _ @ + -' : undefined}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={100}
          readOnly={link.login !== null}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <TextInput
          label="Your name"
          description="As others read it, and the audit trail has it"
          autoComplete="name"
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordFields fields={passwords} />
        {linkUse.error && <ErrorState error={linkUse.error} />}
        <Button type="submit" loading={linkUse.isPending}>
          Set password and sign in
        </Button>
      </Stack>
    </form>
  );
}
