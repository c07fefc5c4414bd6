/** Who gives care and where, and the vocabularies. */
import { type CdmMapping, rowSql } from './mapping.ts';

export const providerMapping: CdmMapping = {
  concepts: ['specialty_concept_id'],
  rows: rowSql('provider', {
    provider_id: 'own.provider_id',
    specialty_source_value: 'coalesce(specialty_concept.name, own.specialty_source_value)',
    provider_source_value: 'coalesce(own.provider_name, own.provider_source_value)',
  }),
};

export const careSiteMapping: CdmMapping = {
  concepts: ['place_of_service_concept_id'],
  rows: rowSql('care_site', {
    care_site_id: 'own.care_site_id',
    care_site_name: 'own.care_site_name',
    care_site_kind: `'organization'`,
    place_of_service_source_value: 'coalesce(place_of_service_concept.name, own.place_of_service_source_value)',
    care_site_source_value: `'care_site/' || own.care_site_id`,
  }),
};

export const conceptMapping: CdmMapping = {
  concepts: [],
  rows: rowSql('concept', {
    concept_id: 'own.concept_id',
    concept_name: 'own.concept_name',
    domain_id: 'own.domain_id',
    vocabulary_id: 'own.vocabulary_id',
    concept_class_id: 'own.concept_class_id',
    standard_concept: 'own.standard_concept',
    concept_code: 'own.concept_code',
  }),
};

/** A relationship that the vocabulary has taken back is none. */
export const relationshipMapping: CdmMapping = {
  concepts: [],
  where: 'own.invalid_reason IS NULL',
  rows: rowSql('concept_relationship', {
    concept_id_1: 'own.concept_id_1',
    concept_id_2: 'own.concept_id_2',
    relationship_id: 'own.relationship_id',
  }),
};

export const ancestorMapping: CdmMapping = {
  concepts: [],
  rows: rowSql('concept_ancestor', {
    ancestor_concept_id: 'own.ancestor_concept_id',
    descendant_concept_id: 'own.descendant_concept_id',
    min_levels_of_separation: 'own.min_levels_of_separation',
  }),
};
