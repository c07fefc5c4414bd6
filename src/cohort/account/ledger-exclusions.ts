import type { Protocol } from '../../protocol/index.ts';
import type { Reason } from './outcomes.ts';

/** The reasons to leave in the order of the account: those that come of the index event, then those of the protocol. */
export function ledgerExclusions({ index, exclusions }: Pick<Protocol, 'index' | 'exclusions'>): Reason[] {
  return [...(index ? indexSteps(index) : []), ...exclusions];
}

function indexSteps({ label, washout, lookback, followUp }: NonNullable<Protocol['index']>): Reason[] {
  const steps: readonly (Reason | undefined)[] = [
    { id: 'no-index-event', label: `No index event (${label})` },
    washout === undefined ? undefined : { id: 'washout', label: `Not new: such an event within ${washout} before` },
    lookback === undefined ? undefined : { id: 'lookback', label: `Not seen ${lookback} or more before` },
    followUp === undefined
      ? undefined
      : { id: 'follow-up', label: `Not seen ${followUp} or more after, nor died within that time` },
  ];
  return steps.flatMap((step) => step ?? []);
}
