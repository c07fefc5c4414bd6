/** What a search lists: persons, notes, or notes with their words. Each is named a batch at a time, so that none fills the memory. */
import {
  type Mention,
  type NoteAnswer,
  type NoteCount,
  type NoteCounts,
  type NoteHead,
  type NoteHit,
  type NoteTotals,
  type Page,
  type PersonCount,
  snippetOf,
} from '../../notes/index.ts';
import type { StudyDatabase } from '../../workspace/index.ts';
import type { Gate } from '../gate/gate.ts';
import { candidates } from '../run/candidates.ts';
import { personNames } from './rerun-search.ts';

/** A study whose notes are searched. */
export interface SearchedStudy {
  readonly gate: Gate;
  readonly database: StudyDatabase;
}

/** What can be listed. */
export type ListKind = 'person' | 'note' | 'highlight';

/** `person` is the source id (`Patient/1`), `subject` the number of a candidate of the study. */
export interface Whose {
  readonly person: string;
  readonly personId: string;
  readonly subject: string | null;
}

export interface PersonLine extends Whose, Omit<NoteTotals, 'persons'> {}

export interface NoteLine extends Whose, Pick<NoteHead, 'source' | 'date' | 'type' | 'title' | 'specialty'> {
  readonly mentions: number;
}

/** `snippet` is the text around the first mention, or the beginning of the note. */
export interface ShownNote extends Omit<NoteLine, 'mentions'> {
  readonly snippet: string;
  readonly mentions: readonly Mention[];
}

export type ListLine = PersonLine | NoteLine | ShownNote;

/** The lines of a list; all of them where no page is asked for. */
export function listLines(
  open: SearchedStudy,
  answer: NoteAnswer,
  kind: ListKind,
  { order, page }: { readonly order: 'person' | 'mentions'; readonly page?: Page },
): AsyncGenerator<ListLine> {
  if (kind === 'person') return named(open, paged(answer.byPerson(order), page), personLine);
  if (kind === 'note') return named(open, answer.byNote(page), noteLine);
  return named(open, answer.highlights(page), (hit, whose) => shownNote(hit, whose, textOf(open, hit)));
}

/** A part of the persons, whole. */
export function personLines(
  open: SearchedStudy,
  counts: NoteCounts,
  { order, page }: { readonly order: 'person' | 'mentions'; readonly page: Page },
): Promise<PersonLine[]> {
  return collected(named(open, paged(counts.byPerson(order), page), personLine));
}

/** A part of the notes, whole. */
export function noteLines(open: SearchedStudy, counts: NoteCounts, page: Page): Promise<NoteLine[]> {
  return collected(named(open, counts.byNote(page), noteLine));
}

async function collected<Line>(lines: AsyncIterable<Line>): Promise<Line[]> {
  const all: Line[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

function* paged<Item>(items: Iterable<Item>, page?: Page): Generator<Item> {
  const [from, to] = page ? [page.from, page.from + page.count] : [0, Number.POSITIVE_INFINITY];
  let at = 0;
  for (const item of items) {
    if (at >= to) return;
    if (at++ >= from) yield item;
  }
}

const AT_A_TIME = 500;

async function* named<Item extends { readonly personId: string }, Line>(
  { gate, database }: SearchedStudy,
  items: Iterable<Item>,
  lineOf: (item: Item, whose: Whose) => Line,
): AsyncGenerator<Line> {
  const subjects = new Map(candidates(database).map(({ personId, subject }) => [personId, subject]));
  for (const batch of batches(items)) {
    const names = await personNames(gate, [...new Set(batch.map(({ personId }) => personId))]);
    for (const item of batch) {
      const { personId } = item;
      yield lineOf(item, { person: names.get(personId) ?? '', personId, subject: subjects.get(personId) ?? null });
    }
  }
}

function* batches<Item>(items: Iterable<Item>): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    if (batch.push(item) < AT_A_TIME) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function personLine({ mentions, notes, first, last }: PersonCount, whose: Whose): PersonLine {
  return { ...whose, mentions, notes, first, last };
}

function noteLine({ source, date, type, title, specialty, mentions }: NoteCount, whose: Whose): NoteLine {
  return { source, ...whose, date, type, title, specialty, mentions };
}

function shownNote({ mentions, ...head }: NoteHit, whose: Whose, text: string): ShownNote {
  const { mentions: _, ...line } = noteLine({ ...head, mentions: mentions.length }, whose);
  return { ...line, snippet: snippetOf(text, mentions), mentions };
}

function textOf({ gate }: SearchedStudy, { source }: NoteHit): string {
  return gate.note(source)?.text ?? '';
}
