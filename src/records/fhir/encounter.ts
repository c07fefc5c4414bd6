import { type DecodedRow, row } from '../rows.ts';
import { careSiteOf } from './care-site.ts';
import { codingRows, conceptText } from './codings.ts';
import { periodAt } from './dates.ts';
import { type Fhir, listAt, objectAt, textAt } from './elements.ts';
import { idOf, personAt, providerOf } from './references.ts';

/** Statuses of an encounter that did not take place, or not yet. */
const NO_VISIT = new Set(['planned', 'cancelled', 'entered-in-error']);

/** Encounter: a visit, where it took place. Its class (AMB, IMP, EMER) is the code of `Encounter.class`. */
export function decodeEncounter(encounter: Fhir, name: string): DecodedRow[] {
  const person_id = personAt(encounter, 'subject');
  const id = idOf(name);
  const { start, end } = periodAt(encounter, 'period');
  const types = listAt(encounter, 'type');
  if (NO_VISIT.has(textAt(encounter, 'status') ?? '')) return [];
  return [
    row('visit_occurrence', {
      visit_occurrence_id: id,
      person_id,
      visit_start_date: start.day,
      visit_start_date_source: start.source,
      visit_end_date: end.day,
      visit_end_date_source: end.source,
      visit_source_value: conceptText(types[0]),
      visit_class: textAt(objectAt(encounter, 'class'), 'code') ?? null,
      provider_id: providerOf(listAt(encounter, 'participant').map((part) => objectAt(part, 'individual'))),
      care_site_id: careSiteOf(encounter),
    }),
    ...codingRows('visit_occurrence', id, person_id, types),
  ];
}
