/** Sentences for the facts of a case that more than one note states, several for each. */
import { ageOn, type Random, usDate } from '../institution/index.ts';
import { type IncludedCase, isMissing } from './cases.ts';
import { oneOf } from './telling.ts';
import { diseaseShort, diseaseText, listed, type Voice, writtenPartial } from './words.ts';

/** Opens a history: age, race, disease. */
export function introduction(random: Random, one: IncludedCase, { name, woman }: Voice, date: string): string {
  const [age, race, disease] = [ageOn(one.person.birth, date), one.person.race, diseaseText(one.baseline)];
  return oneOf(random, [
    `${name} is a ${age}-year-old ${race} ${woman} with ${disease}.`,
    `This is a ${age} y.o. ${race} ${woman} with a diagnosis of ${disease}.`,
    `${age}-year-old ${race} ${woman} followed for ${disease}.`,
    `I saw ${name}, a ${age} yo ${race} ${woman} who has ${disease}.`,
  ]);
}

/** When the disease was diagnosed. */
export function diseaseAge(random: Random, one: IncludedCase, { Her, her }: Voice): string {
  const { actd_age: age } = one.baseline;
  const short = diseaseShort(one.baseline);
  return oneOf(random, [
    `${Her} ${short} was diagnosed at age ${age}.`,
    `Dx of ${short} was made at the age of ${age}.`,
    `${short}, diagnosed when ${her === 'her' ? 'she' : 'he'} was ${age} years old.`,
    `Age at diagnosis of ${short}: ${age}.`,
  ]);
}

/** When the deposits began. */
export function onset(random: Random, one: IncludedCase, { She }: Voice): string {
  const when = writtenPartial(one.baseline.cc_onset);
  return oneOf(random, [
    `The calcinosis was first noticed in ${when}.`,
    `${She} first noted hard lumps in ${when}, which proved to be calcinosis.`,
    `Onset of calcinosis cutis ${when}.`,
    `Calcium deposits have been present since ${when}.`,
  ]);
}

/** Where the treated deposits are. */
export function siteSentence(random: Random, one: IncludedCase): string {
  const places = listed(Object.values(one.lesions));
  return oneOf(random, [
    `There are firm calcific nodules over the ${places}.`,
    `Stony hard, white-yellow calcinosis of the ${places}.`,
    `Exam is notable for subcutaneous calcification at the ${places}.`,
    `Calcinosis cutis involves the ${places}.`,
  ]);
}

/** Whether the skin over the deposits is open. */
export function ulcerSentence(random: Random, one: IncludedCase): string {
  const [long, wide] = [random.integer(8, 26), random.integer(5, 14)];
  return one.baseline.ulceration
    ? oneOf(random, [
        `The overlying skin is ulcerated, ${long} x ${wide} mm, with chalky material at the base.`,
        `There is an open ulcer over the calcinosis measuring ${long} mm by ${wide} mm.`,
        `The deposit has ulcerated through the skin (ulcer ${long} x ${wide} mm, clean base).`,
      ])
    : oneOf(random, [
        'The overlying skin is intact, without ulceration.',
        'Skin over the deposits is closed; nonulcerated.',
        'No ulceration over the calcium deposits.',
      ]);
}

const symptomWords: Readonly<Record<string, readonly string[]>> = {
  pain: ['It is painful with pressure.', 'The area is tender and aches at night.', 'Reports pain at the site, 5/10.'],
  drainage: ['It drains chalky white material from time to time.', 'Intermittent toothpaste-like drainage.'],
  infection: ['It was infected this year and needed cephalexin.', 'One course of antibiotics for an infected deposit.'],
  limited_motion: ['It limits motion of the joint nearby.', 'There is stiffness with limited motion because of it.'],
  none: ['The lesion itself is asymptomatic.', 'It causes no symptoms, but is bothersome to look at.'],
};

/** What the deposits do, one sentence a symptom. */
export function symptomSentences(random: Random, one: IncludedCase): string[] {
  return one.baseline.symptoms.map((symptom) => oneOf(random, symptomWords[symptom] ?? [symptom]));
}

