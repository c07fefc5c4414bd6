import type { DecodedRow } from '../rows.ts';
import { dateAt, firstDate, periodAt } from './dates.ts';
import { dosingOf, sigOf, unitOf } from './dosage.ts';
import { daysOf, drugRows, routeAt } from './drug.ts';
import { booleanAt, type Fhir, integerAt, listAt, numberAt, objectAt, textAt } from './elements.ts';
import { idOf, personAt, providerOf, visitAt } from './references.ts';

/** MedicationRequest: an order. One that forbids the drug (`doNotPerform`) has the status `not-done`. */
export function decodeMedicationRequest(request: Fhir, name: string): DecodedRow[] {
  const dosages = listAt(request, 'dosageInstruction');
  const dispense = objectAt(request, 'dispenseRequest');
  const valid = periodAt(dispense, 'validityPeriod');
  const start = firstDate(dateAt(request, 'authoredOn'), valid.start);
  const quantity = objectAt(dispense, 'quantity');
  return drugRows(request, routeAt(dosages), {
    drug_exposure_id: idOf(name),
    person_id: personAt(request, 'subject'),
    drug_exposure_start_date: start.day,
    drug_exposure_start_date_source: start.source,
    drug_exposure_end_date: valid.end.day,
    drug_exposure_end_date_source: valid.end.source,
    drug_kind: 'order',
    sig: sigOf(dosages),
    ...dosingOf(dosages),
    quantity: numberAt(quantity, 'value') ?? null,
    quantity_unit: unitOf(quantity),
    refills: integerAt(dispense, 'numberOfRepeatsAllowed') ?? null,
    days_supply: daysOf(objectAt(dispense, 'expectedSupplyDuration')),
    status: booleanAt(request, 'doNotPerform') === true ? 'not-done' : (textAt(request, 'status') ?? null),
    visit_occurrence_id: visitAt(request, 'encounter'),
    provider_id: providerOf([objectAt(request, 'requester')]),
  });
}
