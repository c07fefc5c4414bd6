import { dayRange, type YamlPath } from '../base/index.ts';
import type { Checker } from './checker.ts';
import type { Protocol } from './schema.ts';
import type { Criterion } from './schema-criteria.ts';

/** Concept sets that a criterion names are there and hold what it looks for; windows can be met. */
export function checkCriterion(checker: Checker, protocol: Protocol, criterion: Criterion, path: YamlPath): void {
  for (const combination of ['all', 'any', 'none'] as const) {
    const parts = (criterion as Partial<Record<typeof combination, readonly Criterion[]>>)[combination];
    for (const [at, part] of (parts ?? []).entries())
      checkCriterion(checker, protocol, part, [...path, combination, at]);
  }
  if ('condition' in criterion) checkSet(checker, protocol, criterion.condition, [...path, 'condition'], 'codes');
  if ('procedure' in criterion) checkSet(checker, protocol, criterion.procedure, [...path, 'procedure'], 'codes');
  if ('drug' in criterion) checkSet(checker, protocol, criterion.drug, [...path, 'drug'], 'drugs');
  if ('note' in criterion) {
    for (const [, id = ''] of criterion.note.matchAll(/@([a-z0-9-]+)/g))
      checkTermSet(checker, protocol, id, [...path, 'note']);
  }
  if ('during' in criterion && typeof criterion.during === 'object') {
    const { from, to } = criterion.during;
    if (from && to && dayRange(from).earliest > dayRange(to).latest) {
      checker.add(
        [...path, 'during'],
        'impossible-window',
        'The window ends before it starts.',
        'Exchange from and to.',
      );
    }
  }
  if (
    'age' in criterion &&
    (criterion.age.min ?? Number.NEGATIVE_INFINITY) > (criterion.age.max ?? Number.POSITIVE_INFINITY)
  ) {
    checker.add(
      [...path, 'age'],
      'impossible-window',
      'No age is at least min and at most max.',
      'Exchange min and max.',
    );
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
  const has =
    needs === 'drugs' ? (set?.drugs?.names.length ?? 0) + (set?.codes.length ?? 0) : (set?.[needs].length ?? 0);
  if (has === 0)
    checker.add(
      path,
      'empty-concept-set',
      `The concept set \`${id}\` has no ${needs}, which are looked for here.`,
      `Add ${needs} to it.`,
    );
}
