import type { TermSets } from '../notes/index.ts';
import type { Protocol } from '../protocol/index.ts';

/** The words of each concept set, as a search names them: `@psoriasis`. */
export function termSetsOf(protocol: Protocol): TermSets {
  return Object.fromEntries(
    Object.entries(protocol.concepts).map(([id, set]) => [
      id,
      set.terms.flatMap((term) => [term.text, ...term.synonyms]),
    ]),
  );
}
