/** How long, how densely and by whom candidates were seen. Rules R118 and R119 of SPEC.md. */
import { type Day, dayNumber, dayOfNumber, dayRange } from '../../base/index.ts';
import type { EventCriterion } from '../../protocol/index.ts';
import { compileEvents } from '../criteria/criterion-sql.ts';
import type { Gate } from '../gate/gate.ts';
import type { Candidate } from '../run/candidates.ts';

/** What is asked besides: contacts elsewhere than at these sites, with another specialty; silence in the last days of the period. */
export interface FollowUpQuestion {
  readonly lastDays: number;
  readonly exceptSites?: readonly string[] | undefined;
  readonly exceptSpecialties?: readonly string[] | undefined;
}

/** How one candidate was followed up. Contacts and visits without a date do not count. */
export interface FollowUp {
  readonly subject: string;
  /** The earliest and the latest day that a contact may lie on; null where there is none. */
  readonly first: Day | null;
  readonly last: Day | null;
  /** Between the two. */
  readonly days: number | null;
  readonly contacts: number;
  readonly visits: number;
  /** Visits a year between first and last contact; null where these are no day apart. */
  readonly visitsAYear: number | null;
  /** As the records say: a day, a month, a year. */
  readonly died: string | null;
  /** No contact may lie in the last days of the period. */
  readonly isQuiet: boolean;
  /** Visits at other sites, contacts with other specialties, where they are asked for. */
  readonly elsewhere?: number;
  readonly withOthers?: number;
}

/** The follow-up of these candidates, by the records behind the gate, in their order. */
export async function followUp(
  gate: Gate,
  candidates: readonly Candidate[],
  { lastDays, exceptSites, exceptSpecialties }: FollowUpQuestion,
): Promise<FollowUp[]> {
  const persons = candidates.map(({ personId }) => personId);
  const end = dayRange(gate.protocol.period.end).latest;
  const window = { from: dayOfNumber(dayNumber(end) - lastDays + 1), to: end };
  const one = { atLeast: 1 } as const;
  const contacts = await seen(gate, { contact: 'any', ...one }, persons, window);
  const visits = await seen(gate, { visit: 'any', ...one }, persons, window);
  const elsewhere = exceptSites && (await seen(gate, { contact: 'any', exceptSites, ...one }, persons, window));
  const others =
    exceptSpecialties && (await seen(gate, { contact: 'any', exceptSpecialties, ...one }, persons, window));
  const deaths = await deathsOf(gate, persons);
  return candidates.map(({ subject, personId }) => {
    const { first = null, last = null, n = 0, isLate = false } = contacts.get(personId) ?? {};
    const days = first === null || last === null ? null : dayNumber(last) - dayNumber(first);
    const visited = visits.get(personId)?.n ?? 0;
    return {
      subject,
      first,
      last,
      days,
      contacts: n,
      visits: visited,
      visitsAYear: days ? (visited / days) * DAYS_A_YEAR : null,
      died: deaths.get(personId) ?? null,
      isQuiet: !isLate,
      ...(elsewhere ? { elsewhere: elsewhere.get(personId)?.n ?? 0 } : {}),
      ...(others ? { withOthers: others.get(personId)?.n ?? 0 } : {}),
    };
  });
}

const DAYS_A_YEAR = 365.25;

interface Seen {
  readonly first: Day;
  readonly last: Day;
  readonly n: number;
  readonly isLate: boolean;
}

const AMONG = 'SEMI JOIN (SELECT unnest($persons::BIGINT[]) AS person_id) USING (person_id)';

/** The dated events of each person, and whether one of them may lie in the window. */
async function seen(
  gate: Gate,
  event: EventCriterion,
  persons: readonly string[],
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<ReadonlyMap<string, Seen>> {
  const { sql, parameters } = await compileEvents(gate, event, 'authorized');
  const rows = await gate.all<{ person_id: string; first: Day; last: Day; n: string; is_late: boolean }>(
    `SELECT person_id, min("first")::VARCHAR AS "first", max("last")::VARCHAR AS "last", count(*) AS n,
       bool_or("last" >= $from::DATE AND "first" <= $to::DATE) AS is_late
     FROM (${sql}) ${AMONG} WHERE "first" IS NOT NULL GROUP BY person_id`,
    { ...parameters, persons, from, to },
  );
  return new Map(
    rows.map(({ person_id, first, last, n, is_late }) => [person_id, { first, last, n: Number(n), isLate: is_late }]),
  );
}

async function deathsOf(gate: Gate, persons: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await gate.all<{ person_id: string; died: string }>(
    `SELECT person_id, coalesce(death_date_source, death_date::VARCHAR) AS died FROM person ${AMONG}
     WHERE death_date IS NOT NULL`,
    { persons },
  );
  return new Map(rows.map(({ person_id, died }) => [person_id, died]));
}
