import type { SavingState } from '../../parts/index.ts';
import type { QueueState } from './change-queue.ts';

/** How what was entered stands, as the page says it. */
export function savingOf({ unsaved, conflicts, refused, isReachable, savedAt }: QueueState): SavingState {
  if (unsaved > 0 && !isReachable) return { is: 'offline', waiting: unsaved };
  if (unsaved > 0) return { is: 'saving' };
  if (conflicts + refused > 0) return { is: 'not-saved' };
  return savedAt === undefined ? { is: 'unchanged' } : { is: 'saved', at: new Date(savedAt).toISOString() };
}
