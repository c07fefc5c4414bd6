import type { DecodedRow } from '../rows.ts';
import { dateAt, firstDate, undated } from './dates.ts';
import { dosingOf, sigOf, unitOf } from './dosage.ts';
import { daysOf, drugRows, routeAt } from './drug.ts';
import { type Fhir, listAt, numberAt, objectAt, textAt } from './elements.ts';
import { idOf, personAt, providerOf, visitAt } from './references.ts';

/** MedicationDispense, dated by when it was handed over, else prepared. */
export function decodeMedicationDispense(dispense: Fhir, name: string): DecodedRow[] {
  const dosages = listAt(dispense, 'dosageInstruction');
  const start = firstDate(dateAt(dispense, 'whenHandedOver'), dateAt(dispense, 'whenPrepared'));
  const quantity = objectAt(dispense, 'quantity');
  return drugRows(dispense, routeAt(dosages), {
    drug_exposure_id: idOf(name),
    person_id: personAt(dispense, 'subject'),
    drug_exposure_start_date: start.day,
    drug_exposure_start_date_source: start.source,
    drug_exposure_end_date: undated.day,
    drug_exposure_end_date_source: undated.source,
    drug_kind: 'dispense',
    sig: sigOf(dosages),
    ...dosingOf(dosages),
    quantity: numberAt(quantity, 'value') ?? null,
    quantity_unit: unitOf(quantity),
    refills: null,
    days_supply: daysOf(objectAt(dispense, 'daysSupply')),
    status: textAt(dispense, 'status') ?? null,
    visit_occurrence_id: visitAt(dispense, 'context'),
    provider_id: providerOf(listAt(dispense, 'performer').map((performer) => objectAt(performer, 'actor'))),
  });
}
