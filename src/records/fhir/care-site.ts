import { type DecodedRow, row } from '../rows.ts';
import { conceptText } from './codings.ts';
import { type Fhir, listAt, objectAt, textAt } from './elements.ts';
import { idOf, referredName } from './references.ts';

/** Organization: a hospital or a department of one. */
export function decodeOrganization(organization: Fhir, name: string): DecodedRow[] {
  return careSiteRows(organization, name, 'organization', listAt(organization, 'type'));
}

/** Location: a ward, a room, a clinic. Its kind of place is its type (what is done there), else its physical one. */
export function decodeLocation(location: Fhir, name: string): DecodedRow[] {
  const physical = objectAt(location, 'physicalType');
  const types = listAt(location, 'type');
  return careSiteRows(location, name, 'location', types.length > 0 ? types : physical ? [physical] : []);
}

/** The site where an encounter took place: its first location that is not merely planned, else who provides it. */
export function careSiteOf(encounter: Fhir): string | null {
  for (const stay of listAt(encounter, 'location')) {
    const status = textAt(stay, 'status');
    if (status === 'planned' || status === 'reserved') continue;
    const location = referredName(objectAt(stay, 'location'), 'Location');
    if (location?.startsWith('Location')) return idOf(location);
  }
  const provider = referredName(objectAt(encounter, 'serviceProvider'), 'Organization');
  return provider?.startsWith('Organization') ? idOf(provider) : null;
}

/** The site, also known by each of its identifiers: encounters may name it by one. */
function careSiteRows(
  site: Fhir,
  name: string,
  care_site_kind: 'organization' | 'location',
  types: readonly Fhir[],
): DecodedRow[] {
  const care_site_id = idOf(name);
  const type = name.slice(0, name.indexOf('/'));
  const aliases = listAt(site, 'identifier').flatMap((identifier) => {
    const value = textAt(identifier, 'value');
    return value === undefined ? [] : `${type}?identifier=${textAt(identifier, 'system') ?? ''}|${value}`;
  });
  const shown = types.flatMap((concept) => conceptText(concept) ?? []);
  return [
    row('care_site', {
      care_site_id,
      care_site_name: textAt(site, 'name') ?? null,
      care_site_kind,
      place_of_service_source_value: shown.length > 0 ? [...new Set(shown)].join('; ') : null,
      care_site_source_value: name,
    }),
    ...[...new Set(aliases)].map((alias) => row('care_site_alias', { alias_id: idOf(alias), care_site_id })),
  ];
}
