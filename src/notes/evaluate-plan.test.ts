import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySearch } from './memory-search.test-support.ts';
import { naiveSearch } from './naive-search.test-support.ts';
import { type TestNote, testNote } from './note-store.test-support.ts';
import { parseQuery } from './parse-query.ts';
import { printQuery } from './print-query.ts';
import { corpus } from './random-notes.test-support.ts';
import { query as randomQuery, termSets } from './random-queries.test-support.ts';

/** The notes that a query finds, and the texts of its places. */
function found(query: string, ...notes: readonly (string | TestNote)[]) {
  const all = notes.map((note, i) => (typeof note === 'string' ? testNote(note, { note_id: String(i + 1) }) : note));
  const hits = memorySearch(parseQuery(query), all, termSets);
  return {
    notes: [...hits.keys()],
    places: [...hits.values()].flatMap((mentions) => mentions.map((mention) => mention.text)),
    starts: [...hits.values()].flatMap((mentions) => mentions.map((mention) => mention.start)),
  };
}

describe('[R52] sentence(...) asks of one sentence', () => {
  const notes = [
    'Rash today. Fever yesterday.',
    'Rash and fever. No cough.',
    'Rash. Rash with fever and cough.',
    'Fever.',
    '',
  ];
  test.each([
    ['sentence(rash fever)', ['2', '3']],
    ['sentence(rash AND NOT fever)', ['1', '3']],
    ['sentence(rash OR cough)', ['1', '2', '3']],
    ['NOT sentence(rash)', ['4', '5']],
    ['sentence(NOT rash)', ['1', '2', '4']],
    ['sentence("rash today")', ['1']],
    ['sentence("rash fever"~3 AND NOT today)', ['2', '3']],
    ['sentence(rash @joints)', ['3']],
    ['sentence(affirmed(rash) fever)', ['2', '3']],
    ['sentence(negated(cough))', ['2']],
    ['negated(sentence(cough))', ['2']],
    ['sentence(sentence(rash) fever)', ['2', '3']],
  ])('[R52] %s', (query, expected) => {
    expect(found(query, ...notes).notes).toEqual(expected);
  });

  test('[R52] the places are those of the sentences that are true', () => {
    expect(found('sentence(rash fever)', ...notes).starts).toEqual([0, 9, 6, 16]);
    expect(found('sentence(rash AND NOT fever)', 'Rash with fever. Rash.').starts).toEqual([17]);
  });

  test('[R52] a phrase belongs to the sentence in which it starts', () => {
    expect(found('sentence("rash fever" AND today)', 'Today rash. Fever.').places).toEqual(['Today', 'rash. Fever']);
    expect(found('sentence("rash fever" AND today)', 'Rash. Fever today.').places).toEqual([]);
  });

  test('[R52] a section beside words says where they stand', () => {
    const text = 'Fever, rash.\nPlan:\nRash if fever. Fever.';
    expect(found('sentence(fever rash AND section:plan)', text).starts).toEqual([19, 27]);
    expect(found('sentence(fever rash) AND section:plan', text).starts).toEqual([19, 27]);
    expect(found('sentence(fever rash) AND NOT section:plan', text).starts).toEqual([0, 7]);
  });
});

test('[R53] filters, note(...), person(...) and WITHIN in a sentence(...) are asked of the note', () => {
  const note = 'Rash. Fever.';
  expect(found('sentence(rash AND type:progress)', note).places).toEqual(['Rash']);
  expect(found('sentence(rash AND type:consult)', note).notes).toEqual([]);
  expect(found('sentence(rash AND note(fever))', note).places).toEqual(['Rash', 'Fever']);
  expect(found('sentence(rash AND person(fever))', note).places).toEqual(['Rash', 'Fever']);
  expect(found('sentence(rash AND (fever WITHIN 1 day OF fever))', note).places).toEqual(['Rash', 'Fever']);
  expect(found('sentence(rash fever)', note).notes).toEqual([]);
  expect(found('sentence(section:plan)', 'Rash.\nPlan:\nrest').notes).toEqual(['1']);
});

const dated = (note_id: string, date: string | null, text: string, person_id = '1') =>
  testNote(text, { note_id, person_id, note_date: date, note_date_source: date });

test('[R54] WITHIN joins notes of a person that lie so near, from both sides', () => {
  const notes = [
    dated('1', '2012-01-01', 'rash'),
    dated('2', '2012-03-31', 'drug'),
    dated('3', '2012-04-01', 'rash drug'),
    dated('4', '2013-01-01', 'rash'),
    dated('5', '2012-01-01', 'drug', '2'),
    dated('6', '2012-04-01', 'rash', '2'),
  ];
  expect(found('rash WITHIN 90 days OF drug', ...notes).notes).toEqual(['1', '2', '3']);
  expect(found('drug WITHIN 13 weeks OF rash', ...notes).notes).toEqual(['1', '2', '3', '5', '6']);
  expect(found('rash WITHIN 0 days OF drug', ...notes).notes).toEqual(['3']);
  expect(found('rash AND NOT (rash WITHIN 90 days OF drug)', ...notes).notes).toEqual(['4', '6']);
  expect(found('NOT rash WITHIN 90 days OF drug', ...notes).notes).toEqual(['4', '5', '6']);
  expect(found('(rash WITHIN 90 days OF drug) WITHIN 300 days OF rash', ...notes).notes).toEqual(['1', '2', '3', '4']);
});

