/** For each kind of check, rows at fault beside rows that are not. Row 1 and those that follow it are sound, 90 and up at fault. */
import type { Rows } from './quality.test-support.ts';

export interface Case {
  readonly id: string;
  readonly what: string;
  readonly rows: Rows;
  /** Row ids. */
  readonly fault: readonly string[];
  /** Rows judged. */
  readonly judged: number;
}

const born = (person_id: number, birth_date: string | null, more: object = {}) => ({ person_id, birth_date, ...more });
const note = (note_id: number, note_text: string | null, person_id = 1) => ({ note_id, person_id, note_text });
const measured = (measurement_id: number, value_as_number: number | null, unit_source_value: string | null) => ({
  measurement_id,
  person_id: 1,
  value_as_number,
  unit_source_value,
});
const code = (row_id: number, vocabulary_id: string | null, text: string, table_name = 'measurement') => ({
  row_id,
  person_id: 1,
  table_name,
  vocabulary_id,
  code: text,
});
const drug = (drug_exposure_id: number, more: object) => ({ drug_exposure_id, person_id: 1, ...more });
const visit = (visit_occurrence_id: number, visit_start_date: string, visit_end_date: string) => ({
  visit_occurrence_id,
  person_id: 1,
  visit_start_date,
  visit_end_date,
});
const identity = (
  person_id: number,
  record_number: string | null,
  family_name: string | null = null,
  given_name: string | null = null,
  birth_date_source: string | null = null,
) => ({ person_id, record_number, family_name, given_name, birth_date_source });
const LONG = 'The patient was seen today for the follow-up of a chronic disease. '.repeat(4);

export const lives: readonly Case[] = [
  {
    id: 'before-birth/note',
    what: 'a note of the year of birth may be from after it; the year before is not',
    rows: {
      person: [born(1, '1980-06-15')],
      note: [
        { note_id: 1, person_id: 1, note_date: '1980' },
        { note_id: 2, person_id: 1, note_date: '1980-06-15' },
        { note_id: 3, person_id: 1, note_date: null },
        { note_id: 90, person_id: 1, note_date: '1979' },
        { note_id: 91, person_id: 1, note_date: '1980-06-14' },
      ],
    },
    fault: ['90', '91'],
    judged: 4,
  },
  {
    id: 'before-birth/note',
    what: 'a birth that is known by its year is its first day',
    rows: { person: [born(1, '1980')], note: [{ note_id: 1, person_id: 1, note_date: '1980-01-01' }] },
    fault: [],
    judged: 1,
  },
];

export const deaths: readonly Case[] = [
  {
    id: 'after-death/measurement',
    what: 'sixty days after the last day that the death may mean are let pass',
    rows: {
      person: [born(1, null, { death_date: '2010' }), born(2, null, { death_date_source: 'unknown' })],
      measurement: [
        { measurement_id: 1, person_id: 1, measurement_date: '2011-03-01' },
        { measurement_id: 2, person_id: 2, measurement_date: '2011-03-01' },
        { measurement_id: 90, person_id: 1, measurement_date: '2011-03-02' },
      ],
    },
    fault: ['90'],
    judged: 2,
  },
];

export const futures: readonly Case[] = [
  {
    id: 'in-future/visit_occurrence',
    what: 'the day of the report is no future, nor is a month that has begun',
    rows: {
      visit_occurrence: [
        { visit_occurrence_id: 1, visit_start_date: '2020-06-15' },
        { visit_occurrence_id: 2, visit_start_date: '2020-06' },
        { visit_occurrence_id: 90, visit_start_date: '2020-06-16' },
      ],
    },
    fault: ['90'],
    judged: 3,
  },
  {
    id: 'in-future/person',
    what: 'births and deaths',
    rows: {
      person: [born(1, '2020-06-15'), born(90, '2021'), born(91, '1980', { death_date: '2021' }), born(2, null)],
    },
    fault: ['90', '91'],
    judged: 3,
  },
];

