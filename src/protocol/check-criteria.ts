import { dayRange, type YamlPath } from '../base/index.ts';
import type { Checker } from './checker.ts';
import { isEvent, namesReached, relatedTo } from './named-criteria.ts';
import type { Protocol } from './schema.ts';
import type { Criterion, EventCriterion, Relation } from './schema-criteria.ts';
import { INDEX } from './schema-index.ts';
import { isUnit, unitConversion } from './units.ts';

/** What a criterion names is there and holds what is looked for; windows, limits and units can be met. */
export function checkCriterion(checker: Checker, protocol: Protocol, criterion: Criterion, path: YamlPath): void {
  for (const combination of ['all', 'any', 'none', 'of'] as const) {
    const parts = (criterion as Partial<Record<typeof combination, readonly Criterion[]>>)[combination];
    for (const [at, part] of (parts ?? []).entries())
      checkCriterion(checker, protocol, part, [...path, combination, at]);
  }
  if ('criterion' in criterion)
    checker.known([...path, 'criterion'], 'criterion', criterion.criterion, Object.keys(protocol.criteria));
  if ('of' in criterion && criterion.atLeast > criterion.of.length)
    checker.add([...path, 'atLeast'], 'impossible-count', 'More are asked for than there are.', 'Ask for fewer.');
  if ('age' in criterion)
    checkOrder(
      checker,
      criterion.age.min,
      criterion.age.max,
      [...path, 'age'],
      ['No age is at least min and at most max.', 'Exchange min and max.'],
    );
  if (isEvent(criterion)) checkEvent(checker, protocol, criterion, path);
}

function checkEvent(checker: Checker, protocol: Protocol, event: EventCriterion, path: YamlPath): void {
  for (const kind of ['condition', 'procedure', 'measurement', 'observation'] as const) {
    const set = (event as Partial<Record<typeof kind, string>>)[kind];
    if (set !== undefined) checkSet(checker, protocol, set, [...path, kind], 'codes');
  }
  if ('drug' in event) checkSet(checker, protocol, event.drug, [...path, 'drug'], 'drugs');
  if ('note' in event) {
    for (const [, id = ''] of event.note.matchAll(/@([a-z0-9-]+)/g))
      checkTermSet(checker, protocol, id, [...path, 'note']);
  }
  if ('measurement' in event) checkMeasurement(checker, protocol, event, path);
  checkExcepted(checker, event, path);
  if (typeof event.during === 'object') {
    const { from, to } = event.during;
    const [first, last] = [from && dayRange(from).earliest, to && dayRange(to).latest];
    checkOrder(
      checker,
      first,
      last,
      [...path, 'during'],
      ['The window ends before it starts.', 'Exchange from and to.'],
    );
  }
  for (const [at, relation] of (event.timing ?? []).entries())
    checkRelation(checker, protocol, relation, [...path, 'timing', at]);
}

/** Which are meant and which are left out are two ways of saying one thing. */
function checkExcepted(checker: Checker, event: EventCriterion, path: YamlPath): void {
  for (const [meant, left] of [
    ['sites', 'exceptSites'],
    ['specialties', 'exceptSpecialties'],
  ] as const) {
    if (!(meant in event && left in event)) continue;
    const message = `Either \`${meant}\` says which are meant, or \`${left}\` which are not.`;
    checker.add([...path, left], 'said-twice', message, `Leave out \`${left}\`.`);
  }
}

