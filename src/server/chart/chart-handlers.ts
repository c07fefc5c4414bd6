/** The chart of a subject. Whose it is, and that it was opened, is done by `inChart` before anything else. */
import { ChartproofError } from '../../base/index.ts';
import type { NoteHead } from '../../notes/index.ts';
import { type ChartRow, chartRow, chartRows, chartSearches, keepOpened, readMarks } from '../../review/index.ts';
import type { ChartRowView } from '../contract/index.ts';
import type { Handlers } from '../http/handler.ts';
import { partOf, readPart, startOf } from '../http/list-part.ts';
import { copiedShares, copiesIn } from './chart-copies.ts';
import { chartHead } from './chart-head.ts';
import { chartNotes, noteOf, openChartNote, toldMention } from './chart-notes.ts';
import { proposalsIn, proposedNotes } from './chart-proposals.ts';
import { chartTimeline } from './chart-timeline.ts';
import { findIn, findInChart } from './find-in-chart.ts';
import { inChart } from './in-chart.ts';
import { noteDate } from './written-date.ts';

export const chartHandlers = {
  chart: (call) => inChart(call, (chart) => chartHead(chart), keepOpened),
  chartTimeline: (call) => inChart(call, (chart) => chartTimeline(chart, call.query)),
  chartRows: (call) =>
    inChart(call, async ({ gate, person }) => {
      const { kind, from, to, limit } = call.query;
      const stretch = { kinds: kind && [kind], from, to };
      const rows = await chartRows(gate, person.personId, stretch, { from: startOf(call.query), count: limit + 1 });
      return readPart(rows.map(rowView), call.query);
    }),
  chartRow: (call) =>
    inChart(call, async ({ gate, person }) => {
      const row = await chartRow(gate, person.personId, call.body.source);
      if (row) return rowView(row);
      throw new ChartproofError('review.no-row', 'The chart has no such row.', { tip: 'Take one of its rows.' });
    }),
  chartNotes: (call) =>
    inChart(call, (chart) => {
      const { notes, told } = chartNotes(chart, call.body);
      const { items, next } = partOf(notes, call.query);
      return { items: items.map(told), next, total: notes.length };
    }),
  openChartNote: (call) => inChart(call, (chart) => openChartNote(chart, call.body.note)),
  noteCopies: (call) =>
    inChart(call, (chart) => ({ copies: [...(copiesIn(chart).get(noteOf(chart, call.body.note).source) ?? [])] })),
  chartCopies: (call) => inChart(call, (chart) => ({ items: copiedShares(chart) })),
  findInChart: (call) =>
    inChart(call, async (chart) => {
      const from = startOf(call.query);
      const { limit } = call.query;
      const answer = from === 0 ? await findInChart(chart, call.body.query) : findIn(chart, call.body.query);
      const { mentions, notes } = answer.totals;
      const items = [...answer.highlights({ from, count: limit })].map((hit) => {
        const text = chart.gate.note(hit.source)?.text ?? '';
        return {
          source: hit.source,
          at: noteDate(hit),
          mentions: hit.mentions.map((mention) => toldMention(text, mention)),
        };
      });
      const end = from + items.length;
      return { items, next: end < notes && items.length > 0 ? String(end) : null, totals: { mentions, notes } };
    }),
  chartProposals: (call) =>
    inChart(call, (chart) => {
      const { termSet, notes } = proposedNotes(chart, call.params.instrument, call.params.field);
      const { items, next } = partOf(notes, call.query);
      const sentences = items.flatMap(({ source }) => (termSet === null ? [] : proposalsIn(chart, source, termSet)));
      return { items: sentences, next, termSet, notes: notes.length };
    }),
  chartCoverage: (call) =>
    inChart(call, ({ database, gate, person, by }) => {
      const read = new Set(readMarks(database, person.subject, by.actor).map(({ note }) => note));
      const notes = gate.notesOf(person.personId as NoteHead['personId']).map(({ source }) => source);
      const searched = chartSearches(database, person.subject, by.actor);
      return { notes: notes.filter((note) => read.has(note)), terms: searched.map(({ query }) => query) };
    }),
} satisfies Partial<Handlers>;

function rowView({ source, kind, date, until, text }: ChartRow): ChartRowView {
  return { source, kind, date, until, text };
}
