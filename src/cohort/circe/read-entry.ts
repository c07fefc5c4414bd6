/** With which event a person enters an ATLAS cohort, as arms and the index event. Rule R127. */
import type { Arm, Criterion, EventCriterion, IndexEvent, Protocol } from '../../protocol/index.ts';
import type { Path } from './account.ts';
import { Names } from './names.ts';
import { isEmpty, OBSERVATION, partsOfCriterion, type ReadEvent, type Reading, readEvent } from './read-criteria.ts';
import { oneOrAll, readAge } from './read-groups.ts';
import type { Definition } from './schema.ts';

interface EntryEvent extends ReadEvent {
  readonly place: Path;
  /** Only the first ever of its kind. */
  readonly isFirst: boolean;
}

export interface Entry {
  readonly arms: readonly Arm[];
  readonly index: IndexEvent;
  /** The age that is asked for at the entry event. */
  readonly age?: Criterion;
  /** The kinds of the entry events, as ATLAS names them. */
  readonly kinds: ReadonlySet<string>;
}

/** The entry; `undefined` where none of its events can be said. */
export function readEntry(reading: Reading, definition: Definition): Entry | undefined {
  const { account } = reading;
  const list = definition.PrimaryCriteria.CriteriaList;
  const path: Path = ['PrimaryCriteria', 'CriteriaList'];
  account.differ(OBSERVATION);
  const isSingle = list.length === 1;
  const found = list.flatMap((criterion, at): readonly EntryEvent[] => {
    const place = [...path, at];
    const one = readEvent(reading, criterion, place, ['First', ...(isSingle ? ['Age'] : [])]);
    if (!one) return [];
    if (isSingle || !one.sex) return [{ ...one, place, isFirst: partsOfCriterion(criterion)[1].First === true }];
    const why = 'Sex is asked of persons: it cannot hold for one entry event and not for another.';
    return account.leave([...place, one.kind, 'Gender'], why) ?? [];
  });
  if (found.length === 0) return undefined;
  const [kind, attributes] = partsOfCriterion(list[0] ?? {});
  const age = isSingle && attributes.Age ? readAge(reading, attributes.Age, [...path, 0, kind, 'Age']) : undefined;
  const names = new Names();
  const concepts = reading.sets.concepts;
  const arms = found.map(({ event, sex }): Arm => {
    const label = labelOf(event, concepts);
    return { id: names.take(label), label, criterion: oneOrAll([event, ...(sex ? [sex] : [])]) };
  });
  const label = [...new Set(found.map(({ event }) => labelOf(event, concepts)))].join(' or ');
  const index: IndexEvent = {
    label,
    events: found.map(({ event }) => event),
    ...taken(reading, definition, found, age !== undefined),
    ...seen(definition),
  };
  return { arms, index, ...(age ? { age } : {}), kinds: new Set(list.map((one) => partsOfCriterion(one)[0])) };
}

function seen({ PrimaryCriteria }: Definition): Pick<IndexEvent, 'lookback' | 'followUp'> {
  const { PriorDays, PostDays } = PrimaryCriteria.ObservationWindow ?? {};
  return {
    ...(PriorDays ? { lookback: `${PriorDays} days` } : {}),
    ...(PostDays ? { followUp: `${PostDays} days` } : {}),
  };
}

/** Before whichever event ever: longer than a life. */
export const EVER = '200 years';

/**
 * Which event is taken. Here that is asked right after the events themselves; in ATLAS also once observation, additional
 * criteria and rules have left some out. There every event is a case, so that nobody is lost, and the limit is left out.
 */
function taken(
  reading: Reading,
  definition: Definition,
  found: readonly EntryEvent[],
  hasAge: boolean,
): Pick<IndexEvent, 'take' | 'washout'> {
  const { PrimaryCriteria, AdditionalCriteria, QualifiedLimit, InclusionRules, ExpressionLimit } = definition;
  const { ObservationWindow: window, PrimaryCriteriaLimit } = PrimaryCriteria;
  const [single, second] = found;
  if (single?.isFirst && !second && isPlain(single.event))
    return { take: 'first', ...(single.event.during ? { washout: EVER } : {}) };
  const isFiltered = Boolean(window?.PriorDays || window?.PostDays || hasAge);
  const isQualified = isFiltered || Boolean(AdditionalCriteria && !isEmpty(AdditionalCriteria));
  const isRuled = isQualified || (InclusionRules ?? []).some(({ expression }) => !isEmpty(expression));
  const limits = [
    { limit: PrimaryCriteriaLimit, at: ['PrimaryCriteria', 'PrimaryCriteriaLimit'], isFiltered },
    ...(AdditionalCriteria ? [{ limit: QualifiedLimit, at: ['QualifiedLimit'], isFiltered: isQualified }] : []),
    { limit: ExpressionLimit, at: ['ExpressionLimit'], isFiltered: isRuled },
  ];
  const deciding = limits.find(({ limit }) => limit?.Type !== 'All');
  const type = deciding?.limit?.Type ?? 'First';
  const take = deciding && !deciding.isFiltered ? (type === 'Last' ? 'last' : 'first') : 'every';
  if (deciding?.isFiltered)
    reading.account.leave(
      deciding.at,
      `ATLAS takes the ${type.toLowerCase()} event of those that met what comes before; here it is taken before that is asked. Every event is a case instead.`,
    );
  // Of the first events of all kinds the first is the first of all.
  const isMoot = take === 'first' && found.every(({ event, isFirst }) => isFirst && isPlain(event) && !event.during);
  for (const { place, kind, isFirst } of isMoot ? [] : found) {
    const why =
      'The first event ever can be asked for where it is the only entry event, of any value and beside no other.';
    if (isFirst) reading.account.leave([...place, kind, 'First'], why);
  }
  return { take };
}

/** Whether an event is asked for nothing but its codes and its day. */
export function isPlain(event: EventCriterion): boolean {
  return event.timing === undefined && !('value' in event);
}

function labelOf(event: EventCriterion, concepts: Protocol['concepts']): string {
  const [key, value] = Object.entries(event)[0] ?? ['', ''];
  const label = concepts[String(value)]?.label;
  return label ?? (key === 'death' ? 'Death' : `Visit: ${value}`);
}
