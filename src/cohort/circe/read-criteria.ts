/** ATLAS's criteria as ours. Whatever of one cannot be said leaves out the whole of it. Rules R121, R123, R124, R126, R129. */
import type { Criterion, EventCriterion, Relation, ValueLimits } from '../../protocol/index.ts';
import { isUnit } from '../../protocol/index.ts';
import type { Account, Path } from './account.ts';
import { codedKinds, genders } from './kinds.ts';
import { daysOfRange, limitsOfRange } from './ranges.ts';
import type { ReadSets } from './read-sets.ts';
import type { Attributes, CirceConcept, CirceCriterion, Correlated, Group } from './schema.ts';
import { hasDayZero, type Lag, lagOfWindow, relationsOfLag, reversed } from './windows.ts';

export interface Reading {
  readonly sets: ReadSets;
  readonly account: Account;
}

/** A criterion of ATLAS: the events, and what it asks of the person to whom they happened. */
export interface ReadEvent {
  readonly kind: string;
  readonly event: EventCriterion;
  readonly sex?: Criterion;
}

/** The key and what stands under it. */
export function partsOfCriterion(criterion: CirceCriterion): readonly [kind: string, attributes: Attributes] {
  const [[kind, attributes] = ['', {} as Attributes]] = Object.entries(criterion);
  return [kind, attributes];
}

/**
 * The events of a criterion; `undefined` where it asks anything that cannot be said, which the account then names.
 * @param understood keys that the caller reads itself.
 */
export function readEvent(
  reading: Reading,
  criterion: CirceCriterion,
  path: Path,
  understood: readonly string[] = [],
): ReadEvent | undefined {
  const [kind, attributes] = partsOfCriterion(criterion);
  const at = [...path, kind];
  const what = readKind(reading, kind, attributes, at);
  if (!what) return undefined;
  const known = [...what.keys, 'OccurrenceStartDate', 'Gender', 'CorrelatedCriteria', ...understood];
  const hasOthers = reading.account.leaveOthers(attributes, known, at);
  const { OccurrenceStartDate: dates, Gender, CorrelatedCriteria } = attributes;
  const during = dates ? daysOfRange(dates) : undefined;
  if (dates && !during)
    reading.account.leave([...at, 'OccurrenceStartDate'], 'A window has a first day, a last day, or both.');
  const sex = Gender && Gender.length > 0 ? readSex(reading, Gender, [...at, 'Gender']) : undefined;
  const timing =
    CorrelatedCriteria && !isEmpty(CorrelatedCriteria)
      ? readTiming(reading, CorrelatedCriteria, kind, [...at, 'CorrelatedCriteria'])
      : [];
  if (hasOthers || (dates && !during) || (Gender && Gender.length > 0 && !sex) || !timing) return undefined;
  const event = {
    ...what.event,
    ...(during ? { during } : {}),
    ...(timing.length > 0 ? { timing } : {}),
    atLeast: 1,
  } as EventCriterion;
  return { kind, event, ...(sex ? { sex } : {}) };
}

export function isEmpty({ CriteriaList, DemographicCriteriaList, Groups }: Group): boolean {
  return [CriteriaList, DemographicCriteriaList, Groups].every((list) => !list || list.length === 0);
}

interface Kind {
  readonly event: object;
  readonly keys: readonly string[];
}

function readKind(reading: Reading, kind: string, attributes: Attributes, path: Path): Kind | undefined {
  const { sets, account } = reading;
  const { CodesetId: codeset } = attributes;
  if (kind === 'Death') return { event: { death: 'any' }, keys: [] };
  if (kind === 'VisitOccurrence') {
    const visit = codeset == null ? 'any' : sets.visitKind(codeset, [...path, 'CodesetId']);
    return visit && { event: { visit }, keys: ['CodesetId'] };
  }
  if (!isCoded(kind)) return account.leave(path, 'Criteria of this kind are not known here.');
  const [own, sourceKey] = codedKinds[kind];
  const source = attributes[sourceKey];
  const isSource = codeset == null && typeof source === 'number';
  const id = isSource ? source : codeset;
  if (id == null) return account.leave(path, 'It names no concept set; here such events are of one.');
  const key = isSource ? sourceKey : 'CodesetId';
  const set = sets.named(id, isSource ? 'source' : 'standard', [...path, key]);
  if (kind === 'ConditionOccurrence')
    account.differ('Diagnoses: those that were refuted or entered in error do not count here.');
  if (kind !== 'Measurement') return set === undefined ? undefined : { event: { [own]: set }, keys: [key] };
  const value = readValue(reading, attributes, path);
  return set === undefined || !value ? undefined : { event: { [own]: set, ...value }, keys: [key, ...VALUE_KEYS] };
}

const VALUE_KEYS = ['ValueAsNumber', 'Unit', 'RangeLowRatio', 'RangeHighRatio'] as const;

function isCoded(kind: string): kind is keyof typeof codedKinds {
  return Object.hasOwn(codedKinds, kind);
}

