/** A whole criterion in plain English. Pure. Rule R95. */
import { type Criterion, type Protocol, partsOf } from '../../protocol/index.ts';
import { criterionText } from './criterion-text.ts';

/** A line for each part, those of a combination two spaces further in. A criterion that is named stays a name. */
export function criterionOutline(protocol: Protocol, criterion: Criterion): string {
  if ('criterion' in criterion) return `What is named \`${criterion.criterion}\``;
  const parts = partsOf(criterion).map((part) => criterionOutline(protocol, part).replaceAll(/^/gm, '  '));
  return [criterionText(protocol, criterion), ...parts].join('\n');
}