export const spans: readonly Case[] = [
  {
    id: 'end-before-start/visit_occurrence',
    what: 'an end by its month may be the last of it',
    rows: {
      visit_occurrence: [
        visit(1, '2012-03-20', '2012-03'),
        visit(2, '2012-03-20', '2012-03-20'),
        visit(90, '2012-03-20', '2012-03-19'),
      ],
    },
    fault: ['90'],
    judged: 3,
  },
  {
    id: 'end-before-start/person',
    what: 'a death before the birth',
    rows: { person: [born(1, '1980', { death_date: '1980' }), born(90, '1980', { death_date: '1979' })] },
    fault: ['90'],
    judged: 2,
  },
  {
    id: 'long-visit/visit_occurrence',
    what: 'four hundred days are let pass, and so is what may be as short',
    rows: {
      visit_occurrence: [
        visit(1, '2012-01-01', '2013-02-04'),
        visit(2, '2012', '2014-02-04'),
        visit(90, '2012-01-01', '2013-02-05'),
      ],
    },
    fault: ['90'],
    judged: 3,
  },
];

export const references: readonly Case[] = [
  {
    id: 'orphan-person/note',
    what: 'a note of nobody',
    rows: {
      person: [born(1, null)],
      note: [note(1, 'x'), note(90, 'x', 2), { note_id: 91 }],
    },
    fault: ['90', '91'],
    judged: 3,
  },
  {
    id: 'orphan-visit/condition_occurrence',
    what: 'no visit is named, or one that there is not',
    rows: {
      visit_occurrence: [{ visit_occurrence_id: 7 }],
      condition_occurrence: [
        { condition_occurrence_id: 1, visit_occurrence_id: 7 },
        { condition_occurrence_id: 2 },
        { condition_occurrence_id: 90, visit_occurrence_id: 8 },
      ],
    },
    fault: ['90'],
    judged: 2,
  },
  {
    id: 'orphan-provider/note',
    what: 'a provider that there is not',
    rows: {
      provider: [{ provider_id: 7 }],
      note: [
        { note_id: 1, provider_id: 7 },
        { note_id: 90, provider_id: 8 },
      ],
    },
    fault: ['90'],
    judged: 2,
  },
  {
    id: 'orphan-care-site/visit_occurrence',
    what: 'a place of care that there is not',
    rows: {
      care_site: [{ care_site_id: 7 }],
      visit_occurrence: [
        { visit_occurrence_id: 1, care_site_id: 7 },
        { visit_occurrence_id: 90, care_site_id: 8 },
      ],
    },
    fault: ['90'],
    judged: 2,
  },
  {
    id: 'orphan-code/coding',
    what: 'a code of another table, or of a table that there is not',
    rows: {
      condition_occurrence: [{ condition_occurrence_id: 1 }],
      procedure_occurrence: [{ procedure_occurrence_id: 90 }],
      coding: [
        code(1, 'ICD10CM', 'L40.0', 'condition_occurrence'),
        code(90, 'ICD10CM', 'L40.0', 'condition_occurrence'),
        code(91, 'ICD10CM', 'L40.0', 'elsewhere'),
      ],
    },
    fault: ['90', '91'],
    judged: 3,
  },
  {
    id: 'duplicate-id/note',
    what: 'an id that two rows have, counted once',
    rows: { note: [note(1, 'x'), note(90, 'x'), note(90, 'y')] },
    fault: ['90'],
    judged: 2,
  },
];

