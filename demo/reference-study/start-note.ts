/** The visit at which the preparation is begun: the long note that later ones copy from. */
import { type Specialty, usDate } from '../institution/index.ts';
import { CALCINOSIS_CUTIS, diagnosisOf } from './disease-codes.ts';
import { DISEASE_FIELDS } from './first-visits.ts';
import {
  allergySentences,
  diseaseAge,
  introduction,
  onset,
  priorSentences,
  regimenSentence,
  siteSentence,
  symptomSentences,
  ulcerSentence,
} from './phrases.ts';
import { CLOSING, EXAMINATION, REVIEW_OF_SYSTEMS } from './stock.ts';
import { keys, oneOf, type Telling } from './telling.ts';
import { diseaseText } from './words.ts';

const diseaseKeys = [...keys('baseline', ...DISEASE_FIELDS), 'screening.actd'];

/** Writes the visit; gives back the history that later notes copy forward. */
export function writeStart(telling: Telling): string {
  const { one, study, days, voice, background, stream } = telling;
  const random = stream('start');
  const disease = diagnosisOf(diseaseText(one.baseline));
  const diagnoses = [...(disease ? [disease] : []), ...(one.found.retrieval ? [CALCINOSIS_CUTIS] : [])];
  const date = days.start;
  const opening = introduction(random, one, voice, date);
  const began = onset(random, one, voice);
  const { encounter } = study.visit(
    { date, type: 'progress', specialty: treatingSpecialty(telling), diagnoses },
    (draft) => {
      draft
        .section('HPI')
        .fact(['baseline.race', ...diseaseKeys], opening)
        .fact('baseline.cc_onset', began);
      for (const sentence of symptomSentences(random, one)) draft.fact('baseline.symptoms', sentence);
      for (const { kind, text } of priorSentences(random, one)) {
        draft.fact(keys('baseline', 'prior_treatments', ...(kind === 'medication' ? ['prior_medications'] : [])), text);
      }
      draft
        .section('PAST MEDICAL HISTORY')
        .say(background.past)
        .fact('baseline.actd_age', diseaseAge(random, one, voice))
        .section('FAMILY HISTORY')
        .say(background.family)
        .section('SOCIAL HISTORY')
        .say(background.social)
        .section('MEDICATIONS')
        .say(background.medications);
      if (one.treatment.regimen_change && (one.treatment.regimen_change_date ?? '') < date) {
        draft.fact(
          keys('treatment', 'regimen_change', 'regimen_change_date', 'regimen_change_detail'),
          regimenSentence(random, one),
        );
      }
      draft.section('ALLERGIES');
      for (const sentence of allergySentences(random, one)) draft.fact('baseline.allergies', sentence);
      draft
        .section('ROS')
        .say(random.pick(REVIEW_OF_SYSTEMS))
        .section('PHYSICAL EXAMINATION')
        .say(random.pick(EXAMINATION))
        .fact('baseline.sites', siteSentence(random, one))
        .fact('baseline.ulceration', ulcerSentence(random, one));
      if (one.baseline.vascular_insufficiency) {
        draft.fact(
          ['baseline.vascular_insufficiency', 'baseline.ulceration'],
          oneOf(random, [
            'ABI 0.42; severe vascular insufficiency is a major part of this ulcer.',
            'The ulcer is multifactorial, with severe vascular insufficiency of the limb.',
          ]),
        );
      }
      draft.section('ASSESSMENT AND PLAN').line('1. ').say('Calcinosis cutis.');
      writePrescription(telling, (field, sentence) => draft.fact(field, sentence));
      draft.line().say(random.pick(CLOSING));
    },
  );
  for (const allergy of one.baseline.allergies) {
    if (allergy !== 'none')
      study.chart.allergy({ date, text: allergy === 'other' ? 'Penicillin' : allergy, reaction: 'rash' });
  }
  if (one.found.order) writeOrder(telling, encounter);
  return `${opening} ${began}`;
}

function writePrescription({ one, days, stream }: Telling, fact: (keys: string[], sentence: string) => void): void {
  const random = stream('prescription');
  const { strength, vehicle, frequency, grams } = one.treatment;
  const base = vehicle === 'gel' ? 'gel (no zinc)' : 'zinc oxide ointment';
  const day = usDate(days.start);
  fact(
    keys('treatment', 'start_date', 'strength', 'vehicle'),
    oneOf(random, [
      `Starting today, ${day}: topical sodium thiosulfate ${strength} % in ${base}.`,
      `Began topical sodium thiosulfate ${strength}% in ${base} on ${day}.`,
      `Topical sodium thiosulfate ${strength} % compounded in ${base} was started ${day}.`,
    ]),
  );
  const [word, short] = frequency === 'three_times' ? ['three times daily', 'TID'] : ['twice daily', 'BID'];
  fact(
    keys('treatment', 'frequency'),
    oneOf(random, [
      `Apply to the affected areas ${word}.`,
      `Sig: apply ${short} to the deposits.`,
      `To be applied ${word}.`,
    ]),
  );
  fact(
    keys('treatment', 'grams'),
    oneOf(random, [
      `Dispense ${grams} g per prescription.`,
      `Disp: ${grams} grams, refills as needed.`,
      `Quantity ${grams} g.`,
    ]),
  );
}

/** Who begins and follows the treatment. */
export function treatingSpecialty({ one, stream }: Telling): Specialty {
  if (one.treatment.evaluated_by === 'dermatologist') return 'dermatology';
  const { sites, ulceration } = one.baseline;
  if (sites.includes('trunk')) return 'rheumatology';
  const other = sites.includes('hands_feet') ? 'hand-surgery' : ulceration ? 'vascular-surgery' : 'orthopedics';
  return stream('treating specialty').pick(['rheumatology', 'rheumatology', other]);
}

function writeOrder(telling: Telling, encounter: string): void {
  const { one, study, days } = telling;
  const { strength, vehicle, frequency, grams } = one.treatment;
  study.chart.order({
    date: days.start,
    encounter,
    specialty: treatingSpecialty(telling),
    drug: `sodium thiosulfate ${strength} % ${vehicle === 'gel' ? 'gel' : 'in zinc oxide ointment'}`,
    route: 'topical',
    form: vehicle === 'gel' ? 'gel' : 'ointment',
    sig: `Apply to affected areas ${frequency === 'three_times' ? 'three times' : 'two times'} daily`,
    quantity: grams,
    unit: 'g',
  });
}
