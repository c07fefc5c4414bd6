/**
 * What a search for the reference study stumbles over and must not take: the diagnosis without the drug, the drug without the
 * diagnosis, either outside the dates, the same letters with another meaning. None of them has a code of the diagnosis in the
 * study's period together with the drug in the period, and none is in the pharmacy's file for that drug in the period.
 */
import type { Day } from '../../src/base/index.ts';
import { addDays, usDate } from './calendar.ts';
import type { Chart } from './chart.ts';
import type { Institution } from './institution.ts';
import type { Random } from './random.ts';

type Decoy = (chart: Chart, random: Random, institution: Institution) => void;

const CALCINOSIS = { text: 'Calcinosis cutis', icd9: '709.3', icd10: 'L94.2' };
const IV_THIOSULFATE = {
  drug: 'sodium thiosulfate 250 MG/ML Injectable Solution',
  route: 'intravenous',
  form: 'solution for injection',
} as const;

const decoys: readonly { readonly weight: number; readonly write: Decoy }[] = [
  { weight: 5, write: diagnosisWithoutDrug },
  { weight: 3, write: calciphylaxis },
  { weight: 2, write: cisplatinRescue },
  { weight: 1, write: cyanide },
  { weight: 3, write: beforeThePeriod },
  { weight: 2, write: afterThePeriod },
  { weight: 6, write: tuberculinTest },
  { weight: 4, write: consideredOnly },
  { weight: 8, write: otherCompound },
];
const SHARE = 0.05;

/** Gives one patient in twenty something to stumble over. */
export function writeDecoy(institution: Institution, random: Random, chart: Chart, number: number): void {
  if (number % Math.round(1 / SHARE) !== 0 || chart.patient.deathDate) return;
  random.weighted(decoys).write(chart, random, institution);
}

const dayBetween = (random: Random, from: Day, days: number): Day => addDays(from, random.integer(0, days));

function diagnosisWithoutDrug(chart: Chart, random: Random): void {
  const date = dayBetween(random, '2012-03-01', 1800);
  const encounter = chart.encounter({ date, specialty: 'rheumatology' });
  chart.condition({ date, ...CALCINOSIS, encounter });
  const text =
    'HPI:\nFirm nodules over the forearms.\n\nEXAM:\nCalcinosis cutis of both forearms, not ulcerated.\n\nPLAN:\nObservation. Diltiazem discussed.';
  chart.note({ date, encounter, type: 'progress', specialty: 'rheumatology', text });
}

function calciphylaxis(chart: Chart, random: Random): void {
  const date = dayBetween(random, '2012-03-01', 1800);
  const encounter = chart.encounter({ date, specialty: 'nephrology', class: 'IMP' });
  chart.condition({ date, text: 'Calciphylaxis', icd9: '275.49', icd10: 'E83.59', encounter });
  chart.order({
    date,
    encounter,
    specialty: 'nephrology',
    ...IV_THIOSULFATE,
    sig: '25 g IV after each dialysis session',
  });
  const text =
    'HOSPITAL COURSE:\nPainful retiform purpura of the thighs; biopsy showed calciphylaxis. IV sodium thiosulfate with dialysis was started.\n\nPLAN:\nContinue sodium thiosulfate 25 g IV three times weekly. Wound care.';
  chart.note({ date, encounter, type: 'discharge-summary', specialty: 'nephrology', text });
}

function cisplatinRescue(chart: Chart, random: Random): void {
  const date = dayBetween(random, '2012-03-01', 1800);
  const encounter = chart.encounter({ date, specialty: 'oncology' });
  chart.order({ date, encounter, specialty: 'oncology', ...IV_THIOSULFATE, sig: '12 g/m2 IV once after cisplatin' });
  const text =
    'Sodium thiosulfate given after intra-arterial cisplatin for kidney protection. No hearing loss. Proceed with cycle 2.';
  chart.note({ date, encounter, type: 'progress', specialty: 'oncology', text });
}

