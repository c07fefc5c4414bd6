import type { Day } from '../base/index.ts';
import type { NoteAnswer, NoteCount, Page, PersonCount } from './note-answer.ts';
import type { NoteHit } from './stored-note.ts';

/** The answer that hits make which come by person and date. */
export function answerOf(hits: Iterable<NoteHit>, persons?: ReadonlySet<string>): NoteAnswer {
  const all = [...hits].filter((hit) => persons?.has(hit.personId) ?? true);
  const byPerson = [...Map.groupBy(all, (hit) => hit.personId)].map(
    ([personId, own]): PersonCount => ({ personId, notes: own.length, ...countsOf(own) }),
  );
  const paged = ({ from, count }: Page = { from: 0, count: all.length }) => all.slice(from, from + count);
  return {
    totals: { persons: byPerson.length, notes: all.length, ...countsOf(all) },
    byPerson: (order) => (order === 'mentions' ? byPerson.toSorted((a, b) => b.mentions - a.mentions) : byPerson),
    byNote: (page) => paged(page).map(({ mentions, ...head }): NoteCount => ({ ...head, mentions: mentions.length })),
    highlights: paged,
  };
}

function countsOf(hits: readonly NoteHit[]): { mentions: number; first: Day | null; last: Day | null } {
  const days = hits.flatMap((hit) => hit.day ?? []).sort();
  const mentions = hits.reduce((sum, hit) => sum + hit.mentions.length, 0);
  return { mentions, first: days[0] ?? null, last: days.at(-1) ?? null };
}
