/** The index events of one person, read by the rules one after the other: what their SQL is held against. */
import { type EventCriterion, type IndexEvent, type Protocol, resolved } from '../../protocol/index.ts';
import type { TestPerson } from '../hospital.test-support.ts';
import { apart, type NaiveEvent, naiveEvents, plus } from './naive-criterion.test-support.ts';

type Dated = Required<NaiveEvent>;

/** An index event and what its own steps make of it: the columns of `index-sql.ts`. */
export interface NaiveIndexEvent {
  readonly event: Dated;
  readonly washed_out: boolean;
  readonly taken: boolean;
  readonly without_lookback: boolean;
  readonly without_follow_up: boolean;
}

/** The index events of a person; `idOf` gives the row id of a key. */
export function naiveIndexEvents(
  protocol: Protocol,
  person: TestPerson,
  index: IndexEvent,
  idOf: (key: string) => bigint,
): NaiveIndexEvent[] {
  const criteria = index.events.map((event) => resolved(protocol, event) as EventCriterion);
  const found = eachOnce(criteria.flatMap((event) => naiveEvents(protocol, person, event)).filter(isDated));
  const kinds = criteria.flatMap((event) => naiveEvents(protocol, person, { ...event, during: undefined }));
  const isWashed = (one: Dated): boolean =>
    index.washout !== undefined && kinds.filter(isDated).some((other) => surelyBefore(one, other, index.washout ?? ''));
  const fresh = found.filter((one) => !isWashed(one));
  const taken = new Set(index.take === 'every' ? fresh : fresh.toSorted(orders(idOf)[index.take]).slice(0, 1));
  const contacts = naiveEvents(protocol, person, { contact: 'any', atLeast: 1 }).filter(isDated);
  const [death] = naiveEvents(protocol, person, { death: 'any', atLeast: 1 }).filter(isDated);
  return found.map((event) => {
    const others = contacts.filter(({ key }) => key !== event.key);
    const { lookback, followUp } = index;
    const isSeen = lookback === undefined || others.some((one) => apart(event, one, { atLeast: lookback }));
    const isFollowed =
      followUp === undefined ||
      others.some((one) => apart(one, event, { atLeast: followUp })) ||
      (death !== undefined && death.last >= event.first && death.first <= plus(event.last, followUp));
    const isTaken = taken.has(event);
    return {
      event,
      washed_out: isWashed(event),
      taken: isTaken,
      without_lookback: isTaken && !isSeen,
      without_follow_up: isTaken && !isFollowed,
    };
  });
}

function isDated(event: NaiveEvent): event is Dated {
  return event.first !== undefined;
}

function eachOnce(events: readonly Dated[]): Dated[] {
  return [...new Map(events.map((one) => [one.key, one])).values()];
}

/** Whatever the days of both are, the other lies on an earlier one and no longer before. */
function surelyBefore(one: Dated, other: Dated, span: string): boolean {
  return one.key !== other.key && other.last < one.first && one.last <= plus(other.first, span);
}

function orders(idOf: (key: string) => bigint) {
  const byId = (a: Dated, b: Dated): number => (idOf(a.key) < idOf(b.key) ? -1 : 1);
  const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return {
    first: (a: Dated, b: Dated): number => text(a.first, b.first) || text(a.last, b.last) || byId(a, b),
    last: (a: Dated, b: Dated): number => text(b.last, a.last) || text(b.first, a.first) || byId(a, b),
  };
}
