/** The rules read one person at a time, in memory: what the SQL of a criterion is held against. */
import { type Day, dayNumber, dayOfNumber, dayRange, type PartialDate, yearsBetween } from '../../base/index.ts';
import {
  type Criterion,
  type EventCriterion,
  isEvent,
  type Protocol,
  type Relation,
  relatedTo,
  resolved,
  type ValueLimits,
} from '../../protocol/index.ts';
import type { Dated, TestPerson } from '../hospital.test-support.ts';
import { isSeenAs } from './clinics.test-support.ts';

/**
 * Whether a person meets a criterion, of one index event where it names that. Who has no person row has neither age nor sex,
 * and is not among all persons.
 */
export function naive(protocol: Protocol, person: TestPerson, criterion: Criterion, index?: NaiveEvent): boolean {
  const meets = (one: Criterion): boolean => {
    if ('all' in one) return one.all.every(meets);
    if ('any' in one) return one.any.some(meets);
    if ('none' in one) return !person.isUnknown && !one.none.some(meets);
    if ('of' in one) return one.of.filter(meets).length >= one.atLeast;
    if ('sex' in one) return !person.isUnknown && (person.sex ?? 'unknown') === one.sex;
    if ('age' in one) {
      if (person.isUnknown || person.birth === undefined) return false;
      const { earliest } = dayRange(protocol.period.start);
      const { first, last } = one.age.at === 'index' ? needed(index) : { first: earliest, last: earliest };
      const age = {
        min: yearsBetween(day(person.birth), day(first)).min,
        max: yearsBetween(day(person.birth), day(last)).max,
      };
      return age.max >= (one.age.min ?? -200) && age.min <= (one.age.max ?? 200);
    }
    if (!isEvent(one)) throw new Error('not resolved');
    const events = naiveEvents(protocol, person, one, index);
    const days = new Set(events.flatMap(({ first, last }) => (first ? [`${first} ${last}`] : [])));
    return events.length >= one.atLeast && days.size >= (one.onDays ?? 0);
  };
  return meets(resolved(protocol, criterion));
}

/** `key` is the kind and its place in the list of the person: `condition 0`. */
export interface NaiveEvent {
  readonly key: string;
  readonly first?: Day;
  readonly last?: Day;
  readonly until?: Day;
}

function needed(index: NaiveEvent | undefined): Required<NaiveEvent> {
  if (!index?.first || !index.last || !index.until) throw new Error('no index event');
  return { key: index.key, first: index.first, last: index.last, until: index.until };
}

/** The events that a criterion whose names are resolved means. */
export function naiveEvents(
  protocol: Protocol,
  person: TestPerson,
  event: EventCriterion,
  index?: NaiveEvent,
): readonly NaiveEvent[] {
  return eventsOf(person, event)
    .filter((one) => mayLie(protocol, one, event.during))
    .filter((one) =>
      (event.timing ?? []).every((relation) => {
        const { to } = relatedTo(relation);
        const others = typeof to === 'string' ? [needed(index)] : naiveEvents(protocol, person, to, index);
        return others.some((other) => other.key !== one.key && related(one, other, relation));
      }),
    );
}

function related(own: NaiveEvent, other: NaiveEvent, relation: Relation): boolean {
  const { word } = relatedTo(relation);
  if (!own.first || !own.last || !own.until || !other.first || !other.last || !other.until) return false;
  if (word === 'overlapping') return own.first <= other.until && other.first <= own.until;
  const after = { own: apart(own, other, relation), other: apart(other, own, relation) };
  if (word === 'of') return after.own || after.other;
  if (word === 'onOrAfter') return after.own;
  if (word === 'onOrBefore') return after.other;
  return word === 'after' ? after.own && own.last > other.first : after.other && other.last > own.first;
}

/** `later` may follow `earlier` with so much between them. */
export function apart(later: NaiveEvent, earlier: NaiveEvent, { within, atLeast }: Relation): boolean {
  const { first = '', last = '' } = later;
  const least = plus(earlier.first ?? '', atLeast ?? '0 days');
  return last >= least && (within === undefined || first <= plus(earlier.last ?? '', within));
}

/** The day so much later. */
export function plus(from: string, span: string): string {
  const [count = '0', unit = 'day'] = span.split(' ');
  const one = unit.replace(/s$/, '');
  if (one === 'month' || one === 'year') return monthsLater(from, Number(count) * (one === 'year' ? 12 : 1));
  return dayOfNumber(dayNumber(from as Day) + Number(count) * (one === 'week' ? 7 : 1));
}

/** The same day of a later month, or its last. */
function monthsLater(from: string, count: number): string {
  const [year = 0, month = 1, of = 1] = from.split('-').map(Number);
  const at = year * 12 + month - 1 + count;
  const yearMonth = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  const { latest } = dayRange(day(yearMonth));
  const wanted = `${yearMonth}-${String(of).padStart(2, '0')}`;
  return wanted < latest ? wanted : latest;
}

function mayLie(protocol: Protocol, { first, last }: NaiveEvent, window: EventCriterion['during']): boolean {
  if (window === undefined) return true;
  if (first === undefined || last === undefined) return false;
  const { from, to } = window === 'period' ? { from: protocol.period.start, to: protocol.period.end } : window;
  const afterFrom = from === undefined || last >= dayRange(from).earliest;
  return afterFrom && (to === undefined || first <= dayRange(to).latest);
}

