/** Our criteria as those of ATLAS. Whatever of one cannot be said leaves out the whole of it. Rules R131, R132. */
import {
  type Criterion,
  type EventCriterion,
  INDEX,
  isEvent,
  partsOf,
  type Relation,
  relatedTo,
} from '../../protocol/index.ts';
import type { Path } from './account.ts';
import { genders } from './kinds.ts';
import { rangeOfAges, rangeOfDays } from './ranges.ts';
import { ITSELF } from './read-criteria.ts';
import type { CirceCriterion, Correlated, Demographic, Group } from './schema.ts';
import { hasDayZero, type Lag, lagOfRelation, reversed, windowOfLag } from './windows.ts';
import { type Writing, writeKind } from './write-kind.ts';

/** What stands in a group. */
type Member = { readonly event: Correlated } | { readonly person: Demographic } | { readonly group: Group };

/** A criterion, its names resolved, and where it stands in the protocol. */
export interface Placed {
  readonly criterion: Criterion;
  readonly path: Path;
}

/** Who meets one of these, as a group around the entry event; `undefined` where it cannot be said. */
export function writeAny(writing: Writing, parts: readonly Placed[]): Group | undefined {
  const [first, second] = parts;
  const member = first && !second ? writeMember(writing, first) : combined(writing, 'ANY', parts);
  return member && asGroup(member);
}

/** Who is left when those are out who meet the rule. */
export function writeKept(writing: Writing, { criterion, path }: Placed): Group | undefined {
  if ('none' in criterion) return writeAny(writing, partsAt({ criterion, path }));
  const out = 'any' in criterion ? partsAt({ criterion, path }) : [{ criterion, path }];
  const member = writeNone(writing, out);
  return member && asGroup(member);
}

function asGroup(member: Member): Group {
  return 'group' in member ? member.group : groupOf('ALL', [member]);
}

function writeMember(writing: Writing, placed: Placed): Member | undefined {
  const { criterion, path } = placed;
  if (isEvent(criterion)) return writeCounted(writing, criterion, path);
  if ('age' in criterion || 'sex' in criterion) return writePerson(writing, criterion, path);
  if ('criterion' in criterion) throw new Error('A name that was not resolved');
  const parts = partsAt(placed);
  if ('none' in criterion) return writeNone(writing, parts);
  if ('of' in criterion) return combined(writing, 'AT_LEAST', parts, criterion.atLeast);
  return combined(writing, 'all' in criterion ? 'ALL' : 'ANY', parts);
}

/** The parts of a combination, each where it stands. */
function partsAt({ criterion, path }: Placed): readonly Placed[] {
  const [key = ''] = ['all', 'any', 'none', 'of'].filter((one) => one in criterion);
  return partsOf(criterion).map((part, at) => ({ criterion: part, path: [...path, key, at] }));
}

function writeNone(writing: Writing, parts: readonly Placed[]): Member | undefined {
  const [first, second] = parts;
  const event = first && !second && isEvent(first.criterion) ? first.criterion : undefined;
  if (!first || event?.atLeast !== 1 || event.onDays !== undefined) return combined(writing, 'AT_MOST', parts, 0);
  const around = writeAround(writing, event, first.path);
  return around && { event: { ...around, Occurrence: { Type: 0, Count: 0, IsDistinct: false } } };
}

function combined(writing: Writing, type: Group['Type'], parts: readonly Placed[], count?: number): Member | undefined {
  const members = parts.map((part) => writeMember(writing, part)).filter((member) => member !== undefined);
  return members.length < parts.length ? undefined : { group: groupOf(type, members, count) };
}

function groupOf(Type: Group['Type'], members: readonly Member[], Count?: number): Group {
  return {
    Type,
    ...(Count === undefined ? {} : { Count }),
    CriteriaList: members.flatMap((one) => ('event' in one ? [one.event] : [])),
    DemographicCriteriaList: members.flatMap((one) => ('person' in one ? [one.person] : [])),
    Groups: members.flatMap((one) => ('group' in one ? [one.group] : [])),
  };
}