export const codes: readonly Case[] = [
  {
    id: 'malformed-code/coding',
    what: 'by form and check digit',
    rows: {
      coding: [
        code(1, 'ICD10CM', 'L94.2'),
        code(2, 'ICD10CM', 'l942'),
        code(3, 'LOINC', '2160-0'),
        code(4, 'http://hospital.example/codes', '???'),
        code(90, 'ICD10CM', '709.3'),
        code(91, 'LOINC', '2160-1'),
      ],
    },
    fault: ['90', '91'],
    judged: 5,
  },
  {
    id: 'malformed-code/coding',
    what: 'a system that is imported is left to its own codes',
    rows: {
      concept: [{ concept_id: 1, vocabulary_id: 'LOINC', concept_code: '2160-0' }],
      coding: [code(1, 'LOINC', '2160-1')],
    },
    fault: [],
    judged: 0,
  },
  {
    id: 'unknown-code/coding',
    what: 'of a system that is imported; the dot of ICD may be left out',
    rows: {
      concept: [
        { concept_id: 1, vocabulary_id: 'ICD10CM', concept_code: 'L94.2' },
        { concept_id: 2, vocabulary_id: 'ICD9CM', concept_code: '709.3' },
      ],
      coding: [
        code(1, 'ICD10CM', 'L942'),
        code(2, 'LOINC', '9999-9'),
        code(90, 'ICD10CM', 'L94.9'),
        code(91, 'ICD10CM', '709.3'),
      ],
    },
    fault: ['90', '91'],
    judged: 3,
  },
  {
    id: 'unknown-sex/person',
    what: 'a word that FHIR does not know',
    rows: { person: [born(1, null, { sex: 'female' }), born(2, null), born(90, null, { sex: 'F' })] },
    fault: ['90'],
    judged: 2,
  },
];

export const dateTexts: readonly Case[] = [
  {
    id: 'date-differs/note',
    what: 'the first day of a year, the day of an instant; and another day',
    rows: {
      note: [
        { note_id: 1, note_date: '2012' },
        { note_id: 2, note_date: '2012-03-05T23:30:00-05:00' },
        { note_id: 3, note_date: '2012-03-05', note_date_source: 'in spring' },
        { note_id: 90, note_date: '2012-03-05', note_date_source: '2012-03' },
      ],
    },
    fault: ['90'],
    judged: 4,
  },
  {
    id: 'date-differs/visit_occurrence',
    what: 'the end too',
    rows: {
      visit_occurrence: [
        visit(1, '2012', '2012'),
        { ...visit(90, '2012', '2012-12-31'), visit_end_date_source: '2012' },
      ],
    },
    fault: ['90'],
    judged: 2,
  },
];

export const missing: readonly Case[] = [
  {
    id: 'missing-date/note',
    what: 'a note without a date',
    rows: { note: [{ note_id: 1, note_date: '2012' }, { note_id: 90 }] },
    fault: ['90'],
    judged: 2,
  },
  {
    id: 'missing-text/drug_exposure',
    what: 'no words, or white space',
    rows: {
      drug_exposure: [
        drug(1, { drug_source_value: 'urea' }),
        drug(90, {}),
        drug(91, { drug_source_value: ' \t\n\u00a0' }),
      ],
    },
    fault: ['90', '91'],
    judged: 3,
  },
  {
    id: 'missing-code/drug_exposure',
    what: 'the rows of a table are told in words',
    rows: {
      drug_exposure: [drug(1, {}), drug(2, { drug_kind: 'table' }), drug(90, { drug_kind: 'order' })],
      coding: [code(1, 'RxNorm', '519', 'drug_exposure'), code(90, 'RxNorm', '519', 'measurement')],
    },
    fault: ['90'],
    judged: 2,
  },
  {
    id: 'missing-system/coding',
    what: 'a code of no system',
    rows: { coding: [code(1, 'LOINC', '2160-0'), code(90, null, '2160-0')] },
    fault: ['90'],
    judged: 2,
  },
  {
    id: 'missing-value/measurement',
    what: 'neither a number nor words',
    rows: {
      measurement: [
        measured(1, 0, null),
        { measurement_id: 2, value_source_value: '<5' },
        { measurement_id: 90, value_source_value: ' ' },
      ],
    },
    fault: ['90'],
    judged: 3,
  },
  {
    id: 'missing-unit/measurement',
    what: 'a number of a code whose units are known',
    rows: {
      measurement: [measured(1, 1, 'mg/dL'), measured(2, 1, null), measured(3, null, null), measured(90, 1, '')],
      coding: [code(1, 'LOINC', '2160-0'), code(3, 'LOINC', '2160-0'), code(90, 'LOINC', '2160-0')],
    },
    fault: ['90'],
    judged: 2,
  },
  {
    id: 'missing-birth-date/person',
    what: 'a person without a birth date',
    rows: { person: [born(1, '1980'), born(90, null)] },
    fault: ['90'],
    judged: 2,
  },
  {
    id: 'missing-sex/person',
    what: 'missing or unknown',
    rows: { person: [born(1, null, { sex: 'other' }), born(90, null), born(91, null, { sex: 'unknown' })] },
    fault: ['90', '91'],
    judged: 3,
  },
];

