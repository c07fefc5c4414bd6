/** The visits before the treatment: the consultation for the disease, the diagnosis of the deposits, biopsy and imaging. */
import { addDays, type Specialty, usDate } from '../institution/index.ts';
import { tuberculinNote, writeBaselineDecoys } from './decoy-sentences.ts';
import { CALCINOSIS_CUTIS, diagnosisOf } from './disease-codes.ts';
import { diseaseAge, introduction, onset, siteSentence, symptomSentences } from './phrases.ts';
import { CLOSING, EXAMINATION, REVIEW_OF_SYSTEMS } from './stock.ts';
import { keys, oneOf, type Telling } from './telling.ts';
import { firstDay } from './timeline.ts';
import { diseaseShort, diseaseText, listed } from './words.ts';

/** The fields that the name of the disease answers. */
export const DISEASE_FIELDS = ['actd', 'actd_subtype', 'overlap_of', 'undifferentiated_features'] as const;
const diseaseKeys = [...keys('baseline', ...DISEASE_FIELDS), 'screening.actd'];

/** Writes all visits before the start. */
export function writeFirstVisits(telling: Telling): void {
  writeConsult(telling);
  const { days, stream } = telling;
  const random = stream('tuberculin test');
  if (random.chance(0.4)) {
    const date = addDays(days.consult, random.integer(3, 15));
    telling.study.visit({ date, type: 'nursing', specialty: 'nursing' }, (draft) => tuberculinNote(draft, date));
  }
  writeDiagnosis(telling);
  if (/biopsy|both/.test(telling.one.baseline.diagnosed_how)) writePathology(telling);
  if (/imaging|both/.test(telling.one.baseline.diagnosed_how)) writeImaging(telling);
}

function writeConsult({ one, study, days, voice, background, stream }: Telling): void {
  const random = stream('consult');
  const disease = diagnosisOf(diseaseText(one.baseline));
  const date = days.consult;
  const before = date < firstDay(one.baseline.cc_onset);
  study.visit(
    { date, type: 'consultation', specialty: 'rheumatology', diagnoses: disease ? [disease] : [] },
    (draft) => {
      draft
        .section('HPI')
        .fact(['baseline.race', ...diseaseKeys], introduction(random, one, voice, date))
        .fact('baseline.actd_age', diseaseAge(random, one, voice))
        .say(
          random.pick(['Referred for ongoing care.', 'Establishing care here after a move.', 'Last seen elsewhere.']),
        )
        .section('PMH')
        .say(background.past)
        .section('FAMILY HISTORY')
        .say(background.family)
        .section('SOCIAL HISTORY')
        .say(background.social)
        .section('MEDICATIONS')
        .say(background.medications)
        .section('ROS')
        .say(random.pick(REVIEW_OF_SYSTEMS))
        .section('PHYSICAL EXAMINATION')
        .say(
          random.pick(EXAMINATION),
          before ? 'No calcinosis, no digital ulcers.' : 'Calcinosis noted, see problem list.',
        )
        .section('ASSESSMENT AND PLAN')
        .fact(diseaseKeys, `1. ${diseaseText(one.baseline)}.`)
        .say('Labs today. Continue present regimen.')
        .line()
        .say(random.pick(CLOSING));
    },
  );
}