function eventsOf(person: TestPerson, event: EventCriterion): NaiveEvent[] {
  const kept = <One extends Dated & { readonly end?: string | undefined }>(
    kind: string,
    list: readonly One[] | undefined,
    counts: (one: One) => boolean,
  ): NaiveEvent[] =>
    (list ?? []).flatMap((one, at) => (counts(one) ? [{ key: `${kind} ${at}`, ...daysOf(one.date, one.end) }] : []));
  if ('condition' in event)
    return kept('condition', person.conditions, ({ code, verification }) => {
      const wanted: readonly string[] | undefined = event.verification;
      const isWanted = wanted
        ? wanted.includes(verification ?? 'unknown')
        : verification !== 'refuted' && verification !== 'entered-in-error';
      return isWanted && ['274', '274.0', '2740', 'M10.0', 'm100'].includes(code);
    });
  const isDone = ({ status }: { readonly status?: string | undefined }): boolean => status !== 'not-done';
  if ('procedure' in event) return kept('procedure', person.procedures, (one) => isDone(one) && one.code === '20610');
  if ('drug' in event) return kept('drug', person.drugs, (one) => isDrug(one, event));
  if ('measurement' in event)
    return kept('measurement', person.measurements, (one) => {
      return one.status !== 'entered-in-error' && one.code === '3084-1' && hasValue(one, event.value);
    });
  if ('observation' in event) return kept('observation', person.observations, ({ code }) => code === '91939003');
  if ('visit' in event) {
    const classes = { any: undefined, ambulatory: ['AMB'], inpatient: ['IMP', 'ACUTE'] } as const;
    const wanted: readonly string[] | undefined = classes[event.visit as keyof typeof classes];
    return kept(
      'visit',
      person.visits,
      (one) => isSeenAs(one, event) && (wanted === undefined || wanted.includes(one.class ?? 'AMB')),
    );
  }
  if ('contact' in event && (event.exceptSites ?? event.specialties ?? event.exceptSpecialties))
    return kept('visit', person.visits, (one) => isSeenAs(one, event));
  if ('contact' in event)
    return [
      ...kept('visit', person.visits, () => true),
      ...kept('procedure', person.procedures, isDone),
      ...kept('note', person.notes, () => true),
      ...kept('measurement', person.measurements, ({ status }) => status !== 'entered-in-error'),
    ];
  if ('death' in event) return person.isUnknown || !person.died ? [] : [{ key: 'death', ...daysOf(person.died) }];
  return kept('note', person.notes, ({ text }) => {
    if (event.note === 'podagra') return text.startsWith('Podagra');
    return text.startsWith('Podagra') || text === 'Gout.' || (event.note === '@gout' && text === 'No gout.');
  });
}

function daysOf(date: string | undefined, end?: string): Omit<NaiveEvent, 'key'> {
  if (date === undefined) return {};
  const { earliest: first, latest: last } = dayRange(day(date));
  const ended = end === undefined ? last : dayRange(day(end)).latest;
  return { first, last, until: [ended, last].sort().at(-1) ?? last };
}

type Drug = NonNullable<TestPerson['drugs']>[number];

function isDrug(
  { text, kind = 'order', route, status = '' }: Drug,
  event: Extract<EventCriterion, { readonly drug: string }>,
) {
  const told = route?.toLowerCase() ?? (/tablet/.test(text) ? 'oral' : /cream/.test(text) ? 'topical' : '');
  const names = /(^|[^a-z])(allopurinol|uric\s+stop)($|[^a-z])/i;
  return (
    names.test(text) &&
    !['cancelled', 'not-done', 'entered-in-error'].includes(status) &&
    (event.routes === undefined || event.routes.includes(told)) &&
    (event.sources === undefined || event.sources.includes(kind)) &&
    (event.forms === undefined ||
      event.forms.some((form) =>
        text
          .toLowerCase()
          .split(/[^a-z]/)
          .includes(form),
      ))
  );
}

type Measurement = NonNullable<TestPerson['measurements']>[number];

function hasValue({ value = 0, unit, operator, range }: Measurement, limits: ValueLimits | undefined): boolean {
  if (!limits) return true;
  const isNumbers = [limits.above, limits.atLeast, limits.below, limits.atMost].some((limit) => limit !== undefined);
  const factor = unit === 'mg/dL' ? 1 : unit === 'umol/L' ? 0.016811 : undefined;
  if (isNumbers && factor === undefined) return false;
  const within = (low: number, high: number): boolean => {
    const { above = -1e9, atLeast = -1e9, below = 1e9, atMost = 1e9 } = limits;
    const reaches = operator === '<' ? high > atLeast : high >= atLeast;
    const stays = operator === '>' ? low < atMost : low <= atMost;
    return high > above && reaches && low < below && stays;
  };
  const low = operator === '<' || operator === '<=' ? Number.NEGATIVE_INFINITY : value;
  const high = operator === '>' || operator === '>=' ? Number.POSITIVE_INFINITY : value;
  if (isNumbers && !within(low * (factor ?? 1), high * (factor ?? 1))) return false;
  if (limits.range === undefined) return true;
  if (!range) return false;
  if (limits.range === 'high') return high > range[1];
  return limits.range === 'low' ? low < range[0] : high >= range[0] && low <= range[1];
}

function day(text: string): PartialDate {
  return text as PartialDate;
}
