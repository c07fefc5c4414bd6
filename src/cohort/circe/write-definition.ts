/** Who is in by a protocol, as a cohort definition of OHDSI ATLAS. Rules R131 to R133. */
import { isDeepStrictEqual } from 'node:util';
import { ChartproofError, type Problem } from '../../base/index.ts';
import {
  type Criterion,
  type EventCriterion,
  type IndexEvent,
  isEvent,
  type Protocol,
  resolved,
} from '../../protocol/index.ts';
import { Account, type LeftOut, type Path } from './account.ts';
import { partsOfCriterion } from './read-criteria.ts';
import { EVER, isPlain } from './read-entry.ts';
import { nameOfRule } from './rule-names.ts';
import type { CirceCriterion, Definition } from './schema.ts';
import { daysOf } from './windows.ts';
import { writeAny, writeEvent, writeKept } from './write-criteria.ts';
import type { Writing } from './write-kind.ts';
import { WriteSets } from './write-sets.ts';

export interface ToAtlas {
  readonly definition: Definition;
  /** What has no equal in ATLAS, with its path in the protocol. */
  readonly leftOut: readonly LeftOut[];
  /** What both say, but work out differently. */
  readonly differs: readonly string[];
}

/** Error: `cohort.atlas-no-entry`, where no event is said, or none of them can be. */
export function toAtlas(protocol: Protocol): ToAtlas {
  const account = new Account();
  const sets = new WriteSets(protocol, account);
  const { path, ...entry } = entryOf(protocol);
  const unplaced: Writing = { sets, account, protocol, entryKinds: new Set() };
  const written = entry.events.map((event, at) => writeEvent(unplaced, event, path(at)));
  const list = written.filter((one) => one !== undefined);
  if (list.length === 0)
    throw noEntry('None of the events by which a person may enter has an equal in ATLAS.', account.leftOut);
  const writing: Writing = { ...unplaced, entryKinds: new Set(list.map((one) => partsOfCriterion(one)[0])) };
  const primary = primaryOf(account, entry, list);
  const rules = [...armsRule(writing, protocol, entry.events), ...exclusionRules(writing, protocol)];
  account.differ(
    'Observation periods: ATLAS takes entry events only where they lie in one; here everything that is recorded counts.',
  );
  account.differ('Dates: where one is a month or a year, an event counts here when it may have been in a window.');
  account.differ('Authorization: whoever did not permit research is never in here; ATLAS does not know of it.');
  const definition: Definition = {
    cdmVersionRange: '>=5.0.0',
    ConceptSets: sets.sets,
    PrimaryCriteria: primary,
    QualifiedLimit: { Type: 'All' },
    ExpressionLimit: { Type: 'All' },
    InclusionRules: rules,
    CensoringCriteria: [],
    CollapseSettings: { CollapseType: 'ERA', EraPad: 0 },
    CensorWindow: {},
  };
  return { definition, leftOut: account.leftOut, differs: account.differs };
}

type Entry = Omit<IndexEvent, 'label' | 'events'> & { readonly events: readonly EventCriterion[] };

/** The index event; without one, the events of the arms, where they are nothing but events. */
function entryOf(protocol: Protocol): Entry & { path(at: number): Path } {
  const event = (criterion: Criterion): readonly EventCriterion[] => {
    const one = resolved(protocol, criterion);
    return isEvent(one) && one.atLeast === 1 && one.onDays === undefined ? [one] : [];
  };
  const { index, arms } = protocol;
  if (index) return { ...index, events: index.events.flatMap(event), path: (at) => ['index', 'events', at] };
  const events = arms.flatMap(({ criterion }) => event(criterion));
  if (events.length < arms.length)
    throw noEntry('The protocol does not say by which event a person enters the cohort.', []);
  return { events, take: 'first', path: (at) => ['arms', at, 'criterion'] };
}

function noEntry(message: string, leftOut: readonly LeftOut[]): ChartproofError {
  const problems: Problem[] = leftOut.map(({ at, why }) => ({
    code: 'cohort.atlas-left-out',
    message: `${at}: ${why}`,
  }));
  return new ChartproofError('cohort.atlas-no-entry', message, {
    tip: 'Say it under `index:` (docs/protocol.md).',
    problems,
  });
}

/** ATLAS asks for observation before it takes the first event, we after: the same where only the first ever may be it. */
function primaryOf(
  account: Account,
  { take, washout, lookback, followUp, events }: Entry,
  list: readonly CirceCriterion[],
): Definition['PrimaryCriteria'] {
  const [single, second] = events;
  const mayBeFirst =
    take === 'first' &&
    single !== undefined &&
    !second &&
    isPlain(single) &&
    (washout === undefined ? single.during === undefined : washout === EVER);
  const isAsked = lookback !== undefined || followUp !== undefined;
  const isFirst = mayBeFirst && (isAsked || washout !== undefined);
  if (washout !== undefined && !isFirst)
    account.leave(['index', 'washout'], 'ATLAS knows the first event ever, of one kind; no other washout.');
  const days = (key: 'lookback' | 'followUp', span: string | undefined): number => {
    const count = daysOf(span) ?? 0;
    if (Number.isNaN(count)) account.leave(['index', key], 'ATLAS counts days: write `365 days`, not months or years.');
    else if (count > 0 && take !== 'every' && !isFirst)
      account.leave(
        ['index', key],
        'ATLAS takes the first event of those that have it; here it is asked of the event that was taken.',
      );
    else return count;
    return 0;
  };
  return {
    CriteriaList: isFirst ? list.map((one) => firstOf(one)) : [...list],
    ObservationWindow: { PriorDays: days('lookback', lookback), PostDays: days('followUp', followUp) },
    PrimaryCriteriaLimit: { Type: take === 'every' ? 'All' : take === 'last' ? 'Last' : 'First' },
  };
}

function firstOf(criterion: CirceCriterion): CirceCriterion {
  const [kind, attributes] = partsOfCriterion(criterion);
  return { [kind]: { ...attributes, First: true } };
}

type Rule = NonNullable<Definition['InclusionRules']>[number];

/** Whoever has an entry event is found by an arm where each of these events is one; otherwise that is a rule. */
function armsRule(writing: Writing, protocol: Protocol, events: readonly EventCriterion[]): Rule[] {
  const criteria = protocol.arms.map(({ criterion }) => resolved(protocol, criterion));
  if (events.every((event) => criteria.some((one) => isDeepStrictEqual(one, event)))) return [];
  const expression = writeAny(
    writing,
    criteria.map((criterion, at) => ({ criterion, path: ['arms', at, 'criterion'] })),
  );
  return expression ? [{ name: `Found by: ${protocol.arms.map(({ label }) => label).join(' or ')}`, expression }] : [];
}

/** Whom we leave out; ATLAS keeps the others. */
function exclusionRules(writing: Writing, protocol: Protocol): Rule[] {
  return protocol.exclusions.flatMap(({ label, rule }, at) => {
    const path: Path = ['exclusions', at];
    if (!rule)
      return (
        writing.account.leave([...path, 'reviewer'], 'What reviewers decide is not in the records that ATLAS asks.') ??
        []
      );
    const expression = writeKept(writing, { criterion: resolved(protocol, rule), path: [...path, 'rule'] });
    return expression ? [{ name: nameOfRule(label), expression }] : [];
  });
}
