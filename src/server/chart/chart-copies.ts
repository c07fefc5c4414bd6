import type { NoteCopies, NoteHead } from '../../notes/index.ts';
import type { OpenChart } from './in-chart.ts';

/** What was worked out of the charts that are open behind a gate; the notes behind it never change. */
const known = new WeakMap<OpenChart['gate'], Map<string, ReadonlyMap<string, NoteCopies['copies']>>>();
const MOST_CHARTS = 50;

/** What each note of the chart repeats of earlier ones, by source id; notes without a copy are not there. */
export function copiesIn({ gate, person }: OpenChart): ReadonlyMap<string, NoteCopies['copies']> {
  const { personId } = person;
  const charts = known.get(gate) ?? new Map<string, ReadonlyMap<string, NoteCopies['copies']>>();
  known.set(gate, charts);
  const found = charts.get(personId) ?? copiesOf(gate, personId);
  charts.delete(personId);
  charts.set(personId, found);
  const [oldest] = charts.keys();
  if (charts.size > MOST_CHARTS && oldest !== undefined) charts.delete(oldest);
  return found;
}

/** How much of each note was copied, of its length. */
export function copiedShares(chart: OpenChart): { note: string; share: number }[] {
  return [...copiesIn(chart)].map(([note, copies]) => {
    const copied = copies.reduce((sum, { start, end }) => sum + end - start, 0);
    return { note, share: copied / Math.max(copied, chart.gate.note(note)?.text.length ?? 0) };
  });
}

function copiesOf(gate: OpenChart['gate'], personId: string): ReadonlyMap<string, NoteCopies['copies']> {
  const all = gate.copiesOf(personId as NoteHead['personId']);
  return new Map(all.filter(({ copies }) => copies.length > 0).map(({ source, copies }) => [source, copies]));
}