function cyanide(chart: Chart, random: Random): void {
  const date = dayBetween(random, '2012-03-01', 1800);
  const encounter = chart.encounter({ date, specialty: 'emergency', class: 'EMER' });
  const text =
    'House fire with smoke inhalation. Hydroxocobalamin, then sodium thiosulfate 12.5 g IV x1 for suspected cyanide poisoning. Lactate cleared.';
  chart.note({ date, encounter, type: 'emergency', specialty: 'emergency', text });
}

function beforeThePeriod(chart: Chart, random: Random): void {
  const date = dayBetween(random, '2008-06-01', 1000);
  if (date < chart.patient.birthDate) return;
  const encounter = chart.encounter({ date, specialty: 'dermatology' });
  chart.condition({ date, ...CALCINOSIS, encounter });
  chart.order({
    date,
    encounter,
    specialty: 'dermatology',
    drug: 'sodium thiosulfate 25 % in zinc oxide ointment',
    route: 'topical',
    form: 'ointment',
    sig: 'Apply twice daily',
  });
  const text = `Calcinosis of the elbow. Topical sodium thiosulfate started ${usDate(date)}.`;
  chart.note({ date, encounter, type: 'progress', specialty: 'dermatology', text });
}

function afterThePeriod(chart: Chart, random: Random): void {
  const date = dayBetween(random, '2017-08-01', 250);
  const encounter = chart.encounter({ date, specialty: 'rheumatology' });
  chart.condition({ date, ...CALCINOSIS, encounter });
  const text = 'Calcinosis cutis of the fingers. Start topical sodium thiosulfate 25 % BID.';
  chart.note({ date, encounter, type: 'progress', specialty: 'rheumatology', text });
}

function tuberculinTest(chart: Chart, random: Random): void {
  const date = dayBetween(random, '2012-03-01', 1800);
  const text = `OCCUPATIONAL HEALTH ${usDate(date)}\nTST applied to the left forearm. TST read at 48 h: 0 mm. No calcinosis, no rash.`;
  chart.note({ date, type: 'nursing', specialty: 'nursing', text });
}

function consideredOnly(chart: Chart, random: Random): void {
  const date = dayBetween(random, '2012-03-01', 1800);
  const encounter = chart.encounter({ date, specialty: 'rheumatology' });
  const text =
    'ASSESSMENT:\nScleroderma. No calcinosis. Sodium thiosulfate was not given. If calcinosis develops, topical sodium thiosulfate could be tried.';
  chart.note({ date, encounter, type: 'progress', specialty: 'rheumatology', text });
}

/** The pharmacy compounds other things too, and writes down patients that nobody can find again. */
function otherCompound(chart: Chart, random: Random, institution: Institution): void {
  const date = dayBetween(random, '2012-03-01', 1800);
  const { patient } = chart;
  const lost = random.chance(0.25);
  institution.pharmacyRow({
    rxNumber: `C${random.integer(100000, 999999)}`,
    fillDate: usDate(date),
    pharmacyPatient: `P${random.integer(10000, 99999)}`,
    recordNumber: lost ? String(random.integer(9_000_000, 9_900_000)) : String(Number(patient.recordNumber)),
    lastName: lost ? 'WALK-IN' : patient.family.toUpperCase(),
    firstName: lost ? 'PATIENT' : patient.given.toUpperCase(),
    birthDate: lost ? '' : usDate(patient.birthDate),
    drug: random.pick([
      'hydroquinone 8 % / tretinoin 0.05 % cream',
      'ketoconazole 2 % / hydrocortisone 1 % cream',
      'urea 40 % paste',
      'diltiazem 2 % gel',
    ]),
    form: 'cream',
    route: 'topical',
    quantity: '60',
    unit: 'g',
    sig: 'Apply nightly',
    refills: '1',
  });
}
