import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HEADER, importLines, line, MAPPING, people, type Row } from './fills.test-support.ts';
import { importTable } from './import-table.ts';
import { how, known, newPlace, patient } from './records.test-support.ts';
import { looksPath } from './table/looks.ts';
import { type OpenRow, openRows } from './table/proposals.ts';
import { showRow } from './table/show-row.ts';

/** Many others, so that a name or a day is worth something. */
const crowd = Array.from({ length: 400 }, (_, at) =>
  known(
    `other${at}`,
    `9${1000 + at}`,
    `Family${at % 40}`,
    `Given${at % 50}`,
    `19${40 + (at % 50)}-0${1 + (at % 9)}-1${at % 10}`,
  ),
);

/** What is proposed for rows which no rule links: `eva exact exact - part`, the levels in the order of the fields. */
async function proposed(rows: readonly Row[]): Promise<string[][]> {
  using place = newPlace();
  await place.import([...people, ...crowd]);
  await importLines(
    place,
    rows.map((row, at) => line({ rx: `C${at}`, ...row })),
  );
  const open = await openRows(place.workspace);
  expect(open).toHaveLength(rows.length);
  return open.map(({ candidates }) => candidates.map(told));
}

function told({ person, agrees }: OpenRow['candidates'][number]): string {
  const { record_number, family_name, given_name, birth_date } = agrees;
  const levels = [record_number, family_name, given_name, birth_date].map((level) => level ?? '-');
  return [person.replace('Patient/', ''), ...levels].join(' ');
}

describe('a score proposes', () => {
  test('[R111] persons whose names, numbers and days are close', async () => {
    const rows: readonly Row[] = [
      { family: 'Muller', given: 'Ana', born: '03/04/1950' },
      { family: 'Mueller', given: 'Anna', born: '04/03/1950' },
      { family: 'ONeil', given: 'Ben', born: '07/09/1961' },
      { family: 'Oniel', given: 'B', born: '07/08/1961' },
      { family: 'Katz', given: 'Eva', born: '1970' },
      { number: '19077', family: 'Family37', given: 'Given27', born: '01/01/2001' },
      { family: 'Twin', given: 'Jo', born: '01/01/1980' },
    ];
    expect(await proposed(rows)).toEqual([
      ['anna - exact close exact'],
      ['anna - close exact close'],
      ['ben - exact exact close'],
      ['ben - close close exact'],
      ['eva - exact exact part'],
      ['other77 close exact exact differs'],
      ['jo1 - exact exact exact', 'jo2 - exact exact exact'],
    ]);
  });

  test('[R112] nobody where one field alone agrees, or the others speak against it', async () => {
    const rows: readonly Row[] = [
      { number: '100', family: 'Schmidt', born: '12/12/1999' },
      { family: 'Katz', given: 'Otto', born: '02/03/1944' },
      { born: '07/08/1961' },
      { family: 'Family1', given: 'Given1', born: '12/28/2010' },
      {},
    ];
    expect(await proposed(rows)).toEqual([[], [], [], [], []]);
  });

  test('[R112] the best three, the likeliest first', async () => {
    using place = newPlace();
    const alike = ['a', 'b', 'c', 'd', 'e'].map((id, at) => known(id, `70${at}`, 'Quill', 'Ida', '1950-01-01'));
    await place.import([...alike, known('best', '710', 'Quill', 'Ida', '1950-11-01'), ...crowd]);
    await importLines(place, [line({ number: '0710', family: 'Nobody', born: '01/01/1950', given: 'Ida' })]);
    const [row] = await openRows(place.workspace);
    expect(row?.reason).toBe('linkage.contradiction');
    const scores = row?.candidates.map(({ score }) => score) ?? [];
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    await importLines(place, [line({ family: 'Quill', given: 'Ida', born: '01/01/1950' })]);
    const candidates = (await openRows(place.workspace)).at(0)?.candidates.map(({ person }) => person);
    expect(candidates).toEqual(['Patient/a', 'Patient/b', 'Patient/c']);
  });

  test('[R111] a rare value weighs more than a common one, a field that is missing nothing', async () => {
    using place = newPlace();
    const many = Array.from({ length: 60 }, (_, at) =>
      known(`s${at}`, `5${100 + at}`, 'Smith', `Given${at}`, `1950-01-${10 + (at % 9)}`),
    );
    await place.import([...many, known('rare', '9', 'Quill', 'Ida', '1950-03-03'), ...crowd]);
    await importLines(place, [
      line({ rx: 'C1', family: 'Smith', given: 'Given7', born: '1950' }),
      line({ rx: 'C2', family: 'Quill', given: 'Ida', born: '1950' }),
      line({ rx: 'C3', family: 'Quill', given: 'Ida' }),
    ]);
    const [common = 0, rare = 0, undated = 0] = (await openRows(place.workspace)).map(
      (row) => row.candidates[0]?.score,
    );
    expect(rare - common).toBeGreaterThan(3);
    // A year of birth that fits adds log2(0.03 / 0.0125) of score.ts, and no year adds nothing.
    expect(rare - undated).toBeCloseTo(1.26, 1);
  });

  test('[R111] sex speaks for and against, where the table has it', async () => {
    using place = newPlace();
    const person = known('anna', '100', 'Müller', 'Anna', '1950-03-04');
    await place.import([{ ...person, gender: 'female' }, ...crowd.map((other) => ({ ...other, gender: 'male' }))]);
    const mapping = place.write('sex.yaml', [MAPPING.replace('person:\n', 'person:\n  sex: Patient\n')]);
    const rows = ['F', 'M', ''].map((patient, at) =>
      line({ rx: `C${at}`, family: 'Muller', given: 'Ana', born: '03/04/1950', patient }),
    );
    await importTable(place.workspace, mapping, [place.write('sex.csv', [HEADER, ...rows])], how);
    const open = await openRows(place.workspace);
    const [same = 0, other = 0, unsaid = 0] = open.map(({ candidates }) => candidates[0]?.score ?? 0);
    expect(open.map(({ candidates }) => candidates[0]?.agrees.sex)).toEqual(['exact', 'differs', undefined]);
    expect(same).toBeGreaterThan(unsaid);
    expect(unsaid).toBeGreaterThan(other);
  });

  test('[R114] the file has places, source ids and levels, and no names', async () => {
    using place = newPlace();
    await place.import([...people, ...crowd]);
    const report = await importLines(place, [line({ family: 'Muller', given: 'Ana', born: '03/04/1950' })]);
    expect(report.linkage).toMatchObject({ unlinked: 1, proposed: 1 });
    const text = readFileSync(join(place.workspace.paths.records, report.linkage?.proposals ?? ''), 'utf8');
    const [head, row] = text
      .trim()
      .split('\n')
      .map((each) => JSON.parse(each));
    expect(head).toMatchObject({ source: 'pharmacy', files: [{ name: 'fills.csv' }] });
    expect(row).toEqual({
      row: 'pharmacy/C1|05/06/2014',
      file: 'fills.csv',
      line: 2,
      reason: 'linkage.none',
      candidates: [
        {
          person: 'Patient/anna',
          score: expect.any(Number),
          agrees: { family_name: 'exact', given_name: 'close', birth_date: 'exact' },
        },
      ],
    });
    expect(text).not.toMatch(/m[uü]ller|1950/i);
  });

  test('[R114] nothing is open that a later import has linked', async () => {
    using place = newPlace();
    await place.import([patient('x'), ...crowd]);
    const row = line({ family: 'Müller', given: 'Anna', born: '03/04/1950' });
    await importLines(place, [row]);
    expect(await openRows(place.workspace)).toHaveLength(1);
    await place.import(people, 'people.ndjson');
    await importLines(place, [row]);
    expect(await openRows(place.workspace)).toEqual([]);
    expect(await openRows(place.workspace, 'elsewhere')).toEqual([]);
  });
});

