import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTables } from './build-tables.ts';
import { crohnData, crohnPatients, TABLES } from './crohn-events.test-support.ts';
import type { Patient } from './psoriasis-data.test-support.ts';
import type { ResultTable, TableCell } from './results.ts';
import { traceCell } from './trace.ts';

const [patients, events, list] = buildTables(crohnData()).tables as [ResultTable, ResultTable, ResultTable];
const built = (table: string, of?: readonly Patient[], term?: string): ResultTable => {
  const tables = `  - { id: t, kind: adverse-events, title: T, ${table} }`;
  return buildTables(crohnData(tables, of, term)).tables[0] as ResultTable;
};
const cellOf = (table: ResultTable, row: string, column: string): TableCell | undefined =>
  table.rows.find((one) => one.id === row)?.cells.find((one) => one.column === column);
const idsOf = (table: ResultTable): string[] => table.rows.map((row) => row.id);

/** A table as a person reads it. */
function asText({ title, columns, rows, footnotes }: ResultTable): string {
  const lines = rows.map((row) => [row.group, row.label, ...row.cells.map((cell) => cell.text)].join(' | '));
  return [
    title,
    ['', '', ...columns.map(({ label }) => label)].join(' | '),
    ...lines,
    ...footnotes.map(({ text }) => text),
  ]
    .join('\n')
    .concat('\n');
}

test('[R50][R51][R52] the three tables are as in the file', async () => {
  await expect([patients, events, list].map(asText).join('\n')).toMatchFileSnapshot('snapshots/adverse-events.txt');
});

describe('a table of patients', () => {
  test('[R50] counts a patient with the same event twice once, at the worst grade', () => {
    expect(cellOf(patients, 'term-reaction', 'any')).toMatchObject({
      n: 2,
      N: 7,
      text: '2 (29%)',
      subjects: ['S001', 'S002'],
      events: ['S001/1', 'S001/2', 'S002/1'],
    });
    expect(cellOf(patients, 'term-reaction', 'grade-2')?.subjects).toEqual([]);
    expect(cellOf(patients, 'term-reaction', 'grade-3-up')).toMatchObject({ subjects: ['S001'], events: ['S001/2'] });
  });

  test('[R50] serious, related and stopped are of any event of the row', () => {
    expect(cellOf(patients, 'any', 'serious')).toMatchObject({ subjects: ['S001'], events: ['S001/2'] });
    expect(cellOf(patients, 'any', 'related')?.subjects).toEqual(['S001', 'S002']);
    expect(cellOf(patients, 'any', 'withdrawn')?.events).toEqual(['S001/2', 'S002/1']);
  });

  test('[R53] a worst grade is unknown where no grade of the row is known', () => {
    expect(cellOf(patients, 'term-reaction', 'grade-unknown')?.subjects).toEqual(['S002']);
    expect(cellOf(patients, 'any', 'grade-unknown')?.subjects).toEqual(['S005']);
    expect(cellOf(patients, 'any', 'grade-1')?.subjects).toEqual(['S002', 'S004']);
    expect(cellOf(patients, 'no-term', 'any')?.subjects).toEqual(['S005']);
  });

  test('[R50] has the columns and the population that it names, and of the events those', () => {
    const table = built(
      `count: patients, columns: [any, grade-3], population: "baseline.started < @2016", events: related = true, format: n/N`,
    );
    expect(table.columns.map(({ id, n }) => [id, n])).toEqual([
      ['any', 2],
      ['grade-3', 2],
    ]);
    expect(table.rows.map((row) => [row.id, ...row.cells.map((cell) => cell.text)])).toEqual([
      ['any', '2/2', '1/2'],
      ['term-reaction', '2/2', '1/2'],
    ]);
  });

  test('[R50] has its terms as declared or by frequency, with those that nobody had by request', () => {
    expect(idsOf(built('count: patients, hideEmpty: false, columns: [any]'))).toEqual([
      'any',
      'term-reaction',
      'term-infection',
      'term-headache',
      'term-lymphoma',
      'no-term',
    ]);
    const headaches = crohnPatients.map((patient) => ({
      ...patient,
      event: [...(patient.event ?? []), { number: '9', term: 'headache', grade: 1 }],
    }));
    expect(idsOf(built('count: patients, order: frequency, columns: [any]', headaches)).slice(0, 3)).toEqual([
      'any',
      'term-headache',
      'term-reaction',
    ]);
  });

  test('[R50] terms in free text are told apart without regard to case and blanks', () => {
    const table = built('count: patients, columns: [any]', crohnPatients, 'words');
    expect(table.rows.map((row) => [row.label, row.cells[0]?.n])).toEqual([
      ['Any adverse event', 4],
      ['Flush', 2],
      ['Migraine', 1],
      ['Event not known', 2],
    ]);
  });
});

describe('a table of events', () => {
  test('[R51] counts each event, and beside it the patients', () => {
    expect(cellOf(events, 'term-reaction', 'events')).toMatchObject({ n: 3, N: 6, percent: 50, text: '3 (50%)' });
    expect(cellOf(events, 'term-reaction', 'patients')).toMatchObject({ n: 2, N: 7, text: '2 (29%)' });
    expect(cellOf(events, 'action-withdrawn', 'events')?.events).toEqual(['S001/2', 'S002/1']);
  });

  test('[R51] days to onset are of the events of which they are one number', () => {
    // 0, 45 and -2 days; of S002 the day is not known, of S005 the day of the start
    expect(events.rows.find((row) => row.id === 'onset')).toMatchObject({
      n: 3,
      median: 0,
      min: -2,
      max: 45,
      missing: { unrecorded: 3 },
    });
  });

  test('[R53] each part has all events, those of which it is not known too', () => {
    const parts = Map.groupBy(
      events.rows.filter((row) => row.group !== '' && row.id !== 'onset'),
      (row) => row.group,
    );
    expect([...parts.keys()]).toEqual([
      'Event',
      'Grade',
      'Serious',
      'Related to treatment',
      'Action taken',
      'Outcome',
      'Causality',
    ]);
    for (const [, rows] of parts) {
      const counted = rows.flatMap((row) => row.cells[0]?.events ?? []);
      expect(counted.toSorted()).toEqual(['S001/1', 'S001/2', 'S002/1', 'S002/2', 'S004/1', 'S005/1']);
    }
  });

  test('[R51] has the parts that it names', () => {
    expect(new Set(built('count: events, parts: [action, grade]').rows.map((row) => row.group))).toEqual(
      new Set(['', 'Action taken', 'Grade']),
    );
  });
});

