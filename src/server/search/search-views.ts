/** How searches, their lists and their mentions are told. */
import type { z } from 'zod';
import type { CameAndWent, Gate, KeptSearch, NoteLine, PersonLine, Rerun } from '../../cohort/index.ts';
import { type Mention, type Stretch, stretchAround, stretchesOf } from '../../notes/index.ts';
import type {
  KeptSearchView,
  MentionView,
  noteLineView,
  personLineView,
  SearchAgain,
  SnippetView,
} from '../contract/index.ts';
import { isOfRecordsOf } from './asked-search.ts';

/** A search of the log, as the interface tells it. */
export function searchView(gate: Gate, kept: KeptSearch, names: ReadonlyMap<number, string>): KeptSearchView {
  const { id, at, actor, query, canonical, termSets, why, snapshot, rerunOf } = kept;
  const { mentions, notes, persons, first, last } = kept;
  return {
    search: id,
    at,
    actor,
    query,
    canonical,
    termSets: Object.keys(termSets),
    why,
    name: names.get(id) ?? null,
    snapshot,
    rerunOf,
    isOfTheseRecords: isOfRecordsOf(gate, kept),
    mentions,
    notes,
    persons,
    first,
    last,
  };
}

/** A search and its repetition: counts alone, since the lists of both can be opened. */
export function againView(
  gate: Gate,
  { earlier, now, earlierToday, persons, notes }: Rerun,
  names: ReadonlyMap<number, string>,
): SearchAgain {
  const counted = (changes: CameAndWent | null) =>
    changes && { came: changes.came.length, went: changes.went.length, closed: changes.closed };
  return {
    earlier: searchView(gate, earlier, names),
    now: searchView(gate, now, names),
    earlierToday,
    persons: counted(persons),
    notes: counted(notes),
    isAnalysedOtherwise: earlier.notesVersion !== now.notesVersion,
  };
}

/** A mention of a text, with places that count from `from`; the cue too, which may stand before it. */
export function mentionOf(text: string, mention: Mention, from = 0): MentionView {
  const { start, end, term, set, assertion, cue, section } = mention;
  return {
    start: start - from,
    end: end - from,
    term,
    set: set ?? null,
    assertion,
    section,
    cue: cue
      ? { text: cue.text ?? text.slice(cue.start, cue.end), start: cue.start - from, end: cue.end - from }
      : null,
  };
}

const MOST_SNIPPETS = 3;

/** The first stretches of a note around its mentions, and how many mentions are in none. */
export function snippetsOf(text: string, mentions: readonly Mention[]): { snippets: SnippetView[]; more: number } {
  const all = mentions.length === 0 ? [stretchAround(text, [])] : stretchesOf(text, mentions);
  const shown = all.slice(0, MOST_SNIPPETS);
  const told = shown.reduce((sum, stretch) => sum + stretch.mentions.length, 0);
  return { snippets: shown.map((stretch) => snippetOf(text, stretch)), more: mentions.length - told };
}

function snippetOf(text: string, { start, end, mentions }: Stretch): SnippetView {
  return {
    text: text.slice(start, end),
    isBegun: start > 0,
    goesOn: end < text.length,
    mentions: mentions.map((mention) => mentionOf(text, mention, start)),
  };
}

/** A person of a list. */
export function personView({
  person,
  subject,
  mentions,
  notes,
  first,
  last,
}: PersonLine): z.infer<typeof personLineView> {
  return { person, subject, mentions, notes, first, last };
}

/** A note of a list, without its words. */
export function noteView(line: Omit<NoteLine, 'personId'>): Omit<z.infer<typeof noteLineView>, 'snippets' | 'more'> {
  const { source, person, subject, date, type, title, specialty, mentions } = line;
  return { note: source, person, subject, date, type, title, specialty, mentions };
}
