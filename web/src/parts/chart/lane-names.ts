import type { ChartLane } from '../../../../src/server/contract/index.ts';

/** The lanes of the timeline, and the kinds of rows, as people call them. */
export const laneNames: Readonly<Record<ChartLane, string>> = {
  note: 'Notes',
  visit_occurrence: 'Visits',
  condition_occurrence: 'Diagnoses',
  drug_exposure: 'Drugs',
  procedure_occurrence: 'Procedures',
  measurement: 'Measurements',
  observation: 'Other facts',
};
