import type { Institution } from '../institution/index.ts';
import { randomOf } from '../institution/index.ts';
import { writeCalls } from './calls.ts';
import { type IncludedCase, isMissing } from './cases.ts';
import type { ChartText } from './composer.ts';
import { writeFirstVisits } from './first-visits.ts';
import { raisedOn, writeFollowUps } from './follow-up-notes.ts';
import { fillDays, writeFills } from './pharmacy-fills.ts';
import { writeStart } from './start-note.ts';
import { openStudyChart } from './study-chart.ts';
import { type Telling, tellingOf } from './telling.ts';
import { earlier, PERIOD_END, timelineOf } from './timeline.ts';

/** Writes the chart of an included patient: every fact that is asked is stated in a note and remembered. */
export function writeIncludedChart(institution: Institution, one: IncludedCase, recordNumber: string): ChartText {
  const { id, person, consent } = one;
  const study = openStudyChart(institution, { id, person, consent, recordNumber });
  const days = timelineOf(one, randomOf(institution.seed, 'reference-study', id, 'timeline'));
  const telling = tellingOf(institution.seed, one, study, days);
  writeFirstVisits(telling);
  const history = writeStart(telling);
  const firstFollowUp = writeFollowUps(telling, history);
  writeCalls(telling, firstFollowUp);
  if (one.found.pharmacy) writeOwnFills(institution, telling, recordNumber);
  return study.finish();
}

function writeOwnFills(institution: Institution, { one, days, stream }: Telling, recordNumber: string): void {
  const {
    prescriptions,
    start_date,
    strength,
    strength_raised_to = strength,
    grams,
    vehicle,
    frequency,
  } = one.treatment;
  const raised = raisedOn(one, days.followUps) ?? '9999-12-31';
  writeFills(institution, stream('fills'), {
    person: one.person,
    recordNumber,
    flaw: one.found.flaw ?? 'none',
    days: fillDays(start_date, earlier(days.end, PERIOD_END), isMissing(prescriptions) ? 1 : prescriptions),
    grams,
    vehicle,
    frequency,
    strengthOn: (day) => (day >= raised ? strength_raised_to : strength),
  });
}
