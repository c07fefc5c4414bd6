import { type PartialDate, yearsBetween } from '../../base/index.ts';
import { type FollowUp, followUp, ledgerExclusions, termSetsOf } from '../../cohort/index.ts';
import type { NoteHead } from '../../notes/index.ts';
import { readMarks } from '../../review/index.ts';
import { isBlindedTo } from '../blinding.ts';
import type { ChartHead } from '../contract/index.ts';
import { candidateOf, indexEventsOf, type OpenChart } from './in-chart.ts';
import { type ChartRecords, keptOfCharts } from './kept-of-charts.ts';
import { writtenDate } from './written-date.ts';

/** What is told of a chart when it is opened. By which arms the subject came in only to who is not blinded (R61). */
export async function chartHead(chart: OpenChart): Promise<ChartHead> {
  const { gate, database, person } = chart;
  const { protocol } = gate;
  const notes = gate.notesOf(person.personId as NoteHead['personId']);
  const there = new Set(notes.map(({ source }) => source));
  const events = indexEventsOf(chart);
  const { first, last, contacts, visits, died } = await followUpOf(chart);
  return {
    subject: person.subject,
    sex: person.sex,
    birthYear: person.birthDate === null ? null : Number(person.birthDate.slice(0, 4)),
    ageAtIndex: ageAt(person.birthDate, events[0]?.day),
    indexDates: events.map(({ day }) => writtenDate(day)),
    followUp: { first, last, contacts, visits, died },
    cameIn: cameIn(chart),
    termSets: termSetIds(chart).map((id) => ({ id, label: protocol.concepts[id]?.label ?? id })),
    notes: {
      total: notes.length,
      read: readMarks(database, person.subject, chart.by.actor).filter(({ note }) => there.has(note)).length,
      types: counted(notes.map(({ type }) => type)),
      specialties: counted(notes.map(({ specialty }) => specialty)),
    },
  };
}

const followUpOf = keptOfCharts(async ({ gate, person }: ChartRecords) => {
  const [found] = await followUp(gate, [person], { lastDays: 1 });
  return found as FollowUp;
});

/** The term sets of the protocol, in its order. */
export function termSetIds({ gate }: Pick<OpenChart, 'gate'>): string[] {
  return Object.keys(termSetsOf(gate.protocol));
}

function ageAt(birth: PartialDate | null, index: string | undefined): ChartHead['ageAtIndex'] {
  if (birth === null || index === undefined) return null;
  const { min, max } = yearsBetween(birth, index as PartialDate);
  return { min, max };
}

function cameIn(chart: OpenChart): ChartHead['cameIn'] {
  const { protocol } = chart.gate;
  const found = isBlindedTo(chart, chart.who) ? undefined : candidateOf(chart);
  if (!found) return null;
  const named = ({ id, label }: { readonly id: string; readonly label: string }) => ({ id, label });
  return {
    arms: protocol.arms.filter(({ id }) => found.arms.includes(id)).map(named),
    exclusions: ledgerExclusions(protocol)
      .filter(({ id }) => found.rules.includes(id))
      .map(named),
  };
}

/** How many notes have each value, most first. */
function counted(values: readonly (string | null)[]): { value: string | null; notes: number }[] {
  const groups = [...Map.groupBy(values, (value) => value)].map(([value, own]) => ({ value, notes: own.length }));
  return groups.sort((a, b) => b.notes - a.notes || String(a.value).localeCompare(String(b.value), 'en'));
}
