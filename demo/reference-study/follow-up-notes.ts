/** The visits and calls at which a clinician notes how the treated lesions are. */
import { daysFrom, type Random, usDate } from '../institution/index.ts';
import { writeAssessment } from './assessment-sentences.ts';
import { type IncludedCase, isMissing } from './cases.ts';
import type { Draft } from './composer.ts';
import { writeTreatmentDecoys } from './decoy-sentences.ts';
import { CALCINOSIS_CUTIS } from './disease-codes.ts';
import { concurrentSentences, regimenSentence } from './phrases.ts';
import { treatingSpecialty } from './start-note.ts';
import { CLOSING, EXAMINATION, REVIEW_OF_SYSTEMS } from './stock.ts';
import { writeEvent, writeStop } from './stop-sentences.ts';
import { keys, oneOf, rowKeys, type Telling } from './telling.ts';

/** Writes one note a day of assessment, with the paragraph `history` copied forward; gives back the text of the first note. */
export function writeFollowUps(telling: Telling, history: string): string {
  const [first = ''] = telling.days.followUps.map((date) => writeFollowUp(telling, date, history));
  return first;
}

function writeFollowUp(telling: Telling, date: string, history: string): string {
  const { one, study, days, background, stream } = telling;
  const random = stream(`follow-up ${date}`);
  const first = date === one.treatment.first_follow_up;
  const rows = one.assessments.filter((assessment) => assessment.date === date);
  const phone = !first && rows.every((row) => row.basis === 'patient_report') && random.chance(0.4);
  const specialty = phone ? 'nursing' : treatingSpecialty(telling);
  const diagnoses = one.found.retrieval && !phone ? [CALCINOSIS_CUTIS] : [];
  const { text } = study.visit({ date, type: phone ? 'telephone' : 'progress', specialty, diagnoses }, (draft) => {
    if (!phone && random.chance(0.7)) draft.section('HPI').say(history);
    draft.section(phone ? 'TELEPHONE ENCOUNTER' : 'INTERVAL HISTORY');
    writeOccasion(draft, random, telling, { date, phone, first });
    for (const row of rows) writeAssessment(draft, random, telling, row);
    if (!phone) draft.section('MEDICATIONS').say(background.medications);
    writeCourse(draft, random, telling, date, first);
    if (!phone) {
      draft.section('ROS').say(random.pick(REVIEW_OF_SYSTEMS));
      draft.section('PHYSICAL EXAMINATION').say(random.pick(EXAMINATION));
    }
    draft.section('ASSESSMENT AND PLAN');
    if (first) writeTreatmentDecoys(draft, random, one);
    const ends = days.end === date && !isMissing(one.treatment.stop_date);
    if (ends) {
      writeEvent(draft, random, telling);
      writeStop(draft, random, telling);
    } else if (raisedOn(one, days.followUps) === date) {
      const { strength, strength_raised_to } = one.treatment;
      draft.fact(
        'treatment.strength_raised_to',
        `Will raise sodium thiosulfate from ${strength} % to ${strength_raised_to} %.`,
      );
    } else draft.say(random.pick(['Continue as is.', 'Plan unchanged.', 'No change of plan today.']));
    draft.say(random.pick(CLOSING));
  });
  return text;
}

/** The day of assessment at about a year, for the patient whose strength was raised then. */
export function raisedOn(one: IncludedCase, followUps: readonly string[]): string | undefined {
  if (one.treatment.strength_raised_to === undefined) return undefined;
  const start = one.treatment.start_date;
  return followUps.find((date) => daysFrom(start, date) >= 360) ?? followUps.at(-1);
}

interface Occasion {
  readonly date: string;
  readonly phone: boolean;
  readonly first: boolean;
}

const PLACES: Readonly<Record<string, string>> = {
  dermatology: 'Dermatology',
  rheumatology: 'Rheumatology',
  'hand-surgery': 'Hand Surgery',
  'vascular-surgery': 'Vascular Surgery',
  orthopedics: 'Orthopedics',
};

function writeOccasion(draft: Draft, random: Random, telling: Telling, { date, phone, first }: Occasion): void {
  const { one, voice } = telling;
  const clinic = PLACES[treatingSpecialty(telling)] ?? 'our clinic';
  const rows = one.assessments.filter((row) => row.date === date);
  const dates = rows.flatMap((row) => rowKeys('assessment', `${row.lesion}@${date}`, 'date'));
  const drug = random.pick([
    'topical sodium thiosulfate',
    'topical thiosulfate',
    'sodium thiosulfate ointment',
  ] as const);
  const named = one.treatment.vehicle === 'gel' ? 'topical sodium thiosulfate' : drug;
  draft.fact(
    [...dates, 'screening.follow_up', ...(first ? keys('treatment', 'first_follow_up', 'evaluated_by') : [])],
    phone
      ? `Call on ${usDate(date)} for ${clinic} about ${named}.`
      : oneOf(random, [
          `${voice.name} was seen in ${clinic} on ${usDate(date)} in follow-up of ${named}.`,
          `${usDate(date)}: ${voice.name} returns to ${clinic} after starting ${named}.`,
        ]),
  );
}

function writeCourse(draft: Draft, random: Random, telling: Telling, date: string, first: boolean): void {
  const { one, voice } = telling;
  if (!first) return;
  const word = one.treatment.frequency === 'three_times' ? 'three times' : 'twice';
  draft.fact(
    'screening.applied_as_prescribed',
    oneOf(random, [
      `Applies it as prescribed, ${word} a day to the affected areas.`,
      `Has been using it as directed on the deposits.`,
    ]),
  );
  for (const { kind, text } of concurrentSentences(random, one, voice)) {
    draft.fact(keys('treatment', 'concurrent', ...(kind === 'medication' ? ['concurrent_medications'] : [])), text);
  }
  const changed = one.treatment.regimen_change;
  if (changed && (one.treatment.regimen_change_date ?? '') > date) return;
  draft.fact(
    keys('treatment', 'regimen_change', ...(changed ? ['regimen_change_date', 'regimen_change_detail'] : [])),
    regimenSentence(random, one),
  );
}
