/** The visit at which a patient who is not included was given the preparation, with order and fill where there were any. */
import { ageOn, type Institution, type Random, type Specialty, usDate } from '../institution/index.ts';
import type { Found, ScreenedCase } from './cases.ts';
import { CALCINOSIS_CUTIS, diagnosisOf } from './disease-codes.ts';
import { writeFills } from './pharmacy-fills.ts';
import { backgroundOf, EXAMINATION } from './stock.ts';
import type { StudyChart } from './study-chart.ts';
import { oneOf } from './telling.ts';
import { type Voice, voiceOf } from './words.ts';

/** What is known of the start. */
export interface TopicalFacts extends Pick<ScreenedCase, 'person' | 'actd' | 'place' | 'start_date' | 'grams'> {
  readonly found: Found;
  readonly frequency: string;
  readonly recordNumber: string;
  /** The disease of a patient without connective tissue disease. */
  readonly setting?: string | undefined;
}

const STRENGTH = 25;

/** Writes the visit, and the order and the pharmacy's row where the case has them. */
export function writeTopicalStart(
  institution: Institution,
  study: StudyChart,
  one: TopicalFacts,
  random: Random,
): void {
  const { person, found, start_date: date, grams, frequency, recordNumber } = one;
  const specialty: Specialty = random.pick(['rheumatology', 'dermatology', 'rheumatology', 'vascular-surgery']);
  const encounter = writeVisit(study, one, random, specialty);
  if (found.order) {
    study.chart.order({
      date,
      encounter,
      specialty,
      drug: `sodium thiosulfate ${STRENGTH} % in zinc oxide ointment`,
      route: 'topical',
      form: 'ointment',
      sig: `Apply to affected areas ${frequency === 'three_times' ? 'three times' : 'two times'} daily`,
      quantity: grams,
      unit: 'g',
    });
  }
  if (!found.pharmacy) return;
  const flaw = found.flaw ?? 'none';
  const fill = { person, recordNumber, flaw, days: [date], grams, vehicle: 'zinc_oxide_ointment', frequency };
  writeFills(institution, random, { ...fill, strengthOn: () => STRENGTH });
}

function writeVisit(study: StudyChart, one: TopicalFacts, random: Random, specialty: Specialty): string {
  const { start_date: date, place, grams, frequency } = one;
  const background = backgroundOf(random);
  const disease = diagnosisOf(one.actd === 'none' ? (one.setting ?? '') : one.actd);
  const diagnoses = [...(disease ? [disease] : []), ...(one.found.retrieval ? [CALCINOSIS_CUTIS] : [])];
  const { encounter } = study.visit({ date, type: 'consultation', specialty, diagnoses }, (draft) => {
    draft.section('HPI').fact('screening.actd', diseaseSentence(random, one, voiceOf(one.person)));
    if (one.actd === 'none') draft.say('Outside labs: ANA 1:80 speckled. Mother with CREST.');
    draft
      .say(
        random.pick([
          `Referred for hard lumps of the ${place}.`,
          `Has had calcinosis of the ${place} for two years.`,
          `The ${place} has been draining chalky material since last winter.`,
        ]),
      )
      .section('PMH')
      .say(background.past)
      .section('FAMILY HISTORY')
      .say(background.family)
      .section('SOCIAL HISTORY')
      .say(background.social)
      .section('MEDICATIONS')
      .say(background.medications)
      .section('PHYSICAL EXAMINATION')
      .say(random.pick(EXAMINATION), `Firm dystrophic calcification of the ${place}.`)
      .section('ASSESSMENT AND PLAN')
      .say('Calcinosis cutis.')
      .say(
        oneOf(random, [
          `Start topical sodium thiosulfate ${STRENGTH} % in zinc oxide ointment today, ${usDate(date)}.`,
          `Topical sodium thiosulfate ${STRENGTH}% in zinc oxide was prescribed on ${usDate(date)}.`,
          `Will begin sodium thiosulfate ${STRENGTH} % ointment (zinc oxide base) as of ${usDate(date)}.`,
        ]),
      )
      .say(`Apply ${frequency === 'three_times' ? 'TID' : 'BID'}, ${grams} g.`, 'RTC 3 months.');
  });
  return encounter;
}

function diseaseSentence(random: Random, one: TopicalFacts, { name, woman }: Voice): string {
  const age = ageOn(one.person.birth, one.start_date);
  if (one.actd === 'none') {
    return oneOf(random, [
      `${name} is a ${age}-year-old ${woman} with ${one.setting} and leg ulcers; there is no connective tissue disease.`,
      `${age} yo ${woman}, ${one.setting}, chronic leg ulcers, no underlying autoimmune disease found.`,
    ]);
  }
  return oneOf(random, [
    `${name} is a ${age}-year-old ${woman} with ${one.actd}.`,
    `${age} y.o. ${woman} known to have ${one.actd}.`,
    `I saw ${name}, ${age}, for ${one.actd}.`,
  ]);
}
