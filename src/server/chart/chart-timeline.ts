/** The chart over time. A lane with more than can be seen in the stretch is told as counts, never cut short (R62). */
import { type Day, dayRange } from '../../base/index.ts';
import type { NoteHead } from '../../notes/index.ts';
import { treatmentOf } from '../../response/index.ts';
import {
  type ChartRow,
  chartDays,
  chartRowsUpTo,
  type TreatmentExposures,
  treatmentExposures,
} from '../../review/index.ts';
import { type ChartLane, type ChartTimeline, chartLanes } from '../contract/index.ts';
import { indexEventsOf, type OpenChart } from './in-chart.ts';
import { type ChartRecords, keptOfCharts } from './kept-of-charts.ts';
import { binsOf, type DayCount } from './timeline-bins.ts';
import { datedBetween, datedBy, noteDate, writtenDate } from './written-date.ts';

/** So many items of a lane are told each; a lane is some thousand pixels wide. */
const MOST_ITEMS = 300;
const MOST_BINS = 120;

/** The timeline between two days, or of all that is dated. */
export async function chartTimeline(
  chart: OpenChart,
  asked: { readonly from?: Day | undefined; readonly to?: Day | undefined },
): Promise<ChartTimeline> {
  return {
    ...(await recordsTimeline(chart, asked.from, asked.to)),
    indexDates: indexEventsOf(chart).map(({ day }) => writtenDate(day)),
    treatments: treatments(chart, await exposuresOf(chart)),
  };
}

/** What of the timeline stands in the records and notes themselves. */
const recordsTimeline = keptOfCharts(
  async (chart: ChartRecords, askedFrom: Day | undefined, askedTo: Day | undefined) => {
    const { gate, person } = chart;
    const notes = gate.notesOf(person.personId as NoteHead['personId']);
    const days = await daysByLane(chart, notes);
    const all = [...days.values()].flatMap(({ dated }) => dated.map(({ day }) => day)).sort();
    const [first = null, last = null] = [all[0], all.at(-1)];
    const [from, to] = [askedFrom ?? first, askedTo ?? last];
    const isStretch = from !== null && to !== null && from <= to;
    const items = isStretch ? await itemsByLane(chart, notes, { from, to }) : new Map<ChartLane, Item[]>();
    return {
      first,
      last,
      from,
      to,
      lanes: chartLanes.map((lane) => {
        const { dated, undated } = days.get(lane) ?? { dated: [], undated: 0 };
        const told = items.get(lane);
        const total = undated + dated.reduce((sum, { rows }) => sum + rows, 0);
        const bins = told || !isStretch ? null : binsOf(dated, from, to, MOST_BINS);
        return { lane, total, undated, items: told ?? [], bins: bins && bins.length > 0 ? bins : null };
      }),
    };
  },
);

type Item = ChartTimeline['lanes'][number]['items'][number];

interface LaneDays {
  readonly dated: readonly DayCount[];
  readonly undated: number;
}

async function daysByLane(
  { gate, person }: ChartRecords,
  notes: readonly NoteHead[],
): Promise<ReadonlyMap<ChartLane, LaneDays>> {
  const rows = await chartDays(gate, person.personId);
  const ofNotes = [...Map.groupBy(notes, ({ day }) => day)].map(([day, own]) => ({
    kind: 'note' as const,
    day,
    rows: own.length,
  }));
  return new Map(
    [...Map.groupBy([...rows, ...ofNotes], ({ kind }) => kind)].map(([kind, own]) => [
      kind,
      {
        dated: own.flatMap(({ day, rows }) => (day === null ? [] : [{ day, rows }])),
        undated: own.find(({ day }) => day === null)?.rows ?? 0,
      },
    ]),
  );
}

async function itemsByLane(
  { gate, person }: ChartRecords,
  notes: readonly NoteHead[],
  stretch: { readonly from: Day; readonly to: Day },
): Promise<ReadonlyMap<ChartLane, Item[]>> {
  const rows = await chartRowsUpTo(gate, person.personId, stretch, MOST_ITEMS);
  const ofNotes = notes.flatMap((note): Item[] => {
    const at = noteDate(note);
    if (!at || at.last < stretch.from || at.first > stretch.to) return [];
    return [{ source: note.source, at, until: null, text: note.title ?? note.type }];
  });
  return new Map<ChartLane, Item[]>([
    ...(ofNotes.length <= MOST_ITEMS ? [['note', ofNotes] as const] : []),
    ...[...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, own]) => [kind, own.flatMap(itemOf)] as const),
  ]);
}

function itemOf({ source, date, first, last, until, end, text }: ChartRow): Item[] {
  const at = datedBy(date, first, last);
  return at ? [{ source, at, until: datedBy(until, end), text }] : [];
}

/** Of a candidate they are read when the study is opened; of a person of a sample when the chart is. */
function exposuresOf({ gate, review, person }: OpenChart): Promise<TreatmentExposures> | TreatmentExposures {
  return review.persons.has(person.subject) ? review.exposures : treatmentExposures(gate, [person]);
}

/** The episodes of the protocol's treatments, as the records alone have them: what reviewers entered may be hidden. */
function treatments({ gate, person }: OpenChart, exposures: TreatmentExposures): ChartTimeline['treatments'] {
  const { protocol } = gate;
  const end = dayRange(protocol.period.end).latest;
  return Object.entries(protocol.treatments).map(([id, rules]) => {
    const { episodes } = treatmentOf(id, rules, exposures[id]?.get(person.personId) ?? [], end);
    return {
      id,
      label: rules.label,
      episodes: episodes.map(({ start, stop, ongoing, isSure }) => ({
        start: datedBetween(start.earliest, start.latest, start.date),
        stop: datedBetween(stop.earliest, stop.latest, stop.date),
        ongoing: ongoing ?? null,
        isSure,
      })),
    };
  });
}
