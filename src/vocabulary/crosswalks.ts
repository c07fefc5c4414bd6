/**
 * How the lines of a crosswalk stand among the relationships of OMOP. OMOP's own list has none for the General
 * Equivalence Mappings (GEM) of CMS; `ICD9CM - ICD10CM gem` is what sites call it that have added them, and it fits the
 * 20 characters of `relationship_id`. `Maps to` would be wrong: it leads to the standard code of the same meaning, and
 * nine of ten GEM lines are approximate. (CMS, Diagnosis Code Set General Equivalence Mappings, documentation 2018;
 * OMOP CDM 5.4, CONCEPT_RELATIONSHIP.)
 */

/** From one system's codes to another's. */
export interface Crosswalk {
  readonly from: string;
  readonly to: string;
}

const GEMS: readonly (Crosswalk & { readonly relationship: string })[] = [
  { from: 'ICD9CM', to: 'ICD10CM', relationship: 'ICD9CM - ICD10CM gem' },
  { from: 'ICD10CM', to: 'ICD9CM', relationship: 'ICD10CM - ICD9CM gem' },
  { from: 'ICD9Proc', to: 'ICD10PCS', relationship: 'ICD9P - ICD10PCS gem' },
  { from: 'ICD10PCS', to: 'ICD9Proc', relationship: 'ICD10PCS - ICD9P gem' },
];

/** The source needs several targets together, so that none of them is an equivalent: kept, shown, and never followed. */
export const COMBINATION = 'GEM combination';

/** The standard code of a source code. */
export const MAPS_TO = 'Maps to';

/** Relationships that lead from a code to those that a crosswalk gives for it (rule R41 of the room `cohort`). */
export const followed: readonly string[] = [MAPS_TO, ...GEMS.map(({ relationship }) => relationship)];

/** What a single mapping of a GEM is called; `undefined` where there is no GEM between the two. */
export function gemRelationship({ from, to }: Crosswalk): string | undefined {
  return GEMS.find((gem) => gem.from === from && gem.to === to)?.relationship;
}

/** Where the GEM of a system leads: `ICD10CM` for `ICD9CM`. */
export function gemPartner(system: string): string | undefined {
  return GEMS.find(({ from }) => from === system)?.to;
}
