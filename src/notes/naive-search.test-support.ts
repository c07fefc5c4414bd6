/** The search language said once more, as plainly as can be, over all notes at once. It proves the search. */
import { dayRange, editDistance, type PartialDate, yearsBetween } from '../base/index.ts';
import { analyseNote, sectionAt } from './analyse-note.ts';
import type { NoteAnalysis, Section, Span } from './analysis.ts';
import { type Assertion, assertionAt } from './assertion.ts';
import type { TestNote } from './note-store.test-support.ts';
import { type AssertionFunction, isSectionCondition, type Query, type TermSets } from './query.ts';
import { type QueryWord, termWords } from './query-word.ts';
import { tokenize } from './tokens.ts';

interface Asked {
  readonly notes: readonly TestNote[];
  readonly termSets: TermSets;
  readonly assertions: readonly AssertionFunction[];
  readonly sections: readonly Query[];
  /** Where words must start, within `sentence(...)`. */
  readonly sentence?: Span | undefined;
}

type Kind<K extends Query['kind']> = Extract<Query, { kind: K }>;

/** The ids of the notes of which the query is true, with its places as `start-end`. */
export function naiveSearch(query: Query, notes: readonly TestNote[], termSets: TermSets): Map<string, string[]> {
  const asked: Asked = { notes, termSets, assertions: [], sections: [] };
  const hits = notes.filter((note) => ofNote(query, note, asked));
  return new Map(
    hits.map((note) => {
      const spans = placesOf(query, note, asked).sort((a, b) => a.start - b.start || a.end - b.end);
      return [note.note_id, [...new Set(spans.map((span) => `${span.start}-${span.end}`))]];
    }),
  );
}

function ofNote(query: Query, note: TestNote, asked: Asked): boolean {
  if (query.kind === 'text' || query.kind === 'terms') return leafPlaces(query, note, asked).length > 0;
  if (query.kind === 'and') {
    const { rest, inner } = parted(query, asked);
    return rest.every((one) => ofNote(one, note, inner));
  }
  if (query.kind === 'or') return query.of.some((one) => ofNote(one, note, asked));
  if (query.kind === 'not') return !ofNote(query.of, note, asked);
  if (query.kind === 'assertion') return ofNote(query.of, note, saying(asked, query.name));
  if (query.kind === 'sentence')
    return sentencesAsked(note, asked).some((sentence) => ofNote(query.of, note, { ...asked, sentence }));
  const wide = { ...asked, sentence: undefined };
  if (query.kind === 'note') return ofNote(query.of, note, { ...wide, sections: [] });
  if (query.kind === 'within') return sidesOf(query, note, wide).length > 0;
  if (query.kind === 'person') return ofPerson(query.of, notesOfPerson(note, asked), { ...wide, sections: [] });
  return passes(query, note);
}

function passes(query: Query, note: TestNote): boolean {
  if (query.kind === 'date') return mayLie(note, query.from, query.to);
  if (query.kind === 'age') return mayBe(note, query);
  if (query.kind === 'sex') return note.sex === query.sex;
  if (query.kind !== 'filter') throw new Error('Not a query');
  if (query.name === 'section')
    return analysisOf(note.text).sections.some((section) => inSection(query, section, note.text));
  return rowsAt(note[query.name] ?? '', query.value).length > 0;
}

function ofPerson(query: Query, own: readonly TestNote[], asked: Asked): boolean {
  if (query.kind === 'and') {
    const { rest, inner } = parted(query, asked);
    return rest.every((one) => ofPerson(one, own, inner));
  }
  if (query.kind === 'or') return query.of.some((one) => ofPerson(one, own, asked));
  if (query.kind === 'not') return !ofPerson(query.of, own, asked);
  if (query.kind === 'assertion') return ofPerson(query.of, own, saying(asked, query.name));
  if (query.kind === 'person') return ofPerson(query.of, own, { ...asked, sections: [] });
  return own.some((note) => ofNote(query, note, asked));
}

function notesOfPerson(note: TestNote, { notes }: Asked): TestNote[] {
  return notes.filter((other) => other.person_id === note.person_id);
}

/** The sides of a WITHIN that a note counts for. */
function sidesOf({ left, right, days }: Kind<'within'>, note: TestNote, asked: Asked): Query[] {
  const near = notesOfPerson(note, asked).filter((other) => daysApart(note, other) <= days);
  const counts = (own: Query, their: Query) =>
    ofNote(own, note, asked) && near.some((other) => ofNote(their, other, asked));
  return [...(counts(left, right) ? [left] : []), ...(counts(right, left) ? [right] : [])];
}

/** The least number of days that may lie between two notes; infinite where one has no date. */
function daysApart(a: TestNote, b: TestNote): number {
  if (a.note_date_source === null || b.note_date_source === null) return Number.POSITIVE_INFINITY;
  const [left, right] = [dayRange(a.note_date_source as PartialDate), dayRange(b.note_date_source as PartialDate)];
  const gap = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return Math.max(0, gap(left.latest, right.earliest), gap(right.latest, left.earliest));
}

function sentencesAsked(note: TestNote, { sentence }: Asked): readonly Span[] {
  return sentence ? [sentence] : analysisOf(note.text).sentences;
}

