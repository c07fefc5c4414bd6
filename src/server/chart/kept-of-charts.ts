/**
 * What was worked out of the records and notes of the charts that were looked at last. Those behind a gate never change, and
 * another import, run or protocol comes with another gate (`open-studies.ts`): so what is kept is never stale. It sees the
 * chart without whoever reads it, so that it cannot tell one reader what another may see.
 */
import type { OpenChart } from './in-chart.ts';

/** What of an open chart depends on nobody who reads it. */
export type ChartRecords = Pick<OpenChart, 'gate' | 'person'>;

const MOST_CHARTS = 100;

/** The work, done once for a chart and what is asked of it, while that is among the newest. What fails is tried again. */
export function keptOfCharts<Value, Asked extends readonly unknown[] = []>(
  work: (chart: ChartRecords, ...asked: Asked) => Value,
): (chart: ChartRecords, ...asked: Asked) => Value {
  const known = new WeakMap<OpenChart['gate'], Map<string, Value>>();
  return ({ gate, person }, ...asked) => {
    const charts = known.get(gate) ?? new Map<string, Value>();
    known.set(gate, charts);
    const key = JSON.stringify([person.personId, ...asked]);
    const found = charts.has(key) ? (charts.get(key) as Value) : work({ gate, person }, ...asked);
    charts.delete(key);
    charts.set(key, found);
    const [oldest] = charts.keys();
    if (charts.size > MOST_CHARTS && oldest !== undefined) charts.delete(oldest);
    if (found instanceof Promise) found.catch(() => charts.delete(key));
    return found;
  };
}
