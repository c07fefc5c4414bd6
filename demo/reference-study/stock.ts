/** Sentences that stand in the notes of anybody: they carry no fact of the study and much that looks like one. */
import type { Random } from '../institution/index.ts';

/** What the notes of one patient repeat. */
export interface Background {
  readonly past: string;
  readonly family: string;
  readonly social: string;
  readonly medications: string;
}

export function backgroundOf(random: Random): Background {
  return {
    past: random.pick(PAST_HISTORY),
    family: random.pick(FAMILY_HISTORY),
    social: random.pick(SOCIAL_HISTORY),
    medications: random.pick(MEDICATIONS),
  };
}

export const FAMILY_HISTORY = [
  'Mother with CREST and calcinosis of the elbows.',
  'Sister has lupus. No family history of calcinosis.',
  'Maternal aunt had scleroderma with digital ulcers.',
  'No autoimmune disease in the family. Father with MI at 62.',
  'Mother had RA, father had gout with tophi of the toes.',
  'Mother with CREST, d. 71. Brother healthy.',
  'Two aunts with thyroid disease. No hx of CTD in the family.',
] as const;
export const SOCIAL_HISTORY = [
  'Never smoker. Rare alcohol. Lives with spouse.',
  'Former smoker, quit 10 y ago. Retired school secretary.',
  'Works part time in a bakery. No tobacco.',
  'Lives alone, daughter nearby. Quit smoking in 1995.',
  'Married, two children. Glass of wine on weekends. No drugs.',
  'Retired from farming. Chews tobacco on occasion.',
] as const;
export const REVIEW_OF_SYSTEMS = [
  'Denies fever, chills or weight loss. No new rash, no oral ulcers.',
  'Positive for Raynaud phenomenon and reflux. Negative for dyspnea and chest pain.',
  'All other systems reviewed and negative.',
  'No dysphagia, no cough, no leg edema. Fatigue as before.',
  'Gen: no fever. Resp: no SOB. GI: heartburn. Skin: see HPI.',
  'Ten-point ROS otherwise neg.',
] as const;
export const MEDICATIONS = [
  'Omeprazole 20 mg daily.',
  'Calcium-vitamin D daily. Aspirin 81 mg daily.',
  'Levothyroxine 75 mcg daily. Lisinopril 10 mg daily.',
  'Omeprazole 40 mg daily. Sertraline 50 mg daily.',
  'Acetaminophen prn. Folic acid 1 mg daily. MVI.',
  'Metoprolol succ 25 mg daily, atorvastatin 20 mg qHS.',
] as const;
export const PAST_HISTORY = [
  'Hypertension, GERD, hypothyroidism.',
  'Interstitial lung disease, mild. Cholecystectomy.',
  'Osteopenia. Appendectomy.',
  'Raynaud phenomenon, GERD.',
  'HTN, GERD s/p dilatation of esophagus 2009.',
  'Hypothyroid, carpal tunnel release R.',
] as const;
export const EXAMINATION = [
  'Alert, no acute distress. Lungs clear, heart regular.',
  'Vital signs stable. Well developed.',
  'Afebrile. Nailfold capillary dropout as before.',
  'Pulses palpable. Telangiectasias of the face.',
  'NAD. CTAB. RRR, no murmur. Abd soft. No LE edema.',
  'BP 124/72, P 76, afebrile. Gait normal.',
] as const;
export const CLOSING = [
  'RTC 3 months, sooner prn.',
  'Return visit as scheduled.',
  'Pt to call with any concerns.',
  'Total time 40 min, over half spent in counseling.',
  'Dictated but not read.',
  'F/u 3-4 mo with labs prior.',
] as const;