function writeDiagnosis(telling: Telling): void {
  const { one, study, days, voice, background, stream } = telling;
  const random = stream('diagnosis');
  const date = days.diagnosis;
  const specialty = diagnosingSpecialty(telling);
  const diagnoses = one.found.retrieval ? [CALCINOSIS_CUTIS] : [];
  study.visit({ date, type: 'consultation', specialty, diagnoses }, (draft) => {
    draft
      .section('CHIEF COMPLAINT')
      .say('Lumps in the skin.')
      .section('HPI')
      .fact(diseaseKeys, `${voice.name} has ${diseaseText(one.baseline)} (${diseaseShort(one.baseline)}).`)
      .fact('baseline.cc_onset', onset(random, one, voice));
    for (const sentence of symptomSentences(random, one)) draft.fact('baseline.symptoms', sentence);
    draft.section('PAST MEDICAL HISTORY').say(background.past);
    writeBaselineDecoys(draft, random, one);
    draft
      .section('FAMILY HISTORY')
      .say(background.family)
      .section('PHYSICAL EXAMINATION')
      .say(random.pick(EXAMINATION))
      .fact('baseline.sites', siteSentence(random, one))
      .section('IMPRESSION')
      .fact(keys('baseline', 'diagnosed_by'), diagnosedBy(telling))
      .say(
        random.pick([
          'Treatment options discussed.',
          'Patient education given.',
          'Options reviewed; will think it over.',
        ]),
      );
  });
}

function diagnosingSpecialty({ one, stream }: Telling): Specialty {
  if (one.baseline.diagnosed_by === 'dermatologist') return 'dermatology';
  const hands = one.baseline.sites.includes('hands_feet');
  return stream('diagnosing specialty').pick(
    hands ? ['rheumatology', 'hand-surgery'] : ['rheumatology', 'vascular-surgery'],
  );
}

function diagnosedBy({ one, stream }: Telling): string {
  const random = stream('diagnosed by');
  const sentences: Readonly<Record<string, readonly string[]>> = {
    dermatologist: [
      'Calcinosis cutis, a new diagnosis made here in Dermatology today.',
      'New diagnosis by Dermatology: dystrophic calcification of the skin.',
    ],
    other: [
      'Calcinosis cutis, newly diagnosed by our service; Dermatology has not been involved.',
      'I make the diagnosis of calcinosis cutis today, no dermatology visit so far.',
    ],
    both: [
      'Calcinosis cutis, diagnosed jointly by Rheumatology and Dermatology, who saw the patient together.',
      'Diagnosis of calcinosis made together with the dermatologist in the combined clinic.',
    ],
  };
  return oneOf(random, sentences[one.baseline.diagnosed_by] ?? [one.baseline.diagnosed_by]);
}

function writePathology({ one, study, days, stream }: Telling): void {
  const random = stream('pathology');
  const date = addDays(days.diagnosis, random.integer(1, 4));
  const { encounter } = study.visit({ date, type: 'pathology', specialty: 'pathology' }, (draft) => {
    const [place = 'skin'] = Object.values(one.lesions);
    draft
      .say(`SKIN, ${place.toUpperCase()}, PUNCH BIOPSY.`)
      .section('DIAGNOSIS')
      .fact(
        'baseline.diagnosed_how',
        oneOf(random, [
          `Punch biopsy of the ${place} shows deposits of calcium in the dermis, consistent with calcinosis cutis.`,
          `Skin biopsy, ${place}: basophilic calcium deposits with foreign body reaction, calcinosis cutis.`,
        ]),
      )
      .section('COMMENT')
      .say('von Kossa stain positive. No malignancy.');
  });
  study.chart.procedure({ date: days.diagnosis, encounter, text: 'Biopsy of skin', cpt: '11100' });
}

function writeImaging({ one, study, days, stream }: Telling): void {
  const random = stream('imaging');
  const date = addDays(days.diagnosis, random.integer(0, 4));
  const places = listed(Object.values(one.lesions));
  const { encounter } = study.visit({ date, type: 'imaging', specialty: 'radiology' }, (draft) => {
    draft
      .say(`RADIOGRAPHS ${usDate(date)}. Indication: lumps.`)
      .section('FINDINGS')
      .fact(
        'baseline.diagnosed_how',
        oneOf(random, [
          `Radiographs show soft tissue calcification at the ${places}.`,
          `X-ray: lobulated calcium deposits in the soft tissues of the ${places}.`,
        ]),
      )
      .section('IMPRESSION')
      .say('Dystrophic calcification. No fracture. No erosions.');
  });
  study.chart.procedure({ date, encounter, text: 'Radiography of soft tissue', cpt: '73130' });
}
