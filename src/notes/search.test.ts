import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dayRange, type NoteId, type PartialDate } from '../base/index.ts';
import { naiveSearch } from './naive-search.test-support.ts';
import { newWorkspace, storeOf, type TestNote, testNote } from './note-store.test-support.ts';
import type { NoteStore } from './open-notes.ts';
import { parseQuery } from './parse-query.ts';
import { printQuery } from './print-query.ts';
import { corpus } from './random-notes.test-support.ts';
import { query as randomQuery, termSets } from './random-queries.test-support.ts';
import type { NoteHit } from './stored-note.ts';

/** The texts of the notes that a query finds, or of its places. */
async function found(query: string, ...notes: readonly (string | TestNote)[]) {
  const workspace = newWorkspace();
  const store = await storeOf(
    notes.map((note, i) =>
      typeof note === 'string' ? testNote(note, { note_id: String(i + 1), source: `N/${i + 1}` }) : note,
    ),
    workspace,
  );
  onTestFinished(() => {
    store.close();
    rmSync(workspace.dir, { recursive: true });
  });
  const hits = [...store.find(parseQuery(query), termSets).highlights()];
  return {
    notes: hits.map((hit) => hit.noteId),
    places: hits.flatMap((hit) => hit.mentions.map((mention) => mention.text)),
    hits,
  };
}

test('[R33] a term set finds its texts; one that there is not is an error with its column', async () => {
  expect((await found('@joints OR @skin', 'Fever and PLAQUE')).places).toEqual(['Fever and', 'PLAQUE']);
  expect((await found('@none', 'Fever')).notes).toEqual([]);
  await expect(found('fever OR @skinn', 'Fever')).rejects.toMatchObject({
    code: 'notes.query',
    tip: 'Did you mean @skin?',
    place: { column: 10 },
  });
  await expect(found('@unlike', 'Fever')).rejects.toMatchObject({ tip: 'There are: @joints, @skin, @none.' });
});

test('[R35] operators hold of the note', async () => {
  const notes = ['fever. Cough.', 'fever', 'cough'];
  expect((await found('fever cough', ...notes)).notes).toEqual(['1']);
  expect((await found('fever OR cough', ...notes)).notes).toEqual(['1', '2', '3']);
  expect((await found('fever AND NOT cough', ...notes)).notes).toEqual(['2']);
});

test('[R36] an assertion function asks of each word', async () => {
  const notes = [
    'No fever.',
    'Fever and no fever.',
    'History of fever.',
    'No history of fever.',
    'Her mother has fever.',
  ];
  expect((await found('affirmed(fever)', ...notes)).notes).toEqual(['2']);
  expect((await found('negated(fever)', ...notes)).notes).toEqual(['1', '2', '4']);
  expect((await found('not_negated(fever)', ...notes)).notes).toEqual(['2', '3', '5']);
  expect((await found('negated(historical(fever))', ...notes)).notes).toEqual(['4']);
  expect((await found('family(fever)', ...notes)).notes).toEqual(['5']);
  expect((await found('affirmed(NOT fever)', ...notes)).notes).toEqual(['1', '3', '4', '5']);
  expect((await found('negated(fever OR cough)', ...notes)).notes).toEqual(['1', '2', '4']);
  expect((await found('possible(fever)', 'Possible fever', 'fever')).notes).toEqual(['1']);
  expect((await found('hypothetical(fever)', 'Return if fever', 'fever')).notes).toEqual(['1']);
});

describe('[R37] sections', () => {
  const notes = ['Fever today.\nPlan:\nrest', 'Plan:\nfever', '# Wound care\nfever', 'Plan:\nrest'];
  test.each([
    ['fever AND section:plan', ['2']],
    ['fever AND NOT section:plan', ['1', '3']],
    ['(fever OR rest) section:plan', ['1', '2', '4']],
    ['fever AND section:"wound care"', ['3']],
    ['section:plan', ['1', '2', '4']],
    ['NOT section:plan', ['3']],
    ['section:plan AND type:progress', ['1', '2', '4']],
    ['affirmed(fever) AND section:preamble', ['1']],
  ])('[R37] %s', async (query, expected) => {
    expect((await found(query, ...notes)).notes).toEqual(expected);
  });

  test('[R38] note(...) holds of the whole note', async () => {
    expect((await found('note(fever) AND section:plan', ...notes)).notes).toEqual(['1', '2']);
    expect((await found('fever AND note(rest) AND section:preamble', ...notes)).notes).toEqual(['1']);
    expect((await found('fever AND rest AND section:preamble', ...notes)).notes).toEqual([]);
  });
});

