import { describe, expect, test } from 'vitest';
import { vocabularyOfSystem } from './code-systems.ts';

describe('code systems', () => {
  test.each([
    ['http://hl7.org/fhir/sid/icd-10-cm', 'ICD10CM'],
    ['urn:oid:2.16.840.1.113883.6.90', 'ICD10CM'],
    ['http://hl7.org/fhir/sid/icd-9-cm', 'ICD9CM'],
    ['http://snomed.info/sct', 'SNOMED'],
    ['http://www.nlm.nih.gov/research/umls/rxnorm', 'RxNorm'],
    ['http://loinc.org', 'LOINC'],
    ['http://loinc.org/', 'LOINC'],
    ['HTTP://LOINC.ORG', 'LOINC'],
  ])('[R5] %s is %s', (uri, vocabulary) => {
    expect(vocabularyOfSystem(uri)).toBe(vocabulary);
  });

  test('[R5] an unknown system keeps its URI', () => {
    expect(vocabularyOfSystem('http://hospital.example/codes/')).toBe('http://hospital.example/codes/');
  });
});
