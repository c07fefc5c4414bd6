/**
 * Where each candidate stands when all exclusions are asked. Pure. Rules R13, R144 and R146 of SPEC.md.
 *
 * A study is about persons, or about events of persons (cases): then each event leaves by itself, and a person with the
 * last of its events.
 */

/** A candidate and every exclusion that holds, in any order. */
export interface Judged {
  readonly subject: string;
  readonly exclusions: readonly string[];
  /** The person's events, each with the exclusions that hold for it alone. */
  readonly events?: readonly { readonly event: string; readonly exclusions: readonly string[] }[];
  /** The screening is not settled yet. */
  readonly isOpen?: boolean;
}

/** Where a candidate stands: `first` is the reason to leave, `all` is every exclusion that holds, if only for an event. */
export interface Outcome {
  readonly subject: string;
  readonly outcome: 'excluded' | 'open' | 'included' | 'not-analysed';
  readonly first?: string;
  readonly all: readonly string[];
  /** Where each event left; without `first`, it did not. */
  readonly events?: readonly { readonly event: string; readonly first?: string }[];
}

/** A reason to leave, in the order of the protocol: one by reviewer, or else one by rule. */
export interface Reason {
  readonly id: string;
  readonly label: string;
  readonly reviewer?: unknown;
}

/** Each candidate's outcome, exclusions in the order of the protocol; all are analysed unless it is said who is. */
export function outcomes(
  order: readonly string[],
  judged: readonly Judged[],
  analysed?: ReadonlySet<string>,
): Outcome[] {
  return judged.map((one) => {
    const { subject, isOpen } = one;
    const held = [one.exclusions, ...(one.events ?? []).map((event) => event.exclusions)].flat();
    const all = order.filter((id) => held.includes(id));
    const left = eventsLeft(order, one);
    const events = left ? { events: left } : {};
    const first = leavesAt(order, one);
    if (first !== undefined) return { subject, outcome: 'excluded', first, all, ...events };
    const stays = !analysed || analysed.has(subject) ? 'included' : 'not-analysed';
    return { subject, outcome: isOpen ? 'open' : stays, all, ...events };
  });
}

/** How many a person looked at: no rule excludes them, and their screening is settled. Rule R144. */
export function screenedOf(reasons: readonly Reason[], judged: readonly Judged[]): number {
  const rules = reasons.filter(({ reviewer }) => !reviewer).map(({ id }) => id);
  return judged.filter((one) => !one.isOpen && leavesAt(rules, one) === undefined).length;
}

/** The reason at which a person leaves: the first that holds, or the one at which the last of the events leaves. */
export function leavesAt(order: readonly string[], one: Omit<Judged, 'subject'>): string | undefined {
  const events = eventsLeft(order, one) ?? [];
  if (events.length === 0) return order.find((id) => one.exclusions.includes(id));
  if (events.some(({ first }) => first === undefined)) return undefined;
  return order.findLast((id) => events.some(({ first }) => first === id));
}

function eventsLeft(order: readonly string[], { exclusions, events }: Omit<Judged, 'subject'>): Outcome['events'] {
  return events?.map(({ event, exclusions: own }) => {
    const first = order.find((id) => own.includes(id) || exclusions.includes(id));
    return first === undefined ? { event } : { event, first };
  });
}