test('[R55] the distance is the least that the dates may have; a note without a date is near none', () => {
  const near = (first: string | null, second: string | null, days: number) =>
    found(`rash WITHIN ${days} days OF drug`, dated('1', first, 'rash'), dated('2', second, 'drug')).notes.length === 2;
  expect(near('2012', '2012-12-31', 0)).toBe(true);
  expect(near('2011', '2012-03', 61)).toBe(true);
  expect(near('2011', '2012-03', 60)).toBe(false);
  expect(near('2012-03', '2011', 61)).toBe(true);
  expect(near('2012-02-28', '2012-03-01', 2)).toBe(true);
  expect(near('2012-02-28', '2012-03-01', 1)).toBe(false);
  expect(near(null, null, 100)).toBe(false);
  expect(found('rash WITHIN 9 days OF drug', dated('1', null, 'rash drug')).notes).toEqual([]);
});

test('[R56] the places of WITHIN are those of the side that the note counts for', () => {
  const notes = [dated('1', '2012-01-01', 'rash, itch'), dated('2', '2012-01-05', 'drug, rash')];
  expect(found('rash WITHIN 9 days OF drug', ...notes).places).toEqual(['rash', 'drug', 'rash']);
  // note 2 has both, but nobody wrote of a drug in a note near it that also itches
  expect(found('(rash AND itch) WITHIN 9 days OF drug', ...notes).places).toEqual(['rash', 'itch', 'drug']);
});

test('[R57] functions and sections around WITHIN are asked of both sides; person(...) of single notes', () => {
  const notes = [
    dated('1', '2012-01-01', 'No rash.\nPlan:\nrash'),
    dated('2', '2012-01-05', 'Drug.\nPlan:\ndrug'),
    dated('3', '2013-01-05', 'No drug.'),
    dated('4', '2012-01-05', 'drug', '2'),
  ];
  expect(found('affirmed(rash WITHIN 9 days OF drug)', ...notes).starts).toEqual([15, 0, 12]);
  expect(found('(rash WITHIN 9 days OF drug) AND section:plan', ...notes).starts).toEqual([15, 12]);
  expect(found('negated(rash WITHIN 9 days OF drug)', ...notes).notes).toEqual([]);
  expect(found('person(rash WITHIN 9 days OF drug)', ...notes).notes).toEqual(['1', '2', '3']);
  expect(found('person(NOT (rash WITHIN 9 days OF drug))', ...notes).notes).toEqual(['4']);
});

test('[R58] age counts when it may be so on the date of the note', () => {
  const notes = [
    testNote('a', { note_id: '1', birth: '1972-03-05' }), // 40 on the very day
    testNote('a', { note_id: '2', birth: '1972-03-06' }), // still 39
    testNote('a', { note_id: '3', birth: '1972' }), // 39 or 40
    testNote('a', { note_id: '4', birth: null }),
    testNote('a', { note_id: '5', birth: '1972', note_date: null, note_date_source: null }),
    testNote('a', { note_id: '6', birth: '2012-04' }), // not born yet
    testNote('a', { note_id: '7', birth: '1972-03-06', note_date: '2012-01-01', note_date_source: '2012' }),
  ];
  expect(found('age:40', ...notes).notes).toEqual(['1', '3', '7']);
  expect(found('age:[* TO 39]', ...notes).notes).toEqual(['2', '3', '7']);
  expect(found('age:[41 TO *]', ...notes).notes).toEqual([]);
  expect(found('age:[* TO *]', ...notes).notes).toEqual(['1', '2', '3', '7']);
  expect(found('NOT age:40', ...notes).notes).toEqual(['2', '4', '5', '6']);
});

test('[R59] sex is as the records have it; unknown only where they say so', () => {
  const notes = ['female', 'male', 'other', 'unknown', null].map((sex, i) =>
    testNote('a', { note_id: String(i + 1), sex }),
  );
  expect(found('sex:f', ...notes).notes).toEqual(['1']);
  expect(found('sex:male OR sex:other', ...notes).notes).toEqual(['2', '3']);
  expect(found('sex:unknown', ...notes).notes).toEqual(['4']);
  expect(found('NOT sex:female', ...notes).notes).toEqual(['2', '3', '4', '5']);
});

test('[R60] author wants the words of the filter in the author of the note', () => {
  const notes = [testNote('a', { note_id: '1', author: 'Practitioner/17' }), testNote('a', { note_id: '2' })];
  expect(found('author:17', ...notes).notes).toEqual(['1']);
  expect(found('author:"Practitioner/17"', ...notes).notes).toEqual(['1']);
  expect(found('author:1', ...notes).notes).toEqual([]);
  expect(found('NOT author:pract*', ...notes).notes).toEqual(['2']);
});

test('[R61] other(...) is about somebody who is neither patient nor family', () => {
  const notes = ['Her roommate has fever.', 'Her mother has fever.', 'Fever.'];
  expect(found('other(fever)', ...notes).notes).toEqual(['1']);
  expect(found('affirmed(fever)', ...notes).notes).toEqual(['3']);
});

test('[R43] a plan is true of the notes, with the places, that reading everything tells', () => {
  fc.assert(
    fc.property(corpus, fc.array(randomQuery, { minLength: 40, maxLength: 40 }), (notes, queries) => {
      for (const query of queries) {
        const places = [...memorySearch(query, notes, termSets)].map(([id, mentions]): [string, string[]] => [
          id,
          mentions.map(({ start, end }) => `${start}-${end}`),
        ]);
        expect(new Map(places), printQuery(query)).toEqual(naiveSearch(query, notes, termSets));
      }
    }),
    { numRuns: 250 },
  );
});
