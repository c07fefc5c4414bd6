/** What the screening came to, candidate by candidate. Pure. Rule R20 of SPEC.md. */
import { type Judged, ledgerExclusions, type Screened, type ScreeningVerdict } from '../cohort/index.ts';
import type { Protocol } from '../protocol/index.ts';

/** The verdict of each candidate, by subject. */
export function screeningVerdicts(protocol: Protocol, judged: readonly Judged[]): ReadonlyMap<string, Screened> {
  // Steps of the index event leave out by the records too.
  const rules = new Set(ledgerExclusions(protocol).flatMap(({ id, reviewer }) => (reviewer ? [] : [id])));
  const atScreening = new Set(
    protocol.exclusions.flatMap(({ id, reviewer }) => (reviewer?.instrument === protocol.review.screening ? [id] : [])),
  );
  const verdictOf = ({ exclusions, isOpen }: Judged): ScreeningVerdict => {
    if (exclusions.some((id) => rules.has(id))) return 'by-rule';
    if (isOpen) return 'open';
    return exclusions.some((id) => atScreening.has(id)) ? 'not-eligible' : 'eligible';
  };
  return new Map(
    judged.map((one) => {
      const verdict = verdictOf(one);
      return [one.subject, { verdict, isIncluded: verdict === 'eligible' && one.exclusions.length === 0 }];
    }),
  );
}