function checkMeasurement(
  checker: Checker,
  protocol: Protocol,
  { measurement, value, unit }: Extract<EventCriterion, { readonly measurement: string }>,
  path: YamlPath,
): void {
  const { above = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = value ?? {};
  const { atLeast = above, atMost = below } = value ?? {};
  const [low, high] = [Math.max(above, atLeast), Math.min(below, atMost)];
  if (low > high || (low === high && (low === above || high === below)))
    checker.add([...path, 'value'], 'impossible-window', 'No value lies within these limits.', 'Exchange them.');
  const set = protocol.concepts[measurement];
  if (unit === undefined || !set) return;
  checkUnit(checker, unit, [...path, 'unit']);
  if (set.unit === undefined || !isUnit(set.unit) || !isUnit(unit) || unitConversion(set.unit, unit, set.molarMass))
    return;
  const tip = 'Name a unit of the same kind; between masses and moles, `molarMass` of the concept set makes it.';
  checker.add(
    [...path, 'unit'],
    'unit',
    `\`${set.unit}\`, the unit of \`${measurement}\`, does not become \`${unit}\`.`,
    tip,
  );
}

/** The unit is one of UCUM. */
export function checkUnit(checker: Checker, unit: string, path: YamlPath): void {
  if (isUnit(unit)) return;
  checker.add(
    path,
    'unit',
    `\`${unit}\` is no unit of UCUM.`,
    'Units are written as mg/dL, umol/L, 10*9/L, [degF], % (https://ucum.org).',
  );
}

function checkRelation(checker: Checker, protocol: Protocol, relation: Relation, path: YamlPath): void {
  const { word, to } = relatedTo(relation);
  const place = [...path, word];
  if (typeof to !== 'string') {
    checkCriterion(checker, protocol, to, place);
    checkSingle(checker, to, place);
  } else if (to !== INDEX && checker.known(place, 'criterion', to, Object.keys(protocol.criteria))) {
    const named = protocol.criteria[to];
    if (named && !isEvent(named)) {
      const tip =
        'Name one that is a diagnosis, drug, procedure, measurement, observation, note, visit, contact or death.';
      checker.add(place, 'not-an-event', `The criterion \`${to}\` is no event: it has no days.`, tip);
    } else if (named) checkSingle(checker, named, place);
  }
  const { within, atLeast } = relation;
  if (word === 'overlapping' && (within !== undefined || atLeast !== undefined)) {
    const tip = 'Leave out `within` and `atLeast`, or use `of`.';
    checker.add(path, 'impossible-window', 'Events that overlap are not apart.', tip);
    return;
  }
  const [least, most] = [daysOf(atLeast).fewest, daysOf(within).most];
  if (within !== undefined && most === 0 && (word === 'before' || word === 'after')) {
    const tip = word === 'before' ? 'onOrBefore' : 'onOrAfter';
    checker.add([...path, 'within'], 'impossible-window', `Nothing is ${word} within no days.`, `Use \`${tip}\`.`);
  } else if (within !== undefined && least > most) {
    checker.add(
      path,
      'impossible-window',
      'Nothing is at least so long and at most so short apart.',
      'Exchange within and atLeast.',
    );
  }
}

/** An event that another is related to is one event: how many there are is not asked of it. */
function checkSingle(checker: Checker, event: EventCriterion, path: YamlPath): void {
  if (event.atLeast === 1 && event.onDays === undefined) return;
  const tip = 'Leave out `atLeast` and `onDays` there, and ask for the number in a criterion of its own.';
  checker.add(path, 'not-single', 'An event is related to single events, not to a number of them.', tip);
}

/** How many days a length of time may have. */
export function daysOf(span: string | undefined): { readonly fewest: number; readonly most: number } {
  const [, count = '0', unit = 'day'] = /^(\d+) (day|week|month|year)/.exec(span ?? '') ?? [];
  const [fewest = 1, most = 1] = { day: [1, 1], week: [7, 7], month: [28, 31], year: [365, 366] }[unit] ?? [];
  return { fewest: Number(count) * fewest, most: Number(count) * most };
}

function checkOrder<Bound extends number | string>(
  checker: Checker,
  low: Bound | undefined,
  high: Bound | undefined,
  path: YamlPath,
  [message, tip]: readonly [message: string, tip: string],
): void {
  if (low === undefined || high === undefined || low <= high) return;
  checker.add(path, 'impossible-window', message, tip);
}

/** No named criterion leads back to itself: told at each that does. */
export function checkNamedCriteria(checker: Checker, protocol: Protocol): void {
  for (const [name, criterion] of Object.entries(protocol.criteria)) {
    checkCriterion(checker, protocol, criterion, ['criteria', name]);
    if (!namesReached(protocol, criterion).has(name)) continue;
    const tip = 'A criterion must not need itself. Say one of them without the others.';
    checker.add(['criteria', name], 'cyclic', `The criterion \`${name}\` leads back to itself.`, tip);
  }
}

/** The term set is one of the protocol, with terms, or one that all studies share. */
function checkTermSet(checker: Checker, protocol: Protocol, id: string, path: YamlPath): void {
  const { termSets } = checker;
  const own = Object.hasOwn(protocol.concepts, id) ? protocol.concepts[id] : undefined;
  const isShared = termSets === 'any' || termSets.includes(id);
  if (own && !(own.terms.length === 0 && isShared)) checkSet(checker, protocol, id, path, 'terms');
  else if (!isShared) checker.known(path, 'concept set', id, [...Object.keys(protocol.concepts), ...termSets]);
}

/** The concept set is there and has what is looked for. */
export function checkSet(
  checker: Checker,
  protocol: Protocol,
  id: string,
  path: YamlPath,
  needs: 'codes' | 'drugs' | 'terms',
): void {
  if (!checker.known(path, 'concept set', id, Object.keys(protocol.concepts))) return;
  const set = protocol.concepts[id];
  const codes = set?.codes.filter((code) => !code.exclude).length ?? 0;
  const has =
    needs === 'drugs' ? (set?.drugs?.names.length ?? 0) + codes : needs === 'codes' ? codes : (set?.terms.length ?? 0);
  if (has === 0)
    checker.add(
      path,
      'empty-concept-set',
      `The concept set \`${id}\` has no ${needs}, which are looked for here.`,
      `Add ${needs} to it.`,
    );
}
