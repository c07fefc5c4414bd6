/** Random notes of few words and few persons, so that queries meet often. For property tests. */
import fc from 'fast-check';
import { dayRange, type PartialDate } from '../base/index.ts';
import { type TestNote, testNote } from './note-store.test-support.ts';

const WORDS = ['psoriasis', 'Arthritis', 'arthritis', 'fever', 'FEVER', 'calcified', 'calcification', 'plaque'];
const ODD = ['Ménière', 'Me\u0301nie\u0300re', 'meniere', 'feve', 'psoraisis', '𝐀b', 'NO'];
const GLUE = ['no', 'denies', 'but', 'and', 'history of', 'possible', 'if', 'mother has', 'was ruled out', 'not'];
const OTHERS = ['roommate has', 'friend was'];
const MARKS = ['.', ',', ';', ':', '\n', '\n\n', '. ', '(', ')'];
const HEADINGS = ['\nFamily History:\n', '\nPlan:\n', '\nMedications: ', '\n# Wound care\n', '\nSkin: '];

/** Text made of clinical words, cues, marks and headings. */
export const noteText = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
      { weight: 1, arbitrary: fc.constantFrom(...ODD) },
      { weight: 4, arbitrary: fc.constantFrom(...GLUE) },
      { weight: 1, arbitrary: fc.constantFrom(...OTHERS) },
      { weight: 2, arbitrary: fc.constantFrom(...MARKS) },
      { weight: 1, arbitrary: fc.constantFrom(...HEADINGS) },
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(' '));

const noteDate = fc.constantFrom('2011', '2012', '2012-03', '2012-03-05', '2012-03-06', '2013-12', null);
const birth = fc.constantFrom('1971', '1971-03', '1971-03-06', '1972-02-29', '2012', '2013-01', null);
const person = fc.record({ sex: fc.constantFrom('female', 'male', 'other', 'unknown', null), birth });
const note = fc.record({
  text: noteText,
  person: fc.nat({ max: 2 }),
  date: noteDate,
  type: fc.constantFrom('Progress note', 'Consult', null),
  specialty: fc.constantFrom('Progress', 'Dermatology', null),
  author: fc.constantFrom('Practitioner/1', 'Practitioner/2', null),
});

/** Up to eight notes of three persons: partial dates, undated notes, births and sexes known or not. */
export const corpus: fc.Arbitrary<TestNote[]> = fc
  .tuple(fc.array(note, { minLength: 1, maxLength: 8 }), fc.array(person, { minLength: 3, maxLength: 3 }))
  .map(([notes, persons]) =>
    notes.map(({ person, date, text, ...about }, i) =>
      testNote(text, {
        ...about,
        ...persons[person],
        note_id: String(i + 1),
        person_id: String(person + 1),
        note_date: date && dayRange(date as PartialDate).earliest,
        note_date_source: date,
      }),
    ),
  );