const allergyWords: Readonly<Record<string, readonly string[]>> = {
  zinc: ['Zinc (allergic contact dermatitis, patch test positive).', 'Zinc oxide: rash, positive on patch testing.'],
  sulfa: ['Sulfa (hives).', 'Sulfonamide antibiotics - rash.'],
  adhesive: ['Adhesive tape (rash).', 'Adhesives: blistering.'],
  other: ['Penicillin (rash).', 'Codeine: nausea.', 'Latex (itching).'],
  none: ['NKDA.', 'No known allergies.', 'No known drug allergies.'],
};

export function allergySentences(random: Random, one: IncludedCase): string[] {
  return one.baseline.allergies.map((allergy) => oneOf(random, allergyWords[allergy] ?? [allergy]));
}

const priorWords: Readonly<Record<string, (detail: string) => readonly string[]>> = {
  surgery: () => [
    'A deposit was excised by surgery before, with regrowth.',
    'Status post surgical resection of calcinosis at this site; it came back.',
    'Surgical debulking was done earlier and the deposits returned.',
  ],
  intralesional_thiosulfate: () => [
    'Two intralesional sodium thiosulfate injections were given before without lasting effect.',
    'Previously had intralesional sodium thiosulfate.',
  ],
  intravenous_thiosulfate: () => [
    'Had a previous trial of intravenous sodium thiosulfate, stopped for nausea.',
    'Intravenous sodium thiosulfate was tried earlier for six weeks.',
  ],
  medication: (detail) => [
    `Previously tried ${detail} for the calcinosis without benefit.`,
    `A previous trial of ${detail} for calcinosis did not help.`,
  ],
  none: () => [
    'No prior treatment of the calcinosis.',
    'The calcinosis has not been treated before.',
    'Nothing has been tried for the calcium deposits so far.',
  ],
};

export function priorSentences(random: Random, one: IncludedCase): { readonly kind: string; readonly text: string }[] {
  const { prior_treatments, prior_medications = '' } = one.baseline;
  return prior_treatments.map((kind) => ({
    kind,
    text: oneOf(random, priorWords[kind]?.(prior_medications) ?? [kind]),
  }));
}

/** What else is used on or for the deposits while they are treated. */
export function concurrentSentences(random: Random, one: IncludedCase, voice: Voice): { kind: string; text: string }[] {
  const { concurrent, concurrent_medications = [] } = one.treatment;
  if (isMissing(concurrent)) return [];
  const drugs = listed(concurrent_medications);
  const words: Readonly<Record<string, readonly string[]>> = {
    medication: [
      `${voice.She} remains on ${drugs}.`,
      `Continues ${drugs}, no dose change.`,
      `Also takes ${drugs} daily.`,
    ],
    dressings: [
      'The wound is covered with a foam dressing, changed every other day.',
      'Wound care with silver dressings continues.',
      'Nonadherent gauze dressing daily per wound care.',
    ],
    none: [
      'Nothing else is being used for the calcinosis.',
      'No other treatment for the calcium deposits and no dressings.',
      'Uses no dressings and no other medication for it.',
    ],
  };
  return concurrent.map((kind) => ({ kind, text: oneOf(random, words[kind] ?? [kind]) }));
}

/** The change of the regimen, or that there was none. */
export function regimenSentence(random: Random, one: IncludedCase): string {
  const { regimen_change, regimen_change_date = '', regimen_change_detail = '' } = one.treatment;
  if (!regimen_change) {
    return oneOf(random, [
      'No change in immunosuppression over these months.',
      'The immunosuppressive regimen is unchanged.',
      'Regimen for the connective tissue disease is the same as before.',
    ]);
  }
  const detail = regimen_change_detail.charAt(0).toUpperCase() + regimen_change_detail.slice(1);
  const day = usDate(regimen_change_date);
  return oneOf(random, [`${detail} on ${day}.`, `Change of regimen: ${regimen_change_detail} (${day}).`]);
}
