import { ChartproofError, nearest } from '../../base/index.ts';
import type { ConceptSet, Protocol } from '../../protocol/index.ts';

/** The set that a criterion names. Error: `cohort.unknown-concept`. */
export function conceptSet(protocol: Pick<Protocol, 'concepts'>, id: string): ConceptSet {
  const set = protocol.concepts[id];
  if (set) return set;
  const near = nearest(id, Object.keys(protocol.concepts));
  const tip = near ? `Did you mean \`${near}\`?` : 'Add it under `concepts:`.';
  throw new ChartproofError('cohort.unknown-concept', `The protocol has no concept set \`${id}\`.`, { tip });
}
