/** What a schema cannot say of a protocol: that every name refers to something, and every expression can be worked out. */
import { dayRange, inFileOrder, type PlaceOf, type Problem } from '../base/index.ts';
import { accountStepIds } from './account-steps.ts';
import { checkCriterion, checkNamedCriteria, checkUnit } from './check-criteria.ts';
import { checkIndex } from './check-index.ts';
import { checkInstruments } from './check-instruments.ts';
import { checkResults } from './check-results.ts';
import { Checker, type OtherTermSets } from './checker.ts';
import type { Protocol } from './schema.ts';

const STEPS: ReadonlySet<string> = new Set(accountStepIds);

/** All problems, in the order of the file. */
export function checkProtocol(protocol: Protocol, placeOf: PlaceOf, termSets: OtherTermSets = []): readonly Problem[] {
  const checker = new Checker(placeOf, termSets);
  const { start, end } = protocol.period;
  if (dayRange(start).earliest > dayRange(end).latest) {
    checker.add(
      ['period', 'start'],
      'impossible-window',
      'The period ends before it starts.',
      'Exchange start and end.',
    );
  }
  for (const [id, set] of Object.entries(protocol.concepts)) {
    if (set.unit !== undefined) checkUnit(checker, set.unit, ['concepts', id, 'unit']);
    if (set.codes.length + set.terms.length + (set.drugs?.names.length ?? 0) > 0) continue;
    checker.add(
      ['concepts', id],
      'empty-concept-set',
      `The concept set \`${id}\` has no code, no drug and no term.`,
      'Add at least one.',
    );
  }
  checkNamedCriteria(checker, protocol);
  checker.unique(protocol.arms, ['arms']);
  for (const [at, arm] of protocol.arms.entries())
    checkCriterion(checker, protocol, arm.criterion, ['arms', at, 'criterion']);
  checker.unique(protocol.exclusions, ['exclusions']);
  for (const [at, exclusion] of protocol.exclusions.entries()) {
    if (STEPS.has(exclusion.id)) {
      const message = `\`${exclusion.id}\` is another step of the account.`;
      checker.add(['exclusions', at, 'id'], 'taken-name', message, 'Choose another id.');
    }
    if (exclusion.rule) checkCriterion(checker, protocol, exclusion.rule, ['exclusions', at, 'rule']);
    if (exclusion.reviewer) checker.reviewer(protocol, exclusion.reviewer, ['exclusions', at, 'reviewer']);
  }
  checkIndex(checker, protocol);
  checkInstruments(checker, protocol);
  checkResults(checker, protocol);
  return inFileOrder(checker.problems);
}
