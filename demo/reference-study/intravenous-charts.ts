/** Charts with thiosulfate by infusion and never on the skin: found by the search, left out by rule. */
import {
  addDays,
  ageOn,
  type Institution,
  type Random,
  randomOf,
  type Specialty,
  usDate,
} from '../institution/index.ts';
import type { Decision, IntravenousCase, PersonOfCase } from './cases.ts';
import type { ChartText } from './composer.ts';
import { CALCINOSIS_CUTIS, diagnosisOf } from './disease-codes.ts';
import { writeRoutine } from './routine-visits.ts';
import { backgroundOf, EXAMINATION } from './stock.ts';
import { openStudyChart, type StudyChart } from './study-chart.ts';
import { oneOf } from './telling.ts';
import { PERIOD_END } from './timeline.ts';
import { voiceOf } from './words.ts';

/** An infused patient: a case of the study, or one who refused. */
export interface InfusedFacts
  extends Pick<IntravenousCase, 'id' | 'person' | 'underlying' | 'first_infusion' | 'infusions' | 'grams'> {
  readonly consent?: readonly Decision[];
}

const DAYS_BETWEEN_ORDERS = 28;
const INFUSIONS_A_MONTH = 12;

/** Writes the chart: admission or consultation, orders month by month, infusion notes, a visit at the end. */
export function writeIntravenousChart(institution: Institution, one: InfusedFacts, recordNumber: string): ChartText {
  const { id, person, consent = [] } = one;
  const random = randomOf(institution.seed, 'reference-study', id);
  const study = openStudyChart(institution, { id, person, consent, recordNumber });
  const renal = /calciphylaxis|renal|transplant/.test(one.underlying);
  const specialty: Specialty = renal ? 'nephrology' : 'rheumatology';
  writeRoutine(study, random, voiceOf(person), addDays(one.first_infusion, -300), addDays(one.first_infusion, -5));
  writeAdmission(study, one, random, specialty, renal);
  writeOrders(study, one, random, specialty, renal);
  writeEnd(study, one, random, specialty);
  return study.finish();
}

function writeAdmission(
  study: StudyChart,
  one: InfusedFacts,
  random: Random,
  specialty: Specialty,
  renal: boolean,
): void {
  const date = one.first_infusion;
  const voice = voiceOf(one.person);
  const disease = diagnosisOf(one.underlying);
  const diagnoses = [...(disease ? [disease] : []), CALCINOSIS_CUTIS];
  const age = ageOn(one.person.birth, date);
  const background = backgroundOf(random);
  study.visit({ date, type: 'history-and-physical', specialty, diagnoses, inpatient: renal }, (draft) =>
    draft
      .section('HPI')
      .say(
        oneOf(random, [
          `${voice.name} is a ${age}-year-old ${voice.woman} with ${one.underlying}.`,
          `${age} yo ${voice.woman} admitted for ${one.underlying}.`,
          `Consulted on ${voice.name} (${age}) for ${one.underlying}.`,
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
      .say(random.pick(EXAMINATION), random.pick(SKIN))
      .section('ASSESSMENT AND PLAN')
      .say(
        oneOf(random, [
          `Start intravenous sodium thiosulfate ${one.grams} g ${renal ? 'after each dialysis session' : 'three times weekly'}.`,
          `IV sodium thiosulfate ${one.grams} g was started today, ${usDate(date)}.`,
        ]),
      )
      .say('Monitor for acidosis and nausea.', 'TST negative on admission screen.'),
  );
}

const SKIN = [
  'Retiform purpura of the thighs with black eschar.',
  'Firm plaques of calcification of both thighs and flanks.',
  'Indurated, tender subcutaneous plates of the abdomen.',
  'Scattered hard nodules of the arms and legs.',
] as const;

function writeOrders(study: StudyChart, one: InfusedFacts, random: Random, specialty: Specialty, renal: boolean): void {
  const months = Math.ceil(one.infusions / INFUSIONS_A_MONTH);
  for (let month = 0; month < months; month++) {
    const date = addDays(one.first_infusion, month * DAYS_BETWEEN_ORDERS);
    if (date > PERIOD_END) return;
    const given = Math.min(INFUSIONS_A_MONTH, one.infusions - month * INFUSIONS_A_MONTH);
    const { encounter } = study.visit({ date, type: 'nursing', specialty: 'nursing' }, (draft) =>
      draft
        .say(`INFUSION CENTER ${usDate(date)}.`)
        .say(
          oneOf(random, [
            `Sodium thiosulfate ${one.grams} g IV over 60 minutes given without reaction.`,
            `Tolerated sodium thiosulphate ${one.grams} g IV, mild nausea, ondansetron given.`,
            `Received Na thiosulfate ${one.grams} g intravenous.`,
          ]),
        )
        .say(`${given} infusions planned this month.`),
    );
    study.chart.order({
      date,
      encounter,
      specialty,
      drug: 'sodium thiosulfate 250 MG/ML Injectable Solution',
      route: 'intravenous',
      form: 'solution for injection',
      sig: `${one.grams} g IV ${renal ? 'after each dialysis session' : 'three times weekly'}`,
      quantity: given,
    });
  }
}

function writeEnd(study: StudyChart, one: InfusedFacts, random: Random, specialty: Specialty): void {
  const months = Math.ceil(one.infusions / INFUSIONS_A_MONTH);
  const date = addDays(one.first_infusion, months * DAYS_BETWEEN_ORDERS + random.integer(5, 60));
  if (date > PERIOD_END) return;
  study.visit({ date, type: 'progress', specialty }, (draft) =>
    draft
      .section('INTERVAL HISTORY')
      .say(`${one.infusions} infusions of sodium thiosulfate were given.`)
      .section('ASSESSMENT AND PLAN')
      .say(
        random.pick(['Pain less, wounds closing.', 'No clear change of the deposits.', 'Stop the infusions.']),
        'RTC 3 months.',
      ),
  );
}

/** A refused case of the intravenous kind, told as an infused one. */
export function infusedFrom(one: {
  id: string;
  person: PersonOfCase;
  consent: readonly Decision[];
  actd: string;
  start_date: string;
  grams: number;
}): InfusedFacts {
  const { id, person, consent, actd, start_date, grams } = one;
  const underlying = actd.includes('renal') ? `calciphylaxis in ${actd}` : `${actd} with extensive calcinosis cutis`;
  return { id, person, consent, underlying, first_infusion: start_date, infusions: 12, grams };
}
