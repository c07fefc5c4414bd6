/** Notes between the visits: calls, the pharmacy's letter, changes of the regimen, wound care, other clinics. */
import { addDays, usDate } from '../institution/index.ts';
import { isMissing } from './cases.ts';
import { concurrentSentences, regimenSentence } from './phrases.ts';
import { writeRoutine } from './routine-visits.ts';
import { writeEvent, writeStop } from './stop-sentences.ts';
import { keys, oneOf, type Telling } from './telling.ts';
import { earlier, PERIOD_END } from './timeline.ts';

/** Writes the notes that stand between the visits; one of them may copy from the note `firstFollowUp`. */
export function writeCalls(telling: Telling, firstFollowUp: string): void {
  writeCopy(telling, firstFollowUp);
  writeRegimenChange(telling);
  writeRefillCall(telling);
  writeStopCall(telling);
  writePharmacyLetter(telling);
  writeWoundCare(telling);
  writeOtherClinics(telling);
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

/** Family medicine copies what the treating clinic found, weeks later: the day of the copy is the day of nothing. */
function writeCopy({ study, days, voice, stream }: Telling, from: string): void {
  const [first = '', second] = days.followUps;
  const paragraph = /INTERVAL HISTORY:\n(.*)/.exec(from)?.[1];
  const random = stream('copy');
  if (second === undefined || paragraph === undefined || !random.chance(0.7)) return;
  const date = addDays(first, random.integer(9, 25));
  study.visit({ date, type: 'progress', specialty: 'family-medicine' }, (draft) =>
    draft
      .section('HPI')
      .say(`${voice.name} comes for blood pressure and a cough.`)
      .decoy('treatment.first_follow_up', date, `Skin: per the last clinic note, ${paragraph}`)
      .section('PHYSICAL EXAMINATION')
      .say('BP 138/80. Lungs clear. Skin not examined.')
      .section('ASSESSMENT AND PLAN')
      .say('Viral URI, supportive care. Continue lisinopril.'),
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
  const more = random.chance(0.5);
  study.visit({ date, type: 'telephone', specialty: 'nursing' }, (draft) => {
    draft
      .say('COMPOUNDING PHARMACY, fax received and scanned.')
      .fact(
        keys('treatment', 'prescriptions', 'grams'),
        oneOf(random, [
          `According to our file ${times} filled, ${grams} g each.`,
          `Fill history: ${times} filled in all, ${grams} grams each.`,
          `Dispensing record for this patient: ${times} filled and picked up (${grams} g).`,
        ]),
      );
    const next = prescriptions + 1;
    if (more) draft.decoy('treatment.prescriptions', next, `A further prescription (no. ${next}) was never picked up.`);
    draft.say('No transfer to another pharmacy on file.');
  });
}

/** Other clinics look at something else and copy what they did not look at. */
function writeOtherClinics({ study, days, voice, stream }: Telling): void {
  writeRoutine(study, stream('other clinic'), voice, addDays(days.consult, 10), addDays(days.start, -3));
  const random = stream('later clinic');
  const to = addDays(earlier(days.end, PERIOD_END), -3);
  if (random.chance(0.5)) writeRoutine(study, random, voice, addDays(days.start, 8), to);
}

/** The wound nurse sees the ulcer and the dressings, and judges no response. */
function writeWoundCare({ one, study, days, voice, stream }: Telling): void {
  const { concurrent } = one.treatment;
  if (isMissing(concurrent) || !concurrent.includes('dressings')) return;
  const random = stream('wound care');
  const date = addDays(days.start, random.integer(2, 6));
  const medication = concurrentSentences(random, one, voice).find(({ kind }) => kind === 'medication');
  const dressing = concurrentSentences(random, one, voice).find(({ kind }) => kind === 'dressings');
  study.visit({ date, type: 'nursing', specialty: 'wound-care' }, (draft) => {
    draft.section('WOUND CARE').say(`Wound check ${usDate(date)}, periwound skin intact.`);
    if (dressing) draft.fact('treatment.concurrent', dressing.text);
    draft.say('Compounded ointment applied under the dressing as ordered.');
    if (medication)
      draft.section('MEDICATIONS').fact(keys('treatment', 'concurrent', 'concurrent_medications'), medication.text);
    draft.section('PLAN').say('Continue wound care at home, supplies given.');
  });
}
