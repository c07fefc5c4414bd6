import type { NoteAnswer } from '../../notes/index.ts';
import { parseQuery, printQuery } from '../../notes/index.ts';
import { keepChartSearch } from '../../review/index.ts';
import type { OpenChart } from './in-chart.ts';

/** Asks a query of the notes of this chart alone. Errors: `notes.query` with its column. */
export function findIn({ gate, person }: Pick<OpenChart, 'gate' | 'person'>, query: string): NoteAnswer {
  return gate.findNotes(query, undefined, [person.personId]);
}

/** The same for whoever looks something up: it is kept as searched before anything of the answer is shown (R64). */
export async function findInChart(chart: OpenChart, query: string): Promise<NoteAnswer> {
  const answer = findIn(chart, query);
  const { mentions, notes } = answer.totals;
  const canonical = printQuery(parseQuery(query));
  await keepChartSearch(chart.database, chart.person.subject, { query: canonical, mentions, notes }, chart.by);
  return answer;
}
