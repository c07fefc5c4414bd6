import { Refusal } from '../quarantine-reasons.ts';
import { type DecodedRow, row } from '../rows.ts';
import type { AuthorizationDecision } from '../tables.ts';
import { type Dated, dateAt, firstDate, periodAt } from './dates.ts';
import { type Fhir, listAt, objectAt, textAt } from './elements.ts';
import { personAt } from './references.ts';

/** Codes of scope, category and purpose that make a consent one about research (HL7 consentscope, ActReason, consentcategorycodes). */
const RESEARCH = new Set(['research', 'hresch', 'clintrch', 'rsreid', 'rsdid']);

/** Statuses of a consent that says nothing yet, or never did. */
const SAYS_NOTHING = new Set(['draft', 'entered-in-error']);

/** What a consent that permits comes to where it is not, or no longer, given. */
const NOT_GIVEN: ReadonlyMap<string | undefined, 'refused' | 'revoked'> = new Map([
  ['rejected', 'refused'],
  ['inactive', 'revoked'],
] as const);

/**
 * Consent about research: what the person decided about the use of the record. `undefined` for a consent about anything
 * else. Rules R14 to R18, R48, R140 and R141 of SPEC.md: where it is not certain that use is permitted, it is refused.
 */
export function decodeConsent(consent: Fhir): DecodedRow[] | undefined {
  if (!aboutResearch(consent)) return undefined;
  const person_id = personAt(consent, 'patient');
  const status = textAt(consent, 'status');
  const provision = objectAt(consent, 'provision');
  const period = periodAt(provision, 'period');
  const [written, updated] = [dateAt(consent, 'dateTime'), dateAt(objectAt(consent, 'meta'), 'lastUpdated')];
  const answer = (decision: AuthorizationDecision, { day, source }: Dated): DecodedRow =>
    row('research_authorization', { person_id, decision, decided_date: day, decided_date_source: source });
  const isDenied = [provision, ...provisionsIn(provision)].some((one) => textAt(one, 'type') === 'deny');
  if (status !== undefined && SAYS_NOTHING.has(status)) return [];
  if (status === 'proposed') return isDenied ? [] : [answer('requested', firstDate(written, updated))];
  const type = textAt(provision, 'type');
  if (type !== 'permit' && type !== 'deny') throw new Refusal('consent.no-decision', 'provision.type');

  const decided = firstDate(written, period.start, updated);
  const notGiven = isDenied ? 'refused' : NOT_GIVEN.get(status);
  if (notGiven) return [answer(notGiven, decided)];
  const ended = period.end.day === null ? [] : [answer('refused', period.end)];
  return [answer('granted', decided), ...ended];
}

/** The provisions in a provision, at any depth: what is excepted from it. */
function provisionsIn(provision: Fhir | undefined): readonly Fhir[] {
  const found = [...listAt(provision, 'provision')];
  for (let at = 0; at < found.length; at++) for (const inner of listAt(found[at], 'provision')) found.push(inner);
  return found;
}

function aboutResearch(consent: Fhir): boolean {
  const concepts = [objectAt(consent, 'scope'), ...listAt(consent, 'category')];
  const provision = objectAt(consent, 'provision');
  const codings = [
    ...concepts.flatMap((concept) => listAt(concept, 'coding')),
    ...[provision, ...provisionsIn(provision)].flatMap((one) => listAt(one, 'purpose')),
  ];
  return (
    codings.some((coding) => RESEARCH.has((textAt(coding, 'code') ?? '').toLowerCase())) ||
    concepts.some((concept) => /\bresearch\b/i.test(textAt(concept, 'text') ?? ''))
  );
}
