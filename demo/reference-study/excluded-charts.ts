/** Charts that the reviewers read and leave out: no connective tissue disease, no follow-up, not applied as prescribed. */
import { addDays, type Institution, type Random, randomOf, usDate } from '../institution/index.ts';
import type { RefusedCase, ScreenedCase } from './cases.ts';
import type { ChartText } from './composer.ts';
import { writeRoutine } from './routine-visits.ts';
import { EXAMINATION, REVIEW_OF_SYSTEMS } from './stock.ts';
import { openStudyChart, type StudyChart } from './study-chart.ts';
import { keys, oneOf } from './telling.ts';
import { writeTopicalStart } from './topical-start.ts';
import { voiceOf } from './words.ts';

/** Writes the chart of a patient whom screening leaves out. */
export function writeScreenedChart(institution: Institution, one: ScreenedCase, recordNumber: string): ChartText {
  const { id, person, consent, start_date } = one;
  const random = randomOf(institution.seed, 'reference-study', id);
  const died = one.reason?.startsWith('died') ? { deathDate: addDays(start_date, random.integer(40, 80)) } : {};
  const study = openStudyChart(institution, { id, person, consent, recordNumber, ...died });
  writeRoutine(study, random, voiceOf(person), addDays(start_date, -300), addDays(start_date, -5));
  writeTopicalStart(institution, study, { ...one, recordNumber }, random);
  if (one.excluded === 'no-follow-up') writeLoss(study, one, random, died.deathDate);
  else writeReturn(study, one, random);
  return study.finish();
}

/** Writes the chart of a patient who was treated topically and refused research. */
export function writeRefusedTopical(institution: Institution, one: RefusedCase, recordNumber: string): ChartText {
  const { id, person, consent } = one;
  const random = randomOf(institution.seed, 'reference-study', id);
  const study = openStudyChart(institution, { id, person, consent, recordNumber });
  const found = { retrieval: true, pharmacy: one.pharmacy, flaw: 'none', order: true } as const;
  writeRoutine(study, random, voiceOf(person), addDays(one.start_date, -300), addDays(one.start_date, -5));
  writeTopicalStart(institution, study, { ...one, frequency: 'twice', found, recordNumber }, random);
  return study.finish();
}

const losses: Readonly<Record<string, readonly string[]>> = {
  'moved out of state': ['Pt has moved out of state; records sent to the new physician.'],
  'did not return': [
    'No-show for the return visit, letter sent, no answer.',
    'Did not return; two calls without answer.',
  ],
  'never returned after the first visit': ['Has not returned since the first visit; letter came back.'],
  'follow-up with the local physician': [
    'Prefers to have all follow-up with the local physician; visit here cancelled.',
  ],
  'care transferred': ['Care transferred to another institution, return visit cancelled.'],
  'hospice elsewhere': ['Now in hospice near the family, out of state; visits here cancelled.'],
  'died of another illness': ['Family called: the patient died of pneumonia at another hospital.'],
  'returned for other problems only': ['Seen for low back pain only, no other concerns raised.'],
};

/** Why nothing is known of the treatment. */
function writeLoss(study: StudyChart, one: ScreenedCase, random: Random, death?: string): void {
  const date = death ?? addDays(one.start_date, random.integer(60, 150));
  const other = one.reason === 'returned for other problems only';
  const refill = addDays(one.start_date, random.integer(14, 35));
  if (random.chance(0.4)) {
    study.visit({ date: refill, type: 'telephone', specialty: 'nursing' }, (draft) =>
      draft
        .say(`TELEPHONE ENCOUNTER ${usDate(refill)}.`)
        .decoy('screening.follow_up', true, 'Pt requests refill of the compounded ointment.')
        .say('Sent to pharmacy.'),
    );
  }
  const head = other
    ? ({ date, type: 'progress', specialty: 'family-medicine' } as const)
    : ({ date, type: 'telephone', specialty: 'nursing' } as const);
  study.visit(head, (draft) => {
    draft.section(other ? 'HPI' : 'TELEPHONE ENCOUNTER');
    draft.fact('screening.follow_up', oneOf(random, losses[one.reason ?? ''] ?? [`No follow-up: ${one.reason}.`]));
    if (other) draft.section('ROS').say(random.pick(REVIEW_OF_SYSTEMS)).section('PLAN').say('Physical therapy.');
  });
}

const responses: Readonly<Record<string, (place: string) => readonly string[]>> = {
  CR: (place) => [`The deposit of the ${place} is gone.`],
  PR: (place) => [
    `The calcified ulcer of the ${place} is smaller than at the start.`,
    `Ulcer and deposit at the ${place} have decreased in size.`,
  ],
  NR: (place) => [`No change at the ${place}.`],
  UR: (place) => [`Whether the ${place} has responded cannot be said, as it was grafted elsewhere in between.`],
};

/** The visit after which the reviewers can tell why the patient is left out. */
function writeReturn(study: StudyChart, one: ScreenedCase, random: Random): void {
  const date = one.last_seen ?? addDays(one.start_date, 60);
  const voice = voiceOf(one.person);
  study.visit({ date, type: 'progress', specialty: 'dermatology' }, (draft) => {
    draft
      .section('INTERVAL HISTORY')
      .fact(
        'screening.follow_up',
        `${voice.name} was seen on ${usDate(date)} in follow-up of topical sodium thiosulfate.`,
      )
      .fact(
        'screening.applied_as_prescribed',
        one.excluded === 'not-as-prescribed'
          ? `${voice.She} had ${one.reason}.`
          : oneOf(random, ['Has applied it as prescribed.', 'Uses it on the affected areas as directed.']),
      );
    if (one.response) {
      draft.fact(
        'screening.response_without_actd',
        oneOf(random, responses[one.response]?.(one.place) ?? [one.response]),
      );
    }
    if (one.months !== undefined) {
      draft.fact(keys('screening', 'months_without_actd'), `This is ${one.months} months after the start.`);
    }
    draft
      .section('PHYSICAL EXAMINATION')
      .say(random.pick(EXAMINATION))
      .section('PLAN')
      .say('Wound care, compression as tolerated.');
  });
}
