/** Criteria that name others: which they name, and the same criteria with the names resolved. */
import type { Protocol } from './schema.ts';
import {
  type Criterion,
  type EventCriterion,
  type EventReference,
  type Relation,
  relations,
} from './schema-criteria.ts';
import { INDEX } from './schema-index.ts';

/** An event criterion: one about rows of the records. */
export function isEvent(criterion: Criterion): criterion is EventCriterion {
  return 'atLeast' in criterion && !('of' in criterion);
}

/** The criteria that a combination combines; none of any other. */
export function partsOf(criterion: Criterion): readonly Criterion[] {
  if ('all' in criterion) return criterion.all;
  if ('any' in criterion) return criterion.any;
  if ('none' in criterion) return criterion.none;
  return 'of' in criterion ? criterion.of : [];
}

/** Whom a relation names, and how it stands to it. */
export function relatedTo(relation: Relation): {
  readonly word: (typeof relations)[number];
  readonly to: EventReference;
} {
  for (const word of relations) {
    const to = relation[word];
    if (to !== undefined) return { word, to };
  }
  throw new Error('A relation without an event');
}

/** The names of criteria that stand in a criterion itself, at any depth; `index` is none. */
export function namesIn(criterion: Criterion): string[] {
  if ('criterion' in criterion) return [criterion.criterion];
  const related = isEvent(criterion) ? (criterion.timing ?? []).map((one) => relatedTo(one).to) : [];
  return [
    ...partsOf(criterion).flatMap(namesIn),
    ...related.flatMap((to) => (typeof to === 'string' ? (to === INDEX ? [] : [to]) : namesIn(to))),
  ];
}

/** The names that a criterion leads to, directly or through others. */
export function namesReached({ criteria }: Pick<Protocol, 'criteria'>, from: Criterion): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = namesIn(from);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const named = criteria[name];
    if (seen.has(name) || !named) continue;
    seen.add(name);
    open.push(...namesIn(named));
  }
  return seen;
}

/** Everything that stands in a criterion whose names are resolved: itself, its parts, the events it is related to. */
function within(criterion: Criterion): Criterion[] {
  const related = isEvent(criterion) ? (criterion.timing ?? []).map((one) => relatedTo(one).to) : [];
  const inner = [...partsOf(criterion), ...related.filter((to) => typeof to !== 'string')];
  return [criterion, ...inner.flatMap(within)];
}

/** The events of a criterion whose names are resolved, also those that others are related to. */
export function eventsIn(criterion: Criterion): EventCriterion[] {
  return within(criterion).filter(isEvent);
}

/** The note queries of a criterion whose names are resolved. */
export function noteQueriesIn(criterion: Criterion): string[] {
  return within(criterion).flatMap((one) => ('note' in one ? [one.note] : []));
}

/** Whether values are compared anywhere in a criterion whose names are resolved. */
export function asksValues(criterion: Criterion): boolean {
  return within(criterion).some((one) => 'measurement' in one && one.value !== undefined);
}

/** Whether a criterion, its names resolved, asks of some event how long it lasted. */
export function asksOverlap(criterion: Criterion): boolean {
  return within(criterion).some(
    (one) => isEvent(one) && (one.timing ?? []).some((relation) => relatedTo(relation).word === 'overlapping'),
  );
}

/** Whether a criterion, its names resolved, is about an index event: it may hold for one and not for another of a person. */
export function asksIndex(criterion: Criterion): boolean {
  return within(criterion).some((one) =>
    'age' in one
      ? one.age.at === INDEX
      : isEvent(one) && (one.timing ?? []).some((relation) => relatedTo(relation).to === INDEX),
  );
}

/** The concept sets whose codes a criterion looks for, its names resolved. */
export function conceptSetsIn(criterion: Criterion): string[] {
  return within(criterion).flatMap((one) => {
    if ('condition' in one) return [one.condition];
    if ('procedure' in one) return [one.procedure];
    if ('drug' in one) return [one.drug];
    if ('measurement' in one) return [one.measurement];
    return 'observation' in one ? [one.observation] : [];
  });
}

/** A criterion with every name but that of the index replaced by what it names. The protocol was checked: no name leads back to itself. */
export function resolved({ criteria }: Pick<Protocol, 'criteria'>, criterion: Criterion): Criterion {
  const named = (name: string): Criterion => {
    const found = criteria[name];
    if (!found) throw new Error('A criterion names one that is not there');
    return resolve(found);
  };
  const event = (to: EventReference): EventCriterion => {
    const found = typeof to === 'string' ? named(to) : resolve(to);
    if (!isEvent(found)) throw new Error('A relation to what is no event');
    return found;
  };
  const resolve = (one: Criterion): Criterion => {
    if ('criterion' in one) return named(one.criterion);
    if ('all' in one) return { all: one.all.map(resolve) };
    if ('any' in one) return { any: one.any.map(resolve) };
    if ('none' in one) return { none: one.none.map(resolve) };
    if ('of' in one) return { ...one, of: one.of.map(resolve) };
    if (!isEvent(one) || !one.timing) return one;
    const timing = one.timing.map((relation) => {
      const { word, to } = relatedTo(relation);
      return { ...relation, [word]: to === INDEX ? to : event(to) };
    });
    return { ...one, timing };
  };
  return resolve(criterion);
}
