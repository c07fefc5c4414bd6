import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { silent } from '../../base/index.ts';
import { analyseNote } from '../analyse-note.ts';
import { assertionAt, type Said } from '../assertion.ts';
import { indexNotes } from '../index-notes.ts';
import { newWorkspace, recordsOf, type TestNote, testNote } from '../note-store.test-support.ts';
import { corpus } from '../random-notes.test-support.ts';
import { tokenize } from '../tokens.ts';
import { PostingLists } from './posting-lists.ts';
import type { Mentions } from './read-postings.ts';
import { surfaceTerm, wordTerm } from './terms.ts';
import { saidBy, verdictOf } from './verdicts.ts';

/** Runs a check on the postings of notes that are indexed, in order, as one snapshot. */
async function withLists<T>(notes: readonly TestNote[], check: (lists: PostingLists) => T): Promise<T> {
  const workspace = newWorkspace();
  await indexNotes(workspace, recordsOf(notes), { progress: silent });
  const database = new Database(workspace.paths.notes, { readonly: true });
  try {
    return check(new PostingLists(database, undefined));
  } finally {
    database.close();
    rmSync(workspace.dir, { recursive: true });
  }
}

interface Posted {
  readonly term: string;
  readonly mark: number;
}

/** What the postings of all terms that begin so have at each place of each note. */
function postedAt(lists: PostingLists, beginning: string, notes: number): Map<number, Posted[]>[] {
  const places = Array.from({ length: notes }, () => new Map<number, Posted[]>());
  for (const { term } of lists.termsFrom(beginning)) {
    eachMention(lists.mentions(term), (note, place, mark) => {
      const there = places[note]?.get(place) ?? [];
      places[note]?.set(place, [...there, { term, mark }]);
    });
  }
  return places;
}

function eachMention(mentions: Mentions, visit: (note: number, place: number, mark: number) => void): void {
  let at = 0;
  mentions.notes.forEach((note, i) => {
    for (const end = at + (mentions.counts[i] ?? 0); at < end; at++)
      visit(note, mentions.places[at] ?? -1, mentions.marks[at] ?? -1);
  });
  expect(at).toBe(mentions.places.length);
}

function flagsOf({ negated, possible, historical, hypothetical, experiencer }: Said): Said {
  return { negated, possible, historical, hypothetical, experiencer };
}

test('[R70] every word has its mention at its place, and no place has two', async () => {
  await fc.assert(
    fc.asyncProperty(corpus, async (notes) => {
      const posted = await withLists(notes, (lists) => postedAt(lists, wordTerm(''), notes.length));
      for (const [note, { text }] of notes.entries()) {
        const expected = tokenize(text).words.map((word, place) => [place, [wordTerm(word)]]);
        const there = [...(posted[note] ?? [])].map(([place, all]) => [place, all.map(({ term }) => term)]);
        expect(there.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual(expected);
      }
    }),
    { numRuns: 60 },
  );
});

test('[R70] a word as it is written has a posting where that is not how it is folded', async () => {
  await fc.assert(
    fc.asyncProperty(corpus, async (notes) => {
      const posted = await withLists(notes, (lists) => postedAt(lists, 'x', notes.length));
      for (const [note, { text }] of notes.entries()) {
        const { words, starts, ends } = tokenize(text);
        const surfaces = words.map((word, at) => [word, text.slice(starts[at], ends[at]).normalize('NFC')] as const);
        const expected = surfaces.flatMap(([word, surface], place) =>
          word === surface ? [] : [[place, [surfaceTerm(word, surface)]]],
        );
        const there = [...(posted[note] ?? [])].map(([place, all]) => [place, all.map(({ term }) => term)]);
        expect(there.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual(expected);
      }
    }),
    { numRuns: 60 },
  );
});

test('[R70] the verdicts of the first and the last word say of every span what the analysis says', async () => {
  await fc.assert(
    fc.asyncProperty(corpus, async (notes) => {
      const posted = await withLists(notes, (lists) => postedAt(lists, wordTerm(''), notes.length));
      for (const [note, { text }] of notes.entries()) {
        const { starts, ends } = tokenize(text);
        const analysis = analyseNote(text);
        const markOf = (place: number) => posted[note]?.get(place)?.[0]?.mark ?? -1;
        for (const [first, start] of starts.entries()) {
          for (let last = first; last < Math.min(first + 4, starts.length); last++) {
            const said = saidBy(verdictOf(markOf(first), markOf(last)));
            const span = [note, first, last];
            expect([span, said]).toEqual([span, flagsOf(assertionAt(analysis, start, ends[last] ?? 0))]);
          }
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('[R70] notes that may not be seen are in no list, and of those named only these', async () => {
  const few = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(corpus, few, async (notes, seen) => {
      const workspace = newWorkspace();
      await indexNotes(workspace, recordsOf(notes), { progress: silent });
      const database = new Database(workspace.paths.notes, { readonly: true });
      try {
        const every = new PostingLists(database, undefined);
        const some = new PostingLists(database, Uint8Array.from(seen, Number));
        const named = Int32Array.from(seen.flatMap((one, note) => (one ? [note] : [])));
        for (const { term } of every.termsFrom(wordTerm(''))) {
          const expected = listed(every.mentions(term)).filter(([note]) => seen[note ?? 0]);
          expect(listed(some.mentions(term))).toEqual(expected);
          expect(listed(every.mentions(term, named))).toEqual(expected);
          const { notes: those, counts } = some.counted(term, undefined);
          const byNote = Map.groupBy(expected, ([note]) => note);
          expect([...those].map((note, i) => [note, counts[i]])).toEqual(
            [...byNote].map(([note, own]) => [note, own.length]),
          );
        }
      } finally {
        database.close();
        rmSync(workspace.dir, { recursive: true });
      }
    }),
    { numRuns: 40 },
  );
});

function listed(mentions: Mentions): number[][] {
  const list: number[][] = [];
  eachMention(mentions, (...one) => list.push(one));
  return list;
}

test('[R70] terms that begin with the last letter of a block are found', async () => {
  const word = '\u{2a3ff}\u{2a3ff}'; // its last UTF-16 unit is the last there is
  const found = await withLists([testNote(`${word}a b`)], (lists) => lists.termsFrom(wordTerm(word)));
  expect(found).toEqual([{ term: wordTerm(`${word}a`), notes: 1 }]);
});
