import type { DecodedRow } from '../rows.ts';
import { dateAt, firstDate, periodAt } from './dates.ts';
import { dosingOf, sigOf } from './dosage.ts';
import { drugRows, routeAt } from './drug.ts';
import { type Fhir, listAt, objectAt, textAt } from './elements.ts';
import { idOf, personAt, providerOf, visitAt } from './references.ts';

/** MedicationStatement: what somebody says is taken. */
export function decodeMedicationStatement(statement: Fhir, name: string): DecodedRow[] {
  const dosages = listAt(statement, 'dosage');
  const period = periodAt(statement, 'effectivePeriod');
  const start = firstDate(dateAt(statement, 'effectiveDateTime'), period.start, dateAt(statement, 'dateAsserted'));
  return drugRows(statement, routeAt(dosages), {
    drug_exposure_id: idOf(name),
    person_id: personAt(statement, 'subject'),
    drug_exposure_start_date: start.day,
    drug_exposure_start_date_source: start.source,
    drug_exposure_end_date: period.end.day,
    drug_exposure_end_date_source: period.end.source,
    drug_kind: 'statement',
    sig: sigOf(dosages),
    ...dosingOf(dosages),
    quantity: null,
    quantity_unit: null,
    refills: null,
    days_supply: null,
    status: textAt(statement, 'status') ?? null,
    visit_occurrence_id: visitAt(statement, 'context'),
    provider_id: providerOf([objectAt(statement, 'informationSource')]),
  });
}
