/** The notes that a search found, with their words; and one of them, whole. */
import type { z } from 'zod';
import { ChartproofError, type PersonId } from '../../base/index.ts';
import { candidates, type NoteLine, noteLines } from '../../cohort/index.ts';
import type { Mention, NoteAnswer, Page } from '../../notes/index.ts';
import type { OpenStudy } from '../../review/index.ts';
import type { noteLineView, openedNoteView } from '../contract/index.ts';
import type { AskedSearch } from './asked-search.ts';
import { mentionOf, noteView, snippetsOf } from './search-views.ts';

interface Wanted {
  /** The source id of the one person whose notes are asked for. */
  readonly person?: string | undefined;
  readonly withoutCopies: boolean;
  readonly page: Page;
}

/** A part of the notes. Error: `cohort.no-person`, of somebody who may not be seen, or is not there. */
export async function foundNotes(
  open: OpenStudy,
  asked: AskedSearch,
  { person, withoutCopies, page }: Wanted,
): Promise<z.infer<typeof noteLineView>[]> {
  const answer = person === undefined ? asked.answer : answerOf(open, asked, [await personIdOf(open, person)]);
  const counts = withoutCopies ? answer.withoutCopies() : answer;
  const lines = await noteLines(open, counts, page);
  const mentions = mentionsIn(open, asked, lines);
  return lines.map((line) => {
    const text = open.gate.note(line.source)?.text ?? '';
    return { ...noteView(line), ...snippetsOf(text, mentions.get(line.source) ?? []) };
  });
}

/** A note of the search. Error: `cohort.no-note`, of one that it did not find, or that may not be seen. */
export async function openedNote(
  open: OpenStudy,
  asked: AskedSearch,
  source: string,
): Promise<z.infer<typeof openedNoteView>> {
  const note = open.gate.note(source);
  const hit = note && [...answerOf(open, asked, [note.personId]).highlights()].find((one) => one.source === source);
  if (!note || !hit) {
    throw new ChartproofError('cohort.no-note', 'The search found no such note.', { tip: 'Ask the search again.' });
  }
  const { personId, text, date, type, title, specialty } = note;
  const rows = await open.gate.all<{ person: string }>(
    'SELECT person_source_value AS person FROM person WHERE person_id = $1::BIGINT',
    [personId],
  );
  const copies = open.gate.copiesOf(personId).find((one) => one.source === source)?.copies ?? [];
  return {
    note: source,
    person: rows[0]?.person ?? '',
    subject: candidates(open.database).find((one) => one.personId === personId)?.subject ?? null,
    date,
    type,
    title,
    specialty,
    text,
    mentions: hit.mentions.map((mention) => mentionOf(text, mention)),
    copied: copies.map(({ start, end }) => ({ start, end })),
  };
}

/** The search asked of some persons alone: whether it is true of a note depends on no other person. */
function answerOf({ gate }: OpenStudy, { kept }: AskedSearch, persons: readonly PersonId[]): NoteAnswer {
  return gate.findNotes(kept.query, kept.termSets, persons);
}

/** The mentions of these notes, by source id. */
function mentionsIn(
  open: OpenStudy,
  asked: AskedSearch,
  lines: readonly NoteLine[],
): ReadonlyMap<string, readonly Mention[]> {
  const wanted = new Set(lines.map(({ source }) => source));
  const persons = [...new Set(lines.map(({ personId }) => personId as PersonId))];
  const hits = persons.length === 0 ? [] : answerOf(open, asked, persons).highlights();
  const found = new Map<string, readonly Mention[]>();
  for (const { source, mentions } of hits) {
    if (wanted.has(source)) found.set(source, mentions);
    if (found.size === wanted.size) break;
  }
  return found;
}

async function personIdOf({ gate }: OpenStudy, person: string): Promise<PersonId> {
  const rows = await gate.all<{ id: PersonId }>('SELECT person_id AS id FROM person WHERE person_source_value = $1', [
    person,
  ]);
  if (rows[0]) return rows[0].id;
  throw new ChartproofError('cohort.no-person', 'The study sees no such person.', {
    tip: 'Take one that the search found.',
  });
}
