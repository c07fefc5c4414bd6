/** What the records say of each use of a drug by some persons, behind the gate. Which rows count is said by rules R4 to R7 of SPEC.md. */
import type { PartialDate } from '../../base/index.ts';
import type { DrugSource, EventCriterion } from '../../protocol/index.ts';
import { compileEvents } from '../criteria/criterion-sql.ts';
import type { Gate } from '../gate/gate.ts';

/** A row of `drug_exposure`. Dates are as the source wrote them, to the day at the most. */
export interface DrugExposure {
  /** Its own name: `MedicationRequest/1`. */
  readonly source: string;
  readonly kind: DrugSource;
  readonly text: string | null;
  readonly start: PartialDate | null;
  readonly stop: PartialDate | null;
  readonly daysSupply: number | null;
  /** At one time, in `doseUnit`. */
  readonly dose: number | null;
  readonly doseUnit: string | null;
  readonly timesPerDay: number | null;
  /** As the source says how often: `BID`. */
  readonly frequency: string | null;
  readonly amount: number | null;
  readonly amountUnit: string | null;
  /** That an order allows. */
  readonly refills: number | null;
}

/** The rows that a drug criterion means, by person id, in the order of their dates and names. Errors as `compileCriterion`. */
export async function drugExposures(
  gate: Gate,
  drug: Extract<EventCriterion, { readonly drug: string }>,
  persons: readonly string[],
): Promise<ReadonlyMap<string, readonly DrugExposure[]>> {
  const { sql, parameters } = await compileEvents(gate, drug, 'authorized');
  const rows = await gate.all<DrugExposure & { readonly personId: string }>(
    `SELECT d.person_id AS "personId", d.src_id AS source, d.drug_kind AS kind, d.drug_source_value AS "text",
       ${dayOf('drug_exposure_start_date')} AS "start", ${dayOf('drug_exposure_end_date')} AS stop,
       d.days_supply AS "daysSupply", d.dose, d.dose_unit AS "doseUnit", d.times_per_day AS "timesPerDay",
       d.frequency_source_value AS frequency,
       d.quantity AS amount, d.quantity_unit AS "amountUnit", d.refills
     FROM drug_exposure d
     SEMI JOIN (SELECT unnest($persons::BIGINT[]) AS person_id) USING (person_id)
     SEMI JOIN (SELECT row_id AS drug_exposure_id FROM (${sql})) USING (drug_exposure_id)
     ORDER BY d.person_id, d.drug_exposure_start_date NULLS LAST, d.src_id, d.drug_exposure_id`,
    { ...parameters, persons },
  );
  const byPerson = new Map<string, DrugExposure[]>();
  for (const { personId, ...row } of rows) {
    const own = byPerson.get(personId);
    if (own) own.push(row);
    else byPerson.set(personId, [row]);
  }
  return byPerson;
}

/** The partial date of the source, without a time of day; the day where the source has none. */
function dayOf(column: string): string {
  return `CASE WHEN d.${column} IS NOT NULL THEN coalesce(d.${column}_source[:10], d.${column}::VARCHAR) END`;
}
