/** What a draft would change, as the contract has it. Rule R112 of SPEC.md. */
import type { StudyProtocol } from '../../protocol/index.ts';
import type { ProtocolImpact } from '../../publish/index.ts';
import { becauseOf } from '../cohort/cohort-jobs.ts';
import type { ProtocolImpactView } from '../contract/index.ts';

/** Whoever has no subject number yet is not named: their id is of the hospital. To whoever is blinded nothing of arms is told. */
export function impactView(
  { forms, reopens, closes, cohort, numbers }: ProtocolImpact,
  before: StudyProtocol,
  after: StudyProtocol,
  isBlinded: boolean,
): ProtocolImpactView {
  const sideOf = ({ protocol, sha256 }: StudyProtocol) => ({ version: protocol.version, sha256 });
  return {
    from: sideOf(before),
    to: sideOf(after),
    fields: forms.map(({ instrument, field, change, what }) => ({
      instrument,
      field: field ?? null,
      change,
      what: [...what],
    })),
    reopens: reopens
      .filter(({ subject }) => isSubject(subject))
      .map(({ subject, items }) => ({
        subject,
        items: items.map(({ instrument, row, field, why }) => ({ instrument, row, field, why })),
      })),
    closes: [...closes],
    cohort: {
      moved: cohort.moved
        .filter(({ from, to }) => !isBlinded || from !== to)
        .map((one) => ({
          subject: isSubject(one.name) ? one.name : null,
          from: one.from,
          to: one.to,
          why: becauseOf(one, isBlinded),
        })),
      stayed: cohort.stayed,
      notAuthorized: cohort.notAuthorized,
    },
    numbers: [...numbers],
  };
}

function isSubject(name: string): boolean {
  return /^S\d+$/.test(name);
}
