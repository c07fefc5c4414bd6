import { Box } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { ErrorState } from '../parts/error-state.tsx';
import { Loading } from '../parts/loading.tsx';
import { useSession } from './session.ts';
import { SignIn } from './sign-in.tsx';

/**
 * Lets in who is signed in. When a session ends, what was open stays where it is, unseen, until the same person is back; for
 * another person everything starts anew.
 */
export function Gate({ children }: { readonly children: ReactNode }) {
  const { data: session, error, refetch } = useSession();
  const before = useRef<string>(undefined);
  if (!session)
    return <Box p="xl">{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />}</Box>;
  const person = session.person?.id;
  if (person && before.current && person !== before.current) {
    location.assign('/');
    return <Loading />;
  }
  if (person) before.current = person;
  return (
    <>
      {!person && <SignIn ways={session.signIn} hasEnded={before.current !== undefined} />}
      {before.current !== undefined && (
        <div hidden={!person} inert={!person}>
          {children}
        </div>
      )}
    </>
  );
}