test('[R39] person(...) holds of the person, note(...) in it of one note', async () => {
  const notes = [
    testNote('fever', { note_id: '1' }),
    testNote('cough', { note_id: '2' }),
    testNote('fever cough', { note_id: '3', person_id: '2' }),
    testNote('fever', { note_id: '4', person_id: '3' }),
  ];
  expect((await found('person(fever cough)', ...notes)).notes).toEqual(['1', '2', '3']);
  expect((await found('person(note(fever cough))', ...notes)).notes).toEqual(['3']);
  expect((await found('person(fever AND NOT cough)', ...notes)).notes).toEqual(['4']);
  expect((await found('person(cough) AND fever', ...notes)).notes).toEqual(['1', '3']);
  expect((await found('NOT person(cough)', ...notes)).notes).toEqual(['4']);
  expect((await found('person(fever cough)', ...notes)).places).toEqual(['fever', 'cough', 'fever', 'cough']);
});

test('[R40] type and specialty want the words of the filter', async () => {
  const notes = [testNote('a', { note_id: '1', type: null, specialty: null }), testNote('a', { note_id: '2' })];
  expect((await found('type:"progress note"', ...notes)).notes).toEqual(['2']);
  expect((await found('specialty:derm*', ...notes)).notes).toEqual(['2']);
  expect((await found('NOT type:progress', ...notes)).notes).toEqual(['1']);
  expect((await found('type:gress', ...notes)).notes).toEqual([]);
});

test('[R41] a note counts for a date when it may; without a date never', async () => {
  const dated = (note_id: string, source: string | null) =>
    testNote('a', { note_id, note_date: source && dayRange(source as PartialDate).earliest, note_date_source: source });
  const notes = [dated('1', '2012'), dated('2', '2012-03-31'), dated('3', '2012-04'), dated('4', null)];
  expect((await found('date:2012-03', ...notes)).notes).toEqual(['1', '2']);
  expect((await found('date:[2012-04-30 TO *]', ...notes)).notes).toEqual(['1', '3']);
  expect((await found('date:[* TO 2012-01-01]', ...notes)).notes).toEqual(['1']);
  expect((await found('date:[* TO *]', ...notes)).notes).toEqual(['1', '2', '3']);
  expect((await found('NOT date:2012', ...notes)).notes).toEqual(['4']);
});

test('[R42] the places are those that make the query true', async () => {
  expect((await found('fever OR (cough AND wheeze)', 'fever cough')).places).toEqual(['fever']);
  expect((await found('fever AND NOT cough', 'fever')).places).toEqual(['fever']);
  expect((await found('negated(fever)', 'Fever but no fever')).places).toEqual(['fever']);
  const { hits } = await found('fever', 'Family History: no fever');
  expect(hits[0]?.mentions).toEqual([
    {
      start: 19,
      end: 24,
      text: 'fever',
      term: 'fever',
      assertion: 'other-experiencer',
      cue: { category: 'family', start: 0, end: 16 },
      section: 'family-history',
    },
  ]);
});

test('[R43] notes come by person, date and note, the undated last', async () => {
  const note = (note_id: string, person_id: string, note_date: string | null) =>
    testNote('fever', { note_id, person_id, note_date, note_date_source: note_date });
  const notes = [
    note('9223372036854775807', '10', '2011-01-01'),
    note('5', '9', null),
    note('7', '9', '2012-01-01'),
    note('6', '9', '2012-01-01'),
    note('8', '9', '2010-01-01'),
  ];
  const order = ['8', '6', '7', '5', '9223372036854775807'];
  expect((await found('fever', ...notes)).notes).toEqual(order);
});

test('[R79] a place names what of the query it fits', async () => {
  const { hits } = await found('calcif* OR "fever and"~2 OR @skin', 'Psoriasis. Calcified. Fever, and rest.');
  const told = hits.flatMap(({ mentions }) => mentions.map(({ text, term, set }) => [text, term, set]));
  expect(told).toEqual([
    ['Psoriasis', 'psoriasis', 'skin'],
    ['Calcified', 'calcif*', undefined],
    ['Fever, and', '"fever and"~2', undefined],
  ]);
});

