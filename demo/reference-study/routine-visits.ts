/** Visits of any chart that have nothing to do with the study, and read as if they had. */
import { addDays, type Random, usDate } from '../institution/index.ts';
import { EXAMINATION, REVIEW_OF_SYSTEMS } from './stock.ts';
import type { StudyChart } from './study-chart.ts';
import { dayBetween } from './timeline.ts';
import type { Voice } from './words.ts';

/** Writes a visit to another clinic, and sometimes a tuberculin skin test, between two days. */
export function writeRoutine(study: StudyChart, random: Random, voice: Voice, from: string, to: string): void {
  const date = dayBetween(random, from, to);
  const specialty = random.pick(['family-medicine', 'cardiology', 'gastroenterology', 'pulmonology'] as const);
  study.visit({ date, type: 'progress', specialty }, (draft) =>
    draft
      .section('HPI')
      .say(
        `${voice.name} comes for a routine visit.`,
        random.pick(['Feels well.', 'Reflux a bit worse.', 'Some fatigue.']),
      )
      .section('ROS')
      .say(random.pick(REVIEW_OF_SYSTEMS), 'Skin: no calcinosis, no ulcer (template).')
      .section('PHYSICAL EXAMINATION')
      .say(random.pick(EXAMINATION))
      .section('HEALTH MAINTENANCE')
      .say(
        random.pick([
          'TST negative. Tdap up to date.',
          'Influenza vaccine given.',
          'Mammogram due.',
          'TST negative 2010.',
        ]),
      ),
  );
  if (!random.chance(0.25)) return;
  const read = addDays(date, 2);
  study.visit({ date: read, type: 'nursing', specialty: 'nursing' }, (draft) =>
    draft.say(
      `NURSE VISIT ${usDate(read)}.`,
      'TST read at 48 h: 0 mm induration, negative.',
      'Form signed for employer.',
    ),
  );
}
