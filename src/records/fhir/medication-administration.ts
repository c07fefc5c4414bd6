import type { DecodedRow } from '../rows.ts';
import { dateAt, firstDate, periodAt } from './dates.ts';
import { doseOfQuantity, sigOf, unitOf } from './dosage.ts';
import { drugRows, routeAt } from './drug.ts';
import { type Fhir, listAt, numberAt, objectAt, textAt } from './elements.ts';
import { idOf, personAt, providerOf, visitAt } from './references.ts';

/** MedicationAdministration: the dose that was given. */
export function decodeMedicationAdministration(administration: Fhir, name: string): DecodedRow[] {
  const dosage = objectAt(administration, 'dosage');
  const dosages = dosage ? [dosage] : [];
  const dose = objectAt(dosage, 'dose');
  const period = periodAt(administration, 'effectivePeriod');
  const start = firstDate(dateAt(administration, 'effectiveDateTime'), period.start);
  return drugRows(administration, routeAt(dosages), {
    drug_exposure_id: idOf(name),
    person_id: personAt(administration, 'subject'),
    drug_exposure_start_date: start.day,
    drug_exposure_start_date_source: start.source,
    drug_exposure_end_date: period.end.day,
    drug_exposure_end_date_source: period.end.source,
    drug_kind: 'administration',
    sig: sigOf(dosages),
    ...doseOfQuantity(dose),
    quantity: numberAt(dose, 'value') ?? null,
    quantity_unit: unitOf(dose),
    refills: null,
    days_supply: null,
    status: textAt(administration, 'status') ?? null,
    visit_occurrence_id: visitAt(administration, 'context'),
    provider_id: providerOf(listAt(administration, 'performer').map((performer) => objectAt(performer, 'actor'))),
  });
}
