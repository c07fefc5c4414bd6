/** Groups of ATLAS's criteria around the entry event as a criterion about the index event. Rules R123 to R125, R129. */
import { type Criterion, type EventCriterion, INDEX } from '../../protocol/index.ts';
import type { Path } from './account.ts';
import { agesOfRange } from './ranges.ts';
import { ITSELF, isEmpty, type Reading, readEvent, readLag, readSex } from './read-criteria.ts';
import type { Correlated, Demographic, Group, NumericRange } from './schema.ts';
import { hasDayZero, type Lag, relationsOfLag } from './windows.ts';

/** What is read around an entry event, of these kinds. */
export interface Around extends Reading {
  readonly entryKinds: ReadonlySet<string>;
}

/** What a group asks for; `undefined` where a part of it cannot be said. */
export function readGroup(reading: Around, group: Group, path: Path): Criterion | undefined {
  const { CriteriaList, DemographicCriteriaList, Groups, Type, Count } = group;
  const hasOthers = reading.account.leaveOthers(
    group,
    ['Type', 'Count', 'CriteriaList', 'DemographicCriteriaList', 'Groups'],
    path,
  );
  if (isEmpty(group)) return reading.account.leave(path, 'The group is empty, which holds for everybody.');
  const parts = [
    ...(CriteriaList ?? []).map((one, at) => readCounted(reading, one, [...path, 'CriteriaList', at])),
    ...(DemographicCriteriaList ?? []).map((one, at) =>
      readPerson(reading, one, [...path, 'DemographicCriteriaList', at]),
    ),
    ...(Groups ?? []).map((one, at) => readGroup(reading, one, [...path, 'Groups', at])),
  ];
  const read = parts.filter((part) => part !== undefined);
  if (read.length < parts.length || hasOthers) return undefined;
  if (Type === 'ALL' || Type === 'ANY') return oneOrAll(read, Type === 'ALL' ? 'all' : 'any');
  const least = Type === 'AT_LEAST' ? (Count ?? 0) : (Count ?? 0) + 1;
  if (least === 0 || least > read.length)
    return reading.account.leave([...path, 'Count'], 'So many hold always, or never.');
  if (Type === 'AT_LEAST') return { atLeast: least, of: read };
  return least === 1 ? { none: read } : { none: [{ atLeast: least, of: read }] };
}

/** The single criterion, or all of several (or any). */
export function oneOrAll(criteria: readonly Criterion[], combination: 'all' | 'any' = 'all'): Criterion {
  const [first, second] = criteria;
  if (first && !second) return first;
  return combination === 'all' ? { all: criteria } : { any: criteria };
}

/** Everybody but those. What is negated twice is said once. */
export function negated(criterion: Criterion): Criterion {
  if ('any' in criterion) return { none: criterion.any };
  return 'none' in criterion ? oneOrAll(criterion.none, 'any') : { none: [criterion] };
}

function readCounted(reading: Around, one: Correlated, path: Path): Criterion | undefined {
  const { account, entryKinds } = reading;
  const lag = readLag(reading, one, path);
  const found = readEvent(reading, one.Criteria, [...path, 'Criteria']);
  if (!lag || !found) return undefined;
  const isOpen = lag.from === undefined && lag.to === undefined;
  if (entryKinds.has(found.kind) && hasDayZero(lag) && !isOpen) return account.leave([...path, 'StartWindow'], ITSELF);
  const { Type, Count, IsDistinct, CountColumn } = one.Occurrence;
  const place = [...path, 'Occurrence'];
  if (account.leaveOthers(one.Occurrence, ['Type', 'Count', 'IsDistinct', 'CountColumn'], place)) return undefined;
  const counted = IsDistinct && CountColumn === 'START_DATE' ? 'onDays' : 'atLeast';
  const [least, most] = [Type === 1 ? 0 : Count, Type === 2 ? undefined : Count];
  if (IsDistinct && counted === 'atLeast' && Math.max(least, (most ?? 0) + 1) > 1)
    return account.leave(place, 'Of what is distinct only days are counted here.');
  if (least === 0 && most === undefined) return account.leave(place, 'At least none holds for everybody.');
  const so = (count: number) => withSo(found.event, lag, count, counted);
  const enough = least === 0 ? undefined : so(least);
  const tooMany = most === undefined ? undefined : so(most + 1);
  if ((least > 0 && !enough) || (most !== undefined && !tooMany))
    return account.leave(
      [...path, 'StartWindow'],
      'The window reaches differently far before and after: there, more than one event cannot be counted.',
    );
  const events = [...(enough ? [enough] : []), ...(tooMany ? [negated(tooMany)] : [])];
  if (!found.sex) return oneOrAll(events);
  // Nobody of another sex has such events: there are none of them, and never at least one.
  const [person, others_] = [found.sex, { none: [found.sex] } satisfies Criterion];
  return least > 0 ? { all: [...events, person] } : { any: [...events, others_] };
}

/** Who has so many such events in a lag around the index event; `undefined` where the lag has two parts and more than one is asked for. */
function withSo(event: EventCriterion, lag: Lag, count: number, counted: 'atLeast' | 'onDays'): Criterion | undefined {
  const number = counted === 'atLeast' || count === 1 ? { atLeast: count } : { onDays: count };
  if (lag.from === undefined && lag.to === undefined) return { ...event, ...number };
  const relations = relationsOfLag(lag, INDEX);
  if (relations.length > 1 && count > 1) return undefined;
  const events = relations.map((relation) => ({ ...event, timing: [...(event.timing ?? []), relation], ...number }));
  return oneOrAll(events, 'any');
}

function readPerson(reading: Around, demographic: Demographic, path: Path): Criterion | undefined {
  const { account } = reading;
  const { Age, Gender } = demographic;
  const hasOthers = account.leaveOthers(
    demographic,
    ['Age', 'Gender'],
    path,
    'Of a person, age and sex can be asked here.',
  );
  const age = Age ? readAge(reading, Age, [...path, 'Age']) : undefined;
  const sex = Gender && Gender.length > 0 ? readSex(reading, Gender, [...path, 'Gender']) : undefined;
  if (hasOthers || (Age && !age) || (Gender && Gender.length > 0 && !sex)) return undefined;
  const parts = [...(age ? [age] : []), ...(sex ? [sex] : [])];
  return parts.length > 0 ? oneOrAll(parts) : account.leave(path, 'It asks nothing, which holds for everybody.');
}

/** An age at the index event. */
export function readAge({ account }: Reading, range: NumericRange, path: Path): Criterion | undefined {
  const read = agesOfRange(range);
  if (!read) return account.leave(path, 'The range lacks its end.');
  account.differ('Ages: ATLAS takes the year of the event less the year of birth; here they are completed years.');
  const age: Criterion = { age: { ...read.ages, at: INDEX } };
  return read.isOthers ? { none: [age] } : age;
}