/** The places that make a query true of a note of which it is true. */
function placesOf(query: Query, note: TestNote, asked: Asked): Span[] {
  if (query.kind === 'text' || query.kind === 'terms') return leafPlaces(query, note, asked);
  if (query.kind === 'and') {
    const { rest, inner } = parted(query, asked);
    return rest.flatMap((one) => placesOf(one, note, inner));
  }
  if (query.kind === 'or')
    return query.of.filter((one) => ofNote(one, note, asked)).flatMap((one) => placesOf(one, note, asked));
  if (query.kind === 'assertion') return placesOf(query.of, note, saying(asked, query.name));
  if (query.kind === 'sentence') {
    const each = sentencesAsked(note, asked).map((sentence) => ({ ...asked, sentence }));
    return each.filter((one) => ofNote(query.of, note, one)).flatMap((one) => placesOf(query.of, note, one));
  }
  const wide = { ...asked, sentence: undefined };
  if (query.kind === 'note') return placesOf(query.of, note, { ...wide, sections: [] });
  if (query.kind === 'within') return sidesOf(query, note, wide).flatMap((one) => placesOf(one, note, wide));
  if (query.kind === 'person') return placesOfPerson(query.of, note, { ...wide, sections: [] });
  return [];
}

function placesOfPerson(query: Query, note: TestNote, asked: Asked): Span[] {
  if (query.kind === 'and') {
    const { rest, inner } = parted(query, asked);
    return rest.flatMap((one) => placesOfPerson(one, note, inner));
  }
  if (query.kind === 'or') return query.of.flatMap((one) => placesOfPerson(one, note, asked));
  if (query.kind === 'not') return [];
  if (query.kind === 'assertion') return placesOfPerson(query.of, note, saying(asked, query.name));
  if (query.kind === 'person') return placesOfPerson(query.of, note, { ...asked, sections: [] });
  return ofNote(query, note, asked) ? placesOf(query, note, asked) : [];
}

function saying(asked: Asked, name: AssertionFunction): Asked {
  return { ...asked, assertions: [...asked.assertions, name] };
}

/** An AND as what is asked beside its sections, and these as where the words must stand. */
function parted(query: Kind<'and' | 'or'>, asked: Asked): { rest: readonly Query[]; inner: Asked } {
  if (!query.of.some(speaks)) return { rest: query.of, inner: asked };
  const sections = [...asked.sections, ...query.of.filter(isSectionCondition)];
  return { rest: query.of.filter((one) => !isSectionCondition(one)), inner: { ...asked, sections } };
}

function speaks(query: Query): boolean {
  if (query.kind === 'and' || query.kind === 'or') return query.of.some(speaks);
  if (query.kind === 'not' || query.kind === 'assertion' || query.kind === 'sentence') return speaks(query.of);
  if (query.kind === 'within') return speaks(query.left) || speaks(query.right);
  return query.kind === 'text' || query.kind === 'terms';
}

const analyses = new Map<string, NoteAnalysis>();

function analysisOf(text: string): NoteAnalysis {
  const analysis = analyses.get(text) ?? analyseNote(text);
  analyses.set(text, analysis);
  return analysis;
}

function leafPlaces(query: Kind<'text' | 'terms'>, { text }: TestNote, asked: Asked): Span[] {
  const analysis = analysisOf(text);
  const rows = query.kind === 'text' ? [query.words] : (asked.termSets[query.name] ?? []).map(termWords);
  const near = query.kind === 'text' ? query.near : undefined;
  return rows
    .flatMap((words) => (near === undefined ? rowsAt(text, words) : windowsAt(text, words, near)))
    .filter(({ start }) => !asked.sentence || (start >= asked.sentence.start && start < asked.sentence.end))
    .filter(({ start, end }) => asked.assertions.every((name) => says(assertionAt(analysis, start, end), name)))
    .filter(({ start }) => {
      const section = sectionAt(analysis, start);
      return asked.sections.every((one) => section !== undefined && inSection(one, section, text));
    });
}

function rowsAt(text: string, wanted: readonly QueryWord[]): Span[] {
  const { words, starts, ends } = tokenize(text);
  const fits = (at: number) =>
    wanted.every((word, i) => matches(word, words[at + i], text.slice(starts[at + i], ends[at + i])));
  return words.flatMap((_, at) =>
    fits(at) ? [{ start: starts[at] ?? 0, end: ends[at + wanted.length - 1] ?? 0 }] : [],
  );
}

function matches(word: QueryWord, folded: string | undefined, surface: string): boolean {
  if (folded === undefined) return false;
  if (word.form === 'word') return folded === word.text;
  if (word.form === 'prefix') return folded.startsWith(word.text);
  if (word.form === 'wild')
    return new RegExp(`^${word.text.replaceAll('?', '.').replaceAll('*', '.*')}$`, 'su').test(folded);
  if (word.form === 'fuzzy') return editDistance(word.text, folded) <= word.edits;
  return surface.normalize('NFC') === word.text;
}

function windowsAt(text: string, wanted: readonly QueryWord[], near: number): Span[] {
  const { words, starts, ends } = tokenize(text);
  return windows(words, wanted, near).map(([first, last]) => ({ start: starts[first] ?? 0, end: ends[last] ?? 0 }));
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
  return names.some((name) => rowsAt(name, query.value).length > 0);
}

function says(said: Assertion, name: AssertionFunction): boolean {
  if (name === 'affirmed')
    return !said.negated && !said.possible && !said.historical && !said.hypothetical && said.experiencer === 'patient';
  if (name === 'not_negated') return !said.negated;
  return name === 'family' || name === 'other' ? said.experiencer === name : said[name];
}

function mayLie(note: TestNote, from: PartialDate | undefined, to: PartialDate | undefined): boolean {
  if (note.note_date_source === null) return false;
  const days = dayRange(note.note_date_source as PartialDate);
  return (!from || days.latest >= dayRange(from).earliest) && (!to || days.earliest <= dayRange(to).latest);
}

function mayBe({ note_date_source, birth }: TestNote, { from, to }: Kind<'age'>): boolean {
  if (note_date_source === null || birth === null) return false;
  const age = yearsBetween(birth as PartialDate, note_date_source as PartialDate);
  return age.max >= (from ?? 0) && age.min <= (to ?? 1000);
}