describe('a listing', () => {
  test('[R52] has a row for each event, and tells no date', () => {
    expect(list.rows.map((row) => [row.id, row.label, row.cells[3]?.text])).toEqual([
      ['S001-1', 'S001', '0'],
      ['S001-2', 'S001', '45'],
      ['S002-1', 'S002', '−9 to 20'],
      ['S002-2', 'S002', 'not documented'],
      ['S004-1', 'S004', '−2'],
      ['S005-1', 'S005', '−121 to 244'],
    ]);
    expect(JSON.stringify(list)).not.toMatch(/20\d\d-\d\d/);
  });

  test('[R52] of no events says so', () => {
    const empty = built('count: listing', []);
    expect(empty.rows.map((row) => [row.label, ...row.cells.map((cell) => `${cell.n}${cell.text}`)].join())).toEqual([
      'No adverse event,0,0,0,0,0,0,0',
    ]);
  });
});

describe('the trace', () => {
  test('[R54] gives the values of the events of the cell alone', () => {
    const data = crohnData();
    const trace = traceCell(data, buildTables(data), 'patients/term-reaction/grade-3-up');
    expect(trace.decidedBy).toEqual([
      "adverseEvents.where(term = 'reaction').exists()",
      'adverseEvents.where(grade >= 3).exists()',
    ]);
    expect(
      trace.subjects.map(({ subject, values }) => [subject, ...values.map((one) => `${one.field}[${one.row}]`)]),
    ).toEqual([
      ['S001', 'term[2]', 'grade[2]', 'onset[2]', 'done[2]', 'end[2]', 'cause[2]', 'admitted[2]', 'started[]'],
    ]);
  });

  test('[R54] is there for every cell, with the very subjects, and what it says holds for them', () => {
    const data = crohnData();
    const results = buildTables(data);
    for (const table of results.tables)
      for (const row of table.rows)
        for (const cell of row.cells) {
          const { subjects } = traceCell(data, results, `${table.id}/${row.id}/${cell.column}`);
          expect(subjects.map((one) => one.subject)).toEqual(cell.subjects);
          expect(subjects.filter((one) => one.values.length === 0)).toEqual([]);
        }
  });
});

test('[R7] variables may ask of the adverse events', () => {
  expect(crohnData().subjects.map((one) => one.variables.bad)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
});

const said = <Value>(...values: readonly Value[]) =>
  fc.constantFrom<Value | { readonly missing: 'not-documented' }>(...values, { missing: 'not-documented' });
const anyEvent = fc.record({
  term: said('reaction', 'infection', 'headache'),
  grade: said(1, 2, 3, 4, 5),
  onset: said('2015-03-04', '2015-03', '2014'),
  done: said('stop', 'less', 'same'),
  end: said('well', 'ill'),
  cause: said('certain', 'unlikely'),
  admitted: said(true, false),
});
const anybody = fc.array(
  fc
    .tuple(said('2015-03-01', '2015'), fc.array(anyEvent, { maxLength: 4 }))
    .map(([started, rows]) => ({ baseline: { started }, event: rows.map((row, at) => ({ number: `${at}`, ...row })) })),
  { maxLength: 6 },
);

describe('whatever happened', () => {
  test('[R49][R50] patients by worst grade are the patients with the event', () => {
    const columns = '[any, grade-1, grade-2, grade-3, grade-4, grade-5, grade-unknown, grade-3-up, withdrawn]';
    fc.assert(
      fc.property(anybody, (of) => {
        for (const row of built(`count: patients, columns: ${columns}`, of).rows) {
          const [any, ...others] = row.cells;
          const byGrade = others.slice(0, 6).flatMap((cell) => cell.subjects);
          expect(byGrade.toSorted()).toEqual(any?.subjects);
          const severe = others.slice(2, 5).flatMap((cell) => cell.subjects);
          expect(others[6]?.subjects).toEqual(severe.toSorted());
          for (const cell of row.cells) {
            expect(cell.n).toBe(cell.subjects.length);
            expect(cell.n).toBeLessThanOrEqual(cell.N);
            expect(cell.text).not.toMatch(/NaN|undefined|null/);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('[R49][R51][R52] every event is counted in each part, and listed', () => {
    fc.assert(
      fc.property(anybody, (of) => {
        const [, counted, listed] = buildTables(crohnData(TABLES, of)).tables;
        const n = of.reduce((sum, one) => sum + one.event.length, 0);
        const rows = (counted?.rows ?? []).filter((row) => row.id !== 'onset');
        for (const [, own] of Map.groupBy(rows, (row) => row.group))
          if (n > 0) expect(own.reduce((sum, row) => sum + (row.cells[0]?.n ?? 0), 0)).toBe(n);
        expect(listed?.rows).toHaveLength(Math.max(n, 1));
        expect(JSON.stringify([counted, listed])).not.toMatch(/NaN|undefined/);
      }),
      { numRuns: 40 },
    );
  });
});
