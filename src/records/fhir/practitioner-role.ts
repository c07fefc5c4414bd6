import { type DecodedRow, row } from '../rows.ts';
import { conceptText } from './codings.ts';
import { type Fhir, listAt, objectAt } from './elements.ts';
import { idOf, referredName } from './references.ts';

/** PractitionerRole: the specialty of a provider (else what it does), and another name for it. */
export function decodePractitionerRole(role: Fhir, name: string): DecodedRow[] {
  const practitioner = referredName(objectAt(role, 'practitioner'), 'Practitioner');
  const provider_id = idOf(practitioner ?? name);
  const stated = listAt(role, 'specialty').length > 0 ? listAt(role, 'specialty') : listAt(role, 'code');
  const specialties = [...new Set(stated.flatMap((concept) => conceptText(concept) ?? []))];
  return [
    ...(practitioner === undefined ? [] : [row('provider_alias', { alias_id: idOf(name), provider_id })]),
    ...specialties.map((specialty) => row('provider_specialty', { provider_id, specialty_source_value: specialty })),
  ];
}