/** The limits of a measurement and their unit; nothing in it where any value counts. */
function readValue(
  { account }: Reading,
  attributes: Attributes,
  path: Path,
): { value?: ValueLimits; unit?: string } | undefined {
  const { ValueAsNumber: number, Unit, RangeLowRatio: low, RangeHighRatio: high } = attributes;
  const limits = number ? limitsOfRange(number) : {};
  if (!limits)
    return account.leave([...path, 'ValueAsNumber'], 'A value has limits; that it is not within them cannot be said.');
  if (low && !(low.Op === 'lt' && low.Value === 1))
    return account.leave([...path, 'RangeLowRatio'], 'Only `lt` 1, below the reference range, can be said.');
  if (high && !(high.Op === 'gt' && high.Value === 1))
    return account.leave([...path, 'RangeHighRatio'], 'Only `gt` 1, above the reference range, can be said.');
  if (low && high)
    return account.leave([...path, 'RangeHighRatio'], 'No value lies both below and above its reference range.');
  const range = high ? ('high' as const) : low ? ('low' as const) : undefined;
  const value = { ...limits, ...(range ? { range } : {}) };
  if (Object.keys(value).length > 0) account.differ('Values: `<5` counts here where a value below 5 does.');
  if (!Unit || Unit.length === 0) return Object.keys(value).length > 0 ? { value } : {};
  const [unit] = Unit.map(({ CONCEPT_CODE }) => CONCEPT_CODE ?? '');
  if (Unit.length > 1 || unit === undefined || !isUnit(unit))
    return account.leave([...path, 'Unit'], 'A value has one unit, of UCUM.');
  if (!number) return account.leave([...path, 'Unit'], 'A unit stands here only beside limits of the value.');
  account.differ('Units: ATLAS takes rows of the named unit only; here rows of other units are converted to it.');
  return { value, unit };
}

/** Who has one of these genders. */
export function readSex({ account }: Reading, concepts: readonly CirceConcept[], path: Path): Criterion | undefined {
  const sexes = concepts.map(({ CONCEPT_ID }) =>
    (['male', 'female'] as const).find((sex) => genders[sex] === CONCEPT_ID),
  );
  const known = sexes.filter((sex) => sex !== undefined).map((sex): Criterion => ({ sex }));
  if (known.length < sexes.length)
    return account.leave(path, 'Only the concepts male (8507) and female (8532) are known here.');
  return known.length === 1 ? known[0] : { any: known };
}

/** The window of a criterion beside an event; `undefined` where it cannot be said. */
export function readLag({ account }: Reading, one: Correlated, path: Path): Lag | undefined {
  const { StartWindow, EndWindow, RestrictVisit, IgnoreObservationPeriod } = one;
  const lag = lagOfWindow(StartWindow);
  const hasOthers = account.leaveOthers(one, KEYS, path);
  if (typeof lag === 'string') account.leave([...path, 'StartWindow'], lag);
  if (EndWindow)
    account.leave([...path, 'EndWindow'], 'Here windows count from the first day of an event, not from its last.');
  if (RestrictVisit) account.leave([...path, 'RestrictVisit'], 'That two events belong to one visit cannot be said.');
  if (!IgnoreObservationPeriod) account.differ(OBSERVATION);
  return typeof lag === 'string' || EndWindow || RestrictVisit || hasOthers ? undefined : lag;
}

const KEYS = ['Criteria', 'StartWindow', 'EndWindow', 'Occurrence', 'RestrictVisit', 'IgnoreObservationPeriod'];

export const OBSERVATION =
  'Observation periods: ATLAS counts only what lies in the one of the entry event. There are none here: everything that is recorded counts, and `lookback` and `followUp` ask for contacts.';

/** Events that must stand beside each event of a criterion, as its relations to them. */
function readTiming(reading: Reading, group: Group, kind: string, path: Path): readonly Relation[] | undefined {
  const list = group.CriteriaList ?? [];
  const isAll = group.Type === 'ALL' || (group.Type === 'ANY' && list.length === 1);
  if (!isAll || list.length === 0 || group.DemographicCriteriaList?.length || group.Groups?.length)
    return reading.account.leave(
      path,
      'Of an event it can be said that others stand beside it, all of them: no choice, no group, nothing of the person.',
    );
  const relations = list.map((one, at) => readRelation(reading, one, kind, [...path, 'CriteriaList', at]));
  const read = relations.filter((relation) => relation !== undefined);
  return read.length === list.length ? read : undefined;
}

function readRelation(reading: Reading, one: Correlated, kind: string, path: Path): Relation | undefined {
  const { account } = reading;
  const lag = readLag(reading, one, path);
  const other = readEvent(reading, one.Criteria, [...path, 'Criteria']);
  if (!lag || !other) return undefined;
  const { Type, Count } = one.Occurrence;
  if (Type !== 2 || Count !== 1)
    return account.leave([...path, 'Occurrence'], 'Beside an event, one other at least can be asked for.');
  if (other.sex) return account.leave([...path, 'Criteria'], 'Sex is asked for beside an event, not in one.');
  if (kind === other.kind && hasDayZero(lag)) return account.leave([...path, 'StartWindow'], ITSELF);
  const [relation, second] = relationsOfLag(reversed(lag), other.event);
  return second
    ? account.leave([...path, 'StartWindow'], 'The window reaches differently far before and after the event.')
    : relation;
}

export const ITSELF = 'In ATLAS an event stands beside itself on its own day; here only beside others.';