export const emptyNotes: readonly Case[] = [
  {
    id: 'empty-note/note',
    what: 'no text, or white space',
    rows: { note: [note(1, 'ok'), note(90, null), note(91, ' \r\n\t ')] },
    fault: ['90', '91'],
    judged: 3,
  },
  {
    id: 'short-note/note',
    what: 'twenty characters are a note; an empty one is told elsewhere',
    rows: { note: [note(1, 'x'.repeat(20)), note(2, ''), note(90, `${'x'.repeat(19)}   `)] },
    fault: ['90'],
    judged: 2,
  },
];

export const sameNotes: readonly Case[] = [
  {
    id: 'duplicate-note/note',
    what: 'the first of the same texts is no copy',
    rows: {
      note: [
        note(1, 'seen today'),
        note(2, 'Seen today'),
        note(3, 'seen today', 2),
        note(90, 'seen today'),
        note(4, ''),
      ],
    },
    fault: ['90'],
    judged: 4,
  },
  {
    id: 'shared-note/note',
    what: 'a long text of two persons; a short one may be a phrase',
    rows: {
      note: [
        note(1, `${LONG} 1`),
        note(2, 'did not come'),
        note(3, 'did not come', 2),
        note(90, LONG),
        note(91, LONG, 2),
      ],
    },
    fault: ['90', '91'],
    judged: 3,
  },
];

export const persons: readonly Case[] = [
  {
    id: 'no-event/person',
    what: 'somebody with a note, with a photograph, with nothing',
    rows: {
      person: [born(1, null), born(2, null), born(90, null)],
      note: [note(1, 'x')],
      media: [{ media_id: 1, person_id: 2 }],
    },
    fault: ['90'],
    judged: 3,
  },
  {
    id: 'no-identity/person',
    what: 'a number, or name and whole birth date',
    rows: {
      person: [born(1, null), born(2, null), born(90, null), born(91, null)],
      person_identity: [
        identity(1, '00100'),
        identity(2, null, 'Katz', 'Eva', '1970-01-01'),
        identity(90, null, 'Katz', 'Eva', '1970'),
      ],
    },
    fault: ['90', '91'],
    judged: 4,
  },
  {
    id: 'no-identity/person',
    what: 'records without any names are so on purpose',
    rows: { person: [born(1, null)] },
    fault: [],
    judged: 0,
  },
];

