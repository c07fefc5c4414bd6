/** What kind of event of ATLAS an event of ours is, with its concept set and its value. Rule R132. */
import type { EventCriterion, Protocol } from '../../protocol/index.ts';
import type { Account, Path } from './account.ts';
import { type CodedKind, codedKinds } from './kinds.ts';
import { rangeOfLimits } from './ranges.ts';
import type { CirceCriterion } from './schema.ts';
import type { WriteSets } from './write-sets.ts';

/** What is written with. */
export interface Writing {
  readonly sets: WriteSets;
  readonly account: Account;
  readonly protocol: Pick<Protocol, 'period'>;
  /** The kinds of the entry events, as ATLAS names them. */
  readonly entryKinds: ReadonlySet<string>;
}

/** What ATLAS calls the event, and what it asks of it beside dates and relations. */
type Kind = readonly [kind: string, attributes: CirceCriterion[string]];

/** The kind of an event with its concept set and value; `undefined` where it cannot be said. */
export function writeKind(writing: Writing, event: EventCriterion, path: Path): Kind | undefined {
  const { account, sets } = writing;
  const known = [
    'condition',
    'drug',
    'procedure',
    'measurement',
    'observation',
    'visit',
    'death',
    'value',
    'unit',
    'during',
    'atLeast',
    'onDays',
    'timing',
  ];
  if (account.leaveOthers(event, known, path, 'ATLAS has nothing like it.')) return undefined;
  if ('death' in event) return ['Death', {}];
  if ('visit' in event) {
    if (event.visit === 'any') return ['VisitOccurrence', {}];
    account.differ('Visits: ATLAS goes by concepts of the vocabulary Visit; here they go by their HL7 class.');
    return ['VisitOccurrence', { CodesetId: sets.visits(event.visit) }];
  }
  for (const kind of Object.keys(codedKinds) as CodedKind[]) {
    const [own] = codedKinds[kind];
    const name: unknown = Object.entries(event).find(([key]) => key === own)?.[1];
    if (typeof name !== 'string') continue;
    if (kind === 'ConditionOccurrence')
      account.differ('Diagnoses: those that were refuted or entered in error count in ATLAS.');
    const set = sets.named(name, kind, path);
    const value = 'measurement' in event ? writeValue(writing, event, path) : {};
    return set && value && [kind, { [set.key]: set.id, ...value }];
  }
  return account.leave(path, 'ATLAS has no such events.');
}

function writeValue(
  { account, sets }: Writing,
  { measurement, value, unit }: Extract<EventCriterion, { readonly measurement: string }>,
  path: Path,
): CirceCriterion[string] | undefined {
  const { range, ...numbers } = value ?? {};
  const place = [...path, 'value'];
  if (range === 'normal')
    return account.leave(place, 'ATLAS asks whether a value lies below or above its reference range, not within.');
  const ratio =
    range === 'low'
      ? { RangeLowRatio: { Value: 1, Op: 'lt' as const } }
      : range === 'high'
        ? { RangeHighRatio: { Value: 1, Op: 'gt' as const } }
        : {};
  if (Object.keys(numbers).length === 0) return ratio;
  const number = rangeOfLimits(numbers);
  if (!number) return account.leave(place, 'ATLAS has no operator for these limits together.');
  const code = unit ?? sets.unitOf(measurement);
  if (code === undefined) return { ...ratio, ValueAsNumber: number };
  account.differ('Units: ATLAS takes rows of the named unit only; here rows of other units are converted to it.');
  return {
    ...ratio,
    ValueAsNumber: number,
    Unit: [{ CONCEPT_ID: null, CONCEPT_NAME: code, CONCEPT_CODE: code, VOCABULARY_ID: 'UCUM' }],
  };
}
