/** A criterion in plain English, for a clinician to read. Pure. Rule R95. */
import type { Protocol } from '../../protocol/index.ts';
import {
  type AgeLimits,
  type Criterion,
  type EventCriterion,
  INDEX,
  isEvent,
  type Relation,
  relatedTo,
  type ValueLimits,
} from '../../protocol/index.ts';

type Told = Pick<Protocol, 'concepts' | 'period' | 'criteria'>;

/** One line: the event, the person's age or sex, or how the parts that follow are combined. */
export function criterionText(protocol: Told, criterion: Criterion): string {
  if ('all' in criterion) return 'All of these:';
  if ('any' in criterion) return 'Any of these:';
  if ('none' in criterion) return 'None of these:';
  if ('of' in criterion) return `At least ${criterion.atLeast} of these:`;
  if ('criterion' in criterion) return `What is named \`${criterion.criterion}\`:`;
  if ('age' in criterion) return ageText(protocol, criterion.age);
  if ('sex' in criterion) return `Sex recorded as ${criterion.sex}`;
  if (isEvent(criterion)) return capital(eventText(protocol, criterion));
  throw new Error('A criterion of no kind');
}

function ageText({ period }: Told, { min, max, at }: AgeLimits): string {
  const years = [...(min === undefined ? [] : [`at least ${min}`]), ...(max === undefined ? [] : [`at most ${max}`])];
  return `Age ${years.length > 0 ? `${years.join(' and ')} years` : 'known'} ${at === INDEX ? 'at the index event' : `at the start of the period (${period.start})`}`;
}

function eventText(protocol: Told, event: EventCriterion): string {
  const { during, atLeast, onDays, timing } = event;
  return [
    `${kindText(protocol, event)}${during === undefined ? '' : windowText(protocol, during)}`,
    ...(atLeast > 1 ? [`at least ${atLeast} times`] : []),
    ...(onDays === undefined ? [] : [`on at least ${counted(onDays, 'day')}`]),
    ...(timing ?? []).map((relation) => relationText(protocol, relation)),
  ].join(', ');
}

function windowText({ period }: Told, during: NonNullable<EventCriterion['during']>): string {
  if (during === 'period') return ` in the period of the study (${period.start} to ${period.end})`;
  const { from, to } = during;
  if (from !== undefined && to !== undefined) return ` from ${from} to ${to}`;
  if (from !== undefined) return ` from ${from} on`;
  return to === undefined ? ' on a known date' : ` up to ${to}`;
}

function kindText(protocol: Told, event: EventCriterion): string {
  const label = (set: string): string => protocol.concepts[set]?.label ?? set;
  if ('condition' in event) {
    const status = event.verification ? `recorded as ${orList(event.verification)}` : 'not refuted';
    return `a diagnosis of ${label(event.condition)} (${status})`;
  }
  if ('procedure' in event) return `the procedure ${label(event.procedure)}`;
  if ('drug' in event) {
    const route = event.routes ?? protocol.concepts[event.drug]?.drugs?.routes;
    const narrower = [
      ...(route ? [`route ${orList(route)}`] : []),
      ...(event.forms ? [`as ${orList(event.forms)}`] : []),
      ...(event.sources ? [`by ${orList(event.sources)}`] : []),
    ];
    return `the drug ${label(event.drug)}${bracketed(narrower)}`;
  }
  if ('measurement' in event) {
    const unit = event.unit ?? protocol.concepts[event.measurement]?.unit;
    return `a measurement of ${label(event.measurement)}${event.value ? ` ${valueText(event.value, unit)}` : ''}`;
  }
  if ('observation' in event) return `the observation ${label(event.observation)}`;
  if ('note' in event) return `a note with ${event.note}`;
  if ('death' in event) return 'death';
  const narrower = [
    ...('visit' in event && event.sites ? [`at ${orList(event.sites)}`] : []),
    ...(event.exceptSites ? [`elsewhere than at ${orList(event.exceptSites)}`] : []),
    ...(event.specialties ? [`with ${orList(event.specialties)}`] : []),
    ...(event.exceptSpecialties ? [`with another specialty than ${orList(event.exceptSpecialties)}`] : []),
  ];
  if ('contact' in event) return `a contact of any kind${bracketed(narrower)}`;
  return `a visit${bracketed([...(event.visit === 'any' ? [] : [event.visit]), ...narrower])}`;
}

function valueText({ above, atLeast, below, atMost, range }: ValueLimits, unit: string | undefined): string {
  const of = unit === undefined ? '' : ` ${unit}`;
  return [
    ...(above === undefined ? [] : [`above ${above}${of}`]),
    ...(atLeast === undefined ? [] : [`of at least ${atLeast}${of}`]),
    ...(below === undefined ? [] : [`below ${below}${of}`]),
    ...(atMost === undefined ? [] : [`of at most ${atMost}${of}`]),
    ...(range === undefined
      ? []
      : [range === 'normal' ? 'within its reference range' : `${range} for its reference range`]),
  ].join(' and ');
}

const WORDS = {
  before: 'before',
  after: 'after',
  onOrBefore: 'on the day of or before',
  onOrAfter: 'on the day of or after',
  of: 'before or after',
  overlapping: 'at the same time as',
} as const;

function relationText(protocol: Told, relation: Relation): string {
  const { word, to } = relatedTo(relation);
  const { within, atLeast } = relation;
  const lag = [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(within === undefined ? [] : [`at most ${within}`]),
  ].join(' and ');
  const other =
    to === INDEX ? 'the index event' : typeof to === 'string' ? `\`${to}\`` : `(${eventText(protocol, to)})`;
  return `${lag === '' ? '' : `${lag} `}${WORDS[word]} ${other}`;
}

function bracketed(parts: readonly string[]): string {
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

function orList(names: readonly string[]): string {
  return names.length > 0 ? names.join(' or ') : 'none';
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
