import { Button, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { contract } from '../../../src/server/contract/index.ts';
import { useChange } from '../api/index.ts';
import { ErrorState } from '../parts/error-state.tsx';
import { FrontPage } from './front-page.tsx';
import { PasswordFields, usePasswordFields } from './password-fields.tsx';
import { useSetSession } from './session.ts';

/**
 * Where a one-time link leads: of the first start, of an invitation, of a forgotten password. Its token stands behind the `#`, so
 * that it is sent to no server and stands in no log, and is taken out of the address at once.
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
        <AccountForm token={token} />
      ) : (
        <Text>This address is not a whole link. Open the link again as you were given it.</Text>
      )}
    </FrontPage>
  );
}

function AccountForm({ token }: { readonly token: string }) {
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
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
        <TextInput
          label="Name to sign in with"
          description="Small letters, digits and . _ @ + -; with an invitation, the one that it was made for"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={100}
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
