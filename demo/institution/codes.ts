/** The code systems of the export, and the codes that the charts share. */
export const systems = {
  icd9: 'http://hl7.org/fhir/sid/icd-9-cm',
  icd10: 'http://hl7.org/fhir/sid/icd-10-cm',
  snomed: 'http://snomed.info/sct',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  loinc: 'http://loinc.org',
  cpt: 'http://www.ama-assn.org/go/cpt',
  nucc: 'http://nucc.org/provider-taxonomy',
  npi: 'http://hl7.org/fhir/sid/us-npi',
  ucum: 'http://unitsofmeasure.org',
  race: 'urn:oid:2.16.840.1.113883.6.238',
} as const;

/** The day from which American hospitals coded in ICD-10-CM. */
export const icd10From = '2015-10-01';

/** A code with its words. */
export interface Code {
  readonly code: string;
  readonly display: string;
}

/** Routes of administration, SNOMED CT. */
export const routes = {
  topical: { code: '6064005', display: 'Topical route' },
  oral: { code: '26643006', display: 'Oral route' },
  intravenous: { code: '47625008', display: 'Intravenous route' },
  subcutaneous: { code: '34206005', display: 'Subcutaneous route' },
  intramuscular: { code: '78421000', display: 'Intramuscular route' },
  intralesional: { code: '372465008', display: 'Intralesional route' },
  intradermal: { code: '372464004', display: 'Intradermal route' },
  intraarticular: { code: '12130007', display: 'Intra-articular route' },
  inhalation: { code: '447694001', display: 'Respiratory tract route' },
  ophthalmic: { code: '54485002', display: 'Ophthalmic route' },
} as const satisfies Readonly<Record<string, Code>>;
export type Route = keyof typeof routes;

/** Kinds of note, LOINC. */
export const noteTypes = {
  progress: { code: '11506-3', display: 'Progress note' },
  consultation: { code: '11488-4', display: 'Consult note' },
  'history-and-physical': { code: '34117-2', display: 'History and physical note' },
  'discharge-summary': { code: '18842-5', display: 'Discharge summary' },
  procedure: { code: '28570-0', display: 'Procedure note' },
  operative: { code: '11504-8', display: 'Surgical operation note' },
  pathology: { code: '11526-1', display: 'Pathology study' },
  imaging: { code: '18748-4', display: 'Diagnostic imaging study' },
  telephone: { code: '34748-4', display: 'Telephone encounter Note' },
  nursing: { code: '34746-8', display: 'Nurse Note' },
  emergency: { code: '34111-5', display: 'Emergency department Note' },
} as const satisfies Readonly<Record<string, Code>>;
export type NoteType = keyof typeof noteTypes;

/** Specialties, NUCC provider taxonomy. */
export const specialties = {
  dermatology: { code: '207N00000X', display: 'Dermatology' },
  rheumatology: { code: '207RR0500X', display: 'Rheumatology' },
  'pediatric-rheumatology': { code: '2080P0216X', display: 'Pediatric Rheumatology' },
  'internal-medicine': { code: '207R00000X', display: 'Internal Medicine' },
  'family-medicine': { code: '207Q00000X', display: 'Family Medicine' },
  pediatrics: { code: '208000000X', display: 'Pediatrics' },
  nephrology: { code: '207RN0300X', display: 'Nephrology' },
  cardiology: { code: '207RC0000X', display: 'Cardiovascular Disease' },
  endocrinology: { code: '207RE0101X', display: 'Endocrinology' },
  gastroenterology: { code: '207RG0100X', display: 'Gastroenterology' },
  oncology: { code: '207RX0202X', display: 'Medical Oncology' },
  pulmonology: { code: '207RP1001X', display: 'Pulmonary Disease' },
  'infectious-disease': { code: '207RI0200X', display: 'Infectious Disease' },
  neurology: { code: '2084N0400X', display: 'Neurology' },
  psychiatry: { code: '2084P0800X', display: 'Psychiatry' },
  surgery: { code: '208600000X', display: 'Surgery' },
  'vascular-surgery': { code: '2086S0129X', display: 'Vascular Surgery' },
  'hand-surgery': { code: '2086S0105X', display: 'Surgery of the Hand' },
  'plastic-surgery': { code: '208200000X', display: 'Plastic Surgery' },
  orthopedics: { code: '207X00000X', display: 'Orthopaedic Surgery' },
  urology: { code: '208800000X', display: 'Urology' },
  emergency: { code: '207P00000X', display: 'Emergency Medicine' },
  radiology: { code: '2085R0202X', display: 'Diagnostic Radiology' },
  pathology: { code: '207ZP0102X', display: 'Anatomic Pathology & Clinical Pathology' },
  'wound-care': { code: '163WW0000X', display: 'Wound Care Registered Nurse' },
  nursing: { code: '163W00000X', display: 'Registered Nurse' },
} as const satisfies Readonly<Record<string, Code>>;
export type Specialty = keyof typeof specialties;

/** Encounter classes, HL7 ActCode. */
export const encounterClasses = {
  AMB: 'ambulatory',
  IMP: 'inpatient encounter',
  EMER: 'emergency',
  VR: 'virtual',
} as const;
export type EncounterClass = keyof typeof encounterClasses;

/** Race as the chart words it, with its OMB category and, where the wording is narrower, the detailed code. */
export const races: Readonly<Record<string, { readonly omb: Code; readonly detailed?: Code }>> = {
  White: { omb: { code: '2106-3', display: 'White' } },
  'Black or African American': { omb: { code: '2054-5', display: 'Black or African American' } },
  'African American': {
    omb: { code: '2054-5', display: 'Black or African American' },
    detailed: { code: '2058-6', display: 'African American' },
  },
  Asian: { omb: { code: '2028-9', display: 'Asian' } },
  'American Indian': {
    omb: { code: '1002-5', display: 'American Indian or Alaska Native' },
    detailed: { code: '1004-1', display: 'American Indian' },
  },
  'American Indian or Alaska Native': { omb: { code: '1002-5', display: 'American Indian or Alaska Native' } },
  'Middle Eastern': {
    omb: { code: '2106-3', display: 'White' },
    detailed: { code: '2118-8', display: 'Middle Eastern or North African' },
  },
  'Native Hawaiian or Other Pacific Islander': {
    omb: { code: '2076-8', display: 'Native Hawaiian or Other Pacific Islander' },
  },
};

/** Ethnicity, OMB. */
export const ethnicities: Readonly<Record<string, Code>> = {
  'Hispanic or Latino': { code: '2135-2', display: 'Hispanic or Latino' },
  'Not Hispanic or Latino': { code: '2186-5', display: 'Not Hispanic or Latino' },
};
