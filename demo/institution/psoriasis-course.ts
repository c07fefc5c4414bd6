/** Methotrexate for psoriasis: a course with an outcome that the notes tell, for studies of something else. */
import { addDays, usDate } from './calendar.ts';
import type { Chart } from './chart.ts';
import type { Random } from './random.ts';

/** Adds a start note, an order and one to three follow-up notes within 2012 to 2016. */
export function writePsoriasisCourse(random: Random, chart: Chart): void {
  const start = addDays('2012-02-01', random.integer(0, 1200));
  if (start < addDays(chart.patient.birthDate, 18 * 366) || (chart.patient.deathDate ?? '9999') < addDays(start, 400))
    return;
  const weekly = random.pick([10, 15, 20]);
  const encounter = chart.encounter({ date: start, specialty: 'dermatology' });
  chart.condition({ date: start, text: 'Psoriasis vulgaris', icd9: '696.1', icd10: 'L40.0', encounter });
  chart.order({
    date: start,
    encounter,
    specialty: 'dermatology',
    drug: 'methotrexate 2.5 MG Oral Tablet',
    rxnorm: '105585',
    route: 'oral',
    form: 'tablet',
    sig: `Take ${weekly} mg once weekly`,
    quantity: weekly === 10 ? 16 : 32,
    unit: 'tablet',
    refills: 2,
  });
  const area = random.integer(8, 35);
  chart.note({
    date: start,
    encounter,
    type: 'progress',
    specialty: 'dermatology',
    text: `HPI:\nPlaque psoriasis not controlled with topicals. Body surface area involved is ${area} %. Denies hepatitis.\n\nASSESSMENT AND PLAN:\nMethotrexate ${weekly} mg weekly was started today, ${usDate(start)}. Folic acid daily. Return in 3 months.`,
  });
  const clears = random.chance(0.55);
  const visits = random.integer(1, 3);
  for (let visit = 1; visit <= visits; visit++) {
    const date = addDays(start, visit * 95 + random.integer(-10, 10));
    const skin =
      clears && visit === visits
        ? 'Skin is clear on methotrexate.'
        : 'Skin is not clear; plaques persist on the elbows.';
    chart.note({
      date,
      encounter: chart.encounter({ date, specialty: 'dermatology' }),
      type: 'progress',
      specialty: 'dermatology',
      text: `INTERVAL HISTORY:\nTaking methotrexate weekly without missed doses. No nausea.\n\nEXAM:\n${skin} No oral ulcers.\n\nPLAN:\nContinue methotrexate. Labs reviewed, unremarkable.`,
    });
  }
}
