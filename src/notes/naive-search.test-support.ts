/** The search language said once more, as plainly as can be, over all notes at once. It proves the search. */
import { dayRange, type PartialDate } from '../base/index.ts';
import { analyseNote, sectionAt } from './analyse-note.ts';
import type { Section, Span } from './analysis.ts';
import { type Assertion, assertionAt } from './assertion.ts';
import type { TestNote } from './note-store.test-support.ts';
import {
  type AssertionFunction,
  isSectionCondition,
  type Query,
  type QueryWord,
  queryWords,
  type TermSets,
} from './query.ts';
import { tokenize } from './tokens.ts';

interface Asked {
  readonly termSets: TermSets;
  readonly assertions: readonly AssertionFunction[];
  readonly sections: readonly Query[];
}

/** The ids of the notes of which the query is true, with its places as `start-end`. */
export function naiveSearch(query: Query, notes: readonly TestNote[], termSets: TermSets): Map<string, string[]> {
  const asked: Asked = { termSets, assertions: [], sections: [] };
  const hits = notes.filter((note) => ofNote(query, note, notes, asked));
  return new Map(
    hits.map((note) => {
      const spans = placesOf(query, note, notes, asked).sort((a, b) => a.start - b.start || a.end - b.end);
      return [note.note_id, [...new Set(spans.map((span) => `${span.start}-${span.end}`))]];
    }),
  );
}

function ofNote(query: Query, note: TestNote, notes: readonly TestNote[], asked: Asked): boolean {
  if (query.kind === 'text' || query.kind === 'terms') return leafPlaces(query, note, asked).length > 0;
  if (query.kind === 'and') {
    const { rest, inner } = parted(query, asked);
    return rest.every((one) => ofNote(one, note, notes, inner));
  }
  if (query.kind === 'or') return query.of.some((one) => ofNote(one, note, notes, asked));
  if (query.kind === 'not') return !ofNote(query.of, note, notes, asked);
  if (query.kind === 'assertion') return ofNote(query.of, note, notes, within(asked, query.name));
  if (query.kind === 'note') return ofNote(query.of, note, notes, { ...asked, sections: [] });
  if (query.kind === 'person') {
    const own = notes.filter((other) => other.person_id === note.person_id);
    return ofPerson(query.of, own, notes, { ...asked, sections: [] });
  }
  if (query.kind === 'date') return mayLie(note, query.from, query.to);
  if (query.kind !== 'filter') throw new Error('Not a query');
  if (query.name === 'section')
    return analyseNote(note.text).sections.some((section) => inSection(query, section, note.text));
  return rowAt(tokenize(note[query.name] ?? '').words, query.value).length > 0;
}

function ofPerson(query: Query, own: readonly TestNote[], notes: readonly TestNote[], asked: Asked): boolean {
  if (query.kind === 'and') {
    const { rest, inner } = parted(query, asked);
    return rest.every((one) => ofPerson(one, own, notes, inner));
  }
  if (query.kind === 'or') return query.of.some((one) => ofPerson(one, own, notes, asked));
  if (query.kind === 'not') return !ofPerson(query.of, own, notes, asked);
  if (query.kind === 'assertion') return ofPerson(query.of, own, notes, within(asked, query.name));
  if (query.kind === 'person') return ofPerson(query.of, own, notes, { ...asked, sections: [] });
  return own.some((note) => ofNote(query, note, notes, asked));
}

/** The places that make a query true of a note of which it is true. */
function placesOf(query: Query, note: TestNote, notes: readonly TestNote[], asked: Asked): Span[] {
  if (query.kind === 'text' || query.kind === 'terms') return leafPlaces(query, note, asked);
  if (query.kind === 'and') {
    const { rest, inner } = parted(query, asked);
    return rest.flatMap((one) => placesOf(one, note, notes, inner));
  }
  if (query.kind === 'or') {
    return query.of
      .filter((one) => ofNote(one, note, notes, asked))
      .flatMap((one) => placesOf(one, note, notes, asked));
  }
  if (query.kind === 'assertion') return placesOf(query.of, note, notes, within(asked, query.name));
  if (query.kind === 'note') return placesOf(query.of, note, notes, { ...asked, sections: [] });
  if (query.kind === 'person') return placesOfPerson(query.of, note, notes, { ...asked, sections: [] });
  return [];
}

