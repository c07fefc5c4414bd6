import type { Insert, Institution } from '../institution/index.ts';
import type { Cases, RefusedCase } from './cases.ts';
import type { ChartText } from './composer.ts';
import { writeRefusedTopical, writeScreenedChart } from './excluded-charts.ts';
import { writeIncludedChart } from './included-chart.ts';
import { infusedFrom, writeIntravenousChart } from './intravenous-charts.ts';
import { recordNumberOf } from './study-chart.ts';

/** The charts of a study, to be woven into an institution. */
export interface StudyCharts {
  /** One a case, each adds one chart. */
  readonly inserts: readonly Insert[];
  /** What the charts say, by case id; filled while the inserts run. */
  readonly charts: ReadonlyMap<string, ChartText>;
}

type WriteChart = (institution: Institution, recordNumber: string) => ChartText;

/** The charts of all cases, mixed so that the order tells nothing. */
export function studyCharts(cases: Cases): StudyCharts {
  const charts = new Map<string, ChartText>();
  const writers: readonly (readonly [string, WriteChart])[] = [
    ...cases.included.map((one) => named(one.id, (to, number) => writeIncludedChart(to, one, number))),
    ...cases.screened_out.map((one) => named(one.id, (to, number) => writeScreenedChart(to, one, number))),
    ...cases.intravenous.map((one) => named(one.id, (to, number) => writeIntravenousChart(to, one, number))),
    ...cases.refused.map((one) => named(one.id, (to, number) => writeRefusedChart(to, one, number))),
  ];
  const inserts = writers.map(([id, write], index): [number, Insert] => {
    const place = (index * STRIDE) % writers.length;
    return [place, (institution) => void charts.set(id, write(institution, recordNumberOf(index)))];
  });
  return { inserts: inserts.sort(([a], [b]) => a - b).map(([, insert]) => insert), charts };
}

/** Shares no divisor with the number of cases of the study, so that it visits every place once. */
const STRIDE = 41;

function named(id: string, write: WriteChart): readonly [string, WriteChart] {
  return [id, write];
}

function writeRefusedChart(institution: Institution, one: RefusedCase, recordNumber: string): ChartText {
  return one.route === 'topical'
    ? writeRefusedTopical(institution, one, recordNumber)
    : writeIntravenousChart(institution, infusedFrom(one), recordNumber);
}