test("[R80] the site's lexicon decides, in counts and in what is shown", async () => {
  const workspace = newWorkspace();
  mkdirSync(workspace.paths.lexicon);
  const headings = '- kind: relatives\n  default: family\n  names: [kin]\n';
  writeFileSync(join(workspace.paths.lexicon, 'headings.yaml'), headings);
  const store = await storeOf([testNote('Kin:\nfever')], workspace);
  try {
    const answer = store.find(parseQuery('family(fever)'), {});
    expect(answer.totals.mentions).toBe(1);
    expect([...answer.highlights()].flatMap((hit) => hit.mentions)).toMatchObject([{ assertion: 'other-experiencer' }]);
  } finally {
    store.close();
    rmSync(workspace.dir, { recursive: true });
  }
});

const queries = fc.array(randomQuery, { minLength: 40, maxLength: 40 });

test('[R43] a search finds what reading every note finds', async () => {
  await ofStores(queries, (store, notes, asked) => {
    for (const query of asked) {
      const hits = [...store.find(query, termSets).highlights()];
      const places = hits.map((hit): [NoteId, string[]] => [hit.noteId, placesOf(hit)]);
      expect(new Map<string, string[]>(places), printQuery(query)).toEqual(naiveSearch(query, notes, termSets));
      expect(places).toHaveLength(new Set(places.map(([id]) => id)).size);
    }
  });
});

test('[R43] an answer counts what reading every note finds, of the persons that are let through', async () => {
  const persons = fc.option(fc.subarray(['1', '2', '3']).map((ids) => new Set(ids)));
  await ofStores(fc.tuple(queries, persons), (store, notes, [asked, letThrough]) => {
    for (const query of asked) {
      const answer = store.find(query, termSets, letThrough ?? undefined);
      const expected = countedOf(
        naiveSearch(query, notes, termSets),
        notes.filter((note) => letThrough?.has(note.person_id) ?? true),
      );
      const { persons: byPerson, notes: byNote, totals } = expected;
      expect(answer.totals, printQuery(query)).toEqual(totals);
      expect([...answer.byPerson()]).toEqual(byPerson);
      expect([...answer.byPerson('mentions')]).toEqual(byPerson.toSorted((a, b) => b.mentions - a.mentions));
      expect([...answer.byNote()].map(({ noteId, mentions }) => [noteId, mentions])).toEqual(byNote);
      expect([...answer.byNote({ from: 1, count: 2 })].map(({ noteId }) => noteId)).toEqual(
        byNote.slice(1, 3).map(([id]) => id),
      );
      const shown = [...answer.highlights({ from: 0, count: 3 })].map((hit) => [hit.noteId, hit.mentions.length]);
      expect(shown).toEqual(byNote.slice(0, 3));
    }
  });
});

/** Runs a check on stores of random notes. */
async function ofStores<T>(
  more: fc.Arbitrary<T>,
  check: (store: NoteStore, notes: readonly TestNote[], one: T) => void,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(corpus, more, async (notes, one) => {
      const workspace = newWorkspace();
      const store = await storeOf(notes, workspace);
      try {
        check(store, notes, one);
      } finally {
        store.close();
        rmSync(workspace.dir, { recursive: true });
      }
    }),
    { numRuns: 40 },
  );
}

function placesOf({ mentions }: NoteHit): string[] {
  return mentions.map(({ start, end }) => `${start}-${end}`);
}

/** What the naive search found, counted and in order. */
function countedOf(found: ReadonlyMap<string, readonly string[]>, notes: readonly TestNote[]) {
  const hits = notes.filter((note) => found.has(note.note_id)).toSorted(inOrder);
  const mentionsOf = (note: TestNote) => found.get(note.note_id)?.length ?? 0;
  const counts = (own: readonly TestNote[]) => {
    const days = own.flatMap((note) => note.note_date ?? []).sort();
    const mentions = own.reduce((sum, note) => sum + mentionsOf(note), 0);
    return { mentions, notes: own.length, first: days[0] ?? null, last: days.at(-1) ?? null };
  };
  const byPerson = Map.groupBy(hits, (note) => note.person_id);
  return {
    totals: { ...counts(hits), persons: byPerson.size },
    persons: [...byPerson].map(([personId, own]) => ({ personId, ...counts(own) })),
    notes: hits.map((note): [string, number] => [note.note_id, mentionsOf(note)]),
  };
}

function inOrder(a: TestNote, b: TestNote): number {
  const day = (note: TestNote) => note.note_date ?? '9999';
  return (
    Number(a.person_id) - Number(b.person_id) || day(a).localeCompare(day(b)) || Number(a.note_id) - Number(b.note_id)
  );
}
