import type { Protocol } from '../protocol/index.ts';

/** A step of the account at which persons leave. */
export interface LedgerExclusion {
  readonly id: string;
  readonly label: string;
}

/** The reasons to leave in the order of the account: those that come of the index event, then those of the protocol. */
export function ledgerExclusions({ index, exclusions }: Pick<Protocol, 'index' | 'exclusions'>): LedgerExclusion[] {
  return [...(index ? indexSteps(index) : []), ...exclusions.map(({ id, label }) => ({ id, label }))];
}

function indexSteps({ label, washout, lookback, followUp }: NonNullable<Protocol['index']>): LedgerExclusion[] {
  const steps: readonly (LedgerExclusion | undefined)[] = [
    { id: 'no-index-event', label: `No index event (${label})` },
    washout === undefined ? undefined : { id: 'washout', label: `Not new: such an event within ${washout} before` },
    lookback === undefined ? undefined : { id: 'lookback', label: `Not seen ${lookback} or more before` },
    followUp === undefined
      ? undefined
      : { id: 'follow-up', label: `Not seen ${followUp} or more after, nor died within that time` },
  ];
  return steps.flatMap((step) => step ?? []);
}
