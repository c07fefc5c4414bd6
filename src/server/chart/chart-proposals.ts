import { dayNumber } from '../../base/index.ts';
import type { NoteCount } from '../../notes/index.ts';
import { fieldOf, instrumentOf } from '../../protocol/index.ts';
import type { Proposal } from '../contract/index.ts';
import { mentionsOfSet, noteOf } from './chart-notes.ts';
import { findIn } from './find-in-chart.ts';
import { indexEventsOf, type OpenChart } from './in-chart.ts';
import { noteDate } from './written-date.ts';

/** Where to look for a field: the notes with its words, in the order in which their sentences are proposed. */
export interface ProposedNotes {
  readonly termSet: string | null;
  readonly notes: readonly NoteCount[];
}

/**
 * The notes with the words of a field: nearest to the index date first, or newest first where there is none; undated last.
 * Rule R65. Errors: `protocol.unknown-instrument`, `protocol.unknown-field`.
 */
export function proposedNotes(chart: OpenChart, instrument: string, field: string): ProposedNotes {
  const { terms } = fieldOf(instrumentOf(chart.gate.protocol, instrument), field);
  if (terms === undefined) return { termSet: null, notes: [] };
  const index = indexEventsOf(chart).map(({ day }) => dayNumber(noteDay(day)));
  const distance = ({ day }: NoteCount): number => {
    if (day === null) return Number.POSITIVE_INFINITY;
    const at = dayNumber(day);
    return index.length === 0 ? -at : Math.min(...index.map((one) => Math.abs(one - at)));
  };
  const found = [...findIn(chart, `@${terms}`).byNote()].map((note) => ({ note, far: distance(note) }));
  const sorted = found.sort((a, b) => (a.far < b.far ? -1 : a.far > b.far ? 1 : 0));
  return { termSet: terms, notes: sorted.map(({ note }) => note) };
}

/** The sentences of a note with words of the set, each with all its mentions. */
export function proposalsIn(chart: OpenChart, source: string, termSet: string): Proposal[] {
  const note = noteOf(chart, source);
  const at = noteDate(note);
  const mentions = mentionsOfSet(chart, note, termSet);
  return note.analysis.sentences.flatMap((sentence) => {
    const own = mentions.filter(({ start }) => sentence.start <= start && start < sentence.end);
    if (own.length === 0) return [];
    const quoted = note.text.slice(sentence.start, sentence.end);
    const start = sentence.start + (quoted.length - quoted.trimStart().length);
    const quote = quoted.trim();
    return [{ note: source, at, start, end: start + quote.length, quote, mentions: own }];
  });
}

/** The first day of an index date, which may be a month or a year. */
function noteDay(day: string): string {
  return `${day}-01-01`.slice(0, 'YYYY-MM-DD'.length);
}
