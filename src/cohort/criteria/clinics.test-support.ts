/** Who sees persons and where, for tests of visits: providers with their specialties, and sites. */

/** By id of the practitioner. */
export const specialties: Readonly<Record<string, readonly string[]>> = {
  skin: ['Dermatology'],
  joints: ['Rheumatology'],
  both: ['Dermatology', 'Rheumatology'],
  unsaid: [],
};

/** By id of the organization. */
export const siteNames: Readonly<Record<string, string | undefined>> = {
  s: 'Skin Clinic',
  j: 'Joint Clinic',
  unnamed: undefined,
};

/** The FHIR resources of all of them. */
export const clinics: readonly object[] = [
  ...Object.keys(specialties).map((id) => ({ resourceType: 'Practitioner', id })),
  ...Object.entries(specialties).flatMap(([id, all]) =>
    all.map((text) => ({
      resourceType: 'PractitionerRole',
      id: `${id}-${text}`,
      practitioner: { reference: `Practitioner/${id}` },
      specialty: [{ text }],
    })),
  ),
  ...Object.entries(siteNames).map(([id, name]) => ({ resourceType: 'Organization', id, name })),
];

type Names = readonly string[] | undefined;

/** Whether a visit is where and with whom a criterion asks. */
export function isSeenAs(
  {
    practitioner = 'unsaid',
    site = 'unnamed',
  }: { readonly practitioner?: string | undefined; readonly site?: string | undefined },
  asked: {
    readonly sites?: Names;
    readonly exceptSites?: Names;
    readonly specialties?: Names;
    readonly exceptSpecialties?: Names;
  },
): boolean {
  const name = siteNames[site];
  const at = name === undefined ? [] : [name];
  const by = specialties[practitioner] ?? [];
  return (
    isOneOf(at, asked.sites) &&
    isOneOf(by, asked.specialties) &&
    isElsewhere(at, asked.exceptSites) &&
    isElsewhere(by, asked.exceptSpecialties)
  );
}

function isOneOf(own: readonly string[], names: Names): boolean {
  return names === undefined || own.some((one) => inSmall(names).includes(one.toLowerCase()));
}

function isElsewhere(own: readonly string[], names: Names): boolean {
  return names === undefined || (own.length > 0 && !isOneOf(own, names));
}

function inSmall(names: readonly string[]): string[] {
  return names.map((one) => one.toLowerCase());
}
