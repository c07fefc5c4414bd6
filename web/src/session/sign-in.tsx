import { Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { contract, type SessionView } from '../../../src/server/contract/index.ts';
import { useChange } from '../api/index.ts';
import { ErrorState } from '../parts/error-state.tsx';
import { FrontPage } from './front-page.tsx';
import { useSetSession } from './session.ts';

/** Where somebody signs in, by whatever ways this workspace has. */
export function SignIn({ ways, hasEnded }: { readonly ways: SessionView['signIn']; readonly hasEnded: boolean }) {
  if (ways.needsSetUp) {
    return (
      <FrontPage title="Set up">
        <Text>
          Nobody has an account yet. Open the set-up link that <code>chartproof serve</code> printed when it started: it
          makes the first account, an administrator. The link works once.
        </Text>
      </FrontPage>
    );
  }
  return (
    <FrontPage title="Sign in">
      <Stack>
        {hasEnded && (
          <Text role="status">
            Your session has ended. Sign in, and you go on where you were; nothing that you entered is lost.
          </Text>
        )}
        {ways.local && <LocalSignIn />}
        {ways.local && ways.openId && <Divider label="or" />}
        {ways.openId && (
          <Button component="a" href="/auth/openid" variant={ways.local ? 'default' : 'filled'}>
            {ways.openId.label}
          </Button>
        )}
      </Stack>
    </FrontPage>
  );
}

function LocalSignIn() {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useChange(contract.signIn, { touches: [] });
  const setSession = useSetSession();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    signIn.mutate({ body: { login, password } }, { onSuccess: setSession, onError: () => setPassword('') });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Name to sign in with"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
          required
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {signIn.error && <ErrorState error={signIn.error} />}
        <Button type="submit" loading={signIn.isPending}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