const look = { by: 'steward', at: '2024-02-03T04:05:06Z' };

describe('a row that is shown', () => {
  test('has both sides, read again from table and records', async () => {
    using place = newPlace();
    await place.import([...people, ...crowd]);
    await importLines(place, [line({ family: 'Muller', given: 'Ana', born: '03/04/1950' })]);
    const shown = await showRow(place.workspace, 'fills.csv:2', look);
    expect(shown).toMatchObject({
      row: 'pharmacy/C1|05/06/2014',
      said: { family_name: 'Muller', given_name: 'Ana', birth_date: '1950-03-04', record_number: null },
      candidates: [{ person: 'Patient/anna', known: [{ family_name: 'Müller', record_number: '00100' }] }],
    });
    await expect(showRow(place.workspace, 'fills.csv:9', look)).rejects.toMatchObject({ code: 'linkage.unknown-row' });
  });

  test('is that of the table which was imported: another, or one that was changed, is an error', async () => {
    using place = newPlace();
    await place.import([...people, ...crowd]);
    await importLines(place, [line({ family: 'Muller', given: 'Ana', born: '03/04/1950' })]);
    place.write('fills.csv', ['Rx', '1']);
    await expect(showRow(place.workspace, 'fills.csv:2', look)).rejects.toMatchObject({
      code: 'linkage.table-changed',
    });
    const moved = { table: join(place.dir, 'none.csv') };
    await expect(showRow(place.workspace, 'fills.csv:2', look, moved)).rejects.toMatchObject({
      code: 'linkage.no-table',
    });
  });

  test('[R116] leaves who looked and when, without names, which no import removes', async () => {
    using place = newPlace();
    await place.import([...people, ...crowd]);
    const row = line({ family: 'Muller', given: 'Ana', born: '03/04/1950' });
    await importLines(place, [row]);
    await showRow(place.workspace, 'fills.csv:2', look);
    await showRow(place.workspace, 'pharmacy/C1|05/06/2014', { ...look, by: 'other' });
    await expect(showRow(place.workspace, 'fills.csv:9', look)).rejects.toThrow();
    await importLines(place, [row, line({ rx: 'C2', number: '200' })]);
    const kept = readFileSync(looksPath(place.workspace), 'utf8').trim().split('\n');
    const seen = { row: 'pharmacy/C1|05/06/2014', file: 'fills.csv', line: 2, at: look.at };
    expect(kept.map((each) => JSON.parse(each))).toEqual([
      { ...seen, by: 'steward' },
      { ...seen, by: 'other' },
    ]);
  });
});
