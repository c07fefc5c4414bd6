import { ChartproofError } from '../../base/index.ts';
import type { Mention, NoteHead, OpenedNote } from '../../notes/index.ts';
import { parseQuery } from '../../notes/index.ts';
import { keepRead, readMarks } from '../../review/index.ts';
import type { ChartMention, ChartNote, NoteFilter, NoteItem } from '../contract/index.ts';
import { termSetIds } from './chart-head.ts';
import { findIn } from './find-in-chart.ts';
import type { OpenChart } from './in-chart.ts';
import { type ChartRecords, keptOfCharts } from './kept-of-charts.ts';
import { noteDate } from './written-date.ts';

/** The notes that a filter leaves, in its order, and how each is told; those without a date last. */
export function chartNotes(chart: OpenChart, filter: NoteFilter) {
  const about = noteFacts(chart);
  const left = notesOf(chart).filter((note) => isMeant(note, filter, about));
  const sorted =
    filter.order === 'newest'
      ? [...left.filter(({ day }) => day !== null).toReversed(), ...left.filter(({ day }) => day === null)]
      : left;
  return { notes: sorted, told: (note: NoteHead) => noteItem(chart, note, about) };
}

/** Opens a note, which then counts as read (R63). Error: `review.no-note`, also of a note of somebody else. */
export async function openChartNote(chart: OpenChart, source: string): Promise<ChartNote> {
  const note = noteOf(chart, source);
  const about = noteFacts(chart);
  await keepRead(chart.database, chart.person.subject, source, chart.by);
  const { text, analysis } = note;
  const found = termSetIds(chart).flatMap((set) => mentionsOfSet(chart, note, set));
  return {
    ...noteItem(chart, note, about),
    readAt: chart.by.at,
    text,
    sections: analysis.sections.map(({ start, end, kind }) => ({ start, end, kind })),
    sentences: analysis.sentences.map(({ start, end }) => ({ start, end })),
    found: found.sort((a, b) => a.start - b.start || a.end - b.end),
  };
}

/** The note of this source in this very chart. */
export function noteOf({ gate, person }: OpenChart, source: string): OpenedNote {
  const note = gate.openNote(source);
  if (note?.personId === person.personId) return note;
  throw new ChartproofError('review.no-note', 'The chart has no such note.', { tip: 'Take one of its list of notes.' });
}

/** Where a note mentions a term set. */
export function mentionsOfSet({ gate }: Pick<OpenChart, 'gate'>, note: OpenedNote, set: string): ChartMention[] {
  const query = `@${set}`;
  return note.mentionsOf(parseQuery(query), gate.termSetsOf(query)).map((mention) => toldMention(note.text, mention));
}

/** A mention as it is told: what decided its assertion is quoted, be it a cue or a heading. */
export function toldMention(text: string, mention: Mention): ChartMention {
  const { start, end, term, set, assertion, cue, section } = mention;
  return {
    start,
    end,
    term,
    assertion,
    section,
    ...(set === undefined ? {} : { set }),
    ...(cue
      ? { cue: { start: cue.start, end: cue.end, text: cue.text ?? text.slice(cue.start, cue.end).trim() } }
      : {}),
  };
}

function notesOf({ gate, person }: OpenChart): readonly NoteHead[] {
  return gate.notesOf(person.personId as NoteHead['personId']);
}

/** What is known of all notes of the chart at once. */
interface NoteFacts {
  /** How often a note mentions each term set, by source. */
  readonly mentions: ReadonlyMap<string, Readonly<Record<string, number>>>;
  readonly readAt: ReadonlyMap<string, string>;
}

function noteFacts(chart: OpenChart): NoteFacts {
  const marks = readMarks(chart.database, chart.person.subject, chart.by.actor);
  return { mentions: mentionsIn(chart), readAt: new Map(marks.map(({ note, at }) => [note, at])) };
}

const mentionsIn = keptOfCharts((chart: ChartRecords): NoteFacts['mentions'] => {
  const mentions = new Map<string, Record<string, number>>();
  for (const set of termSetIds(chart)) {
    for (const note of findIn(chart, `@${set}`).byNote()) {
      const own = mentions.get(note.source);
      if (own) own[set] = note.mentions;
      else mentions.set(note.source, { [set]: note.mentions });
    }
  }
  return mentions;
});

function isMeant(note: NoteHead, filter: NoteFilter, { mentions, readAt }: NoteFacts): boolean {
  const { sources, types, specialties, from, to, termSet, read } = filter;
  if (sources && !sources.includes(note.source)) return false;
  if (types && !types.includes(note.type)) return false;
  if (specialties && !specialties.includes(note.specialty)) return false;
  if (termSet !== undefined && !mentions.get(note.source)?.[termSet]) return false;
  if (read !== undefined && readAt.has(note.source) !== read) return false;
  if (from === undefined && to === undefined) return true;
  const at = noteDate(note);
  return at !== null && (from === undefined || at.last >= from) && (to === undefined || at.first <= to);
}

function noteItem({ gate }: OpenChart, note: NoteHead, { mentions, readAt }: NoteFacts): NoteItem {
  const { source, type, title, specialty, author } = note;
  return {
    source,
    type,
    title,
    specialty,
    author,
    at: noteDate(note),
    length: gate.note(source)?.text.length ?? 0,
    mentions: mentions.get(source) ?? {},
    readAt: readAt.get(source) ?? null,
  };
}
