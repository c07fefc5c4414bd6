/** What a protocol asks, told whole: the index event, the arms, the exclusions by rule. */
import { ChartproofError, nearest, type Progress } from '../../base/index.ts';
import { asksIndex, type Criterion, INDEX, type Protocol, resolved } from '../../protocol/index.ts';
import { keepCodedRows } from '../criteria/coded-rows.ts';
import type { Gate } from '../gate/gate.ts';
import { indexTable } from '../run/index-events.ts';
import { type ExplainedCriterion, explainCriterion } from './explain-criterion.ts';
import { type ExplainedIndex, explainIndex } from './explain-index.ts';

/** An arm or an exclusion by rule, explained. */
export interface Explained extends ExplainedCriterion {
  readonly id: string;
  readonly label: string;
  readonly kind: 'arm' | 'exclusion';
}

/** What `cohort explain` tells; the index event where it is asked for and the protocol has one. */
export interface ExplainedStudy {
  readonly index?: ExplainedIndex;
  readonly criteria: readonly Explained[];
}

/** Explains the arm or exclusion of this id, `index`, or all. Errors: `cohort.no-criterion`, those of the criteria. */
export async function explainAll(gate: Gate, id: string | undefined, progress: Progress): Promise<ExplainedStudy> {
  const index = id === undefined || id === INDEX ? await explainIndex(gate) : undefined;
  const criteria = index && id === INDEX ? [] : chosen(gate.protocol, id);
  progress.step('Counting', criteria.length);
  const asked = criteria.some(({ criterion }) => asksIndex(resolved(gate.protocol, criterion)));
  const events = asked ? await indexTable(gate) : undefined;
  const explained: Explained[] = [];
  const coded = await keepCodedRows(
    gate,
    criteria.map(({ criterion }) => criterion),
  );
  for (const { criterion, ...named } of criteria) {
    explained.push({ ...named, ...(await explainCriterion(gate, criterion, { coded, indexEvents: events })) });
    progress.advance(explained.length);
  }
  return { ...(index ? { index } : {}), criteria: explained };
}

function chosen({ arms, exclusions, index }: Protocol, id: string | undefined) {
  const all = [
    ...arms.map((arm) => ({ id: arm.id, label: arm.label, kind: 'arm' as const, criterion: arm.criterion })),
    ...exclusions.flatMap(({ id: name, label, rule }) =>
      rule ? [{ id: name, label, kind: 'exclusion' as const, criterion: rule satisfies Criterion }] : [],
    ),
  ];
  const found = id === undefined ? all : all.filter((one) => one.id === id);
  if (found.length > 0) return found;
  const ids = [...(index ? [INDEX] : []), ...all.map((one) => one.id)];
  const near = nearest(id ?? '', ids);
  throw new ChartproofError('cohort.no-criterion', `The protocol has no arm and no exclusion by rule \`${id}\`.`, {
    tip: near ? `Did you mean \`${near}\`?` : `There is: ${ids.join(', ')}.`,
  });
}
