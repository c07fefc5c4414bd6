import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dayRange, type NoteId, type PartialDate } from '../base/index.ts';
import { naiveSearch } from './naive-search.test-support.ts';
import { newWorkspace, storeOf, type TestNote, testNote } from './note-store.test-support.ts';
import { parseQuery } from './parse-query.ts';
import { printQuery } from './print-query.ts';
import { noteText, query as randomQuery, termSets } from './random-notes.test-support.ts';

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
  const hits = [...store.search(parseQuery(query), termSets)];
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

const noteDate = fc.constantFrom('2011', '2012', '2012-03', '2012-03-05', '2012-03-06', '2013-12', null);
const corpus = fc
  .array(
    fc.record({
      text: noteText,
      person: fc.constantFrom('1', '2', '3'),
      date: noteDate,
      type: fc.constantFrom('Progress note', 'Consult', null),
      specialty: fc.constantFrom('Progress', null),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((notes) =>
    notes.map(({ text, person, date, type, specialty }, i) =>
      testNote(text, {
        note_id: String(i + 1),
        person_id: person,
        note_date: date && dayRange(date as PartialDate).earliest,
        note_date_source: date,
        type,
        specialty,
      }),
    ),
  );

test('[R43] a search finds what reading every note finds', async () => {
  await fc.assert(
    fc.asyncProperty(corpus, fc.array(randomQuery, { minLength: 40, maxLength: 40 }), async (notes, queries) => {
      const workspace = newWorkspace();
      const store = await storeOf(notes, workspace);
      try {
        for (const query of queries) {
          const hits = [...store.search(query, termSets)];
          const places = hits.map((hit): [NoteId, string[]] => [
            hit.noteId,
            hit.mentions.map(({ start, end }) => `${start}-${end}`),
          ]);
          expect(new Map<string, string[]>(places), printQuery(query)).toEqual(naiveSearch(query, notes, termSets));
          expect(places).toHaveLength(new Set(places.map(([id]) => id)).size);
        }
      } finally {
        store.close();
        rmSync(workspace.dir, { recursive: true });
      }
    }),
    { numRuns: 50 },
  );
});