function writePerson(
  { account }: Writing,
  person: Extract<Criterion, { readonly age: unknown } | { readonly sex: unknown }>,
  path: Path,
): Member | undefined {
  if ('sex' in person) {
    const { sex } = person;
    if (sex !== 'male' && sex !== 'female') return account.leave(path, 'Only male and female are written.');
    return {
      person: {
        Gender: [
          { CONCEPT_ID: genders[sex], CONCEPT_NAME: sex.toUpperCase(), VOCABULARY_ID: 'Gender', DOMAIN_ID: 'Gender' },
        ],
      },
    };
  }
  if (person.age.at !== INDEX) return account.leave(path, 'ATLAS asks the age at the entry event: write `at: index`.');
  const range = rangeOfAges(person.age);
  if (!range) return account.leave(path, 'An age has a limit, in whole years.');
  account.differ('Ages: ATLAS takes the year of the event less the year of birth; here they are completed years.');
  return { person: { Age: range } };
}

function writeCounted(writing: Writing, event: EventCriterion, path: Path): Member | undefined {
  const around = writeAround(writing, event, path);
  if (!around) return undefined;
  const { atLeast, onDays } = event;
  const rows = { event: { ...around, Occurrence: { Type: 2, Count: atLeast, IsDistinct: false } } } as const;
  if (onDays === undefined) return rows;
  const days = {
    event: { ...around, Occurrence: { Type: 2, Count: onDays, IsDistinct: true, CountColumn: 'START_DATE' } },
  } as const;
  return atLeast === 1 ? days : { group: groupOf('ALL', [rows, days]) };
}

/** An event in its window around the entry event, not counted yet. */
function writeAround(
  writing: Writing,
  event: EventCriterion,
  path: Path,
): Pick<Correlated, 'Criteria' | 'StartWindow' | 'IgnoreObservationPeriod'> | undefined {
  const { account } = writing;
  const toIndex = (event.timing ?? []).filter((relation) => relatedTo(relation).to === INDEX);
  if (toIndex.length > 1) return account.leave([...path, 'timing'], 'ATLAS has one window around the entry event.');
  const lag = toIndex[0] ? lagOfRelation(toIndex[0]) : {};
  if (typeof lag === 'string') return account.leave([...path, 'timing'], lag);
  const criterion = writeEvent(writing, event, path, 'window');
  if (!criterion) return undefined;
  if (toIndex.length > 0 && hasDayZero(lag) && Object.keys(criterion).some((kind) => writing.entryKinds.has(kind)))
    return account.leave([...path, 'timing'], ITSELF);
  return { Criteria: criterion, StartWindow: windowOfLag(lag), IgnoreObservationPeriod: true };
}

/**
 * The events themselves, however many there are. Their relations to the index event cannot be said of them, unless the
 * caller has written these as a window.
 */
export function writeEvent(
  writing: Writing,
  event: EventCriterion,
  path: Path,
  toIndex?: 'window',
): CirceCriterion | undefined {
  const what = writeKind(writing, event, path);
  if (!what) return undefined;
  const [kind, attributes] = what;
  const dates = rangeOfDays(event.during, writing.protocol);
  const relations = [...(event.timing ?? []).entries()]
    .filter(([, relation]) => toIndex === undefined || relatedTo(relation).to !== INDEX)
    .map(([at, relation]) => writeBeside(writing, relation, kind, [...path, 'timing', at]));
  const beside = relations.filter((relation) => relation !== undefined);
  if (beside.length < relations.length) return undefined;
  const group = groupOf(
    'ALL',
    beside.map((one) => ({ event: one })),
  );
  return {
    [kind]: {
      ...attributes,
      ...(dates ? { OccurrenceStartDate: dates } : {}),
      ...(beside.length > 0 ? { CorrelatedCriteria: group } : {}),
    },
  };
}

function writeBeside(writing: Writing, relation: Relation, kind: string, path: Path): Correlated | undefined {
  const { word, to } = relatedTo(relation);
  const lag: Lag | string = lagOfRelation(relation);
  if (typeof lag === 'string') return writing.account.leave(path, lag);
  if (typeof to === 'string')
    return writing.account.leave(
      path,
      'ATLAS relates an event to the entry event only where the event itself is asked for.',
    );
  const other = writeEvent(writing, to, [...path, word]);
  if (!other) return undefined;
  if (Object.hasOwn(other, kind) && hasDayZero(lag)) return writing.account.leave(path, ITSELF);
  const Occurrence = { Type: 2, Count: 1, IsDistinct: false } as const;
  return { Criteria: other, StartWindow: windowOfLag(reversed(lag)), IgnoreObservationPeriod: true, Occurrence };
}
