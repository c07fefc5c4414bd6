/** Notes between the visits: calls, the pharmacy's letter, changes of the regimen, wound care, other clinics. */
import { addDays, usDate } from '../institution/index.ts';
import { isMissing } from './cases.ts';
import { regimenSentence } from './phrases.ts';
import { EXAMINATION, REVIEW_OF_SYSTEMS } from './stock.ts';
import { writeEvent, writeStop } from './stop-sentences.ts';
import { keys, oneOf, type Telling } from './telling.ts';
import { dayBetween, PERIOD_END } from './timeline.ts';

/** Writes the notes that stand between the visits. */
export function writeCalls(telling: Telling): void {
  writeRegimenChange(telling);
  writeRefillCall(telling);
  writeStopCall(telling);
  writePharmacyLetter(telling);
  writeOtherClinic(telling);
}

function writeRegimenChange({ one, study, stream }: Telling): void {
  const { regimen_change, regimen_change_date: date } = one.treatment;
  if (!regimen_change || date === undefined) return;
  const random = stream('regimen');
  study.visit({ date, type: 'progress', specialty: 'rheumatology' }, (draft) =>
    draft
      .section('ASSESSMENT')
      .say('Disease activity reviewed.')
      .fact(
        keys('treatment', 'regimen_change', 'regimen_change_date', 'regimen_change_detail'),
        regimenSentence(random, one),
      )
      .say('CBC and LFTs in 4 weeks. TB screen: TST negative last year.'),
  );
}

/** A request for a refill is no follow-up. */
function writeRefillCall({ one, study, days, stream }: Telling): void {
  const random = stream('refill');
  const date = addDays(days.start, random.integer(4, 7));
  if (date >= one.treatment.first_follow_up || !random.chance(0.6)) return;
  study.visit({ date, type: 'telephone', specialty: 'nursing' }, (draft) =>
    draft
      .say(`TELEPHONE ENCOUNTER ${usDate(date)}.`)
      .decoy('treatment.first_follow_up', date, 'Pt called and asked whether the compounded ointment can be mailed.')
      .say('Message left with the compounding pharmacy.'),
  );
}

function writeStopCall(telling: Telling): void {
  const { one, study, days, stream } = telling;
  const { stop_date } = one.treatment;
  if (isMissing(stop_date) || days.followUps.includes(stop_date)) return;
  const random = stream('stop');
  study.visit({ date: stop_date, type: 'telephone', specialty: 'nursing' }, (draft) => {
    draft.say(`TELEPHONE ENCOUNTER ${usDate(stop_date)}.`).say('Pt called.');
    writeEvent(draft, random, telling);
    writeStop(draft, random, telling);
    draft.say('Message routed to the provider, who agrees.');
  });
}

function writePharmacyLetter({ one, study, days, stream }: Telling): void {
  const { prescriptions, grams } = one.treatment;
  if (isMissing(prescriptions)) return;
  const random = stream('pharmacy letter');
  const date = addDays(days.end, random.integer(3, 9));
  if (date > PERIOD_END) return;
  const times = prescriptions === 1 ? '1 prescription was' : `${prescriptions} prescriptions were`;
  study.visit({ date, type: 'telephone', specialty: 'nursing' }, (draft) =>
    draft
      .say('COMPOUNDING PHARMACY, fax received and scanned.')
      .fact(
        keys('treatment', 'prescriptions', 'grams'),
        oneOf(random, [
          `According to our file ${times} filled, ${grams} g each.`,
          `Fill history: ${times} filled in all, ${grams} grams each.`,
        ]),
      )
      .say('No transfer to another pharmacy on file.'),
  );
}

/** Another clinic looks at something else and copies what it did not look at. */
function writeOtherClinic({ study, days, voice, stream }: Telling): void {
  const random = stream('other clinic');
  const date = dayBetween(random, addDays(days.consult, 10), days.start);
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
      .say(random.pick(['TST negative. Tdap up to date.', 'Influenza vaccine given.', 'Mammogram due.'])),
  );
}
