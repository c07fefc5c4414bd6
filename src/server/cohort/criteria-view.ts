/** What a protocol asks, as lines to read: each part at its depth, with its counts where they were counted. */
import { criterionText, type ExplainedPart, type ExplainedStudy, indexTexts } from '../../cohort/index.ts';
import { type Criterion, INDEX, type Protocol, partsOf } from '../../protocol/index.ts';
import type { CriteriaView, ExplainedCriteria } from '../contract/index.ts';

type Line = CriteriaView['criteria'][number]['lines'][number];

/** Index event, arms and exclusions, in the order of the protocol. */
export function criteriaView(protocol: Protocol): CriteriaView {
  const { arms, exclusions, index, version } = protocol;
  const indexLines = index ? indexTexts(protocol, index).map((text) => ({ depth: 0, text })) : [];
  return {
    version,
    criteria: [
      ...(index ? [{ id: INDEX, label: index.label, kind: 'index' as const, lines: indexLines }] : []),
      ...arms.map(({ id, label, criterion }) => ({
        id,
        label,
        kind: 'arm' as const,
        lines: linesOf(protocol, criterion, 0),
      })),
      ...exclusions.map(({ id, label, rule, reviewer }) =>
        rule
          ? { id, label, kind: 'exclusion' as const, lines: linesOf(protocol, rule, 0) }
          : { id, label, kind: 'reviewers' as const, lines: [{ depth: 0, text: reviewerText(reviewer) }] },
      ),
    ],
  };
}

function linesOf(protocol: Protocol, criterion: Criterion, depth: number): Line[] {
  const named = 'criterion' in criterion ? protocol.criteria[criterion.criterion] : undefined;
  const parts = named ? [named] : partsOf(criterion);
  return [
    { depth, text: criterionText(protocol, criterion) },
    ...parts.flatMap((part) => linesOf(protocol, part, depth + 1)),
  ];
}

function reviewerText(reviewer: Protocol['exclusions'][number]['reviewer']): string {
  return reviewer ? `Reviewers decide: ${reviewer.instrument}, ${reviewer.when}` : '';
}

/** The same lines with counts, as they were counted. */
export function explainedView({ index, criteria }: ExplainedStudy): ExplainedCriteria {
  return {
    criteria: [
      ...(index
        ? [
            {
              id: INDEX,
              lines: index.steps.map(({ text, persons, events }) => ({ depth: 0, text, persons, soFar: events })),
              sql: index.sql,
            },
          ]
        : []),
      ...criteria.map(({ id, part, sql }) => ({ id, lines: countedLines(part, 0), sql })),
    ],
  };
}

function countedLines(part: ExplainedPart, depth: number): ExplainedCriteria['criteria'][number]['lines'] {
  const { text, alone, soFar, parts } = part;
  return [
    { depth, text, persons: alone, soFar: soFar ?? null },
    ...parts.flatMap((inner) => countedLines(inner, depth + 1)),
  ];
}
