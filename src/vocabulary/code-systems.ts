/** The OMOP vocabulary of each code system that records use, by the URI that FHIR gives it. */
const VOCABULARIES: Readonly<Record<string, string>> = {
  'http://hl7.org/fhir/sid/icd-9-cm': 'ICD9CM',
  'http://hl7.org/fhir/sid/icd-9-cm/diagnosis': 'ICD9CM',
  'http://hl7.org/fhir/sid/icd-9-cm/procedure': 'ICD9Proc',
  'http://hl7.org/fhir/sid/icd-9': 'ICD9CM',
  'http://terminology.hl7.org/CodeSystem/icd9': 'ICD9CM',
  'urn:oid:2.16.840.1.113883.6.103': 'ICD9CM',
  'urn:oid:2.16.840.1.113883.6.104': 'ICD9Proc',
  'http://hl7.org/fhir/sid/icd-10-cm': 'ICD10CM',
  'urn:oid:2.16.840.1.113883.6.90': 'ICD10CM',
  'http://hl7.org/fhir/sid/icd-10': 'ICD10',
  'urn:oid:2.16.840.1.113883.6.3': 'ICD10',
  'http://fhir.de/CodeSystem/bfarm/icd-10-gm': 'ICD10GM',
  'http://fhir.de/CodeSystem/dimdi/icd-10-gm': 'ICD10GM',
  'http://www.cms.gov/medicare/coding/icd10': 'ICD10PCS',
  'http://hl7.org/fhir/sid/icd-10-pcs': 'ICD10PCS',
  'urn:oid:2.16.840.1.113883.6.4': 'ICD10PCS',
  'http://snomed.info/sct': 'SNOMED',
  'urn:oid:2.16.840.1.113883.6.96': 'SNOMED',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'RxNorm',
  'urn:oid:2.16.840.1.113883.6.88': 'RxNorm',
  'http://loinc.org': 'LOINC',
  'urn:oid:2.16.840.1.113883.6.1': 'LOINC',
  'http://hl7.org/fhir/sid/ndc': 'NDC',
  'urn:oid:2.16.840.1.113883.6.69': 'NDC',
  'http://hl7.org/fhir/sid/cvx': 'CVX',
  'urn:oid:2.16.840.1.113883.12.292': 'CVX',
  'http://www.ama-assn.org/go/cpt': 'CPT4',
  'urn:oid:2.16.840.1.113883.6.12': 'CPT4',
  'http://www.cms.gov/medicare/coding/hcpcsreleasecodesets': 'HCPCS',
  'https://www.cms.gov/medicare/coding/hcpcsreleasecodesets': 'HCPCS',
  'urn:oid:2.16.840.1.113883.6.285': 'HCPCS',
  'http://www.whocc.no/atc': 'ATC',
  'http://unitsofmeasure.org': 'UCUM',
  'http://nucc.org/provider-taxonomy': 'NUCC',
};

/** The OMOP vocabulary id of a FHIR code system; the URI itself where it is not known. */
export function vocabularyOfSystem(uri: string): string {
  const plain = uri.trim().replace(/[/|]+$/, '');
  return VOCABULARIES[plain] ?? VOCABULARIES[plain.toLowerCase()] ?? uri;
}

/** The OMOP vocabulary ids that are known here: ICD10CM, SNOMED, ... */
export const knownVocabularies: readonly string[] = [...new Set(Object.values(VOCABULARIES))];
