import { Box } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type ReactNode, useState } from 'react';
import type { SessionView } from '../../../src/server/contract/index.ts';
import { ConfirmProvider } from '../parts/confirm.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { KeysProvider } from '../parts/keys.tsx';
import { Loading } from '../parts/loading.tsx';
import { SignedIn, type SignedInSession, useSession } from './session.ts';
import { SignIn } from './sign-in.tsx';

/**
 * Lets in who is signed in. When a session ends, what was open stays where it is, unseen and deaf to keys, until the same person
 * is back; for another person everything starts anew. Dialogs and messages stand within it (`#over-the-page`), so that they are
 * hidden with their page.
 */
export function Gate({ children }: { readonly children: ReactNode }) {
  const { data: session, error, refetch } = useSession();
  const [kept, setKept] = useState<SignedInSession>();
  if (!session) {
    return <Box p="xl">{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />}</Box>;
  }
  const { person } = session;
  if (person && kept && person.id !== kept.person.id) {
    location.assign('/');
    return <Loading />;
  }
  if (isSignedIn(session) && session !== kept) setKept(session);
  return (
    <>
      {!person && <SignIn ways={session.signIn} hasEnded={kept !== undefined} />}
      {kept && (
        <div hidden={!person} inert={!person}>
          <div id="over-the-page" />
          <SignedIn value={kept}>
            <Notifications position="bottom-right" />
            <ConfirmProvider>
              <KeysProvider isListening={person !== null}>{children}</KeysProvider>
            </ConfirmProvider>
          </SignedIn>
        </div>
      )}
    </>
  );
}

function isSignedIn(session: SessionView): session is SignedInSession {
  return session.person !== null;
}
