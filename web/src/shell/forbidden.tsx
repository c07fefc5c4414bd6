import { EmptyState } from '../parts/empty-state.tsx';

/** The page is there, but not for whoever asks. */
export function Forbidden() {
  return (
    <EmptyState isPage title="Your roles do not open this page">
      An owner of the study gives roles in it; an administrator gives those of the workspace.
    </EmptyState>
  );
}
