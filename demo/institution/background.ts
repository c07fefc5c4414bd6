/** The patients around the study: common diseases, their visits, drugs, labs and notes, and what a search stumbles over. */
import type { Day } from '../../src/base/index.ts';
import { phoneNote, visitNote } from './background-notes.ts';
import { addDays, usDate } from './calendar.ts';
import type { Chart, PatientFacts } from './chart.ts';
import type { races } from './codes.ts';
import { writeDecoy } from './decoys.ts';
import { type Disease, diseases, PSORIASIS } from './diseases.ts';
import type { Institution } from './institution.ts';
import { FAMILY_NAMES, GIVEN_NAMES } from './names.ts';
import { writePsoriasisCourse } from './psoriasis-course.ts';
import { type Random, randomOf } from './random.ts';

const RECORDS_BEGIN: Day = '2008-01-15';
const RECORDS_END: Day = '2018-06-30';
const COUNTRY_RACES = [
  { race: 'White', weight: 74 },
  { race: 'Black or African American', weight: 11 },
  { race: 'Asian', weight: 6 },
  { race: 'American Indian or Alaska Native', weight: 2 },
  { race: 'Middle Eastern', weight: 2 },
] as const satisfies readonly { readonly race: keyof typeof races; readonly weight: number }[];

/** Writes patient number `number`, the same in every institution of this seed. */
export function writeBackgroundPatient(institution: Institution, number: number): void {
  const random = randomOf(institution.seed, 'patient', number);
  const disease = random.weighted(diseases);
  const patient = patientOf(random, disease, number);
  const chart = institution.chart(`background-${number}`, patient);
  writeConsent(random, chart);
  const second = random.chance(0.4) ? random.weighted(diseases) : undefined;
  writeCourse(random, chart, disease);
  if (second && second !== disease) writeCourse(random, chart, second);
  if (disease.name === PSORIASIS && random.chance(0.6)) writePsoriasisCourse(random, chart);
  writeDecoy(institution, random, chart, number);
}

function patientOf(random: Random, disease: Disease, number: number): PatientFacts {
  const sex = random.chance(disease.women) ? 'female' : 'male';
  const ageIn2008 = random.integer(disease.ages[0], disease.ages[1]);
  const birthDate = addDays('2008-01-01', -Math.round(ageIn2008 * 365.25) - random.integer(1, 364));
  const dies = ageIn2008 > 60 && random.chance(0.12);
  return {
    sex,
    birthDate,
    race: random.weighted(COUNTRY_RACES).race,
    ethnicity: random.chance(0.09) ? 'Hispanic or Latino' : 'Not Hispanic or Latino',
    family: random.pick(FAMILY_NAMES),
    given: random.pick(GIVEN_NAMES[sex]),
    recordNumber: String(2_000_000 + number).padStart(9, '0'),
    ...(dies ? { deathDate: addDays('2016-01-01', random.integer(0, 900)) } : {}),
  };
}

/** Most were asked; some refused; a few changed their minds. */
function writeConsent(random: Random, chart: Chart): void {
  if (random.chance(0.12)) return;
  const date = addDays('2009-01-01', random.integer(0, 1500));
  const decision = random.chance(0.05) ? 'deny' : 'permit';
  chart.consent({ date, decision });
  if (random.chance(0.01))
    chart.consent({ date: addDays(date, 400), decision: decision === 'deny' ? 'permit' : 'deny' });
}

function writeCourse(random: Random, chart: Chart, disease: Disease): void {
  const end = chart.patient.deathDate ?? RECORDS_END;
  let date = addDays(RECORDS_BEGIN, random.integer(0, 2200));
  if (date < chart.patient.birthDate) date = addDays(chart.patient.birthDate, 200);
  let earlier: string | undefined;
  const visits = 1 + Math.floor(random.fraction() ** 2.2 * 16);
  for (let visit = 0; visit < visits && date < end; visit++) {
    const encounter = chart.encounter({ date, specialty: disease.specialty });
    chart.condition({ date, text: disease.name, icd9: disease.icd9, icd10: disease.icd10, encounter });
    if (visit === 0 || random.chance(0.3)) writeOrders(random, chart, disease, date, encounter);
    for (const [text, loinc, unit, low, high] of disease.labs) {
      const value = Math.round((low + random.fraction() * (high - low)) * 10) / 10;
      chart.observation({ date, text, loinc, unit, value, encounter });
    }
    const copied = random.chance(0.3) ? earlier : undefined;
    const { text, assessment } = visitNote(random, chart.patient, disease, date, copied);
    chart.note({
      date,
      type: visit === 0 ? 'consultation' : 'progress',
      specialty: disease.specialty,
      encounter,
      text,
    });
    earlier = assessment;
    if (random.chance(0.2)) writeCall(random, chart, disease, addDays(date, random.integer(3, 20)), end);
    date = addDays(date, random.integer(40, 260));
  }
}

function writeOrders(random: Random, chart: Chart, disease: Disease, date: Day, encounter: string): void {
  for (const drug of disease.drugs) {
    const byReference = random.chance(0.2);
    const facts = {
      ...drug,
      date,
      encounter,
      specialty: disease.specialty,
      byReference,
      quantity: 30,
      refills: random.integer(0, 5),
    };
    chart.order(facts);
    if (random.chance(0.3) && drug.route !== 'intravenous') chart.dispense(facts);
  }
  if (random.chance(0.05)) chart.procedure({ date, encounter, text: 'Biopsy of skin', cpt: '11100' });
  if (random.chance(0.05)) chart.allergy({ date, text: 'Penicillin', reaction: 'rash' });
}

function writeCall(random: Random, chart: Chart, disease: Disease, date: Day, end: Day): void {
  if (date >= end) return;
  chart.note({ date, type: 'telephone', specialty: 'nursing', text: phoneNote(random, disease, date) });
  if (random.chance(0.05)) {
    const text = `NURSE NOTE ${usDate(date)}\nTST placed left volar forearm, 0.1 mL. To be read in 48-72 h.`;
    chart.note({ date, type: 'nursing', specialty: 'nursing', text });
  }
}
