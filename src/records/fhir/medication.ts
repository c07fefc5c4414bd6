import { routeOf } from '../route.ts';
import { type DecodedRow, row } from '../rows.ts';
import { codesOf, conceptText } from './codings.ts';
import { type Fhir, objectAt } from './elements.ts';
import { idOf } from './references.ts';

/** Medication: kept for the drug rows that name it, now or in a later import. */
export function decodeMedication(medication: Fhir, name: string): DecodedRow[] {
  const medication_id = idOf(name);
  const code = objectAt(medication, 'code');
  const drug_source_value = conceptText(code);
  const dose_form = conceptText(objectAt(medication, 'form'));
  return [
    row('medication', {
      medication_id,
      drug_source_value,
      dose_form,
      route: routeOf({ doseForm: dose_form, drug: drug_source_value }),
    }),
    ...codesOf([code]).map((coding) => row('medication_coding', { medication_id, ...coding })),
  ];
}
