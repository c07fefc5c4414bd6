import type { AccountStep } from '../../../../src/server/contract/index.ts';

/** A box of the flow: those who stay, and beside the way to the next box those who leave. */
export interface Station {
  readonly step: AccountStep;
  readonly leaving: readonly AccountStep[];
}

const REASONS: ReadonlySet<AccountStep['kind']> = new Set(['exclusion', 'open', 'not-analysed']);

/** Whether a step is a reason to leave, and not a state that persons are in. */
export function isReason({ kind }: AccountStep): boolean {
  return REASONS.has(kind);
}

/** Whether the persons of a step can be listed: before the gate they are counted, and nothing else. */
export function isListed({ kind }: AccountStep): boolean {
  return kind !== 'found' && kind !== 'identified';
}

/** The account as boxes after the STROBE flow diagram. Pure. Reasons that remove nobody stay: a reader looks for the zero. */
export function stationsOf(steps: readonly AccountStep[]): Station[] {
  const stations: { step: AccountStep; leaving: AccountStep[] }[] = [];
  for (const step of steps) {
    if (step.kind === 'found') continue;
    const last = stations.at(-1);
    if (last && (isReason(step) || step.kind === 'authorized')) last.leaving.push(step);
    if (!last || !isReason(step)) stations.push({ step, leaving: [] });
  }
  return stations;
}
