import type { DecodedRow } from '../rows.ts';
import { dateAt, undated } from './dates.ts';
import { doseOfQuantity, unitOf } from './dosage.ts';
import { drugRows } from './drug.ts';
import { type Fhir, listAt, numberAt, objectAt, textAt } from './elements.ts';
import { idOf, personAt, providerOf, visitAt } from './references.ts';

/** Immunization: a drug that was given (OMOP keeps vaccines in drug_exposure). */
export function decodeImmunization(immunization: Fhir, name: string): DecodedRow[] {
  const dose = objectAt(immunization, 'doseQuantity');
  const given = dateAt(immunization, 'occurrenceDateTime');
  const vaccine = { ...immunization, medicationCodeableConcept: objectAt(immunization, 'vaccineCode') };
  return drugRows(vaccine, objectAt(immunization, 'route'), {
    drug_exposure_id: idOf(name),
    person_id: personAt(immunization, 'patient'),
    drug_exposure_start_date: given.day,
    drug_exposure_start_date_source: given.source,
    drug_exposure_end_date: undated.day,
    drug_exposure_end_date_source: undated.source,
    drug_kind: 'administration',
    sig: null,
    ...doseOfQuantity(dose),
    quantity: numberAt(dose, 'value') ?? null,
    quantity_unit: unitOf(dose),
    refills: null,
    days_supply: null,
    status: textAt(immunization, 'status') ?? null,
    visit_occurrence_id: visitAt(immunization, 'encounter'),
    provider_id: providerOf(listAt(immunization, 'performer').map((performer) => objectAt(performer, 'actor'))),
  });
}
