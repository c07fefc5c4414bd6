import type { ConditionFacts } from '../institution/index.ts';

/** A diagnosis as the chart codes it; the chart itself chooses between ICD-9-CM and ICD-10-CM by the day. */
export type Diagnosis = Pick<ConditionFacts, 'text' | 'icd9' | 'icd10'>;

/** The deposits, by the code that the text retrieval system looks for. */
export const CALCINOSIS_CUTIS: Diagnosis = { text: 'Calcinosis cutis', icd9: '709.3', icd10: 'L94.2' };

const diagnoses: readonly (readonly [RegExp, Diagnosis])[] = [
  [/overlap|mixed/, { text: 'Overlap connective tissue disease', icd9: '710.8', icd10: 'M35.1' }],
  [/undifferentiated/, { text: 'Undifferentiated connective tissue disease', icd9: '710.9', icd10: 'M35.9' }],
  [/systemic sclerosis/, { text: 'Systemic sclerosis', icd9: '710.1', icd10: 'M34.9' }],
  [/dermatomyositis/, { text: 'Dermatomyositis', icd9: '710.3', icd10: 'M33.90' }],
  [/cutaneous lupus/, { text: 'Discoid lupus erythematosus', icd9: '695.4', icd10: 'L93.0' }],
  [/lupus/, { text: 'Systemic lupus erythematosus', icd9: '710.0', icd10: 'M32.9' }],
  [/juvenile rheumatoid/, { text: 'Juvenile rheumatoid arthritis', icd9: '714.30', icd10: 'M08.00' }],
  [/rheumatoid/, { text: 'Rheumatoid arthritis', icd9: '714.0', icd10: 'M06.9' }],
  [/end-stage renal/, { text: 'End stage renal disease', icd9: '585.6', icd10: 'N18.6' }],
  [/kidney transplant/, { text: 'Kidney transplant status', icd9: 'V42.0', icd10: 'Z94.0' }],
  [/extravasation/, { text: 'Extravasation of infusate', icd9: '999.82', icd10: 'T80.818A' }],
  [/leg oedema/, { text: 'Edema of lower extremity', icd9: '782.3', icd10: 'R60.0' }],
  [/diabetes/, { text: 'Type 2 diabetes mellitus', icd9: '250.00', icd10: 'E11.9' }],
  [/peripheral artery/, { text: 'Peripheral artery disease', icd9: '443.9', icd10: 'I73.9' }],
];

/** The coded diagnosis of a disease in words; nothing where the words name none that is known here. */
export function diagnosisOf(words: string): Diagnosis | undefined {
  return diagnoses.find(([pattern]) => pattern.test(words))?.[1];
}