export const samePersons: readonly Case[] = [
  {
    id: 'same-record-number/person',
    what: 'zeros before it do not count; two rows of one person are one person',
    rows: {
      person: [born(1, null), born(2, null), born(90, null), born(91, null)],
      person_identity: [
        identity(1, '100', 'Katz'),
        identity(1, '100', 'Cohen'),
        identity(2, null),
        identity(90, '0600'),
        identity(91, ' 600'),
      ],
    },
    fault: ['90', '91'],
    judged: 3,
  },
  {
    id: 'same-name/person',
    what: 'names as linkage compares them, and a whole birth date',
    rows: {
      person: [1, 2, 3, 90, 91].map((id) => born(id, null)),
      person_identity: [
        identity(1, null, 'Müller', 'Anna', '1950-03-05'),
        identity(2, null, 'Müller', 'Anna', '1950'),
        identity(3, null, 'Müller', 'Anna', '1950'),
        identity(90, null, 'Müller', 'Anna Maria', '1950-03-04'),
        identity(91, null, 'MULLER', 'anna', '1950-03-04'),
      ],
    },
    fault: ['90', '91'],
    judged: 3,
  },
];

export const values: readonly Case[] = [
  {
    id: 'value-range/measurement',
    what: 'each unit has its limits; a unit that is not known judges nothing',
    rows: {
      measurement: [
        measured(1, 60, 'mg/dL'),
        measured(2, 97, 'umol/L'),
        measured(3, 97, 'furlong'),
        measured(4, 97, null),
        measured(90, 97, 'MG / DL'),
        measured(91, -1, 'µmol/L'),
      ],
      coding: [1, 2, 3, 4, 90, 91].map((id) => code(id, 'LOINC', '2160-0')),
    },
    fault: ['90', '91'],
    judged: 4,
  },
  {
    id: 'unknown-unit/measurement',
    what: 'a unit of another quantity',
    rows: {
      measurement: [measured(1, 1, 'mg/dL'), measured(2, 1, null), measured(3, 1, 'kg'), measured(90, 1, 'kg')],
      coding: [code(1, 'LOINC', '2160-0'), code(2, 'LOINC', '2160-0'), code(90, 'LOINC', '2160-0')],
    },
    fault: ['90'],
    judged: 2,
  },
];

export const ages: readonly Case[] = [
  {
    id: 'early-birth/person',
    what: 'before 1900',
    rows: { person: [born(1, '1900'), born(2, null), born(90, '1899-12-31')] },
    fault: ['90'],
    judged: 2,
  },
  {
    id: 'old-age/person',
    what: 'at the death, else at the last event; a year of birth is taken at its end',
    rows: {
      person: [
        born(1, '1890-06-15', { death_date: '2011-06-14' }),
        born(2, '1890'),
        born(3, '1850'),
        born(90, '1890-06-15', { death_date: '2011-06-15' }),
        born(91, '1890'),
      ],
      note: [
        { note_id: 1, person_id: 2, note_date: '2011-12-30' },
        { note_id: 2, person_id: 91, note_date: '2011-12-31' },
        { note_id: 3, person_id: 1, note_date: '2019-12-31' },
      ],
    },
    fault: ['90', '91'],
    judged: 4,
  },
];

export const drugs: readonly Case[] = [
  {
    id: 'days-supply-range/drug_exposure',
    what: 'from 1 to 365',
    rows: {
      drug_exposure: [
        drug(1, { days_supply: 1 }),
        drug(2, { days_supply: 365 }),
        drug(3, {}),
        drug(90, { days_supply: 0 }),
        drug(91, { days_supply: 366 }),
      ],
    },
    fault: ['90', '91'],
    judged: 4,
  },
  {
    id: 'quantity-range/drug_exposure',
    what: 'more than nothing, up to 10,000',
    rows: {
      drug_exposure: [
        drug(1, { quantity: 0.5 }),
        drug(2, { quantity: 10000 }),
        drug(90, { quantity: 0 }),
        drug(91, { quantity: 10001 }),
      ],
    },
    fault: ['90', '91'],
    judged: 4,
  },
  {
    id: 'refills-range/drug_exposure',
    what: 'from 0 to 24',
    rows: { drug_exposure: [drug(1, { refills: 0 }), drug(90, { refills: -1 }), drug(91, { refills: 99 })] },
    fault: ['90', '91'],
    judged: 3,
  },
];
