import { describe, expect, test } from 'vitest';
import { qualityChecks } from './all-checks.ts';
import * as cases from './cases.test-support.ts';
import { datedTables, type EventTable, eventTables, rowIds } from './checked-tables.ts';
import { limitsSchema } from './limits.ts';
import { AS_OF, faultsOf, type Row, type Rows, verdictOn, verdictsOn } from './quality.test-support.ts';

const checks = qualityChecks({ asOf: AS_OF, limits: limitsSchema.parse({}) });

async function holds({ id, rows, fault, judged }: cases.Case): Promise<void> {
  const result = await verdictOn(id, rows);
  expect(faultsOf(result)).toEqual(fault);
  expect({ rows: result.rows, atFault: result.atFault }).toEqual({ rows: judged, atFault: fault.length });
}

describe('a check finds the row at fault, and leaves the one that is not', () => {
  test.each(cases.lives)('[R72] $id: $what', holds);
  test.each(cases.deaths)('[R73] $id: $what', holds);
  test.each(cases.futures)('[R74] $id: $what', holds);
  test.each(cases.spans)('[R75] $id: $what', holds);
  test.each(cases.references)('[R76] $id: $what', holds);
  test.each(cases.codes)('[R77] $id: $what', holds);
  test.each(cases.dateTexts)('[R79] $id: $what', holds);
  test.each(cases.missing)('[R80] $id: $what', holds);
  test.each(cases.emptyNotes)('[R81] $id: $what', holds);
  test.each(cases.sameNotes)('[R82] $id: $what', holds);
  test.each(cases.persons)('[R83] $id: $what', holds);
  test.each(cases.samePersons)('[R84] $id: $what', holds);
  test.each(cases.values)('[R85] $id: $what', holds);
  test.each(cases.ages)('[R86] $id: $what', holds);
  test.each(cases.drugs)('[R87] $id: $what', holds);

  test('every kind has such a case', () => {
    const tried = new Set(Object.values(cases).flatMap((list) => list.map(({ id }) => id.split('/')[0])));
    const kinds = [...new Set(checks.map(({ kind }) => kind))];
    expect(kinds.filter((kind) => kind !== 'volume-gap' && !tried.has(kind))).toEqual([]);
  });
});

describe('a check of every table asks the columns of that table', () => {
  const person = [{ person_id: 1, birth_date: '1980-01-01', death_date: '2010-01-01' }];
  const event = ({ id, start }: EventTable, at: number, day: string | null, more: Row = {}): Row => ({
    [id]: at,
    person_id: 1,
    [start]: day,
    ...more,
  });

  test.each(eventTables)('[R72][R73][R74] $table: before birth, after death, in the future', async (events) => {
    const { table } = events;
    const days = ['2000-01-01', '1979-12-31', '2010-04-01', '2020-06-16'];
    const rows: Rows = { person, [table]: days.map((day, at) => event(events, at + 1, day)) };
    const results = await verdictsOn([`before-birth/${table}`, `after-death/${table}`, `in-future/${table}`], rows);
    expect(results.map(faultsOf)).toEqual([['2'], ['3', '4'], ['4']]);
  });

  test.each(datedTables.filter(({ table }) => table !== 'person'))('[R79][R80] $table: its dates', async (dated) => {
    const { table, start } = dated;
    const idOf = (at: number): Row => ({ [rowIds[table as keyof typeof rowIds]]: at });
    const differing = { ...event(dated, 2, '2000-01-02', { [`${start}_source`]: '2000' }), ...idOf(2) };
    const rows: Rows = {
      [table]: [{ ...event(dated, 1, '2000'), ...idOf(1) }, differing, { ...event(dated, 3, null), ...idOf(3) }],
    };
    const results = await verdictsOn([`date-differs/${table}`, `missing-date/${table}`], rows);
    expect(results.map(faultsOf)).toEqual([['2'], ['3']]);
  });

  test.each(eventTables.filter(({ text }) => text !== undefined))('[R80] $table: its words', async (events) => {
    const { table, text = '' } = events;
    const rows: Rows = { [table]: [event(events, 1, null, { [text]: 'words' }), event(events, 2, null)] };
    expect(faultsOf(await verdictOn(`missing-text/${table}`, rows))).toEqual(['2']);
  });

  test('all run on records without a row, and have nothing to judge', async () => {
    const results = await verdictsOn(
      checks.map(({ id }) => id),
      {},
    );
    for (const result of results) {
      expect(result, result.id).toMatchObject({ rows: 0, atFault: 0, share: null, outcome: 'not-applicable' });
    }
  });
});

describe('the volume of years', () => {
  const year = (of: number, persons: number, each = 1): Row[] =>
    Array.from({ length: persons * each }, (_, at) => ({
      note_id: of * 1000 + at,
      person_id: at % persons,
      note_date: `${of}-05-05`,
    }));
  const judged = async (years: readonly Row[][]) => {
    const { rows, parts, examples } = await verdictOn('volume-gap/note', { note: years.flat() });
    return { years: rows, gaps: parts.map(({ part }) => part), examples };
  };

  test('[R88] a year between others with less than a tenth of their rows is a gap, and so is an empty one', async () => {
    const years = [
      year(2001, 30),
      year(2002, 30),
      year(2003, 2),
      year(2004, 30),
      year(2005, 30),
      year(2007, 30),
      year(2008, 30),
    ];
    expect(await judged(years)).toEqual({ years: 4, gaps: ['2003', '2006'], examples: [] });
  });

  test('[R88] a tenth is no gap, nor is the first year, the last one, or the one that is not over', async () => {
    const years = [
      year(2014, 1),
      year(2015, 30),
      year(2016, 3),
      year(2017, 30),
      year(2018, 30),
      year(2019, 1),
      year(2020, 1),
    ];
    expect(await judged(years)).toEqual({ years: 1, gaps: [], examples: [] });
  });

  test('[R88] a few persons with many rows make no usual year', async () => {
    const years = [year(2001, 3, 100), year(2002, 1), year(2003, 3, 100)];
    expect(await judged(years)).toEqual({ years: 0, gaps: [], examples: [] });
  });
});
