/** What a protocol says of its index event can be met, and names it only where it is known: in exclusions. Rules R31 to R33. */
import type { YamlPath } from '../base/index.ts';
import { checkCriterion, daysOf } from './check-criteria.ts';
import type { Checker } from './checker.ts';
import { isEvent, namesReached, partsOf, relatedTo } from './named-criteria.ts';
import type { Protocol } from './schema.ts';
import type { Criterion } from './schema-criteria.ts';
import { INDEX, indexStepIds } from './schema-index.ts';

/** Checks `index:` and every criterion that names it. */
export function checkIndex(checker: Checker, protocol: Protocol): void {
  checkEvents(checker, protocol);
  checkNames(checker, protocol);
  const found = placedCriteria(protocol);
  const early = protocol.index ? found.filter((one) => one.isEarly) : found;
  for (const { criterion, path } of early) {
    for (const place of indexPlaces(criterion, path)) {
      if (protocol.index) checker.add(place, 'index-not-known', NOT_KNOWN, 'Name it in exclusions alone.');
      else checker.add(place, 'no-index', 'The protocol has no `index`.', 'Say under `index:` which event it is.');
    }
  }
}

const NOT_KNOWN =
  'The `index` event is not known here: it is looked for in the records of those whom the arms have found.';

function checkEvents(checker: Checker, protocol: Protocol): void {
  const { index } = protocol;
  if (!index) return;
  for (const [at, event] of index.events.entries()) {
    const path = ['index', 'events', at];
    checkCriterion(checker, protocol, event, path);
    if (event.atLeast === 1 && event.onDays === undefined) continue;
    const tip = 'Leave out `atLeast` and `onDays`; an exclusion can ask for the number.';
    checker.add(path, 'not-single', 'The index event is a single event, not a number of them.', tip);
  }
  if (index.washout !== undefined && daysOf(index.washout).most === 0)
    checker.add(['index', 'washout'], 'impossible-window', 'A washout of no time washes nothing out.', 'Leave it out.');
}

function checkNames(checker: Checker, { criteria, exclusions, index }: Protocol): void {
  if (Object.hasOwn(criteria, INDEX)) {
    const tip = 'Give it another name.';
    checker.add(['criteria', INDEX], 'reserved-name', '`index` is the name of the index event.', tip);
  }
  if (!index) return;
  const reserved: readonly string[] = indexStepIds;
  for (const [at, { id }] of exclusions.entries()) {
    if (!reserved.includes(id)) continue;
    const message = `\`${id}\` is a step of the account that comes of the index event.`;
    checker.add(['exclusions', at, 'id'], 'reserved-name', message, 'Give it another id.');
  }
}

/** A criterion of the protocol, where it stands, and whether it is asked before the index event is known. */
interface Placed {
  readonly criterion: Criterion;
  readonly path: YamlPath;
  readonly isEarly: boolean;
}

function placedCriteria(protocol: Protocol): Placed[] {
  const { criteria, arms, exclusions, index } = protocol;
  const early = [
    ...(index?.events ?? []).map((criterion, at) => ({ criterion, path: ['index', 'events', at] })),
    ...arms.map(({ criterion }, at) => ({ criterion, path: ['arms', at, 'criterion'] })),
  ];
  const reached = new Set(early.flatMap(({ criterion }) => [...namesReached(protocol, criterion)]));
  return [
    ...early.map((one) => ({ ...one, isEarly: true })),
    ...Object.entries(criteria).map(([name, criterion]) => {
      return { criterion, path: ['criteria', name], isEarly: reached.has(name) };
    }),
    ...exclusions.flatMap(({ rule }, at) =>
      rule ? [{ criterion: rule, path: ['exclusions', at, 'rule'], isEarly: false }] : [],
    ),
  ];
}

/** Where a criterion itself names the index, at any depth. */
function indexPlaces(criterion: Criterion, path: YamlPath): YamlPath[] {
  if ('age' in criterion) return criterion.age.at === INDEX ? [[...path, 'age', 'at']] : [];
  if (isEvent(criterion)) {
    return (criterion.timing ?? []).flatMap((relation, at) => {
      const { word, to } = relatedTo(relation);
      const place = [...path, 'timing', at, word];
      if (typeof to !== 'string') return indexPlaces(to, place);
      return to === INDEX ? [place] : [];
    });
  }
  const [combination = ''] = Object.keys(criterion).filter((key) => ['all', 'any', 'none', 'of'].includes(key));
  return partsOf(criterion).flatMap((part, at) => indexPlaces(part, [...path, combination, at]));
}
