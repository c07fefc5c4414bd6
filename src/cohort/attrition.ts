/** The account of who was left out and why. Pure. Rules R13 and R15 of SPEC.md. */

/** What a step of the account is: a state that persons are in, or a reason to leave. */
export type AttritionKind = 'identified' | 'authorized' | 'exclusion' | 'open' | 'included';

/** One step of the account. `n` persons remain after it, `removed` left at it. */
export interface AttritionStep {
  readonly id: string;
  readonly label: string;
  readonly n: number;
  readonly removed: number;
  readonly kind: AttritionKind;
}

/** A candidate and every exclusion that holds, in any order. */
export interface Judged {
  readonly subject: string;
  readonly exclusions: readonly string[];
  /** Its index events, each with every exclusion that holds; only where the protocol has an index event. */
  readonly events?: readonly { readonly event: string; readonly exclusions: readonly string[] }[];
  /** The screening is not settled yet. */
  readonly isOpen?: boolean;
}

/** Where a candidate stands: `first` is the reason to leave, `all` is every exclusion that holds. */
export interface Outcome {
  readonly subject: string;
  readonly outcome: 'excluded' | 'open' | 'included';
  readonly first?: string;
  readonly all: readonly string[];
}

/** Each candidate's outcome, exclusions in the order of the protocol. */
export function outcomes(order: readonly string[], judged: readonly Judged[]): Outcome[] {
  return judged.map(({ subject, exclusions, isOpen }) => {
    const all = order.filter((id) => exclusions.includes(id));
    const [first] = all;
    if (first !== undefined) return { subject, outcome: 'excluded', first, all };
    return { subject, outcome: isOpen ? 'open' : 'included', all };
  });
}

/** The steps from those identified to those included. `identified` counts persons before the gate. */
export function attritionSteps(
  identified: number,
  exclusions: readonly { readonly id: string; readonly label: string }[],
  candidates: readonly Outcome[],
): AttritionStep[] {
  let n = candidates.length;
  const steps: AttritionStep[] = [
    { id: 'identified', label: 'Identified by any arm', n: identified, removed: 0, kind: 'identified' },
    { id: 'authorized', label: 'Authorized for research', n, removed: identified - n, kind: 'authorized' },
  ];
  for (const { id, label } of exclusions) {
    const removed = candidates.filter((candidate) => candidate.first === id).length;
    n -= removed;
    steps.push({ id, label, n, removed, kind: 'exclusion' });
  }
  const open = candidates.filter((candidate) => candidate.outcome === 'open').length;
  if (open > 0) {
    n -= open;
    steps.push({ id: 'open', label: 'Screening not finished', n, removed: open, kind: 'open' });
  }
  return [...steps, { id: 'included', label: 'Included', n, removed: 0, kind: 'included' }];
}