function placesOfPerson(query: Query, note: TestNote, notes: readonly TestNote[], asked: Asked): Span[] {
  if (query.kind === 'and') {
    const { rest, inner } = parted(query, asked);
    return rest.flatMap((one) => placesOfPerson(one, note, notes, inner));
  }
  if (query.kind === 'or') return query.of.flatMap((one) => placesOfPerson(one, note, notes, asked));
  if (query.kind === 'not') return [];
  if (query.kind === 'assertion') return placesOfPerson(query.of, note, notes, within(asked, query.name));
  if (query.kind === 'person') return placesOfPerson(query.of, note, notes, { ...asked, sections: [] });
  return ofNote(query, note, notes, asked) ? placesOf(query, note, notes, asked) : [];
}

function within(asked: Asked, name: AssertionFunction): Asked {
  return { ...asked, assertions: [...asked.assertions, name] };
}

/** An AND as what is asked beside its sections, and these as where the words must stand. */
function parted(query: Extract<Query, { kind: 'and' | 'or' }>, asked: Asked): { rest: readonly Query[]; inner: Asked } {
  if (!query.of.some(speaks)) return { rest: query.of, inner: asked };
  const sections = [...asked.sections, ...query.of.filter(isSectionCondition)];
  return { rest: query.of.filter((one) => !isSectionCondition(one)), inner: { ...asked, sections } };
}

function speaks(query: Query): boolean {
  if (query.kind === 'and' || query.kind === 'or') return query.of.some(speaks);
  if (query.kind === 'not' || query.kind === 'assertion') return speaks(query.of);
  return query.kind === 'text' || query.kind === 'terms';
}

function leafPlaces(query: Extract<Query, { kind: 'text' | 'terms' }>, note: TestNote, asked: Asked): Span[] {
  const tokens = tokenize(note.text);
  const analysis = analyseNote(note.text);
  const rows = query.kind === 'text' ? [query.words] : (asked.termSets[query.name] ?? []).map(queryWords);
  const near = query.kind === 'text' ? query.near : undefined;
  const found = rows.flatMap((words) =>
    near === undefined ? rowAt(tokens.words, words) : windows(tokens.words, words, near),
  );
  return found
    .map(([first, last]) => ({ start: tokens.starts[first] ?? 0, end: tokens.ends[last] ?? 0 }))
    .filter(({ start, end }) => asked.assertions.every((name) => says(assertionAt(analysis, start, end), name)))
    .filter(({ start }) => {
      const section = sectionAt(analysis, start);
      return asked.sections.every((one) => section !== undefined && inSection(one, section, note.text));
    });
}

function rowAt(words: readonly string[], wanted: readonly QueryWord[]): [number, number][] {
  const fits = (at: number) =>
    wanted.every(({ text, prefix }, i) => (prefix ? words[at + i]?.startsWith(text) : words[at + i] === text));
  return words.flatMap((_, at): [number, number][] => (fits(at) ? [[at, at + wanted.length - 1]] : []));
}

function windows(words: readonly string[], wanted: readonly QueryWord[], near: number): [number, number][] {
  const holds = (first: number, last: number): boolean => {
    const rest = words.slice(first, last + 1);
    return wanted.every(({ text }) => {
      const at = rest.indexOf(text);
      if (at >= 0) rest.splice(at, 1);
      return at >= 0;
    });
  };
  return words.flatMap((_, first) =>
    words.flatMap((__, last): [number, number][] => {
      const smallest = last >= first && holds(first, last) && !holds(first + 1, last) && !holds(first, last - 1);
      return smallest && last - first + 1 - wanted.length <= near ? [[first, last]] : [];
    }),
  );
}

function inSection(query: Query, section: Section, text: string): boolean {
  if (query.kind === 'and') return query.of.every((one) => inSection(one, section, text));
  if (query.kind === 'or') return query.of.some((one) => inSection(one, section, text));
  if (query.kind === 'not') return !inSection(query.of, section, text);
  if (query.kind !== 'filter') throw new Error('Not a section');
  const names = [section.kind, text.slice(section.start, section.bodyStart)];
  return names.some((name) => rowAt(tokenize(name).words, query.value).length > 0);
}

function says(said: Assertion, name: AssertionFunction): boolean {
  if (name === 'affirmed')
    return !said.negated && !said.possible && !said.historical && !said.hypothetical && said.experiencer === 'patient';
  if (name === 'not_negated') return !said.negated;
  return name === 'family' ? said.experiencer === 'family' : said[name];
}

function mayLie(note: TestNote, from: PartialDate | undefined, to: PartialDate | undefined): boolean {
  if (note.note_date_source === null) return false;
  const days = dayRange(note.note_date_source as PartialDate);
  return (!from || days.latest >= dayRange(from).earliest) && (!to || days.earliest <= dayRange(to).latest);
}
