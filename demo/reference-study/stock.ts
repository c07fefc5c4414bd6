/** Sentences that stand in the notes of anybody: they carry no fact of the study and much that looks like one. */

export const FAMILY_HISTORY = [
  'Mother with CREST and calcinosis of the elbows.',
  'Sister has lupus. No family history of calcinosis.',
  'Maternal aunt had scleroderma with digital ulcers.',
  'No autoimmune disease in the family. Father with MI at 62.',
  'Mother had RA, father had gout with tophi of the toes.',
] as const;
export const SOCIAL_HISTORY = [
  'Never smoker. Rare alcohol. Lives with spouse.',
  'Former smoker, quit 10 y ago. Retired school secretary.',
  'Works part time in a bakery. No tobacco.',
  'Lives alone, daughter nearby. Quit smoking in 1995.',
] as const;
export const REVIEW_OF_SYSTEMS = [
  'Denies fever, chills or weight loss. No new rash, no oral ulcers.',
  'Positive for Raynaud phenomenon and reflux. Negative for dyspnea and chest pain.',
  'All other systems reviewed and negative.',
  'No dysphagia, no cough, no leg edema. Fatigue as before.',
] as const;
export const MEDICATIONS = [
  'Omeprazole 20 mg daily.',
  'Calcium-vitamin D daily. Aspirin 81 mg daily.',
  'Levothyroxine 75 mcg daily. Lisinopril 10 mg daily.',
  'Hydroxychloroquine 200 mg BID. Omeprazole 40 mg daily.',
] as const;
export const PAST_HISTORY = [
  'Hypertension, GERD, hypothyroidism.',
  'Interstitial lung disease, mild. Cholecystectomy.',
  'Osteopenia. Appendectomy.',
  'Raynaud phenomenon, GERD.',
] as const;
export const EXAMINATION = [
  'Alert, no acute distress. Lungs clear, heart regular.',
  'Vital signs stable. Well developed.',
  'Afebrile. Nailfold capillary dropout as before.',
  'Pulses palpable. Telangiectasias of the face.',
] as const;
export const CLOSING = [
  'RTC 3 months, sooner prn.',
  'Return visit as scheduled.',
  'Pt to call with any concerns.',
  'Total time 40 min, over half spent in counseling.',
] as const;
