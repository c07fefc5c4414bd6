/** Visits, and who was seen by whom and where. Rules R88 and R117. */
import { type EventCriterion, visitKinds } from '../../protocol/index.ts';
import { type Compiling, type EventTable, lastOf, oneOf, optional } from './compiling.ts';

/** Who was seen, by specialty. */
type Provider = Pick<Extract<EventCriterion, { readonly contact: 'any' }>, 'specialties' | 'exceptSpecialties'>;
type Visit = Pick<Extract<EventCriterion, { readonly visit: unknown }>, 'visit' | 'sites' | 'exceptSites'> & Provider;

/** Visits of a class, a site and a specialty. Rule R88. */
export function visits(to: Compiling, { visit, sites, exceptSites, ...provider }: Visit): EventTable {
  return {
    table: 'visit_occurrence',
    id: 'visit_occurrence_id',
    date: 'visit_start_date',
    until: lastOf('visit_end_date'),
    where: [
      ...optional(to, 'upper(visit_class)', visitKinds[visit]),
      ...byProvider(to, provider),
      ...(sites ? [atSite(to, oneOf(to, 'lower(care_site_name)', inSmall(sites)))] : []),
      ...(exceptSites ? [atSite(to, `NOT ${oneOf(to, 'lower(care_site_name)', inSmall(exceptSites))}`)] : []),
    ],
  };
}

function atSite(to: Compiling, condition: string): string {
  return `care_site_id IN (SELECT care_site_id FROM ${to.side}.care_site WHERE ${condition})`;
}

/** Conditions on the specialty of the provider; `own` is a column that names one beside. Rule R117. */
export function byProvider(to: Compiling, { specialties, exceptSpecialties }: Provider, own?: string): string[] {
  const some = (condition: (column: string) => string): string => {
    const ofProvider = `provider_id IN (SELECT provider_id FROM ${to.side}.provider WHERE ${condition('specialty_source_value')})`;
    return own === undefined ? ofProvider : `(${condition(own)} OR ${ofProvider})`;
  };
  const named = (names: readonly string[]): string => some((column) => nameIn(to, column, names));
  return [
    ...(specialties ? [named(specialties)] : []),
    ...(exceptSpecialties
      ? [some((column) => `${column} IS NOT NULL`), `NOT coalesce(${named(exceptSpecialties)}, false)`]
      : []),
  ];
}

/** Whether a column has one of the names, alone or among several, as the specialties of a provider stand in it. */
function nameIn(to: Compiling, column: string, names: readonly string[]): string {
  const wanted = to.bind(inSmall(names));
  return `list_has_any(${wanted}, list_append(str_split(lower(${column}), '; '), lower(${column})))`;
}

function inSmall(names: readonly string[]): readonly string[] {
  return names.map((one) => one.toLowerCase());
}
