/** The review of a study: who its persons are, and what stands in their charts. */
import type { PartialDate } from '../base/index.ts';
import { candidates, type Gate } from '../cohort/index.ts';
import { type Environment, evaluateRecord, type Protocol, type RecordValues, recordFocus } from '../protocol/index.ts';
import type { StudyDatabase } from '../workspace/index.ts';
import { type TreatmentExposures, treatmentExposures } from './treatment-exposures.ts';

/** A candidate as reviews know it. Sex and birth date come from the records. */
export interface ReviewPerson {
  readonly subject: string;
  readonly personId: string;
  /** `Patient/1` */
  readonly person: string;
  readonly sex: string | null;
  readonly birthDate: PartialDate | null;
}

/** What the functions of this room work on. */
export interface Review {
  readonly database: StudyDatabase;
  readonly gate: Gate;
  readonly protocol: Protocol;
  /** By subject. */
  readonly persons: ReadonlyMap<string, ReviewPerson>;
  /** What the records say of the protocol's treatments. */
  readonly exposures: TreatmentExposures;
}

/** Opens the review of a study whose candidates are identified. Candidates who have since refused are not in it. */
export async function openReview(database: StudyDatabase, gate: Gate): Promise<Review> {
  const known = candidates(database);
  const rows = await gate.all<{ person_id: string; sex: string | null; birth_date_source: PartialDate | null }>(
    'SELECT person_id, sex, birth_date_source FROM person SEMI JOIN (SELECT unnest($1::BIGINT[]) AS person_id) USING (person_id)',
    [known.map((candidate) => candidate.personId)],
  );
  const byId = new Map(rows.map((row) => [row.person_id, row]));
  const persons = known.flatMap((candidate) => {
    const row = byId.get(candidate.personId);
    return row ? [{ ...candidate, sex: row.sex, birthDate: row.birth_date_source }] : [];
  });
  return {
    database,
    gate,
    protocol: gate.protocol,
    persons: new Map(persons.map((person) => [person.subject, person])),
    exposures: await treatmentExposures(gate, persons),
  };
}

/**
 * What the expressions of an instrument see beside the record itself: `%person`, `%study` and the other instruments with
 * their computed fields.
 */
export function environmentOf(
  { protocol }: Pick<Review, 'protocol'>,
  { sex, birthDate }: Pick<ReviewPerson, 'sex' | 'birthDate'>,
  records: Readonly<Record<string, readonly RecordValues[]>>,
): Environment {
  const environment: Record<string, unknown> = {
    person: { ...(sex === null ? {} : { sex }), ...(birthDate === null ? {} : { birthDate }) },
    study: { start: protocol.period.start, end: protocol.period.end },
  };
  for (const instrument of protocol.instruments) {
    const rows = (records[instrument.id] ?? []).map((values) => ({
      ...recordFocus(instrument, values),
      ...evaluateRecord(instrument, values, environment).computed,
    }));
    environment[instrument.id] = instrument.repeats ? rows : (rows[0] ?? {});
  }
  return environment;
}
