/** What the four drug resources (request, dispense, administration, statement) and immunizations have in common. */
import { routeOf } from '../route.ts';
import { type DecodedRow, type RowOf, row } from '../rows.ts';
import { codingRows, conceptText } from './codings.ts';
import { type Fhir, listAt, numberAt, objectAt, textAt } from './elements.ts';
import { containedAt, idOf, referredName } from './references.ts';

type DrugRow = RowOf<'drug_exposure'>;
type Drug = 'drug_source_value' | 'dose_form' | 'route' | 'route_source_value';

/**
 * The rows of a drug resource: the exposure, its codes and, where the drug is a Medication elsewhere, the link to it.
 * `route` is the stated route, of the dosage.
 */
export function drugRows(resource: Fhir, route: Fhir | undefined, facts: Omit<DrugRow, Drug>): DecodedRow[] {
  const { drug_exposure_id, person_id } = facts;
  const reference = objectAt(resource, 'medicationReference');
  const contained = containedAt(resource, reference);
  const concept = objectAt(contained, 'code') ?? objectAt(resource, 'medicationCodeableConcept');
  const drug_source_value = conceptText(concept) ?? textAt(reference, 'display') ?? null;
  const dose_form = conceptText(objectAt(contained, 'form'));
  const codings = listAt(route, 'coding');
  const said = {
    codes: codings.flatMap((coding) => textAt(coding, 'code') ?? []),
    stated: [textAt(route, 'text'), ...codings.map((coding) => textAt(coding, 'display'))].flatMap(
      (text) => text ?? [],
    ),
  };
  const exposure = row('drug_exposure', {
    ...facts,
    drug_source_value,
    dose_form,
    route: routeOf({ ...said, doseForm: dose_form, drug: drug_source_value }),
    route_source_value: conceptText(route),
  });
  const medication = contained ? undefined : referredName(reference, 'Medication');
  const link =
    medication === undefined
      ? []
      : [
          row('medication_link', {
            drug_exposure_id,
            person_id,
            medication_id: idOf(medication),
            stated_route: routeOf(said),
          }),
        ];
  const codes =
    drug_exposure_id === null || person_id === null
      ? []
      : codingRows('drug_exposure', drug_exposure_id, person_id, [concept]);
  return [exposure, ...link, ...codes];
}

/** The route of the first dosage that states one. */
export function routeAt(dosages: readonly Fhir[]): Fhir | undefined {
  return dosages.map((dosage) => objectAt(dosage, 'route')).find((route) => route !== undefined);
}

const DAYS: Readonly<Record<string, number>> = { d: 1, day: 1, days: 1, wk: 7, week: 7, weeks: 7 };

/** A Duration or Quantity in whole days; `null` where its unit is neither days nor weeks. */
export function daysOf(duration: Fhir | undefined): number | null {
  const unit = (textAt(duration, 'code') ?? textAt(duration, 'unit') ?? 'd').toLowerCase();
  const days = (numberAt(duration, 'value') ?? Number.NaN) * (DAYS[unit] ?? Number.NaN);
  return Number.isInteger(days) && days >= 0 && days < 2 ** 31 ? days : null;
}
