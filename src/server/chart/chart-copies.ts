import type { NoteCopies, NoteHead } from '../../notes/index.ts';
import type { OpenChart } from './in-chart.ts';
import { type ChartRecords, keptOfCharts } from './kept-of-charts.ts';

/** What each note of the chart repeats of earlier ones, by source id; notes without a copy are not there. */
export const copiesIn = keptOfCharts(({ gate, person }: ChartRecords): ReadonlyMap<string, NoteCopies['copies']> => {
  const all = gate.copiesOf(person.personId as NoteHead['personId']);
  return new Map(all.filter(({ copies }) => copies.length > 0).map(({ source, copies }) => [source, copies]));
});

/** How much of each note was copied, of its length. */
export function copiedShares(chart: OpenChart): { note: string; share: number }[] {
  return [...copiesIn(chart)].map(([note, copies]) => {
    const copied = copies.reduce((sum, { start, end }) => sum + end - start, 0);
    return { note, share: copied / Math.max(copied, chart.gate.note(note)?.text.length ?? 0) };
  });
}
