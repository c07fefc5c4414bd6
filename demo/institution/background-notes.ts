/** Notes of the background population: put together from sections as real notes are, copied forward, misspelt. */
import type { Day } from '../../src/base/index.ts';
import { ageOn, usDate } from './calendar.ts';
import type { PatientFacts } from './chart.ts';
import type { Disease } from './diseases.ts';
import type { Random } from './random.ts';

const FAMILY = [
  'Mother with CREST and calcinosis. Father had MI at 62.',
  'Sister has lupus. No family hx of skin cancer.',
  'Father with T2DM, mother with HTN.',
  'Noncontributory.',
  'Maternal aunt with psoriasis. No family history of calcinosis.',
  'Brother with gout; no autoimmune disease in the family.',
] as const;
const SOCIAL = [
  'Never smoker. Rare alcohol.',
  'Former smoker, quit 10 y ago.',
  'Retired teacher, lives with spouse.',
  'Smokes 1/2 ppd. Works construction.',
] as const;
const REVIEW = [
  'Denies fever, chills, or weight loss. No calcinosis, no digital ulcers.',
  'Negative for chest pain, SOB, rash. All other systems reviewed and negative.',
  'No fevers, night sweats or new rash. Denies joint swelling.',
  'Positive for fatigue. Negative for fever, oral ulcers, photosensitivity.',
] as const;
const ALLERGIES = [
  'NKDA.',
  'Penicillin (rash).',
  'Sulfa (hives).',
  'No known drug allergies.',
  'Adhesive tape.',
] as const;
const CLOSING = [
  'RTC 3 months.',
  'Return if worsening or if new lesions appear.',
  'Follow up in 6 months, sooner prn.',
  'Pt to call with any concerns.',
] as const;
const HEALTH = [
  'TST placed L forearm for employment screen, read negative at 48 h.',
  'Influenza vaccine given.',
  'TST negative last year. Tdap up to date.',
  'Colon cancer screening up to date.',
] as const;
const SLIPS: readonly (readonly [string, string])[] = [
  ['patient', 'pateint'],
  ['improved', 'imporved'],
  ['continue', 'contineu'],
  ['bilateral', 'bilaterl'],
  ['therapy', 'theraphy'],
];

/** A visit note about a disease; `earlier` is the assessment that the author copied forward, where one did. */
export function visitNote(
  random: Random,
  patient: PatientFacts,
  disease: Disease,
  date: Day,
  earlier?: string,
): { text: string; assessment: string } {
  const age = ageOn(patient.birthDate, date);
  const who = patient.sex === 'female' ? 'woman' : 'man';
  const assessment = `${disease.name}: ${random.some(disease.story, 1).join(' ')} ${random.some(disease.plan, 2).join(' ')}`;
  const drugs = disease.drugs.map((drug) => `- ${drug.drug}: ${drug.sig.toLowerCase()}`).join('\n');
  const sections = [
    `CHIEF COMPLAINT: ${random.chance(0.5) ? 'Follow-up of' : 'F/u'} ${disease.name.toLowerCase()}.`,
    `HPI:\nThis is a ${age} y.o. ${who} seen on ${usDate(date)} for ${disease.name.toLowerCase()}. ${disease.story.join(' ')}`,
    random.chance(0.5) ? `PMH: ${disease.name}${random.chance(0.3) ? ', appendectomy' : ''}.` : '',
    random.chance(0.5) ? `FAMILY HISTORY: ${random.pick(FAMILY)}` : '',
    random.chance(0.4) ? `SOCIAL HISTORY: ${random.pick(SOCIAL)}` : '',
    `MEDICATIONS:\n${drugs}`,
    random.chance(0.6) ? `ALLERGIES: ${random.pick(ALLERGIES)}` : '',
    random.chance(0.6) ? `ROS: ${random.pick(REVIEW)}` : '',
    `PHYSICAL EXAMINATION:\n${random.some(disease.findings, 2).join(' ')} Afebrile. No acute distress.`,
    random.chance(0.25) ? `HEALTH MAINTENANCE: ${random.pick(HEALTH)}` : '',
    `ASSESSMENT AND PLAN:\n1. ${assessment}${earlier ? `\n2. ${earlier}` : ''}\n${random.pick(CLOSING)}`,
  ];
  return {
    text: misspelt(random, sections.filter((section) => section !== '').join(random.chance(0.8) ? '\n\n' : '\n')),
    assessment,
  };
}

/** A call to the nurse. */
export function phoneNote(random: Random, disease: Disease, date: Day): string {
  const asks = [
    'requests refill',
    'asks about lab results',
    'wants to move the appointment',
    'reports the same symptoms, no new concerns',
  ];
  return `TELEPHONE ENCOUNTER ${usDate(date)}\nPt ${random.pick(asks)} (${disease.name.toLowerCase()}). Advised per protocol. ${random.pick(CLOSING)}`;
}

function misspelt(random: Random, text: string): string {
  if (!random.chance(0.15)) return text;
  const [right, wrong] = random.pick(SLIPS);
  return text.replace(right, wrong);
}
